import { describe, expect, it } from 'vitest';
import { matchWords, stemOf } from '../../../src/text/word-match.ts';

describe('matchWords', () => {
  it.each([
    ['کیف', 'کیف', 1],
    ['کفش', 'کفشهای', 0.95],
    ['keyboards', 'keyboard', 0.95],
    ['شلواراتونو', 'شلوار', 0.95],
    ['سامسونک', 'سامسونگ', 0.75],
    ['کتنوی', 'کتونی', 0.75],
    ['دستبافت', 'دستباف', 0.85],
  ])('takes %s for %s', (asked, stored, quality) => {
    expect(matchWords(asked, stored)).toBe(quality);
  });

  it.each([
    ['a52', 'a53'],
    ['13', '130'],
    ['کیف', 'کتاب'],
    ['lamp', 'blanket'],
    ['دیر', 'دیور'],
    ['اخر', 'ایر'],
  ])('does not take %s for %s', (asked, stored) => {
    expect(matchWords(asked, stored)).toBe(0);
  });
});

describe('stemOf', () => {
  it('cuts an ending only where a word remains', () => {
    expect([stemOf('کفشهای'), stemOf('بوتها'), stemOf('ماه'), stemOf('bus')]).toEqual(['کفش', 'بوت', 'ماه', 'bus']);
  });
});
