import { TIMER_RULES, type TimerKind } from '../../timer-kinds.ts';

/** Times at which something happens by itself in a conversation, beside its follow-up. */

/** A conversation has at most so many pending. */
export const MAX_TIMERS = 50;

export interface ConversationTimer {
  /** Unique. For `order_form` it is the form's id; setting an id that is pending moves it. */
  id: string;
  kind: TimerKind;
  dueAtMs: number;
  /**
   * Rows of the ledger that go out when it goes off, in the order in which they must arrive. A row that is not there yet has
   * the timer's id, and its feature plans it only then.
   */
  outboundIds?: string[];
}

/** Why a timer ended, for whoever has its kind. */
export type TimerEndCause = 'due' | 'bot_stopped' | 'other';

/** What becomes of a timer, as the panel's rows are told. */
export type TimerChange =
  | { type: 'set'; timer: ConversationTimer; createdBy: string }
  | { type: 'end'; id: string; kind: TimerKind; state: 'done' | 'cancelled'; cause: TimerEndCause; reason: string };

/** What a decision wants of timers; applied together with its answer, so that it costs no step of its own. */
export interface DecidedTimers {
  set: ConversationTimer[];
  cancel: string[];
}

/** Tells why a time is not one that a timer of this kind can have, or null when it is. */
export function refuseTimerTime(
  kind: TimerKind,
  dueAtMs: number,
  nowMs: number,
  windowExpiresAtMs: number | null,
): string | null {
  if (!Number.isFinite(dueAtMs) || dueAtMs <= nowMs) return 'The time must be in the future.';
  if (TIMER_RULES[kind].withinWindow && windowExpiresAtMs !== null && dueAtMs >= windowExpiresAtMs)
    return 'The time must be before the messaging window closes.';
  return null;
}

/** True while a turn is under way that may move this timer. It goes off at the turn's end then, not at a time. */
export function isHeldByTurn({ kind }: ConversationTimer, isTurnUnderWay: boolean): boolean {
  return isTurnUnderWay && TIMER_RULES[kind].waitsForTurn;
}

/** When the earliest timer goes off, or null. */
export function nextTimerMs(timers: readonly ConversationTimer[], isTurnUnderWay: boolean): number | null {
  const times = timers.filter((timer) => !isHeldByTurn(timer, isTurnUnderWay)).map((timer) => timer.dueAtMs);
  return times.length === 0 ? null : Math.min(...times);
}
