import { describe, expect, it } from 'vitest';
import { readAttributeWish } from '../../../../src/catalog/attributes/customer-words.ts';

const read = (text: string) => {
  const { traits, asked } = readAttributeWish(text);
  return { traits: traits.map(({ name, value }) => `${name} ${value}`), asked: [...asked] };
};

describe('readAttributeWish', () => {
  it.each([
    ['مانتو لینن سایز ۴۰ دارید؟', ['material لینن', 'size 40'], []],
    ['سایز ۴۴ هم داره؟', ['size 44'], []],
    ['سایز ۳۸ و ۴۰ دارید', ['size 38', 'size 40'], []],
    ['سایز لارج', ['size لارج'], []],
    ['رنگ کرمش هست؟', ['colour کرم'], []],
    ['رنگ فسفری دارید', ['colour فسفری'], []],
    ['مشکیش موجوده؟', ['colour مشکی'], []],
    ['do you have it in black, size 42?', ['colour black', 'size 42'], []],
    ['Is it available in navy blue', ['colour navy blue'], []],
    ['عطر ۱۰۰ میل', ['volume 100 میل'], []],
    ['گوشی 128gb', ['capacity 128gb'], []],
    ['کفش شماره ۴۲', ['size 42'], []],
  ])('reads the values of “%s”', (text, traits, asked) => {
    expect(read(text)).toEqual({ traits, asked });
  });

  it.each([
    ['رنگ‌هاش چیه؟', ['colour']],
    ['رنگاش چیان', ['colour']],
    ['رنگ دیگه‌ش؟', ['colour']],
    ['چه سایزهایی دارید؟', ['size']],
    ['what sizes do you have?', ['size']],
    ['how long is the warranty?', ['warranty']],
    ['گارانتی داره؟', ['warranty']],
    ['is it original?', ['originality']],
    ['اصله یا فیک؟', ['originality']],
    ['جنسش چیه؟', ['material']],
    ['what is it made of?', ['material']],
    ['ساخت کجاست؟', ['country']],
    ['وزنش چقدره', ['weight']],
  ])('reads what “%s” asks for', (text, asked) => {
    expect(read(text)).toEqual({ traits: [], asked });
  });

  it.each([
    'اصلا جواب نمی‌دید',
    'قیمت اصلی چنده؟',
    'جنس جدید کی میاد؟',
    'جنساتون عالیه',
    'سلام خسته نباشید',
    "what's this?",
    'it is fine, thanks',
    'کرم دست دارید؟',
    'شماره سفارش ۱۲۳۴',
    '۰۹۱۲۳۴۵۶۷۸۹',
  ])('takes nothing of “%s” for a question of attributes', (text) => {
    expect(read(text)).toEqual({ traits: [], asked: [] });
  });

  it('tells apart whether the original or the copy is asked for', () => {
    expect(readAttributeWish('فیکه؟').isReversed).toBe(true);
    expect(readAttributeWish('اورجیناله؟').isReversed).toBe(false);
  });
});
