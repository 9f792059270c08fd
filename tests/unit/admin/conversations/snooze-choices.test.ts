import { describe, expect, it } from 'vitest';
import { snoozeChoices } from '../../../../admin/src/conversations/snooze-choices.ts';

/** Saturday, 21 November 2026, in this machine's zone. */
const SATURDAY_MS = new Date(2026, 10, 21, 14, 30).getTime();
const at = (locale: string, words: string, nowMs = SATURDAY_MS) =>
  new Date(snoozeChoices(nowMs, locale).find((choice) => choice.words === words)?.atMs ?? Number.NaN);

describe('snoozeChoices', () => {
  it('offers times to come only, in their order', () => {
    const times = snoozeChoices(SATURDAY_MS, 'en').map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(SATURDAY_MS);
  });

  it('means nine in the morning by tomorrow', () => {
    expect(at('en', 'tomorrow')).toEqual(new Date(2026, 10, 22, 9));
  });

  it('begins the week on Monday in English and on Saturday in Persian', () => {
    expect(at('en', 'next_week')).toEqual(new Date(2026, 10, 23, 9));
    expect(at('fa', 'next_week')).toEqual(new Date(2026, 10, 28, 9));
  });
});
