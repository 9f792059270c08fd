import type { ConversationMode } from '../../text/message.ts';
import { type Founding, foundOn } from './founding.ts';
import { isLoop, isNearLoop } from './policy.ts';
import { record, recordMode } from './record.ts';
import {
  type Command,
  type ConversationEvent,
  type ConversationState,
  type DecideCommand,
  type DecideEnd,
  type EventRef,
  type SendCommand,
  type Transition,
  type Turn,
  type WaitingMessage,
  windowExpiresAtMs,
} from './state.ts';
import {
  applyDecidedTimers,
  cancelTimer,
  endAllTimers,
  endTimersOfBot,
  endTimersOnMessage,
  fireTimers,
  rescheduleTimer,
  setTimer,
} from './timers.ts';

/**
 * The conversation's pure core: (state, event, now) → (state, commands). No clock, no randomness, no I/O.
 * The workflow is its durable shell; tests, the simulator and the panel's "what happens next" use it as it is.
 *
 * Two lanes. The main lane does one thing at a time: decide or send. The record lane writes what the panel shows, and may
 * run beside a send, so that an operator's take-over reaches the gate while a provider is down.
 */

/** Newer messages restart a decision at most this often; then the answer goes out and the rest is the next turn. */
export const MAX_SUPERSEDES = 4;
/** Remembered for the loop breaker. */
const MAX_EXCHANGES = 40;

/** Feeds one event. The given state is not changed. */
export function transition(before: ConversationState, event: ConversationEvent, nowMs: number): Transition {
  const state = structuredCopy(before);
  const commands: Command[] = [];
  applyEvent(state, event, nowMs, commands);
  planNext(state, nowMs, commands);
  return { state, commands };
}

function structuredCopy(state: ConversationState): ConversationState {
  return {
    ...state,
    waiting: [...state.waiting],
    turn: state.turn && { ...state.turn, messages: [...state.turn.messages] },
    outbox: [...state.outbox],
    timers: [...state.timers],
    exchanges: [...state.exchanges],
    toRecord: state.toRecord.map((request) => ({ ...request })),
  };
}

function applyEvent(state: ConversationState, event: ConversationEvent, nowMs: number, commands: Command[]): void {
  switch (event.type) {
    case 'received':
      state.policy = event.policy;
      for (const ref of event.events) receive(state, ref, nowMs);
      return;
    case 'decided':
    case 'decide_failed':
      applyDecideEnd(state, event, nowMs);
      break;
    case 'send_finished':
      applySendFinished(state, event.origin, nowMs);
      break;
    case 'recorded':
      state.recording = false;
      state.recordsDone = state.recordsBegun;
      state.outbox.push(...(event.plannedIds ?? []).filter((id) => !state.outbox.includes(id)));
      learnTakeBack(state, event.begunTurnIds ?? [], nowMs, commands);
      return;
    case 'tick':
      applyTick(state, nowMs);
      break;
    case 'hold':
      state.holding = true;
      break;
    case 'take_over':
      setMode(state, 'human', event.untilMs ?? nowMs + state.policy.takeoverMs, 'human_took_over');
      break;
    case 'release':
      setMode(state, 'bot', null, '');
      break;
    case 'close':
      dropTurn(state, 'closed');
      cancelFollowUp(state, 'conversation closed');
      endTimersOfBot(state, 'conversation_closed');
      endAllTimers(state, 'conversation closed');
      state.waiting = [];
      state.mode = 'bot';
      state.modeUntilMs = null;
      state.status = 'closed';
      recordMode(state, { status: 'closed', mode: 'bot', modeUntilMs: null, settledSeq: state.lastSeq });
      break;
    case 'send_outbound':
      if (!state.outbox.includes(event.outboundId)) state.outbox.push(event.outboundId);
      setMode(state, 'human', nowMs + state.policy.takeoverMs, 'human_took_over', true);
      settleWaiting(state);
      break;
    case 'founded':
      applyFounded(state, event.founding, nowMs);
      break;
    case 'cancel_follow_up':
      if (state.followUp?.id === event.followUpId) cancelFollowUp(state, 'cancelled by an operator');
      record(state, {});
      break;
    case 'reschedule_follow_up':
      if (state.followUp?.id === event.followUpId) {
        state.followUp = { id: event.followUpId, dueAtMs: event.dueAtMs };
        record(state, { rescheduleFollowUp: { id: event.followUpId, dueAtMs: event.dueAtMs } });
      } else {
        record(state, {});
      }
      break;
    default:
      applyTimerEvent(state, event);
  }
}

/** Takes up what the rows say, and then what they say is not done yet, as if it happened now. */
function applyFounded(state: ConversationState, founding: Founding, nowMs: number): void {
  foundOn(state, founding);
  for (const timers of founding.lostTimers) applyDecidedTimers(state, timers);
  if (founding.handsOver && state.turn === null) setMode(state, 'human', nowMs + state.policy.takeoverMs, 'handoff');
  for (const ref of founding.events) receive(state, ref, nowMs);
}

