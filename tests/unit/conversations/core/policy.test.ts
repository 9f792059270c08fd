import { describe, expect, it } from 'vitest';
import { DEFAULT_LOOP_POLICY, type Exchange, isLoop } from '../../../../src/conversations/core/policy.ts';
import { NOON_MS } from '../../../support/builders.ts';

const repeat = (count: number, exchange: (index: number) => Partial<Exchange>): Exchange[] =>
  Array.from({ length: count }, (_, index) => ({
    atMs: NOON_MS - (count - 1 - index) * 1000,
    askedMark: `asked-${index}`,
    replyMark: `reply-${index}`,
    ...exchange(index),
  }));
const loops = (exchanges: Exchange[]): boolean => isLoop(exchanges, DEFAULT_LOOP_POLICY, NOON_MS);

describe('isLoop', () => {
  it('sees the same question answered by the same words, at the fourth time and not before', () => {
    const same = () => ({ askedMark: 'a', replyMark: 'r' });
    expect(loops(repeat(3, same))).toBe(false);
    expect(loops(repeat(4, same))).toBe(true);
  });

  it('sees the same answer given to everything, later', () => {
    const same = () => ({ replyMark: 'r' });
    expect(loops(repeat(9, same))).toBe(false);
    expect(loops(repeat(10, same))).toBe(true);
  });

  it('sees too many answers, whatever they say', () => {
    expect(loops(repeat(39, () => ({})))).toBe(false);
    expect(loops(repeat(40, () => ({})))).toBe(true);
  });

  it('forgets what lies further back than it looks', () => {
    const exchanges = repeat(4, (index) => ({
      askedMark: 'a',
      replyMark: 'r',
      ...(index === 0 ? { atMs: NOON_MS - DEFAULT_LOOP_POLICY.withinMs } : {}),
    }));
    expect(loops(exchanges)).toBe(false);
    expect(loops([])).toBe(false);
  });
});
