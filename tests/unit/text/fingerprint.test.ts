import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, markOf, markOfAsked } from '../../../src/text/fingerprint.ts';

describe('fingerprintOf', () => {
  it('is the same for what a provider gives back changed in form only', () => {
    const sent = 'سلام،\n  کفش مشکی  موجوده؟ cafe\u0301';
    expect(fingerprintOf('  \u200fسلام، کفش مشکی موجوده؟ caf\u00e9\n')).toBe(fingerprintOf(sent));
  });

  it.each([
    ['without half-spaces', 'سلام! هر روز از ۱۰ صبح تا ۹ شب پاسخگو هستیم؛ جمعهها از ۴ عصر.'],
    ['with spaces for half-spaces', 'سلام! هر روز از ۱۰ صبح تا ۹ شب پاسخ گو هستیم؛ جمعه ها از ۴ عصر.'],
    ['with other digits and letters', 'سلام! هر روز از 10 صبح تا ٩ شب پاسخ‌گو هستيم؛ جمعه‌ها از ۴ عصر.'],
    ['with other punctuation', 'سلام ! هر روز از ۱۰ صبح تا ۹ شب پاسخ‌گو هستیم, جمعه‌ها از ۴ عصر'],
  ])('is the same for our Persian words %s', (_, echo) => {
    const sent = 'سلام! هر روز از ۱۰ صبح تا ۹ شب پاسخ‌گو هستیم؛ جمعه‌ها از ۴ عصر.';
    expect(fingerprintOf(echo)).toBe(fingerprintOf(sent));
  });

  it.each([
    ['signs', 'Belts & bags: "small" <b>', 'Belts &amp; bags: &quot;small&quot; &lt;b&gt;'],
    ['signs twice', 'Belts & bags', 'Belts &amp;amp; bags'],
    ['thousands', 'قیمت ۱٬۸۵۰٬۰۰۰ تومان', 'قیمت 1,850,000 تومان'],
    ['decimals', 'از ۱٫۵ متر', 'از 1.5 متر'],
    ['capitals and dashes', 'Open 9–18…', 'open 9-18...'],
    ['the look of an emoji', 'ممنون ❤️', 'ممنون ❤'],
  ])('is the same when a provider writes %s in another way', (_, sent, echo) => {
    expect(fingerprintOf(echo)).toBe(fingerprintOf(sent));
  });

  it.each([
    ['می‌خواهم', 'نمی‌خواهم'],
    ['size 42', 'size 43'],
    ['از ۱٫۵ متر', 'از ۱۵ متر'],
    ['قیمت ۱٬۸۵۰٬۰۰۰ تومان', 'قیمت ۱۸۵٬۰۰۰ تومان'],
    ['تخفیف ۵٪', 'تخفیف ۵ تومان'],
    ['👍', '🌷'],
    ['؟', '!'],
    ['چشم ❤️', 'چشم'],
  ])('keeps «%s» and «%s» apart', (one, other) => {
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(other));
  });

  it('never ends in half of an emoji, which the database would refuse', () => {
    const text = `${'a'.repeat(399)}🌷 and more`;
    expect(fingerprintOf(text)).toBe('a'.repeat(399));
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (any) => fingerprintOf(any).isWellFormed()));
  });

  it('does not change when taken twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 380 }), (text) => {
        expect(fingerprintOf(fingerprintOf(text))).toBe(fingerprintOf(text));
      }),
    );
  });
});

describe('markOf', () => {
  it('is a short word that is equal for equal words and tells others apart', () => {
    expect(markOf('قیمت؟')).toMatch(/^[0-9a-f]{8}$/);
    expect(markOf(' قیمت؟ ')).toBe(markOf('قیمت؟'));
    expect(markOf('قیمت؟')).not.toBe(markOf('موجودی؟'));
    expect(markOf('قیمت؟')).not.toBe(markOf('قیمت!'));
  });
});

describe('markOfAsked', () => {
  it.each(['', '[image]', '[sticker]\n[audio]', '❤️', '؟'])('tells turns of %j apart, which have no words', (text) => {
    expect(markOfAsked(text, ['a'])).not.toBe(markOfAsked(text, ['b']));
    expect(markOfAsked(text, ['b', 'a'])).toBe(markOfAsked(text, ['a', 'b']));
  });

  it('is equal for equal words, whatever comes with them and however often they are said', () => {
    expect(markOfAsked('قیمت؟', ['a'])).toBe(markOfAsked('[image]\nقیمت؟', ['b']));
    expect(markOfAsked('قیمت؟', ['a'])).not.toBe(markOfAsked('موجودی؟', ['a']));
  });
});
