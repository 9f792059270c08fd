import type { Database, Queries } from '../platform/database/client.ts';
import { Prisma } from '../platform/database/generated/client.ts';
import { NEEDS_RECONNECT } from './gate.ts';
import { EARLIER_PART, HELD_BACK_RIGHTLY, UNDELIVERED_TICKETS, UNKNOWN_MS } from './undelivered.ts';

/** A message that did not arrive, and that somebody waits for. */
export interface Undelivered {
  id: string;
  businessId: string;
  conversationId: string;
  state: string;
  reason: string;
}

const RIGHTLY = [...HELD_BACK_RIGHTLY];
const KINDS = [...UNDELIVERED_TICKETS];

/** The customer was promised it: who took over does not know that. */
const PROMISED = Prisma.sql`o.purpose = 'restock' AND o.reason IN ('human_took_over', 'handoff', 'closed', 'loop')`;

/** A row `o` that somebody waits for: an answer, whoever wrote it, that did not arrive and was not sent again. */
const IS_MISSED = Prisma.sql`o.author IN ('bot', 'human') AND (o.failed_at IS NOT NULL OR (o.settled_by = '' AND (
  o.state IN ('rejected', 'unknown')
  OR (o.state = 'blocked' AND (o.reason <> ALL(${[...RIGHTLY, EARLIER_PART]}) OR (${PROMISED})))
  OR (o.state = 'blocked' AND o.reason = ${EARLIER_PART} AND (o.author = 'human' OR EXISTS (
    SELECT FROM outbound_messages p WHERE p.decision_id = o.decision_id AND p.position < o.position
      AND p.reason <> ALL(${[...RIGHTLY, EARLIER_PART]})))))))`;

/**
 * Ended and not looked at yet. What is `unknown` may still be settled by itself for a while; a time far ahead is of before the clock
 * was set back.
 */
const isFresh = (
  now: Date,
) => Prisma.sql`o.noticed_at IS NULL AND (o.state IN ('rejected', 'blocked', 'unknown') OR o.failed_at IS NOT NULL)
  AND o.updated_at > ${new Date(now.getTime() - LOOK_BACK_MS)}
  AND (o.state <> 'unknown' OR o.updated_at NOT BETWEEN ${new Date(now.getTime() - UNKNOWN_MS)} AND ${new Date(now.getTime() + UNKNOWN_MS)})`;

/** A row `o` that waits for its account to be connected again. */
const IS_HELD = Prisma.sql`o.author IN ('bot', 'human') AND o.state = 'planned' AND o.reason = ${NEEDS_RECONNECT}`;
/** A token may be changed in passing; what waits longer is felt by its customer. */
const HELD_FOR_MS = 45_000;

/** What ended longer ago was before this was looked at. */
const LOOK_BACK_MS = 24 * 3_600_000;
/** So many are found at once. */
export const BATCH = 200;

/** Marks what nobody waits for as looked at, and finds what somebody does. Reads a partial index, which is nearly empty. */
export async function findUndelivered(db: Database, now: Date): Promise<Undelivered[]> {
  await db.$executeRaw`
    UPDATE outbound_messages SET noticed_at = now() WHERE id IN (
      SELECT o.id FROM outbound_messages o WHERE ${isFresh(now)} AND NOT (${IS_MISSED})
      LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`;
  return db.$queryRaw<Undelivered[]>`
    (SELECT o.id, o.business_id AS "businessId", o.conversation_id AS "conversationId", o.state, o.reason
    FROM outbound_messages o WHERE ${isFresh(now)} AND ${IS_MISSED} ORDER BY o.updated_at LIMIT ${BATCH})
    UNION ALL
    (SELECT o.id, o.business_id, o.conversation_id, o.state, o.reason
    FROM outbound_messages o WHERE o.noticed_at IS NULL AND ${IS_HELD}
      AND o.created_at < ${new Date(now.getTime() - HELD_FOR_MS)} ORDER BY o.updated_at LIMIT ${BATCH})`;
}

/**
 * Marks it as looked at, once. Returns whether a person has to be told: not when one has answered since, or was told of
 * another message already. Needs a transaction, and locks the conversation first.
 */
export async function takeNotice(tx: Queries, { id, conversationId, state }: Undelivered): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM conversations WHERE id = ${conversationId}::uuid FOR UPDATE`;
  const [row] = await tx.$queryRaw<{ tells: boolean }[]>`
    UPDATE outbound_messages o SET noticed_at = now() FROM conversations c
    WHERE o.id IN (SELECT id FROM outbound_messages WHERE id = ${id}::uuid FOR UPDATE SKIP LOCKED)
      AND c.id = o.conversation_id AND o.noticed_at IS NULL AND o.state = ${state}
    RETURNING NOT (${isAnsweredSince(Prisma.sql`o.updated_at`)}) AND NOT EXISTS (
      SELECT FROM tickets t WHERE t.conversation_id = c.id AND t.state = 'open' AND t.reason = ANY(${KINDS})) AS tells`;
  return row?.tells ?? false;
}

/** A person has written to the customer of conversation `c` since then, here or on the channel's page. */
const isAnsweredSince = (at: Prisma.Sql) => Prisma.sql`coalesce(c.last_page_message_at > ${at}, false) OR EXISTS (
  SELECT FROM outbound_messages h
  WHERE h.conversation_id = c.id AND h.author = 'human' AND h.state = 'sent' AND h.failed_at IS NULL AND h.sent_at > ${at})`;

/** A ticket `t` of conversation `c` waits for nobody: a person has answered, or everything that it is about is settled. */
const isOver = Prisma.sql`t.state = 'open' AND t.reason = ANY(${KINDS}) AND (${isAnsweredSince(Prisma.sql`t.created_at`)}
  OR NOT EXISTS (SELECT FROM outbound_messages o
    WHERE o.conversation_id = c.id AND o.noticed_at >= t.created_at AND (${IS_MISSED} OR ${IS_HELD})))`;

/** Conversations with tickets about messages that nobody has to see to any more. */
export async function findSettledTickets(db: Database): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT c.id FROM tickets t JOIN conversations c ON c.id = t.conversation_id WHERE ${isOver} LIMIT ${BATCH}`;
  return rows.map(({ id }) => id);
}

/** Solves a conversation's tickets about messages where nobody has to see to them any more. May be called at any time. */
export async function solveSettledTickets(db: Database, conversationId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM conversations WHERE id = ${conversationId}::uuid FOR UPDATE`;
    await tx.$executeRaw`
      UPDATE tickets t SET state = 'solved', updated_at = now() FROM conversations c
      WHERE c.id = ${conversationId}::uuid AND t.conversation_id = c.id AND ${isOver}`;
  });
}
