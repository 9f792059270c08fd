import type { Database, Queries } from '../platform/database/client.ts';

/** One webhook request to keep, as it came. */
export interface NewDelivery {
  id: string;
  /** The business whose own secret signed it; null where the installation's did, and its account tells whose it is. */
  businessId: string | null;
  channel: string;
  /** Path and query as they were asked for; empty where nobody posted it. */
  url: string;
  body: string;
  /** The trace that it began, where anybody traces. */
  traceContext?: string;
}

/** A delivery that is kept and acknowledged, but not yet sorted into conversations. */
export interface ReceivedDelivery extends NewDelivery {
  receivedAtMs: number;
}

/** What became of a delivery. */
export interface SortResult {
  /** Events that were new. */
  stored: number;
  /** Events that had come before. */
  duplicates: number;
  /** Conversations of the new events. */
  conversationIds: string[];
  /** True when something in it could not be read. */
  quarantined: boolean;
}

/** Any number that nothing else in this database locks. */
const SORTING_LOCK = 7_393_201;

/** Keeps deliveries. Returns their ids, in order. */
export async function saveReceived(db: Queries, rows: readonly NewDelivery[]): Promise<string[]> {
  await db.$executeRaw`
    INSERT INTO inbound_deliveries (id, business_id, channel, state, url, body, trace_context)
    SELECT id, "businessId", channel, 'received', url, body, "traceContext"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS d(id uuid, "businessId" uuid, channel text, url text, body text, "traceContext" text)`;
  return rows.map((row) => row.id);
}

/** Waits until nobody else sorts, and keeps everybody else from it until the transaction ends. */
export async function lockSorting(tx: Queries): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${SORTING_LOCK})::text`;
}

/**
 * Locks and returns deliveries that are to be sorted, oldest first: up to `atMost`, or the one of `id`. Waits until nobody
 * else sorts, so that the order in which they came is the order in which they are numbered. Needs a transaction.
 */
export async function takeReceived(
  tx: Queries,
  which: { atMost: number } | { id: string },
): Promise<ReceivedDelivery[]> {
  await lockSorting(tx);
  const one = 'id' in which ? which.id : null;
  const atMost = 'id' in which ? 1 : which.atMost;
  const rows = await tx.$queryRaw<
    { id: string; business_id: string | null; channel: string; url: string; body: string; at: Date }[]
  >`
    SELECT id, business_id, channel, url, body, received_at AS at FROM inbound_deliveries
    WHERE state = 'received' AND (${one}::uuid IS NULL OR id = ${one}::uuid)
    ORDER BY id LIMIT ${atMost} FOR UPDATE`;
  return rows.map((row) => ({
    id: row.id,
    businessId: row.business_id,
    channel: row.channel,
    url: row.url,
    body: row.body,
    receivedAtMs: row.at.getTime(),
  }));
}

/** Keeps the parts of one delivery as deliveries of their own, received when it was; the first takes its place. */
export async function saveParts(
  db: Queries,
  originalId: string,
  parts: readonly { id: string; body: string }[],
): Promise<void> {
  const given = JSON.stringify(parts);
  await db.$executeRaw`
    INSERT INTO inbound_deliveries (id, business_id, channel, state, body, received_at, trace_context)
    SELECT p.id, d.business_id, d.channel, 'received', p.body, d.received_at, d.trace_context
    FROM jsonb_to_recordset(${given}::jsonb) AS p(id uuid, body text)
    JOIN inbound_deliveries d ON d.id = ${originalId}::uuid AND d.id <> p.id`;
  await db.$executeRaw`
    UPDATE inbound_deliveries d SET body = p.body
    FROM jsonb_to_recordset(${given}::jsonb) AS p(id uuid, body text) WHERE d.id = p.id AND d.id = ${originalId}::uuid`;
}

/** Ids of deliveries that are to be sorted, oldest first. */
export async function listReceived(db: Queries, atMost: number): Promise<string[]> {
  const rows = await db.inboundDelivery.findMany({
    where: { state: 'received' },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: atMost,
  });
  return rows.map((row) => row.id);
}

/** What became of a delivery; null while it waits to be sorted. */
export async function findSorted(db: Database, id: string): Promise<SortResult | null> {
  const { state, eventCount } = await db.inboundDelivery.findUniqueOrThrow({ where: { id } });
  if (state === 'received') return null;
  const events = await db.inboundEvent.findMany({
    where: { deliveryId: id },
    select: { conversationId: true },
    orderBy: { seq: 'asc' },
  });
  return {
    stored: events.length,
    duplicates: eventCount - events.length,
    conversationIds: [...new Set(events.map((event) => event.conversationId))],
    quarantined: state === 'quarantined',
  };
}

/** Empties deliveries that brought nothing new: what they say is kept once, and can be forgotten in one place. */
export async function forgetBodies(db: Queries, deliveries: readonly { id: string }[]): Promise<void> {
  await db.inboundDelivery.updateMany({ where: { id: { in: deliveries.map(({ id }) => id) } }, data: { body: '' } });
}

/** Keeps a request that could not be read, so that nothing is lost and a person can see it. */
export async function quarantineDelivery(db: Queries, row: NewDelivery, reason: string): Promise<void> {
  await db.inboundDelivery.create({ data: { ...row, state: 'quarantined', reason } });
}

/** Sets a delivery aside that cannot be sorted. */
export async function quarantineReceived(db: Queries, id: string, reason: string): Promise<void> {
  await db.inboundDelivery.updateMany({ where: { id, state: 'received' }, data: { state: 'quarantined', reason } });
}
