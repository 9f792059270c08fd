import { describe, expect, it } from 'vitest';
import { en } from '../../../admin/src/i18n/en.ts';
import { readOwnNote } from '../../../admin/src/tickets/ticket-note.ts';
import { ticketOfUndelivered } from '../../../src/outbox/undelivered.ts';

describe('ticketOfUndelivered', () => {
  it.each([
    ['rejected', 'bad_api_key', 'send_rejected', 'undelivered_account'],
    ['rejected', 'not_configured', 'send_rejected', 'undelivered_account'],
    ['rejected', 'refused', 'send_rejected', 'undelivered'],
    ['sent', 'no_signal', 'send_rejected', 'undelivered'],
    ['blocked', 'account_needs_reconnect', 'send_blocked', 'undelivered_account'],
    ['planned', 'account_needs_reconnect', 'send_blocked', 'held_for_account'],
    ['blocked', 'window_closed', 'send_blocked', 'undelivered_window'],
    ['blocked', 'bot_paused', 'send_blocked', 'undelivered'],
    ['unknown', 'timeout', 'unknown_send', 'unknown_send'],
  ])('tells of one that is %s by %s what to do, in words that the panel has', (state, reason, kind, key) => {
    const ticket = ticketOfUndelivered(state, reason);
    expect(ticket.reason).toBe(kind);
    expect(readOwnNote(ticket.note)).toEqual({ key, values: { reason } });
    expect(en.peyk.ticket_note).toHaveProperty(key);
    expect(en.peyk.ticket_reason).toHaveProperty(kind);
  });
});
