import { describe, expect, it } from 'vitest';
import { detectIntents } from '../../../src/text/intents.ts';
import { wordsOf } from '../../../src/text/persian.ts';
import { readSendWish } from '../../../src/text/send-wish.ts';

describe('readSendWish', () => {
  it.each([
    ['سلام عکس محصول رو بفرستید', 'picture'],
    ['ویدیو از کارتون بفرستید', 'picture'],
    ['می‌شه فیلمش رو ببینم', 'picture'],
    ['send me a video please', 'picture'],
    ['شماره حساب بفرستید', 'payment'],
    ['شماره شبا رو بدید', 'payment'],
    ['send your account number', 'payment'],
    ['کد رهگیری بفرستید لطفا', 'order_status'],
    ['send the tracking code', 'order_status'],
    ['فاکتور بفرستید', 'document'],
    ['رسید خرید رو لطفا بفرستید', 'document'],
    ['please send an invoice', 'document'],
    ['factor befrestid', 'document'],
  ])('reads what %j wants to be sent as %s, and no delivery', (text, wants) => {
    expect(readSendWish(wordsOf(text))).toEqual({ wants, isShipping: false });
    expect(detectIntents(text)).toContain(wants);
    expect(detectIntents(text)).not.toContain('shipping');
  });

  it.each(['لینک خرید بفرستید', 'آدرس مغازه رو بفرستید', 'لیست قیمت بفرستید'])('ships nothing for %j', (text) => {
    expect(readSendWish(wordsOf(text))).toEqual({ wants: null, isShipping: false });
    expect(detectIntents(text)).not.toContain('shipping');
  });

  it.each(['به شیراز می‌فرستید؟', 'با پست می‌فرستید؟', 'به آدرس من بفرستید', 'do you send to Tabriz?', 'کی می‌فرستید'])(
    'hears of delivery in %j',
    (text) => {
      expect(detectIntents(text)).toContain('shipping');
    },
  );

  it.each(['عکس فرستادم', 'الان عکسش رو می‌فرستم', 'کیف دارید؟', 'بسته‌ام رسید', ''])(
    'asks for nothing in %j',
    (text) => {
      expect(readSendWish(wordsOf(text))).toBeNull();
    },
  );
});
