import { defineSearchAttributeKey } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import {
  type Command,
  type ConversationEvent,
  type ConversationState,
  type DecideCommand,
  isIdle,
  isOver,
  nextDeadlineMs,
  resumedConversation,
  type SendCommand,
  windowExpiresAtMs,
} from '../src/conversations/core/state.ts';
import { transition } from '../src/conversations/core/transition.ts';
import { QUEUES } from '../src/platform/queues.ts';
import { describeConversation } from './conversation.details.ts';
import * as messages from './conversation.messages.ts';
import { handleTimerUpdates } from './conversation.timers.ts';

/**
 * A decision may be taken back at any time, so nobody waits for its cancellation to be acknowledged. The activity itself
 * falls back to a safe answer when the model stays away, so its retries end only at faults of ours. Five minutes hold every
 * provider's time-out twice: once for the answer, once for its repair.
 */
const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 30 } as const;
const decisions = wf.proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '15s',
  cancellationType: wf.ActivityCancellationType.TRY_CANCEL,
  retry: RETRY,
});
/** A pause between attempts of a local activity is a timer: waiting inside a workflow task would hold one of its slots. */
const localRetryThreshold = '100ms';
const localDecisions = wf.proxyLocalActivities<Activities>({
  startToCloseTimeout: '15s',
  localRetryThreshold,
  retry: RETRY,
});

/**
 * Repeats only what certainly did not reach the provider: the activity itself tells those apart, by row. It goes on until
 * the gate closes with the window.
 */
