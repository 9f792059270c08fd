import type { Queries } from '../platform/database/client.ts';

/** What people do with conversations at the inbox, beside what their workflows own. */

export function findLabels(
  db: Queries,
  businessId: string,
  names: readonly string[],
): Promise<{ id: string; name: string }[]> {
  return db.label.findMany({ where: { businessId, name: { in: [...names] } }, select: { id: true, name: true } });
}

/** These labels and no others. */
export async function setConversationLabels(
  db: Queries,
  conversationId: string,
  labelIds: readonly string[],
): Promise<void> {
  await db.conversationLabel.deleteMany({ where: { conversationId, labelId: { notIn: [...labelIds] } } });
  const data = labelIds.map((labelId) => ({ conversationId, labelId }));
  await db.conversationLabel.createMany({ data, skipDuplicates: true });
}

/** One that is unread already keeps its number. */
export async function setUnread(db: Queries, conversationId: string, isUnread: boolean): Promise<void> {
  const changed = isUnread ? { unreadCount: 0 } : { unreadCount: { gt: 0 } };
  const data = { unreadCount: isUnread ? 1 : 0 };
  await db.conversation.updateMany({ where: { id: conversationId, ...changed }, data });
}

/** The timer by which a conversation is snoozed, or null. */
export async function findPendingSnooze(db: Queries, conversationId: string): Promise<string | null> {
  const where = { conversationId, kind: 'snooze', state: 'pending' };
  return (await db.timer.findFirst({ where, select: { id: true } }))?.id ?? null;
}

/** False when there is a note of this id already. */
export async function addNote(
  db: Queries,
  note: { id: string; businessId: string; conversationId: string; userId: string | null; text: string },
): Promise<boolean> {
  return (await db.note.createMany({ data: note, skipDuplicates: true })).count === 1;
}

/** What the customer wrote last without a word of the shop in between, in order, whether or not it was answered since. */
export async function findLastBurst(db: Queries, conversationId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH newest AS (
      SELECT max(sent_at) AS at FROM messages WHERE conversation_id = ${conversationId}::uuid AND direction = 'in'
    ), answered AS (
      SELECT max(m.sent_at) AS at FROM messages m, newest
      WHERE m.conversation_id = ${conversationId}::uuid AND m.direction = 'out' AND m.sent_at < newest.at
    )
    SELECT m.id FROM messages m, answered
    WHERE m.conversation_id = ${conversationId}::uuid AND m.direction = 'in'
      AND (answered.at IS NULL OR m.sent_at > answered.at)
    ORDER BY m.sent_at DESC, m.id DESC LIMIT 20`;
  return rows.map(({ id }) => id).reverse();
}

export async function findOpenTickets(db: Queries, conversationId: string): Promise<string[]> {
  const where = { conversationId, state: 'open' };
  return (await db.ticket.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } })).map(({ id }) => id);
}

/**
 * Takes a conversation off the list of those that wait for a person. While the bot answers, a customer who waits does so
 * for the bot, and that stays as it is.
 */
export async function solveConversation(db: Queries, conversationId: string): Promise<void> {
  await db.ticket.updateMany({ where: { conversationId, state: 'open' }, data: { state: 'solved' } });
  await db.conversation.updateMany({
    where: { id: conversationId, mode: 'human', waitingSince: { not: null } },
    data: { waitingSince: null },
  });
}
