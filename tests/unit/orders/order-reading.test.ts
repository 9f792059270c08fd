import { describe, expect, it } from 'vitest';
import { readAnswer, readName, readQuantity } from '../../../src/orders/order-reading.ts';

describe('readName', () => {
  it.each([
    'مریم درودی',
    'علی سلامی',
    'رضا سلامتی',
    'لیلا تشکری',
    'حسین سپاسی',
    'سارا رنگرز',
    'Chris Price',
    'علی رضایی',
  ])('takes %s for a name', (name) => {
    expect(readName(name)).toBe(name);
  });

  it('drops emoji of a name', () => {
    expect(readName('رضا 🙂')).toBe('رضا');
    expect(readName('👍')).toBeNull();
  });

  it.each(['سلام', 'سلام ممنون', 'خیلی ممنون', 'آبی رنگ', 'کدوم رنگ موجوده', 'the price', 'Best Price', 'بعدا میگم'])(
    'takes %s for none',
    (text) => {
      expect(readName(text)).toBeNull();
    },
  );
});

describe('readAnswer', () => {
  it.each(['👍🏻', '👍👍🏽', '✅', 'بله عزیزم', 'حله', 'صحیحه', 'بله صحیح است'])('takes %s for a yes', (text) => {
    expect(readAnswer(text)).toBe('yes');
  });

  it.each(['عزیزم', '👎🏻', 'حله؟ نه', 'صحیح نیست', '😂'])('takes %s for none', (text) => {
    expect(readAnswer(text)).not.toBe('yes');
  });
});

describe('readQuantity', () => {
  it.each(['یدونه', 'یدونه لطفا', 'یه دونه'])('takes %s for one when it is asked for', (text) => {
    expect(readQuantity(text, true)).toBe(1);
  });

  it.each(['دونه', 'یدونه کیف قرمز'])('takes %s for no number', (text) => {
    expect(readQuantity(text, true)).toBeNull();
  });
});