const sends = wf.proxyActivities<Activities>({
  taskQueue: QUEUES.sends,
  startToCloseTimeout: '5m',
  heartbeatTimeout: '15s',
  cancellationType: wf.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

/** Small writes of what the panel shows; each may be repeated without harm. */
const records = wf.proxyLocalActivities<Activities>({
  startToCloseTimeout: '10s',
  localRetryThreshold,
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** Waiting for the history to grow is the server's business; this backs it up where the server makes no suggestion. */
const MAX_HISTORY_EVENTS = 8000;

/**
 * One conversation, for as long as it lasts. All decisions are the pure core's (`src/conversations/core/transition.ts`); this shell
 * feeds it events and times, carries out its commands, sleeps until its next deadline and continues as new between turns.
 */
export async function conversation(input: messages.ConversationInput): Promise<void> {
  let state: ConversationState = input.state
    ? { ...input.state, holding: false }
    : resumedConversation(input.policy, input.lastCustomerAtMs ?? null, Date.now());
  const { identity } = input;
  // What activities are given stays in the history: they find the rest by these.
  const { conversationId, businessId } = identity;
  const whose = { conversationId, businessId };
  const sleep = new DeadlineTimer();
  let thinking: wf.CancellationScope | null = null;

  const feed = (event: ConversationEvent): number => {
    const modeBefore = state.mode;
    const next = transition(state, event, Date.now());
    state = next.state;
    for (const command of next.commands) execute(command);
    if (state.mode !== modeBefore) showMode(state.mode);
    sleep.until(nextDeadlineMs(state, Date.now()), state);
    wf.setCurrentDetails(describeConversation(state, Date.now()));
    return state.recordsAsked;
  };
  const feedAndWait = async (event: ConversationEvent): Promise<void> => {
    const asked = feed(event);
    await wf.condition(() => state.recordsDone >= asked);
  };

  const execute = (command: Command): void => {
    switch (command.type) {
      case 'decide':
        thinking = new wf.CancellationScope();
        void runDecide(thinking, command);
        return;
      case 'cancel_decide':
        thinking?.cancel();
        return;
      case 'send':
        void runSend(command);
        return;
      case 'record':
        void records
          .recordConversation({ identity: whose, changes: command.changes })
          .then(() => feed({ type: 'recorded' }));
        return;
    }
  };

  const runDecide = async (scope: wf.CancellationScope, command: DecideCommand): Promise<void> => {
    const { type: _, ...turn } = command;
    const decide = state.policy.decideLocally
      ? localDecisions.decideReply.executeWithOptions
      : decisions.decideReply.executeWithOptions;
    try {
      const summary = `Answer ${command.messageIds.length} message(s), turn ${command.turnId}`;
      const decided = await scope.run(() => decide({ summary }, [{ identity: whose, ...turn }]));
      feed({ type: 'decided', ...decided });
    } catch (error) {
      if (wf.isCancellation(error)) return;
      feed({ type: 'decide_failed', turnId: command.turnId, note: failureType(error) });
    }
  };

  const runSend = async (command: SendCommand): Promise<void> => {
    const { outboundIds, followUpId, origin } = command;
    const summary = followUpId ? 'Send the follow-up' : `Send ${outboundIds.length} message(s), ${origin}`;
    try {
      await sends.sendOutbound.executeWithOptions({ summary }, [{ identity: whose, outboundIds, followUpId }]);
    } catch (error) {
      // The ledger holds what became of each row; a failure here must not take the conversation down with it.
      wf.log.error('send failed', { type: failureType(error) });
    }
    feed({ type: 'send_finished', origin });
  };

  const futureOnly = (atMs: number): void => {
    const expires = windowExpiresAtMs(state);
    if (!Number.isFinite(atMs) || atMs <= Date.now()) throw new Error('The time must be in the future.');
    if (expires !== null && atMs >= expires) throw new Error('The time must be before the messaging window closes.');
  };
  const followUpPending = (id: string): void => {
    if (state.followUp?.id !== id) throw new Error('This follow-up is not pending any more.');
  };

  wf.setHandler(messages.conversationStateQuery, () => state, { description: 'The whole state of the conversation' });
  wf.setHandler(
    messages.eventsReceivedSignal,
    (signal) => void feed({ type: 'received', events: signal.events, policy: signal.policy }),
    { description: 'A burst of events from the channel' },
  );
  wf.setHandler(messages.takeOverUpdate, ({ untilMs }) => feedAndWait({ type: 'take_over', untilMs }), {
    validator: ({ untilMs }) => {
      if (untilMs !== null && !(untilMs > Date.now())) throw new Error('The time must be in the future.');
    },
  });
  wf.setHandler(messages.releaseUpdate, () => feedAndWait({ type: 'release' }), {
    description: 'The bot answers again',
  });
  wf.setHandler(messages.closeUpdate, () => feedAndWait({ type: 'close' }));
  wf.setHandler(messages.sendOutboundUpdate, ({ outboundId }) => feedAndWait({ type: 'send_outbound', outboundId }));
  wf.setHandler(
    messages.cancelFollowUpUpdate,
    ({ followUpId }) => feedAndWait({ type: 'cancel_follow_up', followUpId }),
    { validator: ({ followUpId }) => followUpPending(followUpId) },
  );
  wf.setHandler(
    messages.rescheduleFollowUpUpdate,
    ({ followUpId, dueAtMs }) => feedAndWait({ type: 'reschedule_follow_up', followUpId, dueAtMs }),
    {
      validator: ({ followUpId, dueAtMs }) => {
        followUpPending(followUpId);
        futureOnly(dueAtMs);
      },
    },
  );

  handleTimerUpdates({ readState: () => state, feedAndWait });

  // A run that follows another picks its deadlines up; a closed conversation that an operator writes in is open again.
  feed({ type: 'tick' });

  for (;;) {
    await wf.condition(() => sleep.isOver || isOver(state) || (state.holding ? isIdle(state) : historyIsLong(state)));
    if (sleep.isOver) {
      sleep.clear();
      feed({ type: 'tick' });
      continue;
    }
    if (!isOver(state) && !state.holding) {
      // A customer who never pauses would keep this run alive for ever: what comes now waits for the next one.
      feed({ type: 'hold' });
      continue;
    }
    await wf.condition(wf.allHandlersFinished);
    if (isOver(state)) return;
    if (isIdle(state)) await wf.continueAsNew<typeof conversation>({ identity, policy: state.policy, state });
  }
}

function historyIsLong(state: ConversationState): boolean {
  const info = wf.workflowInfo();
  return info.continueAsNewSuggested || info.historyLength > (state.policy.maxHistoryEvents ?? MAX_HISTORY_EVENTS);
}

function failureType(error: unknown): string {
  const cause = error instanceof wf.ActivityFailure ? error.cause : error;
  return cause instanceof wf.ApplicationFailure
    ? (cause.type ?? 'failure')
    : cause instanceof Error
      ? cause.name
      : 'failure';
}

const MODE = defineSearchAttributeKey('PeykMode', 'KEYWORD');

function showMode(mode: string): void {
  if ((wf.workflowInfo().typedSearchAttributes.get(MODE) ?? null) !== null)
    wf.upsertSearchAttributes([{ key: MODE, value: mode }]);
}

/**
 * One timer for the whole conversation, recomputed lazily: a later deadline lets the running timer fire and asks again, so
 * a customer's every message does not cost a timer. Only an earlier deadline replaces it.
 */
class DeadlineTimer {
  isOver = false;
  #atMs = Number.POSITIVE_INFINITY;
  #scope: wf.CancellationScope | null = null;

  until(deadlineMs: number | null, state: ConversationState): void {
    if (deadlineMs === null || deadlineMs >= this.#atMs || this.isOver) return;
    this.#scope?.cancel();
    this.#atMs = deadlineMs;
    const scope = new wf.CancellationScope();
    this.#scope = scope;
    void scope
      .run(() => wf.sleep(Math.max(1, deadlineMs - Date.now()), { summary: deadlineSummary(state, deadlineMs) }))
      .then(
        () => {
          this.isOver = this.#scope === scope;
        },
        (error) => {
          if (!wf.isCancellation(error)) throw error;
        },
      );
  }

  clear(): void {
    this.isOver = false;
    this.#atMs = Number.POSITIVE_INFINITY;
    this.#scope = null;
  }
}

function deadlineSummary(state: ConversationState, deadlineMs: number): string {
  if (state.followUp?.dueAtMs === deadlineMs) return 'Follow-up is due';
  if (state.mode !== 'bot' && state.modeUntilMs === deadlineMs) return 'The bot takes over again';
  const timer = state.timers?.find(({ dueAtMs }) => dueAtMs === deadlineMs);
  return timer ? `Timer: ${timer.kind}` : 'The messaging window closes';
}
