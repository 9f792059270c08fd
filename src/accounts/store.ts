import type { Queries } from '../platform/database/client.ts';

export interface AccountIds {
  id: string;
  businessId: string;
}

/** All accounts of a channel by their id there. */
export async function loadAccounts(db: Queries, channel: string): Promise<Map<string, AccountIds>> {
  const rows = await db.account.findMany({
    where: { channel },
    select: { id: true, businessId: true, externalId: true },
  });
  return new Map(rows.map((row) => [row.externalId, { id: row.id, businessId: row.businessId }]));
}

/**
 * Finds or makes an account. Gateways that name accounts only in their webhooks have theirs made by the first message; of
 * many that come at once, one makes it and the others find it.
 */
export async function ensureAccount(
  db: Queries,
  businessId: string,
  channel: string,
  externalId: string,
): Promise<AccountIds> {
  const [row] = await db.$queryRaw<{ id: string; business_id: string }[]>`
    INSERT INTO accounts (business_id, channel, external_id, name)
    VALUES (${businessId}::uuid, ${channel}, ${externalId}, ${externalId})
    ON CONFLICT (channel, external_id) DO UPDATE SET external_id = excluded.external_id
    RETURNING id, business_id`;
  if (!row) throw new Error('An upsert returned no row.');
  return { id: row.id, businessId: row.business_id };
}

/** What a look at an account found: one that failed is shown as failing until a look finds it well. Sends go on meanwhile. */
export async function noteCheck(db: Queries, accountId: string, outcome: { ok: boolean; note: string }): Promise<void> {
  const status = { in: outcome.ok ? ['failing'] : ['active', 'failing'] };
  const data = outcome.ok ? { status: 'active', statusNote: '' } : { status: 'failing', statusNote: outcome.note };
  await db.account.updateMany({ where: { id: accountId, status }, data });
}
