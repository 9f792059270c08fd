import { record } from './record.ts';
import type { ConversationState } from './state.ts';
import { type ConversationTimer, type DecidedTimers, isHeldByTurn, TIMER_RULES } from './timer-rules.ts';

/** The part of the conversation's core that looks after its timers. Like the rest of it: no clock, no I/O. */

/** Sets a timer, or moves the one of the same id. `createdBy` is an actor of the audit log, or `bot`. */
export function setTimer(state: ConversationState, timer: ConversationTimer, createdBy: string): void {
  const { single } = TIMER_RULES[timer.kind];
  for (const other of state.timers ?? []) {
    if (single && other.kind === timer.kind && other.id !== timer.id) endTimer(state, other, 'replaced');
  }
  state.timers = [...withoutTimer(state, timer.id), timer];
  record(state, { timers: [{ type: 'set', timer, createdBy }], ...shownSnooze(timer, timer.dueAtMs) });
}

/** Does nothing to one that is not pending any more: it went off, or was cancelled, a moment ago. */
export function cancelTimer(state: ConversationState, timerId: string, reason: string): void {
  const timer = state.timers?.find(({ id }) => id === timerId);
  if (timer) endTimer(state, timer, reason);
}

export function rescheduleTimer(state: ConversationState, timerId: string, dueAtMs: number): void {
  const timer = state.timers?.find(({ id }) => id === timerId);
  if (timer) setTimer(state, { ...timer, dueAtMs }, '');
}

export function applyDecidedTimers(state: ConversationState, timers: DecidedTimers | null | undefined): void {
  for (const timerId of timers?.cancel ?? []) cancelTimer(state, timerId, 'the bot needs it no more');
  for (const timer of timers?.set ?? []) setTimer(state, timer, 'bot');
}

/** The customer is back: what only waited for that ends. */
export function endTimersOnMessage(state: ConversationState, reason: string): void {
  for (const timer of state.timers ?? [])
    if (TIMER_RULES[timer.kind].endsWhenCustomerWrites) endTimer(state, timer, reason);
}

export function endAllTimers(state: ConversationState, reason: string): void {
  for (const timer of state.timers ?? []) endTimer(state, timer, reason);
}

/** The bot does not go on with an order: its form ends with the timer, and nobody is told by itself. */
export function endOrderForms(state: ConversationState, reason: string): void {
  for (const timer of state.timers ?? []) {
    // Forms of before have no last word; what was decided about them stays as it was.
    if (timer.kind !== 'order_form' || !timer.outboundIds) continue;
    endTimer(state, timer, reason);
    record(state, { expireOrderForm: { id: timer.id, reason } });
  }
}

/** Carries out what is due, the earliest first. */
export function fireTimers(state: ConversationState, nowMs: number): void {
  const due = (state.timers ?? []).filter(
    (timer) => timer.dueAtMs <= nowMs && !isHeldByTurn(timer, state.turn !== null),
  );
  for (const timer of due.sort((one, other) => one.dueAtMs - other.dueAtMs)) {
    state.timers = withoutTimer(state, timer.id);
    fireTimer(state, timer);
    record(state, { timers: [{ type: 'end', id: timer.id, state: 'done', reason: '' }] });
  }
}

function fireTimer(state: ConversationState, timer: ConversationTimer): void {
  switch (timer.kind) {
    case 'snooze':
      // It was put aside to come back, also when somebody closed it before.
      if (state.status === 'closed') state.status = 'open';
      record(state, { snoozedUntilMs: null, status: state.status });
      return;
    case 'send_later':
      state.outbox.push(...(timer.outboundIds ?? []));
      return;
    case 'order_form':
      record(state, { expireOrderForm: { id: timer.id } });
      // Whoever is in charge by then tells the customer.
      if (state.mode === 'bot' && state.status === 'open') state.outbox.push(...(timer.outboundIds ?? []));
  }
}

function endTimer(state: ConversationState, timer: ConversationTimer, reason: string): void {
  state.timers = withoutTimer(state, timer.id);
  record(state, {
    timers: [{ type: 'end', id: timer.id, state: 'cancelled', reason }],
    ...shownSnooze(timer, null),
  });
}

/** A conversation shows its snooze by itself, because lists ask for it. */
function shownSnooze({ kind }: ConversationTimer, untilMs: number | null): { snoozedUntilMs?: number | null } {
  return kind === 'snooze' ? { snoozedUntilMs: untilMs } : {};
}

function withoutTimer(state: ConversationState, timerId: string): ConversationTimer[] {
  return (state.timers ?? []).filter(({ id }) => id !== timerId);
}
