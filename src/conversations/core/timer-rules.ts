/** Times at which something happens by itself in a conversation, beside its follow-up. */

/** What a kind of timer does in the situations that end timers. A new kind is one line of the table and one of `fireTimer`. */
interface TimerRule {
  /** Only the newest of this kind counts: setting another replaces it. */
  single: boolean;
  /** A message of the customer ends it. */
  endsWhenCustomerWrites: boolean;
  /** It is for something that may not happen after the messaging window closed. */
  withinWindow: boolean;
  /** It does not go off while the bot is at work on a turn, which may move it. */
  waitsForTurn: boolean;
}

export const TIMER_RULES = {
  /** The conversation is out of sight until then, or until the customer writes. */
  snooze: { single: true, endsWhenCustomerWrites: true, withinWindow: false, waitsForTurn: false },
  /** A person's message that is sent then. It does not take the conversation over. */
  send_later: { single: false, endsWhenCustomerWrites: false, withinWindow: true, waitsForTurn: false },
  /** An order form that nobody goes on with ends then. */
  order_form: { single: true, endsWhenCustomerWrites: false, withinWindow: false, waitsForTurn: true },
} as const satisfies Record<string, TimerRule>;

export type TimerKind = keyof typeof TIMER_RULES;

export const TIMER_KINDS = Object.keys(TIMER_RULES) as TimerKind[];

/** A conversation has at most so many pending. */
export const MAX_TIMERS = 50;

export interface ConversationTimer {
  /** Unique. For `order_form` it is the form's id; setting an id that is pending moves it. */
  id: string;
  kind: TimerKind;
  dueAtMs: number;
  /**
   * Rows of the ledger that go out when it goes off, in the order in which they must arrive. That of an `order_form` has
   * the form's id, and is planned only then.
   */
  outboundIds?: string[];
}

/** What becomes of a timer, as the panel's rows are told. */
export type TimerChange =
  | { type: 'set'; timer: ConversationTimer; createdBy: string }
  | { type: 'end'; id: string; state: 'done' | 'cancelled'; reason: string };

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
