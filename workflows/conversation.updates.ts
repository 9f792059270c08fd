import * as wf from '@temporalio/workflow';
import { type ConversationEvent, type ConversationState, windowExpiresAtMs } from '../src/conversations/core/state.ts';
import { MAX_TIMERS, refuseTimerTime } from '../src/conversations/core/timer.ts';
import { TIMER_RULES } from '../src/timer-kinds.ts';
import * as messages from './conversation.messages.ts';

interface Shell {
  /** Null until the run is founded. */
  readState: () => ConversationState | null;
  /** Feeds the event and returns once the panel's rows show it. */
  feedAndWait: (event: ConversationEvent) => Promise<void>;
}

/** Says why the state as it is does not allow this, or null. */
type Refuse<Input> = (state: ConversationState, input: Input) => string | null;

const allowed = (): null => null;

/**
 * Lets people act on a conversation. What cannot be is refused before it enters the history; by a run that is still being
 * founded, as soon as it knows its state.
 */
export function handleUpdates({ readState, feedAndWait }: Shell): void {
  const handle = <Args extends [unknown] | []>(
    update: ReturnType<typeof wf.defineUpdate<void, Args>>,
    description: string,
    toEvent: (...args: Args) => ConversationEvent,
    refuse: (state: ConversationState, ...args: Args) => string | null = allowed,
  ): void => {
    const handler = async (...args: Args): Promise<void> => {
      if (readState() === null) {
        await wf.condition(() => readState() !== null);
        const refusal = refuse(readState() as ConversationState, ...args);
        if (refusal !== null) throw wf.ApplicationFailure.nonRetryable(refusal, 'refused');
      }
      await feedAndWait(toEvent(...args));
    };
    const validator = (...args: Args): void => {
      const state = readState();
      const refusal = state === null ? null : refuse(state, ...args);
      if (refusal !== null) throw new Error(refusal);
    };
    wf.setHandler(update, handler as never, { description, validator: validator as never });
  };

  handle(
    messages.takeOverUpdate,
    'A person answers from here on',
    ({ untilMs }) => ({ type: 'take_over', untilMs }),
    (_state, { untilMs }) => (untilMs === null || untilMs > Date.now() ? null : IN_FUTURE),
  );
  handle(messages.releaseUpdate, 'The bot answers again', () => ({ type: 'release' }));
  handle(messages.closeUpdate, 'The conversation is over', () => ({ type: 'close' }));
  handle(messages.sendOutboundUpdate, 'Send what a person wrote', ({ outboundId }) => ({
    type: 'send_outbound',
    outboundId,
  }));
  handle(
    messages.cancelFollowUpUpdate,
    'The follow-up is not sent',
    ({ followUpId }) => ({ type: 'cancel_follow_up', followUpId }),
    refuseFollowUp,
  );
  handle(
    messages.rescheduleFollowUpUpdate,
    'The follow-up is sent at another time',
    ({ followUpId, dueAtMs }) => ({ type: 'reschedule_follow_up', followUpId, dueAtMs }),
    (state, input) => refuseFollowUp(state, input) ?? refuseFollowUpTime(state, input.dueAtMs),
  );
  handle(
    messages.setTimerUpdate,
    'Something is to happen by itself at a time',
    ({ timer, createdBy }) => ({ type: 'set_timer', timer, createdBy }),
    refuseTimer,
  );
  handle(
    messages.cancelTimerUpdate,
    'It is not to happen',
    ({ timerId }) => ({ type: 'cancel_timer', timerId }),
    (state, { timerId }) => (findTimer(state, timerId) ? null : NO_TIMER),
  );
  handle(
    messages.rescheduleTimerUpdate,
    'It is to happen at another time',
    ({ timerId, dueAtMs }) => ({ type: 'reschedule_timer', timerId, dueAtMs }),
    (state, { timerId, dueAtMs }) => {
      const timer = findTimer(state, timerId);
      return timer ? refuseTimerTime(timer.kind, dueAtMs, Date.now(), windowExpiresAtMs(state)) : NO_TIMER;
    },
  );
}

const IN_FUTURE = 'The time must be in the future.';
const NO_TIMER = 'This timer is not pending any more.';

function findTimer(state: ConversationState, timerId: string) {
  return state.timers.find(({ id }) => id === timerId);
}

const refuseFollowUp: Refuse<messages.FollowUpInput> = ({ followUp }, { followUpId }) =>
  followUp?.id === followUpId ? null : 'This follow-up is not pending any more.';

function refuseFollowUpTime(state: ConversationState, dueAtMs: number): string | null {
  if (!Number.isFinite(dueAtMs) || dueAtMs <= Date.now()) return IN_FUTURE;
  const expiresAtMs = windowExpiresAtMs(state);
  return expiresAtMs !== null && dueAtMs >= expiresAtMs ? 'The time must be before the messaging window closes.' : null;
}

const refuseTimer: Refuse<messages.SetTimerInput> = (state, { timer }) => {
  if (!(timer.kind in TIMER_RULES)) return 'There is no such kind of timer.';
  const refusal = refuseTimerTime(timer.kind, timer.dueAtMs, Date.now(), windowExpiresAtMs(state));
  if (refusal !== null) return refusal;
  const isNew = findTimer(state, timer.id) === undefined;
  return isNew && state.timers.length >= MAX_TIMERS ? `At most ${MAX_TIMERS} timers may be pending.` : null;
};
