import type { TimerRule } from './conversations/core/timer-rule.ts';
import { snoozeTimer } from './conversations/snooze-timer.ts';
import { orderFormTimer } from './orders/timers.ts';
import { sendLaterTimer } from './outbox/timers.ts';

/** Every kind of timer that a conversation can have, a line each. Pure: workflows read it. Names are stored in rows. */
export const TIMER_RULES = {
  snooze: snoozeTimer,
  send_later: sendLaterTimer,
  order_form: orderFormTimer,
} as const satisfies Record<string, TimerRule>;

export type TimerKind = keyof typeof TIMER_RULES;

export const TIMER_KINDS = Object.keys(TIMER_RULES) as TimerKind[];
