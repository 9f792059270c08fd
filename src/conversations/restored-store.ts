import type { Queries } from '../platform/database/client.ts';
import { RESTORED } from '../platform/installation/rules.ts';

/**
 * Settles what the rows of a restored copy owed at `at`: it may have happened already in the time that was lost. Nothing of
 * it is repeated by itself; what nobody can know is `unknown`, and whoever still waits for an answer gets a ticket. What is
 * due later than `at` stays as it is. Give it the transaction that notes the restore.
 */
export async function holdBackRestored(tx: Queries, at: Date): Promise<void> {
  await doubtPlannedSends(tx, at);
  await endPastFollowUps(tx, at);
  await endPastSendLater(tx, at);
  await handOverUnanswered(tx);
}

async function doubtPlannedSends(tx: Queries, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE outbound_messages o SET state = 'unknown', reason = ${RESTORED}, updated_at = now()
    WHERE o.state IN ('planned', 'sending')
      AND NOT EXISTS (SELECT FROM timers t WHERE t.conversation_id = o.conversation_id AND t.state = 'pending'
        AND t.due_at > ${at} AND o.id = ANY(t.outbound_ids))
      AND NOT EXISTS (SELECT FROM follow_ups f WHERE f.id = o.follow_up_id AND f.state = 'pending' AND f.due_at > ${at})`;
}

async function endPastFollowUps(tx: Queries, at: Date): Promise<void> {
  await tx.$executeRaw`
    WITH ended AS (
      UPDATE follow_ups SET state = 'failed', reason = ${RESTORED}, updated_at = now()
      WHERE state = 'pending' AND due_at <= ${at} RETURNING conversation_id
    )
    UPDATE conversations c SET follow_up_due_at = NULL, updated_at = now() FROM ended WHERE c.id = ended.conversation_id`;
}

async function endPastSendLater(tx: Queries, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE timers SET state = 'done', reason = ${RESTORED}, updated_at = now()
    WHERE kind = 'send_later' AND state = 'pending' AND due_at <= ${at}`;
}

/**
 * A customer's message without a decision that took it, and without anything said after it, may or may not have been
 * answered in the lost time. A person looks, and the bot leaves it alone.
 */
async function handOverUnanswered(tx: Queries): Promise<void> {
  const found = await tx.$queryRaw<{ conversation_id: string }[]>`
    INSERT INTO tickets (business_id, conversation_id, reason)
    SELECT c.business_id, c.id, ${RESTORED} FROM conversations c
    WHERE EXISTS (
      SELECT FROM messages m WHERE m.conversation_id = c.id AND m.author = 'customer'
        AND NOT EXISTS (SELECT FROM messages said
          WHERE said.conversation_id = m.conversation_id AND said.direction = 'out' AND said.sent_at >= m.sent_at)
        AND NOT EXISTS (SELECT FROM decisions d
          WHERE d.conversation_id = m.conversation_id AND d.state = 'decided' AND m.id = ANY(d.message_ids)))
    ON CONFLICT (conversation_id, reason) WHERE state = 'open' DO UPDATE SET updated_at = now()
    RETURNING conversation_id`;
  const ids = found.map(({ conversation_id }) => conversation_id);
  if (ids.length > 0 && (await hasSettledSeq(tx))) await settleEvents(tx, ids);
}

/** The number up to which a conversation's events need no turn came later than this; older databases lack it. */
async function hasSettledSeq(tx: Queries): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ known: boolean }[]>`
    SELECT EXISTS (SELECT FROM pg_attribute
      WHERE attrelid = 'conversations'::regclass AND attname = 'settled_seq' AND NOT attisdropped) AS known`;
  return row?.known ?? false;
}

async function settleEvents(tx: Queries, conversationIds: string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE conversations c SET settled_seq = d.last_seq, updated_at = now()
    FROM dispatches d WHERE d.conversation_id = c.id AND c.id = ANY(${conversationIds}::uuid[])`;
}
