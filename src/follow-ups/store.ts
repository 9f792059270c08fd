import type { Database, Queries } from '../platform/database/client.ts';
import type { ConversationOwner } from '../replies/stage.ts';
import type { OutboundContent, OutboundState } from '../text/message.ts';

/** Its message, when it was planned already, is blocked with it. */
export async function cancelFollowUp(db: Queries, followUpId: string, reason: string): Promise<void> {
  await db.$executeRaw`
    WITH cancelled AS (
      UPDATE follow_ups SET state = 'cancelled', reason = ${reason}, updated_at = now()
      WHERE id = ${followUpId}::uuid AND state = 'pending' RETURNING id, conversation_id
    ), blocked AS (
      UPDATE outbound_messages o SET state = 'blocked', reason = 'follow_up_cancelled', updated_at = now()
      FROM cancelled WHERE o.follow_up_id = cancelled.id AND o.state = 'planned'
    )
    UPDATE conversations c SET follow_up_due_at = NULL, updated_at = now() FROM cancelled WHERE c.id = cancelled.conversation_id`;
}

/** One that a run of the workflow left behind (it was terminated) gives way: a conversation has one pending at most. */
export async function insertFollowUp(
  db: Queries,
  { businessId, conversationId }: ConversationOwner,
  { id, text, dueAtMs }: { id: string; text: string; dueAtMs: number },
): Promise<void> {
  const dueAt = new Date(dueAtMs);
  const former = await db.followUp.findMany({ where: { conversationId, state: 'pending' }, select: { id: true } });
  for (const { id: formerId } of former) await cancelFollowUp(db, formerId, 'replaced');
  await db.followUp.create({ data: { id, businessId, conversationId, text, dueAt } });
  await db.conversation.update({ where: { id: conversationId }, data: { followUpDueAt: dueAt } });
}

/** One that is still to be sent; null when there is none of that id. */
export async function findPendingFollowUp(db: Queries, id: string): Promise<{ id: string; dueAtMs: number } | null> {
  const row = await db.followUp.findFirst({ where: { id, state: 'pending' } });
  return row && { id: row.id, dueAtMs: row.dueAt.getTime() };
}

/**
 * Plans the message of a follow-up that is due, once. Returns its id, or null when the follow-up is not pending any more.
 */
export async function planFollowUpOutbound(
  db: Database,
  followUpId: string,
  id: string,
  fingerprint: (text: string) => string,
): Promise<string | null> {
  const followUp = await db.followUp.findUnique({
    where: { id: followUpId },
    include: { outbound: { select: { id: true } } },
  });
  if (followUp?.state !== 'pending') return null;
  if (followUp.outbound) return followUp.outbound.id;
  const content: OutboundContent = { kind: 'text', text: followUp.text };
  // Two attempts may come here at once; the second one finds what the first one planned.
  await db.outboundMessage.createMany({
    data: {
      id,
      businessId: followUp.businessId,
      conversationId: followUp.conversationId,
      followUpId,
      author: 'follow-up',
      purpose: 'follow_up',
      content,
      text: followUp.text,
      fingerprint: fingerprint(followUp.text),
      // The gate asks whether the customer wrote after the follow-up was promised, not after it was due.
      createdAt: followUp.createdAt,
    },
    skipDuplicates: true,
  });
  const row = await db.outboundMessage.findUniqueOrThrow({ where: { followUpId }, select: { id: true } });
  return row.id;
}

/** Closes a follow-up after its message ended as `state`. */
export async function finishFollowUp(
  db: Database,
  followUpId: string,
  state: OutboundState,
  reason: string,
): Promise<void> {
  const to = state === 'sent' || state === 'unknown' ? 'sent' : state === 'blocked' ? 'cancelled' : 'failed';
  await db.$executeRaw`
    WITH ended AS (
      UPDATE follow_ups SET state = ${to}, reason = ${reason}, updated_at = now()
      WHERE id = ${followUpId}::uuid AND state = 'pending' RETURNING conversation_id, business_id, id
    )
    UPDATE conversations c SET follow_up_due_at = NULL, updated_at = now() FROM ended WHERE c.id = ended.conversation_id`;
}
