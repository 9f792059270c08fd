import type { TimerRule } from './core/timer-rule.ts';

/** The conversation is out of sight until then, or until the customer writes. */
export const snoozeTimer: TimerRule = {
  single: true,
  endsWhenCustomerWrites: true,
  endsWithBot: false,
  withinWindow: false,
  waitsForTurn: false,
  sends: 'never',
  reopens: true,
};
