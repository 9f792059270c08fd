import { describe, expect, it } from 'vitest';
import { toPatterns } from '../../../../admin/src/behaviour/behaviour.ts';

const byHour = Array.from({ length: 24 }, (_, hour) => (hour === 20 ? 2 : 0));

describe('toPatterns', () => {
  it('gives shares, the most frequent first', () => {
    const patterns = toPatterns([
      { intent: 'greeting', count: 1, byHour },
      { intent: 'price', count: 2, byHour },
    ]);
    expect(patterns.map(({ intent, count }) => [intent, count])).toEqual([
      ['price', 2],
      ['greeting', 1],
    ]);
    expect(patterns[0]?.share).toBeCloseTo(2 / 3);
    expect(patterns[0]?.busiestHour).toBe(20);
  });

  it('leaves out what has no name or never came', () => {
    expect(
      toPatterns([
        { intent: '', count: 3, byHour },
        { intent: 'price', count: 0, byHour },
      ]),
    ).toEqual([]);
  });

  it('is surer of many than of few', () => {
    const of = (count: number) => toPatterns([{ intent: 'price', count, byHour }])[0]?.confidence ?? 0;
    expect(of(1)).toBeLessThan(0.3);
    expect(of(100)).toBeGreaterThan(0.95);
    expect(of(100)).toBeLessThanOrEqual(1);
  });
});
