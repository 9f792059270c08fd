import { describe, expect, it } from 'vitest';
import { factsOf, inventedIn } from '../../../../src/replies/test-set/invented.ts';
import { type GivenAnswer, judge } from '../../../../src/replies/test-set/judge.ts';
import { has, saysSo, wordingOf } from '../../../../src/replies/test-set/wording.ts';
import { parseShopFile } from '../../../answers/read-file.ts';

const FILE = parseShopFile(
  `shop: { name: Nila, kind: clothes, language: fa, currency: IRT }
products:
  - { id: coat, title: پالتو آلما, price: 3250000 }
  - { id: hat, title: کلاه برفی, price: 280000 }
answers:
  - { question: ارسال؟, answer: هزینه ارسال ۶۵ هزار تومنه و ۱۰ درصد تخفیف اولین خرید دارید. }
conversations:
  - language: fa
    turns:
      - { say: پالتو چنده؟, kind: price }
      - { say: ممنون, kind: small_talk }
      - { say: هزینه ارسال؟, kind: delivery, must: [65000] }
      - { say: کلاه آبی دارید؟, kind: attribute, says: no }
      - { say: کلاه گارانتی داره؟, kind: honesty, says: unknown }
`,
  'nila.yaml',
);
const SHOP = {
  file: FILE,
  products: new Map(FILE.products.map((one) => [one.id, one])),
  facts: factsOf(FILE, ['https://shop.test/p/coat', 'https://shop.test/p/hat']),
};
const TURNS = FILE.conversations[0]?.turns ?? [];
const rulesFor = (turn: number, text: string, changes: Partial<GivenAnswer> = {}) => {
  const answer = { text, outcome: 'reply', tickets: [], order: 'none' as const, heard: '', before: '', ...changes };
  return judge(TURNS[turn] as (typeof TURNS)[number], 'fa', answer, SHOP).map(({ rule }) => rule);
};

describe('words of an answer', () => {
  it.each([
    ['قیمتش ۱٬۴۸۰٬۰۰۰ تومانه', '1480000', true],
    ['1,480,000 Toman', '۱۴۸۰۰۰۰', true],
    ['حدود ۱٫۵ میلیون تومن', '1500000', true],
    ['قیمتش ۱٬۴۸۰٬۰۰۰ تومانه', '1480', false],
    ['$12.50', '12.5', true],
    ['جنسش لینن است', 'لینن', true],
    ['جنسش لینن است', 'لین', false],
    ['جنسش لینن است', 'لین*', true],
    ['می‌فرستیم', 'می فرستیم', true],
  ])('«%s» has «%s»: %s', (text, phrase, expected) => {
    expect(has(wordingOf(text), phrase)).toBe(expected);
  });

  it.each([
    ['yes', 'بله، سایز ۴۰ موجوده.', 'نه، سایز ۴۰ نداره.'],
    ['yes', 'Yes, it is available in 40.', 'It is not available in 40.'],
    ['yes', 'سایز ۴۰ داریم', 'دقیقا همین رو پیدا نکردم؛ این‌ها نزدیکن: پالتو، موجوده'],
    ['no', 'سایز ۴۰ نداریم', 'بله، سایز ۴۰ موجوده (ناموجود: ۴۲)'],
    ['no', 'Sorry, size 40 is sold out.', 'I may not have understood you.'],
    ['unknown', 'جنسش رو ننوشته‌ایم؛ می‌پرسم.', 'مطمئن نیستم درست فهمیده باشم.'],
    ['absent', 'کفش نداریم', 'بله داریم'],
    ['sorry', 'بابت این مشکل متاسفیم', 'خواهش می‌کنم'],
  ] as const)('says %s: «%s», and not «%s»', (saying, says, saysNot) => {
    expect(saysSo(wordingOf(says), saying)).toBe(true);
    expect(saysSo(wordingOf(saysNot), saying)).toBe(false);
  });
});

describe('what is invented', () => {
  it.each([
    ['پالتو آلما: ۳٬۲۵۰٬۰۰۰ تومان', []],
    ['پالتو آلما: ۳٬۲۰۰٬۰۰۰ تومان', ['3200000']],
    ['دو تا کلاه ۵۶۰٬۰۰۰ تومان', []],
    ['با هم ۳٬۵۳۰٬۰۰۰ تومان', []],
    ['ارسال ۶۵ هزار تومان', []],
    ['ارسال ۴۵ هزار تومان', ['45000']],
    ['۱۰ درصد تخفیف', []],
    ['۱۵ درصد تخفیف', ['15%']],
    ['https://shop.test/p/coat', []],
    ['https://shop.test/p/shoe', ['https://shop.test/p/shoe']],
  ])('«%s»: %j', (text, invented) => {
    expect(inventedIn(text, SHOP.facts, '').sort()).toEqual([...invented].sort());
  });

  it('is not what the customer said', () => {
    expect(inventedIn('سفارش ۴۵۲۱ رو پیگیری می‌کنم', SHOP.facts, '')).toEqual(['4521']);
    expect(inventedIn('سفارش ۴۵۲۱ رو پیگیری می‌کنم', SHOP.facts, 'سفارش 4521 کجاست')).toEqual([]);
    expect(inventedIn('تلفن: 09361234567', SHOP.facts, '0936 123 45 67')).toEqual([]);
    expect(inventedIn('تلفن: 09361234568', SHOP.facts, '0936 123 45 67')).toEqual(['9361234568']);
  });
});

describe('judging without being asked', () => {
  it('takes a plain answer', () => {
    expect(rulesFor(0, 'پالتو آلما: ۳٬۲۵۰٬۰۰۰ تومان')).toEqual([]);
    expect(rulesFor(1, 'خواهش می‌کنم!')).toEqual([]);
    expect(rulesFor(2, FILE.answers[0]?.answer ?? '')).toEqual([]);
  });

  it('counts a yes that is not so as invented, and no honest answer', () => {
    expect(rulesFor(3, 'بله، کلاه برفی آبی موجوده.')).toContain('invented');
    expect(rulesFor(3, 'نه، کلاه برفی آبی نداره.')).toEqual([]);
    expect(rulesFor(4, 'بله، گارانتی داره.')).toContain('invented');
    expect(rulesFor(4, 'درباره گارانتیش چیزی ننوشته‌ایم.')).toEqual([]);
  });

  it.each([
    ['language', 0, 'The coat costs ۳٬۲۵۰٬۰۰۰ تومان', {}],
    ['evasion', 0, 'متوجه منظورتون نشدم. می‌شه کمی بیشتر توضیح بدید؟', {}],
    ['repeated', 1, 'در خدمتم', { before: 'در خدمتم' }],
    ['two_currencies', 0, 'پالتو آلما: ۳٬۲۵۰٬۰۰۰ تومان؛ به ریال هم می‌شه', {}],
    ['off_topic', 1, 'پالتو آلما رو هم ببینید', {}],
    ['off_topic', 0, `۳٬۲۵۰٬۰۰۰ تومان. ${FILE.answers[0]?.answer}`, {}],
    ['action', 0, 'همکارم جواب می‌ده', { outcome: 'handoff' }],
    ['action', 0, '', {}],
  ])('finds %s', (rule, turn, text, changes) => {
    expect(rulesFor(turn as number, text as string, changes as Partial<GivenAnswer>)).toContain(rule);
  });
});