/** An operator's update waits for its record, so there is one even when the timer went off a moment ago. */
function applyTimerEvent(state: ConversationState, event: TimerEvent): void {
  if (event.type === 'set_timer') setTimer(state, event.timer, event.createdBy);
  if (event.type === 'cancel_timer') cancelTimer(state, event.timerId, 'cancelled by an operator');
  if (event.type === 'reschedule_timer') rescheduleTimer(state, event.timerId, event.dueAtMs);
  record(state, {});
}

type TimerEvent = Extract<ConversationEvent, { type: 'set_timer' | 'cancel_timer' | 'reschedule_timer' }>;

function receive(state: ConversationState, ref: EventRef, nowMs: number): void {
  if (ref.seq <= state.lastSeq) return;
  state.lastSeq = ref.seq;
  if (ref.kind === 'page_message') {
    setMode(state, 'human', nowMs + state.policy.takeoverMs, 'human_took_over', true);
    settleWaiting(state);
    return;
  }
  if (ref.messageId === null) return;
  // A close may be on its way to the panel's rows; this comes after it.
  if (state.status !== 'open') record(state, { status: 'open' });
  state.status = 'open';
  state.lastCustomerAtMs = Math.max(state.lastCustomerAtMs ?? 0, Math.min(ref.atMs, nowMs));
  endTimersOnMessage(state, CUSTOMER_WROTE);
  if (ref.kind === 'opt_out') endTimersOfBot(state, 'opted_out');
  if (isAtWork(state, ref.messageId) || isAnswered(state, ref)) return;
  state.waiting.push({ messageId: ref.messageId, seq: ref.seq, optOut: ref.kind === 'opt_out' });
}

/** An operator may replay a message that is about to be answered by itself: it must not be answered twice for that. */
function isAtWork({ turn, waiting }: ConversationState, messageId: string): boolean {
  const sending = turn?.step === 'sending' || turn?.begun ? turn.messages : [];
  return [...sending, ...waiting].some((message) => message.messageId === messageId);
}

/** An operator may also replay it at the very moment at which it is answered: the founding of a run reads the rows like that, too. */
function isAnswered({ answered }: ConversationState, { messageId, seq }: EventRef): boolean {
  if (answered === null || messageId === null) return false;
  return answered.messageIds.includes(messageId) && seq < answered.atMs * 1000;
}

function applyDecideEnd(state: ConversationState, event: DecideEnd, nowMs: number): void {
  const turn = state.turn;
  if (!turn || turn.id !== event.turnId || state.busy !== 'decide') return;
  state.busy = null;
  // Whether it counts is what the ledger is being asked. What was sent does.
  if (turn.takeBack && !(event.type === 'decided' && event.sent)) turn.ended = event;
  else endDecision(state, turn, event, nowMs);
}

function endDecision(state: ConversationState, turn: Turn, event: DecideEnd, nowMs: number): void {
  turn.takeBack = null;
  if (event.type === 'decide_failed') {
    record(state, { ticket: { reason: 'model_failed', note: event.note }, settledSeq: lastSeqOf(turn) });
    abandon(state, turn, 'decide_failed');
    state.turn = null;
    return;
  }
  if (event.followUp) state.followUp = event.followUp;
  applyDecidedTimers(state, event.timers);
  catchUp(state, turn);
  if (event.outboundIds.length > 0) {
    const exchange = { atMs: nowMs, askedMark: event.askedMark, replyMark: event.replyMark };
    state.exchanges = [...state.exchanges, exchange].slice(-MAX_EXCHANGES);
    if (isLoop(state.exchanges, state.policy.loop, nowMs)) {
      breakLoop(state, turn, nowMs);
      return;
    }
  }
  turn.step = 'sending';
  state.waiting = waitingBeyond(turn, state);
  if (event.outcome !== 'discarded' && event.outcome !== 'outdated')
    state.answered = { messageIds: turn.messages.map(({ messageId }) => messageId), atMs: nowMs };
  turn.outboundIds = event.outboundIds;
  turn.handsOver = event.outcome === 'handoff';
  if (event.outboundIds.length === 0 || event.sent) endTurn(state, turn, nowMs);
}

/** An answer that was being sent learns late of what happened meanwhile. */
function catchUp(state: ConversationState, turn: Turn): void {
  if (waitingBeyond(turn, state).length > 0) endTimersOnMessage(state, CUSTOMER_WROTE);
  if (state.mode !== 'bot') {
    cancelFollowUp(state, 'a human took over');
    endTimersOfBot(state, 'human_took_over');
  }
  if (state.status === 'window_closed') cancelFollowUp(state, 'window closed');
  if (state.status !== 'closed') return;
  cancelFollowUp(state, 'conversation closed');
  endAllTimers(state, 'conversation closed');
}

