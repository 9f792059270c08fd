import { TIMER_RULES } from '../../timer-kinds.ts';
import { record } from './record.ts';
import type { ConversationState } from './state.ts';
import { type ConversationTimer, type DecidedTimers, isHeldByTurn, type TimerEndCause } from './timer.ts';

/** The part of the conversation's core that looks after its timers. Like the rest of it: no clock, no I/O. */

/** Sets a timer, or moves the one of the same id. `createdBy` is an actor of the audit log, or `bot`. */
export function setTimer(state: ConversationState, timer: ConversationTimer, createdBy: string): void {
  const { single } = TIMER_RULES[timer.kind];
  for (const other of state.timers) {
    if (single && other.kind === timer.kind && other.id !== timer.id) endTimer(state, other, 'other', 'replaced');
  }
  state.timers = [...withoutTimer(state, timer.id), timer];
  record(state, { timers: [{ type: 'set', timer, createdBy }] });
}

/** Does nothing to one that is not pending any more: it went off, or was cancelled, a moment ago. */
export function cancelTimer(state: ConversationState, timerId: string, reason: string): void {
  const timer = state.timers.find(({ id }) => id === timerId);
  if (timer) endTimer(state, timer, 'other', reason);
}

export function rescheduleTimer(state: ConversationState, timerId: string, dueAtMs: number): void {
  const timer = state.timers.find(({ id }) => id === timerId);
  if (timer) setTimer(state, { ...timer, dueAtMs }, '');
}

export function applyDecidedTimers(state: ConversationState, timers: DecidedTimers | null | undefined): void {
  for (const timerId of timers?.cancel ?? []) cancelTimer(state, timerId, 'the bot needs it no more');
  for (const timer of timers?.set ?? []) setTimer(state, timer, 'bot');
}

/** The customer is back: what only waited for that ends. */
export function endTimersOnMessage(state: ConversationState, reason: string): void {
  for (const timer of state.timers)
    if (TIMER_RULES[timer.kind].endsWhenCustomerWrites) endTimer(state, timer, 'other', reason);
}

export function endAllTimers(state: ConversationState, reason: string): void {
  for (const timer of state.timers) endTimer(state, timer, 'other', reason);
}

/** The bot does not go on with what it had begun; nobody is told by itself. */
export function endTimersOfBot(state: ConversationState, reason: string): void {
  for (const timer of state.timers)
    if (TIMER_RULES[timer.kind].endsWithBot) endTimer(state, timer, 'bot_stopped', reason);
}

/** Carries out what is due, the earliest first. */
export function fireTimers(state: ConversationState, nowMs: number): void {
  const due = state.timers.filter((timer) => timer.dueAtMs <= nowMs && !isHeldByTurn(timer, state.turn !== null));
  for (const timer of due.sort((one, other) => one.dueAtMs - other.dueAtMs)) {
    state.timers = withoutTimer(state, timer.id);
    fireTimer(state, timer);
    const end = { type: 'end', id: timer.id, kind: timer.kind, state: 'done', cause: 'due', reason: '' } as const;
    record(state, { timers: [end] });
  }
}

function fireTimer(state: ConversationState, timer: ConversationTimer): void {
  const { sends, reopens } = TIMER_RULES[timer.kind];
  if (reopens) {
    if (state.status === 'closed') state.status = 'open';
    record(state, { status: state.status });
  }
  if (sends === 'always' || (sends === 'while-bot' && state.mode === 'bot' && state.status === 'open'))
    state.outbox.push(...(timer.outboundIds ?? []));
}

function endTimer(state: ConversationState, timer: ConversationTimer, cause: TimerEndCause, reason: string): void {
  state.timers = withoutTimer(state, timer.id);
  record(state, { timers: [{ type: 'end', id: timer.id, kind: timer.kind, state: 'cancelled', cause, reason }] });
}

function withoutTimer(state: ConversationState, timerId: string): ConversationTimer[] {
  return state.timers.filter(({ id }) => id !== timerId);
}
