import type { Database } from '../platform/database/client.ts';

/** What the relay still owes, over all businesses. */
export interface Backlog {
  /** Conversations whose burst should have been handed over by now. */
  due: number;
  oldestDueAt: Date | null;
  /** When the oldest waiting event of any conversation was stored. */
  oldestWaitingSince: Date | null;
  /** How long that one may still wait for its customer to finish. */
  quietMs: number;
}

/** Reads the relay's partial index only: what waits is little, whatever the size of the table. */
export async function readBacklog(db: Database, now: Date): Promise<Backlog> {
  const [row] = await db.$queryRaw<
    { due: bigint; oldest_due: Date | null; oldest_waiting: Date | null; quiet_ms: number | null }[]
  >`
    SELECT count(*) FILTER (WHERE due_at <= ${now}) AS due, min(due_at) AS oldest_due,
           min(waiting_since) AS oldest_waiting,
           (extract(epoch FROM max(due_at - waiting_since)) * 1000)::float8 AS quiet_ms
    FROM dispatches WHERE due_at IS NOT NULL`;
  return {
    due: Number(row?.due ?? 0),
    oldestDueAt: row?.oldest_due ?? null,
    oldestWaitingSince: row?.oldest_waiting ?? null,
    quietMs: Math.max(0, row?.quiet_ms ?? 0),
  };
}

/** What was acknowledged and is not yet sorted into conversations. Reads a partial index, which is nearly empty. */
export async function readUnsorted(db: Database): Promise<{ count: number; oldestAt: Date | null }> {
  const [row] = await db.$queryRaw<{ count: bigint; oldest: Date | null }[]>`
    SELECT count(*) AS count, min(received_at) AS oldest FROM inbound_deliveries WHERE state = 'received'`;
  return { count: Number(row?.count ?? 0), oldestAt: row?.oldest ?? null };
}

/** Turns that were decided in the last minute. Ids of decisions rise with the clock, so that their own index finds them. */
export async function countTurnsOfLastMinute(db: Database): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM decisions
    WHERE id > (SELECT uuidv7(interval '-1 minute'))`;
  return Number(row?.count ?? 0);
}
