import { describe, expect, it } from 'vitest';
import { detectIntents } from '../../../src/text/intents.ts';

const complains = (text: string) => detectIntents(text).includes('complaint');

describe('complaints', () => {
  it.each([
    'کیک اشتباهی آوردین',
    'من عسلی خواسته بودم شکلاتی اومد',
    'بعد ده روز هنوز خبری نیست',
    'پیکتون خیلی بی‌ادب بود',
    'لیوانش ترک داشت و یه گوشه‌ش پریده بود',
    'غذا سرد رسید دستم',
    'بعد دو بار شستن رنگش رفت',
    'از خریدم راضی نیستم',
    "my parcel hasn't come yet, it's been 10 days",
    'you sent me the wrong colour',
    'the plant arrived with a broken pot',
    'your technician was rude to me',
    'it stopped charging after a week',
    'I ordered on Monday and nothing',
    'hanooz baste nareside',
  ])('hears one in %j', (text) => expect(complains(text)).toBe(true));

  it.each([
    'گوشیم روشن نمی‌شه، تعمیر می‌کنید؟',
    'how much to fix a cracked screen?',
    'اگه خراب بود پس می‌گیرید؟',
    'what happens if it arrives broken?',
    'اشتباهی فرستادم',
    'کی می‌رسه دستم؟',
    'is it cold brew?',
    'پیک دارید؟',
  ])('hears none in %j', (text) => expect(complains(text)).toBe(false));

  it('hears one where what is to be mended came from the shop', () => {
    expect(complains('گوشی که ازتون گرفتم روشن نمی‌شه، تعمیرش می‌کنید؟')).toBe(true);
  });
});
