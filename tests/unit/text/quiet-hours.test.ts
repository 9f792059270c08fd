import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { afterQuietHours, isQuiet, type QuietHours } from '../../../src/text/quiet-hours.ts';

const TEHRAN = 'Asia/Tehran';
const NIGHT: QuietHours = { start: '22:00', end: '08:00' };
const NOON_REST: QuietHours = { start: '13:00', end: '15:30' };
const at = (local: string, zone = TEHRAN): number => DateTime.fromISO(local, { zone }).toMillis();

describe('isQuiet', () => {
  it('includes the start and excludes the end, past midnight too', () => {
    expect(isQuiet(NIGHT, TEHRAN, at('2026-03-01T21:59:59'))).toBe(false);
    expect(isQuiet(NIGHT, TEHRAN, at('2026-03-01T22:00'))).toBe(true);
    expect(isQuiet(NIGHT, TEHRAN, at('2026-03-02T00:00'))).toBe(true);
    expect(isQuiet(NIGHT, TEHRAN, at('2026-03-02T07:59:59'))).toBe(true);
    expect(isQuiet(NIGHT, TEHRAN, at('2026-03-02T08:00'))).toBe(false);
    expect(isQuiet(NOON_REST, TEHRAN, at('2026-03-01T13:00'))).toBe(true);
    expect(isQuiet(NOON_REST, TEHRAN, at('2026-03-01T15:30'))).toBe(false);
  });

  it('reads the clock of the shop, not of the server', () => {
    const atMs = at('2026-03-01T23:00');
    expect(isQuiet(NIGHT, TEHRAN, atMs)).toBe(true);
    expect(isQuiet(NIGHT, 'America/New_York', atMs)).toBe(false);
  });

  it('is never quiet without hours or with empty ones', () => {
    expect(isQuiet(null, TEHRAN, at('2026-03-01T03:00'))).toBe(false);
    expect(isQuiet({ start: '03:00', end: '03:00' }, TEHRAN, at('2026-03-01T03:00'))).toBe(false);
  });
});

describe('afterQuietHours', () => {
  it('leaves what is not quiet as it is and moves the rest to the end of the quiet hours', () => {
    expect(afterQuietHours(NIGHT, TEHRAN, at('2026-03-01T12:00:01.5'))).toBe(at('2026-03-01T12:00:01.5'));
    expect(afterQuietHours(NIGHT, TEHRAN, at('2026-03-01T23:10'))).toBe(at('2026-03-02T08:00'));
    expect(afterQuietHours(NIGHT, TEHRAN, at('2026-03-02T01:10'))).toBe(at('2026-03-02T08:00'));
    expect(afterQuietHours(NOON_REST, TEHRAN, at('2026-03-01T14:00'))).toBe(at('2026-03-01T15:30'));
    expect(afterQuietHours(null, TEHRAN, at('2026-03-01T23:10'))).toBe(at('2026-03-01T23:10'));
  });

  it('ends at the jump when the end is an hour that the clocks leave out, and goes on when they give it twice', () => {
    const BERLIN = 'Europe/Berlin';
    const jump = at('2026-03-29T03:00', BERLIN);
    expect(afterQuietHours({ start: '22:00', end: '02:30' }, BERLIN, at('2026-03-29T01:00', BERLIN))).toBe(jump);
    const twice = { start: '01:00', end: '02:30' };
    const again = Date.UTC(2026, 9, 25, 1, 10); // 02:10 for the second time
    expect(isQuiet(twice, BERLIN, again)).toBe(true);
    expect(afterQuietHours(twice, BERLIN, again)).toBe(Date.UTC(2026, 9, 25, 1, 30));
  });

  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

  it('gives the first moment that is not quiet, in every zone and on the days when clocks change', () => {
    fc.assert(
      fc.property(
        fc.record({ start: clock, end: clock }),
        fc.constantFrom(TEHRAN, 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
        fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 }),
        (quietHours, zone, minutes) => {
          const from = minutes * 60_000;
          const moved = afterQuietHours(quietHours, zone, from);
          expect(moved).toBeGreaterThanOrEqual(from);
          // A day, its change of clocks, and another one where the clocks leave out the only minutes that are not quiet.
          expect(moved - from).toBeLessThan(50 * 3_600_000);
          expect(isQuiet(quietHours, zone, moved)).toBe(false);
          if (moved > from) expect(isQuiet(quietHours, zone, moved - 60_000)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
