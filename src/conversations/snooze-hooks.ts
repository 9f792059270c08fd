import type { TimerHooks } from './timer-store.ts';

/** A conversation shows its snooze by itself, because lists ask for it. */
export const snoozeHooks: TimerHooks = {
  async onSet(tx, { conversationId }, { dueAtMs }) {
    await tx.conversation.updateMany({ where: { id: conversationId }, data: { snoozedUntil: new Date(dueAtMs) } });
  },
  async onEnd(tx, { conversationId }, { reason }) {
    // A newer snooze stands in its place already, or is about to.
    if (reason === 'replaced') return;
    await tx.conversation.updateMany({ where: { id: conversationId }, data: { snoozedUntil: null } });
  },
};