/** The line that announces a human must still pass the gate as the bot's, so the mode changes only after it went out. */
function endTurn(state: ConversationState, turn: Turn, nowMs: number): void {
  state.turn = null;
  if (!turn.handsOver || state.mode !== 'bot') return;
  setMode(state, 'human', nowMs + state.policy.takeoverMs, 'handoff');
}

function breakLoop(state: ConversationState, turn: Turn, nowMs: number): void {
  state.turn = null;
  state.exchanges = [];
  cancelFollowUp(state, 'loop');
  state.mode = 'paused';
  state.modeUntilMs = nowMs + state.policy.loop.pauseMs;
  record(state, {
    mode: 'paused',
    modeUntilMs: state.modeUntilMs,
    abandonTurns: { turnIds: [turn.id], reason: 'loop' },
    settledSeq: lastSeqOf(turn),
    ticket: { reason: 'loop', note: 'The same exchange repeated; the bot is paused.' },
    notice: { reason: 'loop', withinMs: state.policy.loop.pauseMs },
  });
}

function applySendFinished(state: ConversationState, origin: SendCommand['origin'], nowMs: number): void {
  state.busy = null;
  if (origin === 'follow_up') state.followUp = null;
  if (origin === 'turn' && state.turn) endTurn(state, state.turn, nowMs);
}

function applyTick(state: ConversationState, nowMs: number): void {
  fireTimers(state, nowMs);
  if (state.mode !== 'bot' && state.modeUntilMs !== null && state.modeUntilMs <= nowMs) {
    state.mode = 'bot';
    state.modeUntilMs = null;
    recordMode(state, { mode: 'bot', modeUntilMs: null });
  }
  const expiresAtMs = windowExpiresAtMs(state);
  if (state.status === 'open' && expiresAtMs !== null && expiresAtMs <= nowMs) {
    state.status = 'window_closed';
    cancelFollowUp(state, 'window closed');
    settleWaiting(state);
    record(state, { status: 'window_closed' });
  }
}

/** What the customer wrote so far needs no turn of the bot any more. */
function settleWaiting(state: ConversationState): void {
  state.waiting = [];
  record(state, { settledSeq: state.lastSeq });
}

const lastSeqOf = (turn: Turn): number => Math.max(...turn.messages.map(({ seq }) => seq));

/** Hands the conversation to somebody else. `answered` tells that this somebody has just written to the customer. */
function setMode(
  state: ConversationState,
  mode: ConversationMode,
  untilMs: number | null,
  reason: string,
  answered = false,
): void {
  state.mode = mode;
  state.modeUntilMs = untilMs;
  if (mode !== 'bot') {
    dropTurn(state, reason, !answered);
    cancelFollowUp(state, 'a human took over');
    endTimersOfBot(state, reason);
  }
  if (state.status === 'closed') state.status = 'open';
  recordMode(state, { mode, modeUntilMs: untilMs, status: state.status });
}

/** Stops a decision under way. Once sending began the gate stops it, if at all. */
function dropTurn(state: ConversationState, reason: string, keepsMessages = false): void {
  const { turn, takenBack } = state;
  const cancelFollowUpId = turn?.cancelFollowUpId ?? takenBack?.cancelFollowUpId ?? null;
  state.takenBack = null;
  if (takenBack === null && (turn?.step !== 'deciding' || turn.begun)) return;
  // What the decision would have written beside its answer.
  if (cancelFollowUpId) record(state, { cancelFollowUp: { id: cancelFollowUpId, reason: CUSTOMER_WROTE } });
  if (turn) takeBack(state, turn, reason, keepsMessages);
}

/** What a decision would have written beside its answer, and what it may have stored before it ended. */
function abandon(state: ConversationState, turn: Turn, reason: string): void {
  if (turn.cancelFollowUpId) record(state, { cancelFollowUp: { id: turn.cancelFollowUpId, reason: CUSTOMER_WROTE } });
  record(state, { abandonTurns: { turnIds: [turn.id], reason } });
}

/**
 * Asks the ledger to take a turn back: only there is it known whether sending has begun. Until the answer is there nothing else
 * begins, so that no message is answered twice or not at all.
 */
function takeBack(state: ConversationState, turn: Turn, reason: string, keepsMessages: boolean): void {
  if (turn.takeBack) {
    turn.takeBack = { ...turn.takeBack, keepsMessages: keepsMessages && turn.takeBack.keepsMessages };
    return;
  }
  record(state, { abandonTurns: { turnIds: [turn.id], reason } });
  turn.takeBack = { asked: state.recordsAsked, keepsMessages };
}

