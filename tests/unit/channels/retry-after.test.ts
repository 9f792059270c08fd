import { describe, expect, it } from 'vitest';
import { readRetryAfterMs } from '../../../src/channels/retry-after.ts';

const NOW_MS = Date.parse('2026-11-21T10:00:00Z');

describe('readRetryAfterMs', () => {
  it.each([
    ['2', 2000],
    ['0', 0],
    ['1.5', 1500],
    [['7', '9'], 7000],
    ['999999999', 86_400_000],
    ['Sat, 21 Nov 2026 10:00:05 GMT', 5000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
  ])('reads %j as %d ms', (header, expected) => {
    expect(readRetryAfterMs(header, NOW_MS)).toBe(expected);
  });

  it.each([undefined, '', 'soon', '-5', 'NaN', '2026'.concat('x')])('reads %j as nothing', (header) => {
    expect(readRetryAfterMs(header, NOW_MS)).toBeNull();
  });
});
