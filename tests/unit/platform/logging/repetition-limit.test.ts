import { describe, expect, it } from 'vitest';
import { createRepetitionLimit } from '../../../../src/platform/logging/repetition-limit.ts';

function start() {
  let nowMs = 0;
  const limit = createRepetitionLimit<string>(() => nowMs);
  const say = (key: string, times: number) =>
    Array.from({ length: times }, () => limit.allow(key, `${key} again`)).filter(Boolean).length;
  return {
    limit,
    say,
    passMinute: () => {
      nowMs += 60_000;
    },
  };
}

describe('createRepetitionLimit', () => {
  it('lets a few lines of each kind through in a minute, and tells afterwards how many it left out', () => {
    const { limit, say, passMinute } = start();
    expect([say('one', 1000), say('other', 2)]).toEqual([5, 2]);
    expect(limit.takeLeftOut()).toEqual([]);
    passMinute();
    expect(limit.takeLeftOut()).toEqual([{ key: 'one', count: 995, last: 'one again' }]);
    expect(limit.takeLeftOut()).toEqual([]);
  });

  it('lets lines through again in the next minute, and forgets no count over it', () => {
    const { limit, say, passMinute } = start();
    say('one', 7);
    passMinute();
    expect(say('one', 7)).toBe(5);
    expect(limit.takeLeftOut()).toEqual([{ key: 'one', count: 2, last: 'one again' }]);
  });

  it('holds a bounded number of kinds', () => {
    const { limit, passMinute } = start();
    for (let n = 0; n < 10_000; n++) limit.allow(`kind ${n}`, '');
    passMinute();
    expect(limit.takeLeftOut()).toEqual([]);
  });
});
