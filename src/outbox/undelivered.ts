import { troubleOfRefusal } from './account-trouble.ts';
import { NEEDS_RECONNECT } from './gate.ts';

/** What of the ledger a customer feels and nobody sees to by itself, and what a person is told of it. Pure. */

/** Reasons of tickets about messages that did not arrive. */
export const UNDELIVERED_TICKETS = ['send_rejected', 'send_blocked', 'unknown_send'] as const;

/**
 * Held back for the customer's or a person's sake, or of a turn that has a ticket of its own. Whatever else is held back is
 * silence to the customer.
 */
export const HELD_BACK_RIGHTLY = [
  'human_took_over',
  'handoff',
  'superseded',
  'closed',
  'customer_wrote',
  'opted_out',
  'quiet_hours',
  'follow_up_cancelled',
  'timer_cancelled',
  'loop',
  'decide_failed',
  'restored',
] as const;

/** A part that was held back because the part before it did not arrive: what is true of that one holds for both. */
export const EARLIER_PART = 'earlier_part_not_sent';

/** How long nobody may know whether a message arrived. */
export const UNKNOWN_MS = 60_000;

export interface UndeliveredTicket {
  reason: (typeof UNDELIVERED_TICKETS)[number];
  note: string;
}

const HINTS = {
  account: 'Mend the account, then send the message again.',
  window: 'The channel takes nothing until the customer writes again: reach them in another way.',
  unknown: 'Look on the channel whether it arrived, then mark it as sent or send it again.',
  again: 'Send the message again, or write another.',
} as const;

function hintOf(state: string, reason: string): string {
  if (state === 'unknown') return HINTS.unknown;
  if (reason === 'window_closed') return HINTS.window;
  return reason === NEEDS_RECONNECT || troubleOfRefusal(reason) ? HINTS.account : HINTS.again;
}

/** What a person is told of a message that ended as `state`; `reason` is that of the ledger. */
export function ticketOfUndelivered(state: string, reason: string): UndeliveredTicket {
  const hint = hintOf(state, reason);
  if (state === 'unknown')
    return { reason: 'unknown_send', note: `Nobody knows whether it arrived (${reason}). ${hint}` };
  if (state === 'planned')
    return {
      reason: 'send_blocked',
      note: `Held back (${reason}). Connect the account again: it is sent by itself then.`,
    };
  if (state === 'blocked') return { reason: 'send_blocked', note: `Held back (${reason}). ${hint}` };
  return { reason: 'send_rejected', note: `Not delivered (${reason}). ${hint}` };
}
