import { describe, expect, it } from 'vitest';
import { createFaqMatcher } from '../../../src/faqs/faq-match.ts';
import { meaningsOf } from '../../../src/faqs/meanings.ts';

const faq = (question: string, answer: string) => ({ question, answer });
const FAQS = [
  faq('هزینه ارسال چقدره؟', 'ارسال ۶۰ هزار تومنه.'),
  faq('چند روزه می‌رسه؟', 'تهران ۲ روز، شهرستان ۴ روز.'),
  faq('آدرس فروشگاه کجاست؟', 'ولیعصر، پلاک ۱۲.'),
  faq('چطور پرداخت کنم؟', 'آنلاین یا کارت به کارت.'),
  faq('امکان تعویض سایز هست؟', 'تا ۷ روز تعویض می‌کنیم.'),
  faq('ساعت کاری', 'شنبه تا چهارشنبه ۱۰ تا ۲۰.'),
  faq('پرداخت در محل دارید؟', 'فقط در تهران.'),
  faq('بسته‌بندی هدیه دارید؟', 'بله، رایگان.'),
];
const match = createFaqMatcher();

describe('matching by meaning', () => {
  it.each([
    ['do you deliver and how long does it take?', 1],
    ['how much is shipping?', 0],
    ['پول پستش چقدر میشه', 0],
    ['کی می‌رسه دستم', 1],
    ['chand rooze mirese?', 1],
    ['can I have it by friday?', 1],
    ['will I get it in 3 days', 1],
    ['where is your shop?', 2],
    ['کجا بیام از نزدیک ببینم', 2],
    ['how can I pay?', 3],
    ['سایزی که سفارش دادم کوچیکه برام چیکار کنم', 4],
    ["can I swap it if it doesn't fit?", 4],
    ['mishe taviz konam age andazam nabood?', 4],
    ['ساعت ۹ شب هستین؟', 5],
    ['what are your hours', 5],
    ['میشه موقع تحویل پول بدم؟', 6],
    ['can i pay cash on delivery', 6],
    ['do you gift wrap?', 7],
    ['کادو هم می‌کنید؟', 7],
  ])('%j is answered by the shop', (line, at) => expect(match(line, FAQS)).toBe(FAQS[at]));

  it.each([
    'قسطی هم می‌فروشید؟',
    'can I pay in installments?',
    'کیف مشکی دارید؟',
    'سلام خوبید؟',
    'گارانتی داره؟',
    'do you have it in brown?',
  ])('%j is answered by none of these', (line) => expect(match(line, FAQS)).toBeNull());

  const SERVICES = [
    faq('جای پارک هست؟', 'پارکینگ ساختمان.'),
    faq('آقایون هم میان؟', 'فقط بانوان.'),
    faq('بیعانه می‌گیرید؟', 'نصف مبلغ، تا ۲۴ ساعت قبل برمی‌گرده.'),
    faq('روی کیک متن یا عکس می‌زنید؟', 'متن رایگان، عکس ۱۵۰ هزار تومن.'),
    faq('تستر می‌فرستید؟', 'با هر خرید دو تستر.'),
    faq('Do you trade in old phones?', 'We do not.'),
    faq('Where are you?', 'Rose Street 4.'),
    faq('آدرس؟', 'خیابان رز، پلاک ۴.'),
  ];
  it.each([
    ['ماشینم رو کجا بذارم', 0],
    ['is there parking nearby?', 0],
    ['شوهرم هم می‌تونه بیاد؟', 1],
    ['do you take men as well', 1],
    ['پیش‌پرداخت هم داره؟', 2],
    ['can you write a name on it?', 3],
    ['aks ham chap mikonid rooye cake?', 3],
    ['نمونه دارید بو کنم قبل خرید', 4],
    ['would you take my old phone?', 5],
    ['how do I get to your shop', 6],
    ['کجای شهر هستین', 7],
    ['salon koja hast', 7],
  ])('%j is answered by the shop, in the customer’s language where it has it', (line, at) =>
    expect(match(line, SERVICES)).toBe(SERVICES[at]),
  );

  it.each(['سفارشم کجاست؟', 'where is my parcel?', 'یه مدل می‌خوام که اصل باشه', 'send me your catalogue'])(
    '%j asks nothing of these',
    (line) => expect(match(line, SERVICES)).toBeNull(),
  );

  it('gives every answer that a line asks for, each once', () => {
    const answers = (line: string) => match.all(line, FAQS).map(({ answer }) => answer);
    expect(answers('ساعت کاری و آدرستون رو بدید')).toEqual([FAQS[5]?.answer, FAQS[2]?.answer]);
    expect(answers('هزینه ارسال چقدره؟')).toEqual([FAQS[0]?.answer]);
    expect(answers('کیف مشکی دارید؟')).toEqual([]);
  });

  it('finds an answer that tells it under another question', () => {
    const shipping = faq('ارسال', 'با پست، هزینه ارسال ۵۰ هزار تومن و زمان تحویل ۳ روز.');
    expect(match('چند روزه می‌رسه؟', [shipping])).toBe(shipping);
  });
});

describe('meaningsOf', () => {
  it('tells what a text asks of a service, and nothing of goods', () => {
    expect([...meaningsOf('هزینه ارسال و ساعت کاری')]).toEqual(['shipping_cost', 'hours']);
    expect([...meaningsOf('قیمت کیف چنده؟')]).toEqual([]);
  });
});
