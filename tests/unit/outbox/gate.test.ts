import { describe, expect, it } from 'vitest';
import { gate } from '../../../src/outbox/gate.ts';
import { buildGateFacts, HOUR_MS, NOON_MS } from '../../support/builders.ts';

const reasonFor = (changes: Parameters<typeof buildGateFacts>[0], nowMs = NOON_MS): string | null => {
  const verdict = gate(buildGateFacts(changes), nowMs);
  return verdict.open ? null : verdict.reason;
};

describe('gate', () => {
  it.each(['bot', 'human', 'campaign', 'follow-up'] as const)(
    'lets %s through when nothing stands in the way',
    (author) => {
      expect(reasonFor({ author })).toBeNull();
    },
  );

  it.each(['bot', 'human', 'campaign', 'follow-up'] as const)(
    'holds %s back from an account that is not connected',
    (author) => {
      expect(reasonFor({ author, accountStatus: 'needs_reconnect' })).toBe('account_needs_reconnect');
    },
  );

  it('closes exactly when the window ends, for people too', () => {
    const windowExpiresAtMs = NOON_MS + HOUR_MS;
    expect(reasonFor({ windowExpiresAtMs }, windowExpiresAtMs - 1)).toBeNull();
    expect(reasonFor({ windowExpiresAtMs }, windowExpiresAtMs)).toBe('window_closed');
    expect(reasonFor({ windowExpiresAtMs, author: 'human' }, windowExpiresAtMs)).toBe('window_closed');
    expect(reasonFor({ windowExpiresAtMs: null, author: 'human' })).toBe('window_closed');
  });

  it('never closes for want of a window where the channel has none', () => {
    const facts = { window: { kind: 'none' }, windowExpiresAtMs: null, lastCustomerAtMs: null } as const;
    for (const author of ['bot', 'human', 'campaign', 'follow-up'] as const)
      expect(reasonFor({ ...facts, author })).toBeNull();
    expect(reasonFor({ windowExpiresAtMs: null, author: 'campaign' })).toBe('window_closed');
  });

  it('lets a person, and nobody else, answer for as long as the channel grants to people, and says so', () => {
    const window = { kind: 'sinceCustomerWrote', hoursByDefault: 24, humanAgentDays: 7 } as const;
    const facts = { window, windowExpiresAtMs: NOON_MS, lastCustomerAtMs: NOON_MS - 24 * HOUR_MS };
    const lastMs = facts.lastCustomerAtMs + 7 * 24 * HOUR_MS - 1;
    const verdictOf = (author: 'human' | 'bot', nowMs: number) => gate(buildGateFacts({ ...facts, author }), nowMs);
    expect(verdictOf('human', NOON_MS - 1)).toEqual({ open: true, asHumanAgent: false });
    expect(verdictOf('human', lastMs)).toEqual({ open: true, asHumanAgent: true });
    expect(verdictOf('human', lastMs + 1)).toEqual({ open: false, reason: 'window_closed' });
    expect(verdictOf('bot', NOON_MS)).toEqual({ open: false, reason: 'window_closed' });
    expect(reasonFor({ ...facts, author: 'human', lastCustomerAtMs: null })).toBe('window_closed');
  });

  it.each([
    ['human', 'human_took_over'],
    ['paused', 'bot_paused'],
  ] as const)('holds what is not a human word back while the mode is %s', (mode, reason) => {
    for (const author of ['bot', 'campaign', 'follow-up'] as const) expect(reasonFor({ mode, author })).toBe(reason);
    expect(reasonFor({ mode, author: 'human' })).toBeNull();
  });

  it('lets the word about a loop through the pause that the loop began, and through nothing else that holds the bot back', () => {
    const notice = { author: 'bot', purpose: 'loop_notice' } as const;
    expect(reasonFor({ ...notice, mode: 'paused' })).toBeNull();
    expect(reasonFor({ ...notice, purpose: 'reply', mode: 'paused' })).toBe('bot_paused');
    expect(reasonFor({ ...notice, mode: 'human' })).toBe('human_took_over');
    expect(reasonFor({ ...notice, mode: 'paused', optedOut: true })).toBe('opted_out');
    expect(reasonFor({ ...notice, mode: 'paused', windowExpiresAtMs: NOON_MS - 1 })).toBe('window_closed');
  });

  it('holds back what was planned before the shop wrote on the page itself', () => {
    expect(reasonFor({ lastPageMessageAtMs: NOON_MS + 1 })).toBe('human_took_over');
    expect(reasonFor({ lastPageMessageAtMs: NOON_MS })).toBeNull();
    expect(reasonFor({ lastPageMessageAtMs: NOON_MS + 1, author: 'human' })).toBeNull();
  });

  it('spares those who opted out everything but the notice that says so', () => {
    expect(reasonFor({ optedOut: true })).toBe('opted_out');
    expect(reasonFor({ optedOut: true, author: 'campaign' })).toBe('opted_out');
    expect(reasonFor({ optedOut: true, purpose: 'opt_out_notice' })).toBeNull();
    expect(reasonFor({ optedOut: true, author: 'human' })).toBeNull();
  });

  it('sends no notice of its own where the carrier answers STOP', () => {
    const consent = { optOutHandledBy: 'carrier', marketingNeedsConsent: true } as const;
    expect(reasonFor({ consent, optedOut: true, purpose: 'opt_out_notice' })).toBe('opted_out');
    expect(reasonFor({ consent })).toBeNull();
  });

  it('keeps follow-ups and campaigns out of quiet hours, but answers', () => {
    expect(reasonFor({ quiet: true, author: 'follow-up' })).toBe('quiet_hours');
    expect(reasonFor({ quiet: true, author: 'campaign' })).toBe('quiet_hours');
    expect(reasonFor({ quiet: true })).toBeNull();
  });

  it('drops a follow-up when the customer wrote after it was promised', () => {
    const author = 'follow-up' as const;
    expect(reasonFor({ author, lastCustomerAtMs: NOON_MS + 1 })).toBe('customer_wrote');
    expect(reasonFor({ author, lastCustomerAtMs: NOON_MS })).toBeNull();
    expect(reasonFor({ author: 'bot', lastCustomerAtMs: NOON_MS + 1 })).toBeNull();
  });
});
