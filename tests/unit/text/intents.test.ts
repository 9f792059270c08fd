import { describe, expect, it } from 'vitest';
import {
  detectIntents,
  detectLanguage,
  detectOptOut,
  hasPurchaseIntent,
  type Intent,
} from '../../../src/text/intents.ts';

describe('detectIntents', () => {
  const cases: Array<[string, Intent]> = [
    ['سلام', 'greeting'],
    ['hey there', 'greeting'],
    ['مرسی از شما', 'thanks'],
    ['Thanks a lot!', 'thanks'],
    ['قیمتش چنده؟', 'price'],
    ['چند؟', 'price'],
    ['salam gheymat chande', 'price'],
    ['How much is it?', 'price'],
    ['هزینه ارسال به تبریز', 'shipping'],
    ['do you ship to Tabriz?', 'shipping'],
    ['سفارشم کجاست؟', 'order_status'],
    ['Where is my order?', 'order_status'],
    ['می‌خوام سفارش بدم', 'order'],
    ['همون مشکی رو ثبت کنید', 'order'],
    ['۲ بسته بذارید برام', 'order'],
    ['بیا همینو بگیریم', 'order'],
    ['می‌خوام بخرمش', 'order'],
    ['I want to buy this', 'order'],
    ['نوبت برای فردا دارید؟', 'booking'],
    ['I need an appointment', 'booking'],
    ['اپراتور لطفا', 'handoff'],
    ['با آدم حرف بزنم', 'handoff'],
    ['let me talk to a human', 'handoff'],
    ['جنس خراب فرستادید', 'complaint'],
    ['it arrived broken', 'complaint'],
    ['میشه پس بدم؟', 'return'],
    ['I want a refund', 'return'],
    ['لغو سفارش', 'cancel_order'],
    ['تخفیف دارید؟', 'discount'],
    ['ساعت کاری؟', 'hours'],
    ['where are you located', 'address'],
    ['are you a bot?', 'bot_question'],
    ['شما ربات هستید؟', 'bot_question'],
    ['رنگ آبی موجوده؟', 'availability'],
    ['گارانتی داره؟', 'warranty'],
    ['how long is the warranty?', 'warranty'],
    ['ضمانت بازگشت وجه دارید؟', 'return'],
    ['می‌خوام با آدم واقعی حرف بزنم نه ربات', 'handoff'],
    ['I want a real person, not a bot', 'handoff'],
    ['ربات هستید یا آدم واقعی؟', 'bot_question'],
    ['are you a bot or a real person?', 'bot_question'],
    ['چرا جواب نمی‌دید؟', 'late'],
    ['anyone there?', 'late'],
    ['موجود شد خبرم کنید', 'notify'],
    ['let me know when it is back', 'notify'],
  ];
  it.each(cases)('reads %j as %s', (text, intent) => {
    expect(detectIntents(text)[0]).toBe(intent);
  });

  it('reports all that a message shows, the most telling first', () => {
    expect(detectIntents('سلام قیمت؟ میخوامش')).toEqual(['order', 'price', 'greeting']);
  });

  it.each(['کیف پول ارزون‌تر از ۷۰۰ تومن دارید؟', 'از ۷۰۰ هزار تومن ارزون‌تر چی دارید؟', 'anything cheaper than $50?'])(
    'hears a budget and no wish for a discount in %j',
    (text) => {
      expect(detectIntents(text)).not.toContain('discount');
    },
  );

  it.each(['ارزون‌تر نمی‌دید؟', 'تخفیف بدید، ارزون‌تر از ۷۰۰ می‌خوام', 'can you make it cheaper?'])(
    'hears a wish for a discount in %j',
    (text) => {
      expect(detectIntents(text)).toContain('discount');
    },
  );

  it.each(['asdf qwer', '', '👍', '12345', 'in order to', 'این رو کجا بذارم'])('knows nothing in %j', (text) => {
    expect(detectIntents(text)).toEqual([]);
  });

  it('says the same of a message that it has seen, whatever was done to its answer', () => {
    const first = detectIntents('how much is it, do you ship?');
    expect(first.length).toBeGreaterThan(1);
    const seen = [...first];
    first.reverse();
    expect(detectIntents('how much is it, do you ship?')).toEqual(seen);
    for (let other = 0; other < 300; other += 1) detectIntents(`hello ${other}`);
    expect(detectIntents('how much is it, do you ship?')).toEqual(seen);
  });

  it('matches whole words only', () => {
    expect(detectIntents('this is the highest chip')).toEqual([]);
  });
});

