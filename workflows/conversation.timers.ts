import * as wf from '@temporalio/workflow';
import { type ConversationEvent, type ConversationState, windowExpiresAtMs } from '../src/conversations/core/state.ts';
import { MAX_TIMERS, refuseTimerTime, TIMER_RULES, type TimerKind } from '../src/conversations/core/timer-rules.ts';
import * as messages from './conversation.messages.ts';

interface Shell {
  readState: () => ConversationState;
  feedAndWait: (event: ConversationEvent) => Promise<void>;
}

/** Lets people set, move and cancel a conversation's timers. What cannot be is refused before it enters the history. */
export function handleTimerUpdates({ readState, feedAndWait }: Shell): void {
  const timers = () => readState().timers ?? [];
  const find = (timerId: string) => {
    const timer = timers().find(({ id }) => id === timerId);
    if (!timer) throw new Error('This timer is not pending any more.');
    return timer;
  };
  const assertTime = (kind: TimerKind, dueAtMs: number): void => {
    const refusal = refuseTimerTime(kind, dueAtMs, Date.now(), windowExpiresAtMs(readState()));
    if (refusal !== null) throw new Error(refusal);
  };

  wf.setHandler(
    messages.setTimerUpdate,
    ({ timer, createdBy }) => feedAndWait({ type: 'set_timer', timer, createdBy }),
    {
      description: 'Something is to happen by itself at a time',
      validator: ({ timer }) => {
        if (!(timer.kind in TIMER_RULES)) throw new Error('There is no such kind of timer.');
        assertTime(timer.kind, timer.dueAtMs);
        const isNew = !timers().some(({ id }) => id === timer.id);
        if (isNew && timers().length >= MAX_TIMERS) throw new Error(`At most ${MAX_TIMERS} timers may be pending.`);
      },
    },
  );
  wf.setHandler(messages.cancelTimerUpdate, ({ timerId }) => feedAndWait({ type: 'cancel_timer', timerId }), {
    validator: ({ timerId }) => void find(timerId),
  });
  wf.setHandler(
    messages.rescheduleTimerUpdate,
    ({ timerId, dueAtMs }) => feedAndWait({ type: 'reschedule_timer', timerId, dueAtMs }),
    { validator: ({ timerId, dueAtMs }) => assertTime(find(timerId).kind, dueAtMs) },
  );
}
