import type { Queries } from '../platform/database/client.ts';
import type { ShopFacts } from './rules.ts';

/** No step wants more; so no count grows with a table. */
const MOST_COUNTED = 10;
/** Reached from inside only. */
const SIMULATOR = 'simulator';

interface FactsRow extends Omit<ShopFacts, 'hasModel'> {
  /** A provider that the business chose, be it the built-in rules. */
  aiProvider: string | null;
  dismissedAt: Date | null;
}

/** What the rows of a business say about how far its people have come. `firstName` is what a fresh installation calls it. */
export async function readShopFacts(db: Queries, businessId: string, firstName: string): Promise<FactsRow> {
  const rows = await db.$queryRaw<FactsRow[]>`
    SELECT b.name <> ${firstName} AS "hasOwnName", b.setup_dismissed_at AS "dismissedAt", s.ai_provider AS "aiProvider",
      coalesce(jsonb_typeof(s.business_hours) = 'array' AND jsonb_array_length(s.business_hours) > 0, false) AS "hasHours",
      (SELECT count(*)::int FROM accounts a
        WHERE a.business_id = b.id AND a.channel <> ${SIMULATOR} AND a.status <> 'removed') AS accounts,
      (SELECT count(*)::int FROM accounts a WHERE a.business_id = b.id AND a.channel <> ${SIMULATOR}
        AND a.status = 'active' AND a.last_inbound_at IS NOT NULL) AS "heardAccounts",
      (SELECT count(*)::int FROM (SELECT 1 FROM products p
        WHERE p.business_id = b.id AND p.removed_at IS NULL LIMIT ${MOST_COUNTED}) x) AS products,
      (SELECT count(*)::int FROM (SELECT 1 FROM faqs f WHERE f.business_id = b.id LIMIT ${MOST_COUNTED}) x) AS answers,
      (SELECT count(*)::int FROM (SELECT 1 FROM conversations c JOIN accounts a ON a.id = c.account_id
        WHERE a.business_id = b.id AND a.channel = ${SIMULATOR} LIMIT 1) x) AS tried,
      (SELECT count(*)::int FROM users u WHERE u.business_id = b.id AND u.active) AS people
    FROM businesses b LEFT JOIN business_settings s ON s.business_id = b.id
    WHERE b.id = ${businessId}::uuid`;
  const [row] = rows;
  if (!row) throw new Error('A login has a business.');
  return row;
}

export async function setDismissed(db: Queries, businessId: string, at: Date | null): Promise<void> {
  await db.business.update({ where: { id: businessId }, data: { setupDismissedAt: at } });
}