describe('hasPurchaseIntent', () => {
  it.each([
    'می‌خوام بخرم',
    'میخوام بخرم',
    'مي خوام بخرم',
    'قیمت؟ میخوامش',
    'سفارش',
    'کیف قرمز رو می‌خوام',
    'لینک پرداخت بدید',
    'buy',
    'I want it',
    "I'll take two",
    'can I order one',
  ])('sees it in %j', (text) => {
    expect(hasPurchaseIntent(text)).toBe(true);
  });

  it.each([
    'نمی‌خوام بخرم',
    'نمیخوامش',
    'راهنمایی می‌خوام',
    'چطور سفارش بدم؟',
    'اگه امروز سفارش بدم کی می‌رسه؟',
    'how do I order?',
    'if I order today, when does it arrive?',
    'سفارشم نرسیده',
    'قیمت؟',
    "I don't want to buy it",
    'I will never order again',
    'where is my order',
    'cancel my order',
    'سلام',
  ])('does not see it in %j', (text) => {
    expect(hasPurchaseIntent(text)).toBe(false);
  });
});

describe('detectOptOut', () => {
  it.each([
    'STOP',
    'stop',
    ' Stop! ',
    'stop please',
    'Please stop',
    'STOP STOP',
    'UNSUBSCRIBE',
    'stop texting me',
    'لغو',
    'لغو اشتراک',
    'توقف',
    'دیگه پیام نده',
    'ديگه پيام نده!',
    'لطفا دیگه پیام ندید',
    '𝐒𝐓𝐎𝐏',
  ])('takes %j for an opt-out', (text) => {
    expect(detectOptOut(text)).toBe('opt_out');
  });

  it.each(['START', 'start please', 'unstop', 'شروع'])('takes %j for an opt-in', (text) => {
    expect(detectOptOut(text)).toBe('opt_in');
  });

  it.each([
    'YES',
    'yes please',
    'بله',
    "don't stop",
    'the bus stop',
    'لغو سفارش',
    'سفارشم رو لغو کنید',
    'کی شروع می‌کنید؟',
    'when do you start?',
    'cancel',
    '',
    `stop ${'x'.repeat(300)}`,
  ])('takes %j for neither', (text) => {
    expect(detectOptOut(text)).toBeNull();
  });
});

describe('detectLanguage', () => {
  it.each([
    ['سلام خوبید', 'fa'],
    ['سلام iPhone 15 Pro Max دارید؟', 'fa'],
    ['salam gheymat chande', 'fa'],
    ['in rang dige ham mifrestid?', 'fa'],
    ['chera nemidid', 'fa'],
    ['Hello there', 'en'],
    ['how much is the kif in toman please?', 'en'],
    ['there is a mistake in my order', 'en'],
    ['price?', 'en'],
    ['I saw «کیف» in your long and beautiful shop page', 'en'],
  ])('reads %j as %s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it.each(['', '👍', '123', 'ok', 'https://example.test/abc', '你好', '[image]'])('cannot tell for %j', (text) => {
    expect(detectLanguage(text)).toBeNull();
  });
});

describe('people and complaints', () => {
  it.each([
    ['mikham ba yeki harf bezanam', 'handoff'],
    ['مدیر پیج هستن؟ کار شخصی دارم', 'handoff'],
    ['can I talk with someone real?', 'handoff'],
    ['کفشی که فرستادید پاره بود', 'complaint'],
    ['پارچه‌ای که فرستادین با عکس زمین تا آسمون فرق داره', 'complaint'],
    ["I still haven't received my parcel", 'complaint'],
  ])('%j is %s', (text, intent) => expect(detectIntents(text)).toContain(intent));

  it.each([
    ['برای یه نفر غذا دارید؟', 'handoff'],
    ['تو لباسشویی خراب نمیشه؟', 'complaint'],
    ['بسته‌بندی برای شکستنی دارید؟', 'complaint'],
    ['سایز جدید نیومده؟', 'complaint'],
  ])('%j is no %s', (text, intent) => expect(detectIntents(text)).not.toContain(intent));
});
