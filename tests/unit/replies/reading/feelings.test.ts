import { describe, expect, it } from 'vitest';
import { isAngry, isDelighted, readSigns } from '../../../../src/replies/reading/feelings.ts';

describe('isAngry', () => {
  it.each([
    'این چه افتضاحیه؟ افتضاح!',
    'شما کلاه‌بردارید، كلاهبردار',
    'خجالت بکشید',
    'This is RIDICULOUS',
    'You are scammers!',
    '😡',
    'این چیه فرستادید 🤬',
  ])('hears it in «%s»', (text) => expect(isAngry(text)).toBe(true));

  it.each([
    'سلام، قیمت چنده؟',
    'بسته‌ام هنوز نرسیده',
    'can I return it?',
    'دزدگیر ماشین دارید؟',
    'خیلی ممنون',
    '😂',
    '😢',
  ])('does not hear it in «%s»', (text) => expect(isAngry(text)).toBe(false));
});

describe('readSigns', () => {
  it.each([
    ['😡', 'angry'],
    ['❤️😡', 'angry'],
    ['👎🏽', 'angry'],
    ['😢😢', 'sad'],
    ['💔', 'sad'],
    ['❤️', 'loved'],
    ['🙏🏻', 'loved'],
    ['😂😂', 'laughing'],
    ['👍', 'nodding'],
    ['👌🏽!', 'nodding'],
    ['؟', 'waiting'],
    ['???', 'waiting'],
    ['...', 'waiting'],
  ])('reads %j as %s', (text, feeling) => {
    expect(readSigns(text)).toBe(feeling);
  });

  it.each(['', ' ', 'سلام ❤️', 'کی میرسه؟', '؛', '123?'])('reads no feeling from %j', (text) => {
    expect(readSigns(text)).toBeNull();
  });
});

describe('isDelighted', () => {
  it.each(['عاااالی بود مانتوم رسید 😍', 'خیلی خوب بود، راضی بودم', 'I love it!', 'so happy with my order'])(
    'hears it in «%s»',
    (text) => expect(isDelighted(text)).toBe(true),
  );
  it.each(['خیلی خوبه این؟', 'افتضاح بود', 'قیمت چنده', 'is it great quality?', ''])(
    'does not hear it in «%s»',
    (text) => expect(isDelighted(text)).toBe(false),
  );
});
