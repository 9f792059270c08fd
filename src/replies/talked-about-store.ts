import type { Queries } from '../platform/database/client.ts';

const MAX_PRODUCTS = 5;

/**
 * Ids of the products of the last answers that showed any, the newest answer first, each in the order in which it showed them: the
 * first list is what «همینو می‌خوام» means, «دومی» counts in the last that showed several.
 */
export async function findTalkedAbout(db: Queries, conversationId: string, since: Date): Promise<string[][]> {
  const rows = await db.$queryRaw<{ ids: string[] }[]>`
    SELECT ARRAY(SELECT jsonb_array_elements(facts->'products')->>'id') AS ids FROM (
      SELECT facts, created_at, id FROM decisions
      WHERE conversation_id = ${conversationId}::uuid AND state = 'decided' AND created_at > ${since}
      ORDER BY created_at DESC, id DESC LIMIT 5) AS recent
    WHERE jsonb_array_length(COALESCE(facts->'products', '[]')) > 0
    ORDER BY created_at DESC, id DESC`;
  return rows.map(({ ids }) => ids.slice(0, MAX_PRODUCTS));
}
