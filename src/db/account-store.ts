import type { Queries } from './client.ts';

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

/** Finds or makes an account. Gateways that name accounts only in their webhooks have theirs made by the first message. */
export async function ensureAccount(
  db: Queries,
  businessId: string,
  channel: string,
  externalId: string,
): Promise<AccountIds> {
  const row = await db.account.upsert({
    where: { channel_externalId: { channel, externalId } },
    update: {},
    create: { businessId, channel, externalId, name: externalId },
  });
  return { id: row.id, businessId: row.businessId };
}
