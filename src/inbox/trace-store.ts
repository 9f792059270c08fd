import type { Queries } from '../platform/database/client.ts';
import { Prisma } from '../platform/database/generated/client.ts';

/** Traces that webhooks began, as `current` of the tracing tells them, oldest first; for what comes of them later. */

/** Of the deliveries that brought these events of a conversation. */
export function findTracesOfEvents(db: Queries, conversationId: string, seqs: readonly number[]): Promise<string[]> {
  return findTraces(db, conversationId, Prisma.sql`e.seq = ANY(${seqs}::bigint[])`);
}

/** Of the deliveries that brought these messages of a conversation. */
export function findTracesOfMessages(
  db: Queries,
  conversationId: string,
  messageIds: readonly string[],
): Promise<string[]> {
  return findTraces(db, conversationId, Prisma.sql`e.message_id = ANY(${messageIds}::uuid[])`);
}

async function findTraces(db: Queries, conversationId: string, isMeant: Prisma.Sql): Promise<string[]> {
  const rows = await db.$queryRaw<{ context: string }[]>`
    SELECT DISTINCT d.id, d.trace_context AS context FROM inbound_events e JOIN inbound_deliveries d ON d.id = e.delivery_id
    WHERE e.conversation_id = ${conversationId}::uuid AND ${isMeant} AND d.trace_context IS NOT NULL
    ORDER BY d.id`;
  return rows.map(({ context }) => context);
}

/** Of the deliveries whose messages these rows of the ledger answer. */
export async function findTracesOfSends(db: Queries, outboundIds: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ conversationId: string; messageIds: string[] }[]>`
    SELECT DISTINCT ON (d.id) d.conversation_id AS "conversationId", d.message_ids AS "messageIds"
    FROM outbound_messages o JOIN decisions d ON d.id = o.decision_id WHERE o.id = ANY(${outboundIds}::uuid[])`;
  const traces = await Promise.all(
    rows.map(({ conversationId, messageIds }) => findTracesOfMessages(db, conversationId, messageIds)),
  );
  return [...new Set(traces.flat())];
}
