import type { Database, Queries } from '../database/client.ts';

/** One change, as readers of the feed are told: what, never its content. */
export interface LiveRow {
  id: bigint;
  businessId: string;
  type: string;
  resource: string;
  resourceId: string;
  at: Date;
}

/**
 * Numbers are given when a row is written and seen when its transaction commits, so a lower one may show up after a higher
 * one, for as long as this: far longer than any transaction of ours lives.
 */
export const LATE_MS = 15_000;

/** What resumes is searched this far below the last number seen. */
const LATE_NUMBERS = 10_000;
/** A reader who missed more than this reads everything anew instead. */
const MAX_BACKLOG = 5000;

/** Who may listen, and to the changes of which business. */
export interface LiveReader {
  businessId: string;
  /** A person or a key, named as in the audit log. */
  holder: string;
  /** The person's login; null for a key. */
  familyId: string | null;
}

/** Keeps the hash of a ticket, and forgets those that are over. */
export async function storeTicket(
  db: Queries,
  ticket: LiveReader & { tokenHash: string; expiresAt: Date },
  now: Date,
): Promise<void> {
  await db.liveTicket.deleteMany({ where: { expiresAt: { lt: now } } });
  await db.liveTicket.create({ data: ticket });
}

/** Takes a ticket, once. Null when there is none, or it is over. */
export async function redeemTicket(db: Queries, tokenHash: string, now: Date): Promise<LiveReader | null> {
  const [row] = await db.$queryRaw<
    { business_id: string; holder: string; family_id: string | null; expires_at: Date }[]
  >`
    DELETE FROM live_tickets WHERE token_hash = ${tokenHash} RETURNING business_id, holder, family_id, expires_at`;
  if (!row || row.expires_at <= now) return null;
  return { businessId: row.business_id, holder: row.holder, familyId: row.family_id };
}

/** The numbers between which rows exist; null when there are none. */
export async function readBounds(db: Queries): Promise<{ first: bigint; last: bigint } | null> {
  const [row] = await db.$queryRaw<{ first: bigint | null; last: bigint | null }[]>`
    SELECT min(id) AS first, max(id) AS last FROM live_events`;
  return row?.first != null && row.last != null ? { first: row.first, last: row.last } : null;
}

/** Which numbers above `above` exist, rising. */
export async function readNumbers(db: Queries, above: bigint): Promise<bigint[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`SELECT id FROM live_events WHERE id > ${above} ORDER BY id`;
  return rows.map((row) => row.id);
}

/** What is above a number, and what came of numbers that were missing; rising. */
export async function readNewEvents(
  db: Queries,
  above: bigint,
  missing: readonly bigint[],
  limit: number,
): Promise<LiveRow[]> {
  return db.$queryRaw<LiveRow[]>`
    SELECT id, business_id AS "businessId", type, resource, resource_id AS "resourceId", created_at AS at FROM (
      (SELECT * FROM live_events WHERE id > ${above} ORDER BY id LIMIT ${limit})
      UNION ALL (SELECT * FROM live_events WHERE id = ANY(${missing}::bigint[]))
    ) AS found ORDER BY id LIMIT ${limit}`;
}

/**
 * What a reader missed who saw `after` last, or null when that is not known any more. Rows below it that may have been
 * committed after it are told once more: to hear of a change twice is harmless, to miss one is not.
 */
export async function readBacklog(db: Database, businessId: string, after: bigint): Promise<LiveRow[] | null> {
  const bounds = await readBounds(db);
  if (!bounds || after < bounds.first - 1n || after > bounds.last) return null;
  const rows = await db.$queryRaw<LiveRow[]>`
    SELECT id, business_id AS "businessId", type, resource, resource_id AS "resourceId", created_at AS at FROM live_events
    WHERE business_id = ${businessId}::uuid AND id > ${after - BigInt(LATE_NUMBERS)} AND id <> ${after}
      AND (id > ${after} OR created_at >
        (SELECT created_at FROM live_events WHERE id = ${after}) - ${LATE_MS} * interval '1 millisecond')
    ORDER BY id LIMIT ${MAX_BACKLOG + 1}`;
  return rows.length > MAX_BACKLOG ? null : rows;
}
