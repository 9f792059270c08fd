import { describe, expect, it } from 'vitest';
import { readStatusQuestion } from '../../../src/orders/status-reading.ts';

const ASKED_FOR_IT = 'لطفا شماره سفارش یا نام خریدار رو بنویسید.';

describe('readStatusQuestion', () => {
  it.each([
    [['سفارشم کجاست؟ شماره ۱۰۰۱'], 1001],
    [['سفارشم کجاست؟', 'شماره ۱۰۰۱'], 1001],
    [['where is my order #1001?'], 1001],
    [['سفارش من چی شد؟'], null],
    [['status of my order please'], null],
    // A phone is no order number.
    [['سفارشم کجاست؟ ۰۹۱۲۱۲۳۴۵۶۷'], null],
  ])('reads the number of %j', (lines, number) => {
    expect(readStatusQuestion(lines, '')).toMatchObject({ number });
  });

  it.each(['۱۰۰۱', '1001', 'شماره‌اش ۱۰۰۱ هست', 'it is 1001'])('takes %j for the number that was asked for', (line) => {
    expect(readStatusQuestion([line], ASKED_FOR_IT)).toMatchObject({ number: 1001, covers: [0] });
    expect(readStatusQuestion([line], 'چند عدد می‌خواهید؟')).toBeNull();
  });

  it.each([
    'پیکتون راه افتاد؟ صبح سفارش دادم',
    'کیک سفارشیم آماده‌س بیام ببرم؟',
    'نوبتم ساعت چند بود یادم رفته',
    'when is my appointment?',
    'has my cake been sent?',
  ])('knows %j for a question of what exists', (line) => {
    expect(readStatusQuestion([line], '')).toMatchObject({ number: null, covers: [0] });
  });

  it.each(['کیک آماده دارید؟', 'یه نوبت برای فردا می‌خوام', 'can I book an appointment?', 'پیک دارید؟'])(
    'takes %j for none',
    (line) => expect(readStatusQuestion([line], '')).toBeNull(),
  );

  it('knows which lines it is all of', () => {
    const lines = ['سلام', 'سفارشم کجاست؟', '۱۰۰۱', 'راستی ارسال به شیراز چقدره؟'];
    expect(readStatusQuestion(lines, '')).toMatchObject({ number: 1001, covers: [0, 1, 2] });
  });

  it.each([
    [['کد رهگیری سفارشم رو بدید'], true],
    [['tracking code of my order please'], true],
    [['سفارشم کجاست؟'], false],
  ])('tells whether %j wants a tracking code', (lines, wantsTrackingCode) => {
    expect(readStatusQuestion(lines, '')).toMatchObject({ wantsTrackingCode });
  });

  it.each([
    [['سفارشم نرسیده']],
    [['سفارشم رو لغو کنید']],
    [['سفارشم کجاست؟ با اپراتور حرف بزنم']],
    [['قیمت کیف ۱۰۰۱ چنده؟']],
    [['سلام']],
  ])('leaves %j to others', (lines) => {
    expect(readStatusQuestion(lines, '')).toBeNull();
  });
});
