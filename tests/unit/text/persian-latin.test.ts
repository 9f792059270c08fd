import { describe, expect, it } from 'vitest';
import { latinPattern, spelledInLatin } from '../../../src/text/persian-latin.ts';

describe('latinPattern', () => {
  it.each([
    ['ساندکور', 'soundcore'],
    ['انکر', 'anker'],
    ['ساواج', 'sauvage'],
    ['چنل', 'chanel'],
    ['بالیاژ', 'balayage'],
    ['گلکسی', 'galaxy'],
    ['شیاومی', 'xiaomi'],
  ])('“%s” may be “%s”', (persian, latin) => {
    expect(latinPattern(persian)?.test(latin)).toBe(true);
  });

  it.each([
    ['ساندکور', 'sandal'],
    ['انکر', 'apple'],
    ['کیف', 'cafe'],
    ['چنل', 'channing'],
  ])('“%s” is no “%s”', (persian, latin) => {
    expect(latinPattern(persian)?.test(latin) ?? false).toBe(false);
  });

  it('tells nothing of a word of one consonant, or of another script', () => {
    expect(latinPattern('مو')).toBeNull();
    expect(latinPattern('anker')).toBeNull();
  });
});

describe('spelledInLatin', () => {
  it('reads the names of letters as a code', () => {
    expect(spelledInLatin(['گوشی', 'ای', '56'])).toEqual([{ codes: ['a56', 'e56', 'i56'], from: 1, to: 3 }]);
    expect(spelledInLatin(['جی', 'بی', 'ال'])[0]?.codes).toContain('jbl');
  });

  it('reads none in other words', () => {
    expect(spelledInLatin(['کیف', 'چرم', '42'])).toEqual([]);
  });
});
