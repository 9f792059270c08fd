import type { Database, Queries } from '../platform/database/client.ts';
import type { ConversationOwner, NewTicket } from '../replies/stage.ts';
import type { RecordChanges, Recorded } from './core/state.ts';
import { recordTimers, type TimerHooksByKind } from './timer-store.ts';

type Owner = ConversationOwner;

/** What others do with what becomes of a conversation, in the same transaction. All of it may be repeated. */
export interface RecordHooks {
  /** Takes a turn back, with all that stages stored with it. False, and nothing is changed, when its sending has begun. */
  abandonTurn(tx: Queries, owner: Owner, turnId: string, reason: string): Promise<boolean>;
  cancelFollowUp(tx: Queries, id: string, reason: string): Promise<void>;
  openTicket(tx: Queries, owner: Owner, ticket: NewTicket): Promise<void>;
  /** Plans what the customer is told. Null when they were told already. */
  planNotice(tx: Queries, owner: Owner, notice: NonNullable<RecordChanges['notice']>): Promise<string | null>;
}

/** Writes what the panel shows of a conversation, in one transaction. May be repeated without harm. */
export async function recordChanges(
  db: Database,
  owner: Owner,
  changes: RecordChanges,
  hooks: RecordHooks,
  timerHooks: TimerHooksByKind = {},
): Promise<Recorded> {
  return db.$transaction(async (tx) => {
    const begunTurnIds: string[] = [];
    const { turnIds, reason } = changes.abandonTurns ?? { turnIds: [], reason: '' };
    for (const turnId of turnIds)
      if (!(await hooks.abandonTurn(tx, owner, `${owner.conversationId}:${turnId}`, reason))) begunTurnIds.push(turnId);
    if (changes.cancelFollowUp)
      await hooks.cancelFollowUp(tx, changes.cancelFollowUp.id, changes.cancelFollowUp.reason);
    if (changes.rescheduleFollowUp) {
      const dueAt = new Date(changes.rescheduleFollowUp.dueAtMs);
      await tx.followUp.updateMany({ where: { id: changes.rescheduleFollowUp.id, state: 'pending' }, data: { dueAt } });
      await tx.conversation.update({ where: { id: owner.conversationId }, data: { followUpDueAt: dueAt } });
    }
    if (changes.ticket) await hooks.openTicket(tx, owner, changes.ticket);
    const noticeId = changes.notice ? await hooks.planNotice(tx, owner, changes.notice) : null;
    if (changes.timers) await recordTimers(tx, owner, changes.timers, timerHooks);
    if (changes.settledSeq !== undefined) await settleEvents(tx, owner.conversationId, changes.settledSeq);
    await tx.conversation.update({
      where: { id: owner.conversationId },
      data: {
        ...(changes.mode === undefined ? {} : { mode: changes.mode, modeAt: new Date() }),
        ...(changes.modeUntilMs === undefined ? {} : { modeUntil: dateOrNull(changes.modeUntilMs) }),
        ...(changes.status === undefined ? {} : { status: changes.status }),
      },
    });
    return { begunTurnIds, plannedIds: noticeId === null ? [] : [noticeId] };
  });
}

const dateOrNull = (atMs: number | null): Date | null => (atMs === null ? null : new Date(atMs));

/**
 * A relay that was killed between its signal and its mark leaves events that look as if nobody had taken them. A run drops
 * what it has seen, but the next one is founded on these rows, so what settles events settles them here, too.
 */
async function settleEvents(db: Queries, conversationId: string, upToSeq: number): Promise<void> {
  await db.inboundEvent.updateMany({
    where: { conversationId, seq: { lte: upToSeq }, dispatchedAt: null },
    data: { dispatchedAt: new Date() },
  });
  await db.conversation.updateMany({
    where: { id: conversationId, settledSeq: { lt: upToSeq } },
    data: { settledSeq: upToSeq },
  });
}
