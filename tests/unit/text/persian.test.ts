import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLetters, normaliseText, stripInvisible, toLatinDigits, wordsOf } from '../../../src/text/persian.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      'م',
      'ی',
      'ي',
      'ك',
      'َ',
      '\u200c',
      '\u200d',
      '\u202e',
      '\ud800',
      '\u0000',
      '۵',
      ' ',
      'a',
      '👩',
      'ﻼ',
    ),
  }),
);

describe('toLatinDigits', () => {
  it('turns Persian and Arabic digits into 0-9 and leaves the rest', () => {
    expect(toLatinDigits('۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ a')).toBe('0123456789 0123456789 a');
  });
});

describe('normaliseText', () => {
  it.each([
    ['گوشي سامسونگ', 'گوشی سامسونگ'],
    ['كتاب', 'کتاب'],
    ['مُدَرِّس', 'مدرس'],
    ['خـــوب', 'خوب'],
    ['أحمد إيران آب', 'احمد ایران اب'],
    ['می‌خواهم', 'می خواهم'],
    ['قیمت ۱۲٣', 'قیمت 123'],
    ['ﻗﯿﻤﺖ', 'قیمت'],
    ['خانۀ ما', 'خانه ما'],
    ['  two\t\nwords ', 'two words'],
    ['Café', 'cafe'],
    ['𝐒𝐓𝐎𝐏', 'stop'],
    ['\u202eabc\u202c', 'abc'],
  ])('writes %j as %j', (given, expected) => {
    expect(normaliseText(given)).toBe(expected);
  });

  it('keeps words apart that differ in more than spelling', () => {
    expect(normaliseText('کیف')).not.toBe(normaliseText('کفش'));
  });

  it('changes nothing the second time, whatever the text', () => {
    fc.assert(fc.property(anyText, (text) => normaliseText(normaliseText(text)) === normaliseText(text)));
  });

  it('leaves no control, bidi or combining character', () => {
    fc.assert(fc.property(anyText, (text) => !/[\p{Cc}\p{Cf}\p{M}\p{Surrogate}]/u.test(normaliseText(text))));
  });
});

describe('wordsOf', () => {
  it('reads the three spellings of a verb with its prefix as one word', () => {
    expect([wordsOf('می‌خوام'), wordsOf('می خوام'), wordsOf('ميخوام')]).toEqual([['میخوام'], ['میخوام'], ['میخوام']]);
  });

  it('joins the prefix to nothing but a following Persian word', () => {
    expect(wordsOf('می 5 می')).toEqual(['می', '5', 'می']);
  });

  it('has no words in emoji, blanks or signs', () => {
    expect(wordsOf(' 👍 ؟!\u200c')).toEqual([]);
  });
});

describe('stripInvisible', () => {
  it('keeps the half-space between Persian letters, also after a vowel sign', () => {
    expect(stripInvisible('می\u200cخوام کتابِ\u200cمن')).toBe('می\u200cخوام کتابِ\u200cمن');
  });

  it('removes the half-space everywhere else', () => {
    expect(stripInvisible('\u200cسلام\u200c a\u200cb \u200c')).toBe('سلام ab ');
  });

  it('removes NUL, bidi controls, zero-width characters and half surrogates', () => {
    expect(stripInvisible('a\u0000b\u202e\u2066\u200b\ufeff\u00ad\ud800c\udc00')).toBe('abc');
  });

  it('keeps families, flags and skin tones whole', () => {
    expect(stripInvisible('👨‍👩‍👧 🏳️‍🌈 👩🏽‍🚀 🇮🇷')).toBe('👨‍👩‍👧 🏳️‍🌈 👩🏽‍🚀 🇮🇷');
  });

  it('makes every line break a plain one', () => {
    expect(stripInvisible('a\r\nb\rc\u2028d')).toBe('a\nb\nc\nd');
  });

  it('is idempotent and well formed, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = stripInvisible(text);
        expect(stripInvisible(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
        expect(once).not.toMatch(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});

describe('countLetters', () => {
  it('counts letters by script and ignores digits and emoji', () => {
    expect(countLetters('سلام hi ۵ 5 🌷')).toEqual({ persian: 4, latin: 2 });
  });
});
