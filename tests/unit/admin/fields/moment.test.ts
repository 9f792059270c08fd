import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatDay,
  formatMoment,
  formatNumber,
  formatRemaining,
  formatShortMoment,
  toLocalInput,
} from '../../../../admin/src/fields/moment.ts';

const NOON_IN_TEHRAN = '2026-11-21T08:30:00Z';

describe('formatMoment', () => {
  it('writes a Persian date in the Jalali calendar with Persian digits', () => {
    const text = formatMoment(NOON_IN_TEHRAN, 'fa', 'Asia/Tehran');
    expect(text).toContain('۳۰ آبان ۱۴۰۵');
    expect(text).toContain('۱۲:۰۰');
  });

  it('writes an English date in the Gregorian calendar', () => {
    expect(formatMoment(NOON_IN_TEHRAN, 'en', 'Asia/Tehran')).toBe('21 Nov 2026, 12:00');
  });

  it('shows nothing for what is no time', () => {
    expect(formatMoment('soon', 'en')).toBe('');
  });
});

describe('formatShortMoment', () => {
  const nowMs = Date.parse('2026-11-21T20:00:00Z');

  it('leaves out the day on the same day of the reader', () => {
    expect(formatShortMoment(NOON_IN_TEHRAN, 'en', nowMs, 'UTC')).toBe('08:30');
  });

  it('names the day when it is another one for the reader', () => {
    expect(formatShortMoment(NOON_IN_TEHRAN, 'en', nowMs, 'Asia/Tokyo')).toContain('21 Nov');
  });

  it('shows nothing for what is no time', () => {
    expect(formatShortMoment('', 'en', nowMs)).toBe('');
  });
});

describe('formatRemaining', () => {
  it('names the two largest units', () => {
    expect(formatRemaining(((23 * 60 + 5) * 60 + 59) * 1000, 'en')).toBe('23 hours, 5 minutes');
    expect(formatRemaining((25 * 60 + 5) * 60_000, 'en')).toBe('1 day, 1 hour');
  });

  it('counts the last minute in seconds, and rounds no second away', () => {
    expect(formatRemaining(1, 'en')).toBe('1 second');
    expect(formatRemaining(59_000, 'en')).toBe('59 seconds');
  });

  it('uses Persian words and digits', () => {
    expect(formatRemaining(12 * 3_600_000, 'fa')).toBe('۱۲ ساعت');
  });

  it('is null when nothing is left', () => {
    expect(formatRemaining(0, 'en')).toBeNull();
    expect(formatRemaining(-5, 'fa')).toBeNull();
  });
});

describe('formatNumber', () => {
  it('uses the digits of the reader', () => {
    expect(formatNumber(1250, 'fa')).toBe('۱٬۲۵۰');
    expect(formatNumber(1250, 'en')).toBe('1,250');
  });
});

describe('toLocalInput', () => {
  it('is read back by the browser as the same minute', () => {
    const atMs = Date.parse('2026-11-21T08:30:00Z');
    expect(new Date(toLocalInput(atMs)).getTime()).toBe(atMs);
  });
});

describe('formatDay', () => {
  const nowMs = Date.parse('2026-11-21T20:00:00Z');

  it('names the day in the calendar of the reader', () => {
    expect(formatDay(NOON_IN_TEHRAN, 'fa', nowMs, 'Asia/Tehran')).toBe('شنبه ۳۰ آبان');
    expect(formatDay(NOON_IN_TEHRAN, 'en', nowMs, 'Asia/Tehran')).toBe('Saturday 21 November');
  });

  it('adds the year of another year, and shows nothing for what is no time', () => {
    expect(formatDay('2025-11-21T08:30:00Z', 'en', nowMs, 'Asia/Tehran')).toContain('2025');
    expect(formatDay('soon', 'en', nowMs)).toBe('');
  });
});

describe('formatClock', () => {
  it('writes the clock in the digits of the reader', () => {
    expect(formatClock(NOON_IN_TEHRAN, 'fa', 'Asia/Tehran')).toBe('۱۲:۰۰');
    expect(formatClock(NOON_IN_TEHRAN, 'en', 'Asia/Tehran')).toBe('12:00');
    expect(formatClock('soon', 'en')).toBe('');
  });
});
