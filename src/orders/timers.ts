import type { TimerRule } from '../conversations/core/timer-rule.ts';

/** An order form that nobody goes on with ends then, and whoever is in charge by then tells the customer. */
export const orderFormTimer: TimerRule = {
  single: true,
  endsWhenCustomerWrites: false,
  endsWithBot: true,
  withinWindow: false,
  waitsForTurn: true,
  sends: 'while-bot',
  reopens: false,
};
