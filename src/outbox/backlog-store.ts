import type { Database } from '../platform/database/client.ts';

/** What should have left by now and has no outcome, over all businesses. */
export interface UnsentBacklog {
  count: number;
  /** Since when the oldest of it waits. */
  oldestAt: Date | null;
}

/**
 * Reads the partial index of what is planned or being sent, which is little. A follow-up's row says when it was promised, so its
 * id tells when it was planned.
 */
export async function readUnsent(db: Database, late: Date): Promise<UnsentBacklog> {
  const [row] = await db.$queryRaw<{ count: bigint; oldest: Date | null }[]>`
    SELECT count(*) AS count, min(since) AS oldest FROM (
      SELECT greatest(o.created_at, o.send_after,
        CASE WHEN o.author = 'follow-up' THEN uuid_extract_timestamp(o.id) END) AS since
      FROM outbound_messages o
      WHERE o.state IN ('planned', 'sending') AND NOT EXISTS (
        SELECT FROM timers t WHERE t.conversation_id = o.conversation_id AND t.state = 'pending'
          AND t.due_at > ${late} AND o.id = ANY(t.outbound_ids))) AS waiting
    WHERE since <= ${late}`;
  return { count: Number(row?.count ?? 0), oldestAt: row?.oldest ?? null };
}
