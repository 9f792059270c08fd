import type { TimerRule } from '../conversations/core/timer-rule.ts';

/** A person's message that is sent then. It does not take the conversation over. */
export const sendLaterTimer: TimerRule = {
  single: false,
  endsWhenCustomerWrites: false,
  endsWithBot: false,
  withinWindow: true,
  waitsForTurn: false,
  sends: 'always',
  reopens: false,
};
