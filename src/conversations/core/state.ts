import type { ConversationMode, ConversationStatus } from '../../text/message.ts';
import type { Founding } from './founding.ts';
import type { ConversationPolicy, Exchange } from './policy.ts';
import { type ConversationTimer, type DecidedTimers, nextTimerMs, type TimerChange } from './timer.ts';

/** What a conversation's workflow remembers, what happens to it and what it asks for. Ids, kinds and times; no words. */

export type EventKind = 'message' | 'page_message' | 'opt_out' | 'opt_in';

/** An inbound event as the workflow sees it: ids and times, no words. */
export interface EventRef {
  /**
   * Microseconds since the epoch at which the event was handed over or replayed, or one more than the event before it. What is
   * not above the last one seen is a repetition.
   */
  seq: number;
  kind: EventKind;
  messageId: string | null;
  atMs: number;
}

export interface WaitingMessage {
  messageId: string;
  seq: number;
  optOut: boolean;
}

export interface Turn {
  id: string;
  step: 'deciding' | 'sending';
  messages: WaitingMessage[];
  /** The turns that newer messages have taken back so far, oldest first: none of what they stored may be sent. */
  superseded: string[];
  /** The follow-up that these messages cancel; the decision writes that. */
  cancelFollowUpId: string | null;
  /** What the decision planned, in order. */
  outboundIds: string[];
  /** A human answers from here on, once the line that says so is out. */
  handsOver: boolean;
  /** The ledger is asked to take the turn back; null: it is not. */
  takeBack: TakeBack | null;
  /** The ledger said that sending has begun: the turn cannot be taken back any more. */
  begun: boolean;
  /** How the decision ended while the ledger was still being asked. */
  ended: DecideEnd | null;
}

export interface TakeBack {
  /** The number of the record that asks. */
  asked: number;
  /** The turn's messages wait again, unless somebody else has answered them. */
  keepsMessages: boolean;
}

/** What the next turn has to know of those before it that newer messages took back. */
export interface TakenBack {
  /** Oldest first. */
  turnIds: string[];
  cancelFollowUpId: string | null;
}

export interface PendingFollowUp {
  id: string;
  dueAtMs: number;
}

export interface ConversationState {
  /** Counts the runs that were founded on the conversation's rows. */
  runNumber: number;
  policy: ConversationPolicy;
  status: ConversationStatus;
  mode: ConversationMode;
  modeUntilMs: number | null;
  lastSeq: number;
  lastCustomerAtMs: number | null;
  /** Messages that no turn has taken yet. */
  waiting: WaitingMessage[];
  turn: Turn | null;
  takenBack: TakenBack | null;
  /** The last turn with an answer. Its messages need no other, should somebody have replayed them before it was known. */
  answered: { messageIds: string[]; atMs: number } | null;
  /** What a person wrote in the panel, in order, not yet handed to the send activity. */
  outbox: string[];
  /** Nothing new is begun: this run is about to hand over to the next. What waits goes with it. */
  holding: boolean;
  /** What the main lane is busy with. */
  busy: 'decide' | 'send' | null;
  followUp: PendingFollowUp | null;
  timers: ConversationTimer[];
  exchanges: Exchange[];
  /** What the record lane still has to write, in order, and whether it is writing. */
  toRecord: RecordRequest[];
  recording: boolean;
  /** Counts of changes asked for, being written and written, so that an operator's update can wait for its own. */
  recordsAsked: number;
  recordsBegun: number;
  recordsDone: number;
  /** The number of the record that shows the present mode: the gate reads it there, so a turn waits for it. */
  modeRecord: number;
  /** Turns begun so far: part of their ids, because the same messages may be taken up again after a take-over. */
  turns: number;
}

/** Changes of what the panel shows. A field that is absent stays as it is. */
export interface RecordChanges {
  mode?: ConversationMode;
  modeUntilMs?: number | null;
  status?: ConversationStatus;
  /** Events up to this number need no turn any more: somebody answered, or nobody may. A later run must not take them up. */
  settledSeq?: number;
  cancelFollowUp?: { id: string; reason: string };
  rescheduleFollowUp?: { id: string; dueAtMs: number };
  /** What happened to timers, in order. */
  timers?: TimerChange[];
  /** The turns will not be sent: their planned rows are blocked, unless the sending of one has begun. */
  abandonTurns?: { turnIds: string[]; reason: string };
  ticket?: { reason: 'handoff' | 'loop' | 'model_failed'; note: string };
  /** The customer is told of it, unless they were within that time: the record plans the words, and gives their row back. */
  notice?: { reason: 'loop'; withinMs: number };
}

/** What the rows answered to a change. */
export interface Recorded {
  /** Turns that could not be abandoned, because their sending has begun. */
  begunTurnIds: readonly string[];
  /** Rows of the ledger that were planned with it, to be sent. */
  plannedIds: readonly string[];
}

/** Changes to write together, and the number of the last request among them. */
export interface RecordRequest {
  changes: RecordChanges;
  asked: number;
}

