import { defineSearchAttributeKey } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import {
  type Command,
  type ConversationEvent,
  type ConversationState,
  type DecideCommand,
  type Decided,
  isIdle,
  isOver,
  newConversation,
  nextDeadlineMs,
  type RecordChanges,
  type Recorded,
  type SendCommand,
} from '../src/conversations/core/state.ts';
import { transition } from '../src/conversations/core/transition.ts';
import { QUEUES } from '../src/platform/queues.ts';
import { DeadlineTimer } from './conversation.deadline.ts';
import { describeConversation } from './conversation.details.ts';
import * as messages from './conversation.messages.ts';
import { handleUpdates } from './conversation.updates.ts';

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
  startToCloseTimeout: '5m',
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
 * One conversation, for as long as it owes anything. All decisions are the pure core's (`src/conversations/core`); this shell
 * feeds it events and times, carries out its commands, sleeps until its next deadline and continues as new between turns.
 * A run that was given no state begins with what the conversation's rows say.
 */
export async function conversation(input: messages.ConversationInput): Promise<void> {
  const { identity } = input;
  // What activities are given stays in the history: they find the rest by these.
  const { conversationId, businessId } = identity;
  const whose = { conversationId, businessId };
  let state = input.state ? { ...input.state, holding: false } : newConversation(input.policy);
  let isFounded = input.state !== null || input.isFirst === true;
  /** What came before the run knew its state. */
  const early: ConversationEvent[] = [];
  /** The conversation's rows are gone: there is nobody to work for. */
  let isGone = false;
  let refounding: messages.RefoundInput | null = null;
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
    await wf.condition(() => state.recordsDone >= asked || isGone);
    if (isGone) throw wf.ApplicationFailure.nonRetryable('This conversation does not exist any more.', 'refused');
  };

  const execute = (command: Command): void => {
    switch (command.type) {
      case 'decide':
        void runDecide(command);
        return;
      case 'cancel_decide':
        thinking?.cancel();
        return;
      case 'send':
        void runSend(command);
        return;
      case 'record':
        void runRecord(command.changes);
        return;
    }
  };

  /** A local decision is short and is not cancelled: one that was taken back can store nothing, and its end is not heard. */
  const startDecide = (command: DecideCommand): Promise<Decided> => {
    const { type: _, ...turn } = command;
    const summary = `Answer ${command.messageIds.length} message(s), turn ${command.turnId}`;
    const input = { identity: whose, ...turn };
    if (state.policy.decideLocally) return localDecisions.decideReply.executeWithOptions({ summary }, [input]);
    thinking = new wf.CancellationScope();
    return thinking.run(() => decisions.decideReply.executeWithOptions({ summary }, [input]));
  };

  const runDecide = async (command: DecideCommand): Promise<void> => {
    try {
      const decided = await startDecide(command);
      // Another run was founded on the rows since: what they say now, this one does not know.
      if (decided.outcome === 'outdated') refounding = { taskQueue: null };
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

  /** What can never be written is left to whoever compares rows with runs: waiting for it would hold this run for ever. */
  const runRecord = async (changes: RecordChanges): Promise<void> => {
    let recorded: Recorded | null = null;
    try {
      recorded = await records.recordConversation({ identity: whose, changes });
    } catch (error) {
      const type = failureType(error);
      wf.log.error('a change could not be recorded', { type });
      isGone = type === 'not_found';
    }
    feed({ type: 'recorded', ...recorded });
  };

  const feedOrKeep = (event: ConversationEvent): void => {
    if (isFounded) feed(event);
    else early.push(event);
  };
  wf.setHandler(messages.conversationStateQuery, () => state, { description: 'The whole state of the conversation' });
  wf.setHandler(
    messages.eventsReceivedSignal,
    (signal) => feedOrKeep({ type: 'received', events: signal.events, policy: signal.policy }),
    { description: 'A burst of events from the channel' },
  );
  wf.setHandler(
    messages.refoundSignal,
    (signal) => {
      // A run that is about to read the rows needs no other in its place.
      if (isFounded || signal.taskQueue !== null) refounding = signal;
    },
    { description: 'Give way to a run that is founded on the rows' },
  );
  handleUpdates({ readState: () => (isFounded ? state : null), feedAndWait });

  if (!isFounded) {
    const founding = await records.foundConversation(whose);
    if (founding === null) return;
    isFounded = true;
    feed({ type: 'founded', founding });
    for (const event of early) feed(event);
  }
  // A run that follows another picks its deadlines up; a closed conversation that an operator writes in is open again.
  feed({ type: 'tick' });

  const givesWay = () => refounding !== null || historyIsLong(state);
  for (;;) {
    await wf.condition(
      () => sleep.isOver || isGone || isOver(state, Date.now()) || (state.holding ? isIdle(state) : givesWay()),
    );
    if (isGone) return;
    if (sleep.isOver) {
      sleep.clear();
      feed({ type: 'tick' });
      continue;
    }
    if (!isOver(state, Date.now()) && !state.holding) {
      // A customer who never pauses would keep this run alive for ever: what comes now waits for the next one.
      feed({ type: 'hold' });
      continue;
    }
    await wf.condition(wf.allHandlersFinished);
    if (isOver(state, Date.now()) && refounding === null) return;
    if (isIdle(state)) await giveWay(identity, state, refounding);
  }
}

/** Ends this run in favour of one with its state, or of one that is founded on the rows, maybe on another core's queue. */
async function giveWay(
  identity: messages.ConversationIdentity,
  state: ConversationState,
  refounding: messages.RefoundInput | null,
): Promise<void> {
  const { policy } = state;
  const next = { identity, policy, state: refounding === null ? state : null };
  const { taskQueue } = refounding ?? { taskQueue: null };
  const options = taskQueue === null ? {} : { taskQueue };
  await wf.makeContinueAsNewFunc<typeof conversation>(options)(next);
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
