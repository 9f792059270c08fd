import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { type FollowUpPolicy, followUpDueAtMs } from '../../../src/follow-ups/rules.ts';
import { HOUR_MS, NOON_MS } from '../../support/builders.ts';

const UTC = 'UTC';
const policy = (changes: Partial<FollowUpPolicy> = {}): FollowUpPolicy => ({
  enabled: true,
  delayMs: 12 * HOUR_MS,
  message: 'Still interested?',
  quietHours: null,
  ...changes,
});

describe('followUpDueAtMs', () => {
  it('is due after the delay, when that lies inside the window', () => {
    expect(followUpDueAtMs(policy(), UTC, NOON_MS, NOON_MS + 24 * HOUR_MS)).toBe(NOON_MS + 12 * HOUR_MS);
  });

  it('is not promised when the feature is off', () => {
    expect(followUpDueAtMs(policy({ enabled: false }), UTC, NOON_MS, NOON_MS + 24 * HOUR_MS)).toBeNull();
  });

  it('is not promised when the window ends before it, or less than a minute after it', () => {
    const dueAtMs = NOON_MS + 12 * HOUR_MS;
    expect(followUpDueAtMs(policy(), UTC, NOON_MS, dueAtMs - 1)).toBeNull();
    expect(followUpDueAtMs(policy(), UTC, NOON_MS, dueAtMs + 59_999)).toBeNull();
    expect(followUpDueAtMs(policy(), UTC, NOON_MS, dueAtMs + 60_000)).toBe(dueAtMs);
  });

  it('waits for the end of the quiet hours, and is not promised when the window ends first', () => {
    const quietHours = { start: '22:00', end: '08:00' };
    const morning = DateTime.fromISO('2026-03-02T08:00', { zone: UTC }).toMillis();
    expect(followUpDueAtMs(policy({ quietHours }), UTC, NOON_MS, NOON_MS + 24 * HOUR_MS)).toBe(morning);
    expect(followUpDueAtMs(policy({ quietHours }), UTC, NOON_MS, NOON_MS + 19 * HOUR_MS)).toBeNull();
  });

  it('keeps a margin in proportion to short delays', () => {
    expect(followUpDueAtMs(policy({ delayMs: 1000 }), UTC, NOON_MS, NOON_MS + 1100)).toBe(NOON_MS + 1000);
    expect(followUpDueAtMs(policy({ delayMs: 1000 }), UTC, NOON_MS, NOON_MS + 1099)).toBeNull();
  });
});
