import type { Queries } from '../platform/database/client.ts';

const MAX_PRODUCTS = 5;

/** Ids of the products of the last answer that showed any: what «همینو می‌خوام» means. */
export async function findTalkedAbout(db: Queries, conversationId: string, since: Date): Promise<string[]> {
  const [row] = await db.$queryRaw<{ ids: string[] }[]>`
    SELECT ARRAY(SELECT jsonb_array_elements(facts->'products')->>'id') AS ids FROM (
      SELECT facts FROM decisions
      WHERE conversation_id = ${conversationId}::uuid AND state = 'decided' AND created_at > ${since}
      ORDER BY created_at DESC LIMIT 5) AS recent
    WHERE jsonb_array_length(COALESCE(facts->'products', '[]')) > 0 LIMIT 1`;
  return row?.ids.slice(0, MAX_PRODUCTS) ?? [];
}