function learnTakeBack(
  state: ConversationState,
  begunTurnIds: readonly string[],
  nowMs: number,
  commands: Command[],
): void {
  const turn = state.turn;
  if (turn && begunTurnIds.includes(turn.id)) turn.begun = true;
  if (!turn?.takeBack || state.recordsDone < turn.takeBack.asked) return;
  const { keepsMessages } = turn.takeBack;
  turn.takeBack = null;
  if (turn.begun) {
    const { ended } = turn;
    turn.ended = null;
    if (ended) endDecision(state, turn, ended, nowMs);
    return;
  }
  if (state.busy === 'decide') commands.push({ type: 'cancel_decide' });
  state.busy = null;
  state.turn = null;
  if (!keepsMessages) return;
  putBack(state, turn);
  const { cancelFollowUpId } = turn;
  if (state.mode === 'bot') state.takenBack = { turnIds: [...turn.superseded, turn.id], cancelFollowUpId };
}

/** Why most follow-ups never go out. */
export const CUSTOMER_WROTE = 'the customer wrote';

function cancelFollowUp(state: ConversationState, reason: string): void {
  if (!state.followUp) return;
  const { id } = state.followUp;
  state.followUp = null;
  record(state, { cancelFollowUp: { id, reason } });
}

/** Decides what the two free lanes do next. */
function planNext(state: ConversationState, nowMs: number, commands: Command[]): void {
  planMain(state, nowMs, commands);
  const [request] = state.toRecord;
  if (!request || state.recording) return;
  commands.push({ type: 'record', changes: request.changes });
  state.toRecord = state.toRecord.slice(1);
  state.recording = true;
  state.recordsBegun = request.asked;
}

function planMain(state: ConversationState, nowMs: number, commands: Command[]): void {
  planTakeBack(state);
  if (state.busy !== null || state.turn?.step === 'deciding') return;
  if (state.turn?.step === 'sending') {
    commands.push({ type: 'send', origin: 'turn', outboundIds: state.turn.outboundIds, followUpId: null });
  } else if (state.holding) {
    return;
  } else if (state.outbox.length > 0) {
    commands.push({ type: 'send', origin: 'operator', outboundIds: state.outbox, followUpId: null });
    state.outbox = [];
  } else if (state.mode !== 'bot' || state.recordsDone < state.modeRecord) {
    return;
  } else if (state.waiting.length > 0) {
    commands.push(beginTurn(state, nowMs));
    return;
  } else if (state.followUp && state.followUp.dueAtMs <= nowMs) {
    commands.push({ type: 'send', origin: 'follow_up', outboundIds: [], followUpId: state.followUp.id });
  } else {
    return;
  }
  state.busy = 'send';
}

/** A newer message takes back an answer still being thought, never one whose sending began. */
function planTakeBack(state: ConversationState): void {
  const turn = state.turn;
  if (turn?.step !== 'deciding' || turn.takeBack || turn.begun || state.waiting.length === 0 || state.holding) return;
  if (turn.superseded.length < MAX_SUPERSEDES) takeBack(state, turn, 'superseded', true);
}

/** The turn's messages wait again, before what came later; one that was replayed meanwhile waits once. */
function putBack(state: ConversationState, turn: Turn): void {
  state.waiting = [...turn.messages, ...waitingBeyond(turn, state)];
}

function waitingBeyond({ messages }: Turn, { waiting }: ConversationState): WaitingMessage[] {
  const taken = new Set(messages.map((message) => message.messageId));
  return waiting.filter((message) => !taken.has(message.messageId));
}

function beginTurn(state: ConversationState, nowMs: number): DecideCommand {
  const { waiting: messages, takenBack } = state;
  const last = messages[messages.length - 1] as WaitingMessage;
  state.turns += 1;
  const turn: Turn = {
    id: `${last.seq}.${state.turns}`,
    step: 'deciding',
    messages,
    superseded: takenBack?.turnIds ?? [],
    cancelFollowUpId: state.followUp?.id ?? takenBack?.cancelFollowUpId ?? null,
    outboundIds: [],
    handsOver: false,
    takeBack: null,
    begun: false,
    ended: null,
  };
  state.followUp = null;
  state.waiting = [];
  state.takenBack = null;
  state.turn = turn;
  state.busy = 'decide';
  return {
    type: 'decide',
    turnId: turn.id,
    messageIds: messages.map((message) => message.messageId),
    optOut: messages.some((message) => message.optOut),
    supersedesTurnIds: turn.superseded,
    cancelFollowUpId: turn.cancelFollowUpId,
    windowExpiresAtMs: windowExpiresAtMs(state),
    runNumber: state.runNumber,
    ...(isNearLoop(state.exchanges, state.policy.loop, nowMs) ? { decideOnly: true } : {}),
  };
}