export interface DecideCommand {
  type: 'decide';
  turnId: string;
  messageIds: string[];
  optOut: boolean;
  supersedesTurnIds: string[];
  cancelFollowUpId: string | null;
  /** Null where the channel has no window. */
  windowExpiresAtMs: number | null;
  /** Of the run that asks: a decision of an earlier run cannot be stored any more. */
  runNumber: number;
  /** The answer could close a loop: it must not leave before the core has looked at it. Else it leaves as soon as it is stored. */
  decideOnly?: true;
}
export interface SendCommand {
  type: 'send';
  /** Who the words are from, in the workflow's eyes: a turn of the bot, a person in the panel, or a timer. */
  origin: 'turn' | 'operator' | 'follow_up';
  outboundIds: string[];
  followUpId: string | null;
}
export type Command =
  | DecideCommand
  | SendCommand
  | { type: 'cancel_decide' }
  | { type: 'record'; changes: RecordChanges };

export interface Decided {
  turnId: string;
  /** `discarded`: the turn was taken back. `outdated`: another run has replaced the one that asks. */
  outcome: 'reply' | 'handoff' | 'silent' | 'fallback' | 'discarded' | 'outdated';
  outboundIds: string[];
  followUp: PendingFollowUp | null;
  timers?: DecidedTimers | null;
  /** Nothing is left to send: what was planned left at once, or was held back for good. */
  sent?: boolean;
  askedMark: string;
  replyMark: string;
}

/** How a decision ends that nobody cancelled. */
export type DecideEnd = ({ type: 'decided' } & Decided) | { type: 'decide_failed'; turnId: string; note: string };

export type ConversationEvent =
  | { type: 'received'; events: EventRef[]; policy: ConversationPolicy }
  | DecideEnd
  | { type: 'send_finished'; origin: SendCommand['origin'] }
  | ({ type: 'recorded' } & Partial<Recorded>)
  | { type: 'tick' }
  | { type: 'hold' }
  | { type: 'founded'; founding: Founding }
  | { type: 'take_over'; untilMs: number | null }
  | { type: 'release' }
  | { type: 'close' }
  | { type: 'send_outbound'; outboundId: string }
  | { type: 'cancel_follow_up'; followUpId: string }
  | { type: 'reschedule_follow_up'; followUpId: string; dueAtMs: number }
  | { type: 'set_timer'; timer: ConversationTimer; createdBy: string }
  | { type: 'cancel_timer'; timerId: string }
  | { type: 'reschedule_timer'; timerId: string; dueAtMs: number };

export interface Transition {
  state: ConversationState;
  commands: Command[];
}

/** A conversation that nothing has happened in yet. */
export function newConversation(policy: ConversationPolicy): ConversationState {
  return {
    runNumber: 0,
    policy,
    status: 'open',
    mode: 'bot',
    modeUntilMs: null,
    lastSeq: 0,
    lastCustomerAtMs: null,
    waiting: [],
    turn: null,
    takenBack: null,
    answered: null,
    outbox: [],
    holding: false,
    busy: null,
    followUp: null,
    timers: [],
    exchanges: [],
    toRecord: [],
    recording: false,
    recordsAsked: 0,
    recordsBegun: 0,
    turns: 0,
    recordsDone: 0,
    modeRecord: 0,
  };
}

/** Milliseconds since the epoch at which the channel's window closes; null when the customer has not written, or without one. */
export function windowExpiresAtMs({ lastCustomerAtMs, policy }: ConversationState): number | null {
  return lastCustomerAtMs === null || policy.windowMs === null ? null : lastCustomerAtMs + policy.windowMs;
}

/** A conversation on a channel without a window is left alone after this long. */
const REST_MS = 24 * 3_600_000;

/** From when on nothing is expected of the conversation by itself; null while the customer has not written. */
function restsAtMs(state: ConversationState): number | null {
  if (state.policy.windowMs !== null) return windowExpiresAtMs(state);
  return state.lastCustomerAtMs === null ? null : state.lastCustomerAtMs + REST_MS;
}

/**
 * The earliest time at which something happens by itself, or null. The shell sleeps until then. A follow-up that is due
 * while a send or the record of the mode is under way waits for the end of that, not for a time.
 */
export function nextDeadlineMs(state: ConversationState, nowMs: number): number | null {
  const followUpAtMs = state.followUp?.dueAtMs ?? null;
  const times = [
    state.mode === 'bot' ? null : state.modeUntilMs,
    isHeldUp(state) && followUpAtMs !== null && followUpAtMs <= nowMs ? null : followUpAtMs,
    state.status === 'open' ? restsAtMs(state) : null,
    nextTimerMs(state.timers, state.turn !== null),
  ].filter((time): time is number => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}

/** Something is under way after which the bot may begin something by itself. */
function isHeldUp({ busy, recordsDone, modeRecord }: ConversationState): boolean {
  return busy !== null || recordsDone < modeRecord;
}

/** True when nothing is under way: the only moment at which a run may end or continue as new. */
export function isIdle(state: ConversationState): boolean {
  return state.busy === null && state.turn === null && !state.recording && state.toRecord.length === 0;
}

/**
 * True when the conversation owes nobody anything and nothing is expected of it: it was closed, or its window was. Its run
 * ends then, and the next message founds another on the rows.
 */
export function isOver(state: ConversationState, nowMs: number): boolean {
  const owes = state.waiting.length + state.outbox.length + state.timers.length;
  const endsMode = state.mode !== 'bot' && state.modeUntilMs !== null;
  if (owes > 0 || endsMode || state.followUp || !isIdle(state)) return false;
  return state.status !== 'open' || (restsAtMs(state) ?? 0) <= nowMs;
}
