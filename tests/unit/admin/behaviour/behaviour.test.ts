import { describe, expect, it } from 'vitest';
import { countPatterns } from '../../../../admin/src/behaviour/behaviour.ts';
import type { Decision } from '../../../../admin/src/decisions/why.ts';

const decided = (intent: string, state = 'decided') => ({ intent, state }) as Decision;

describe('countPatterns', () => {
  it('counts intents, the most frequent first', () => {
    const patterns = countPatterns([decided('price'), decided('greeting'), decided('price')]);
    expect(patterns.map(({ intent, count }) => [intent, count])).toEqual([
      ['price', 2],
      ['greeting', 1],
    ]);
    expect(patterns[0]?.share).toBeCloseTo(2 / 3);
  });

  it('leaves out what was taken back or has no intent', () => {
    expect(countPatterns([decided('price', 'superseded'), decided('')])).toEqual([]);
  });

  it('is surer of many than of few', () => {
    const of = (count: number) => countPatterns(Array.from({ length: count }, () => decided('price')))[0];
    expect(of(1)?.confidence).toBeLessThan(0.3);
    expect(of(100)?.confidence).toBeGreaterThan(0.95);
    expect(of(100)?.confidence).toBeLessThanOrEqual(1);
  });
});
