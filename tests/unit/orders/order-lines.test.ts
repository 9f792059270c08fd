import { describe, expect, it } from 'vitest';
import { advanceOrder, type OrderForm, type OrderProduct, type OrderStep } from '../../../src/orders/order-form.ts';
import { sumOf } from '../../../src/orders/order-lines.ts';
import {
  readAddition,
  readInstead,
  readLeadingQuantity,
  readRemoval,
  splitWishes,
} from '../../../src/orders/order-reading.ts';

const BAG: OrderProduct = {
  id: 'bag',
  title: 'کیف چرمی',
  url: null,
  price: { amount: 450_000n, currency: 'IRT' },
  available: true,
};
const SHAWL: OrderProduct = { ...BAG, id: 'shawl', title: 'شال نخی', price: { amount: 200_000n, currency: 'IRT' } };
const HAT: OrderProduct = { ...BAG, id: 'hat', title: 'کلاه', available: false };
const BELT: OrderProduct = { ...BAG, id: 'belt', title: 'کمربند' };
const SHOP = [BAG, SHAWL, HAT, BELT];
const NAMES: ReadonlyArray<[RegExp, OrderProduct]> = [
  [/کیف|bag/, BAG],
  [/شال|shawl/, SHAWL],
  [/کلاه|hat/, HAT],
  [/کمربند|belt/, BELT],
];
const find = (text: string) => NAMES.filter(([name]) => name.test(text)).map(([, product]) => product);

/** Plays a conversation with a shop that finds what is named, and gives the last step. */
function play(lines: string[], known: OrderProduct[] = SHOP): OrderStep {
  let form: OrderForm | null = null;
  let step: OrderStep = { kind: 'none' };
  for (const text of lines) {
    const apart = splitWishes(text).flatMap((part) => find(part).map((product) => ({ product, text: part })));
    const named = apart.length > 1 ? { found: [], apart } : { found: find(text) };
    const language = /[a-z]/.test(text) ? 'en' : 'fa';
    step = advanceOrder({ form, text, ...named, known, language, country: 'IR' });
    if (step.kind === 'none') return step;
    form = step.form;
  }
  return step;
}
const DETAILS = ['علی رضایی', '۰۹۱۲۳۴۵۶۷۸۹', 'تهران، خیابان ولیعصر، پلاک ۱۲'];
const BAGS = ['کیف می‌خوام', '۲ تا', ...DETAILS];
const linesOf = (step: OrderStep) =>
  step.kind === 'placed' ? step.lines.map(({ product, quantity }) => [product.id, quantity]) : step.kind;
const replyOf = (step: OrderStep) => ('reply' in step ? step.reply : step.kind);

describe('an order of several products', () => {
  it.each([
    [
      'at the summary, by its name alone',
      [...BAGS, 'شال', '۱'],
      [
        ['bag', 2],
        ['shawl', 1],
      ],
    ],
    [
      'at the summary, with its number',
      [...BAGS, '۳ تا شال هم می‌خوام'],
      [
        ['bag', 2],
        ['shawl', 3],
      ],
    ],
    [
      'while something else is asked',
      ['کیف می‌خوام', '۲ تا', 'یه شال هم می‌خوام', ...DETAILS],
      [
        ['bag', 2],
        ['shawl', 1],
      ],
    ],
    [
      'instead of an answer to how many',
      ['کیف می‌خوام', 'یه شال هم می‌خوام', ...DETAILS],
      [
        ['bag', 1],
        ['shawl', 1],
      ],
    ],
    [
      'as a list in the first message',
      ['۲ تا شال و یه کیف می‌خوام', ...DETAILS],
      [
        ['shawl', 2],
        ['bag', 1],
      ],
    ],
    [
      'in English',
      ['I want to buy 2 bags', ...DETAILS, 'add a shawl'],
      [
        ['bag', 2],
        ['shawl', 1],
      ],
    ],
    [
      'that is in it already',
      [...BAGS, 'یه شال هم می‌خوام', 'یه کیف هم اضافه کن'],
      [
        ['shawl', 1],
        ['bag', 3],
      ],
    ],
  ] as const)('takes another %s', (_, lines, expected) => {
    expect(linesOf(play([...lines, 'بله']))).toEqual(expected);
  });

  it('shows each line and the sum, and asks for more within the summary only', () => {
    const summary = replyOf(play([...BAGS, 'یه شال هم می‌خوام']));
    expect(summary).toContain('جمع کل: ۱٬۱۰۰٬۰۰۰ تومان');
    expect(summary).toMatch(/کیف چرمی، ۲ عدد[\s\S]*شال نخی، ۱ عدد/);
    expect(replyOf(play(BAGS))).toContain('چیز دیگری هم می‌خواهید؟');
    expect(replyOf(play(BAGS))).not.toContain('جمع کل');
  });

  it.each([
    ['شال رو نمی‌خوام', [['bag', 2]]],
    ['شال رو دیگه نمی‌خوام', [['bag', 2]]],
    ['کیف رو حذف کن', [['shawl', 1]]],
    [
      'کیف رو بکن ۴ تا',
      [
        ['shawl', 1],
        ['bag', 4],
      ],
    ],
    ['دیگه نمی‌خوام', 'cancelled'],
  ])('changes what was named: %s', (text, expected) => {
    const before = [...BAGS, 'یه شال هم می‌خوام'];
    const step = play([...before, text]);
    expect(linesOf(step.kind === 'ask' ? play([...before, text, 'بله']) : step)).toEqual(expected);
  });

  it('goes on without a product that is sold out or gone, and says so', () => {
    expect(replyOf(play([...BAGS, 'یه کلاه هم می‌خوام']))).toMatch(/«کلاه» الان موجود نیست[\s\S]*سفارش شما/);
    const before = play([...BAGS, 'یه شال هم می‌خوام']) as Extract<OrderStep, { kind: 'ask' }>;
    const yes = { form: before.form, text: 'بله', found: [], language: 'fa', country: 'IR' } as const;
    const left = advanceOrder({ ...yes, known: [BAG] });
    expect(left).toMatchObject({ kind: 'ask', form: { asked: 'confirm', productId: 'bag', more: [] } });
    expect(replyOf(left)).toContain('«شال نخی» دیگر فروخته نمی‌شود');
    expect(advanceOrder({ ...yes, known: [] })).toMatchObject({ kind: 'cancelled', reason: 'gone' });
  });

  it('asks again when the price of one line is another by now', () => {
    const before = play([...BAGS, 'یه شال هم می‌خوام']) as Extract<OrderStep, { kind: 'ask' }>;
    const dearer = { ...BAG, price: { amount: 500_000n, currency: 'IRT' as const } };
    const yes = { text: 'بله', found: [], known: [dearer, SHAWL], language: 'fa', country: 'IR' } as const;
    const again = advanceOrder({ ...yes, form: before.form });
    expect(replyOf(again)).toContain('قیمت در این فاصله تغییر کرده است');
    const { form } = again as Extract<OrderStep, { kind: 'ask' }>;
    expect(linesOf(advanceOrder({ ...yes, form }))).toHaveLength(2);
  });

  it('keeps a yes that came with a burst out of the details, and does not take it for the summary', () => {
    const step = play([...BAGS.slice(0, 4), 'تهران، خیابان ولیعصر، پلاک ۱۲\nبله']);
    expect(step).toMatchObject({ kind: 'ask', form: { asked: 'confirm', address: 'تهران، خیابان ولیعصر، پلاک ۱۲' } });
    expect(play([...BAGS, 'بله\nبله\nممنون']).kind).toBe('placed');
    expect(play([...BAGS, 'بله\nنه']).kind).toBe('ask');
  });

  it('does not take an address for another product', () => {
    const step = play([...BAGS.slice(0, 4), '12 Plus Street, also known as Main, Tehran']);
    expect(step).toMatchObject({ kind: 'ask', form: { asked: 'confirm', address: expect.stringContaining('Plus') } });
  });

  it('goes on in the language it began in, whatever letters a name has', () => {
    expect(replyOf(play(['کیف می‌خوام', '۲ تا', 'Ali Rezaei']))).toBe('لطفاً شماره تماستان را بفرستید.');
    expect(replyOf(play(['I want to buy 2 bags', 'علی رضایی']))).toBe('Please send your phone number.');
  });

  it('shows a number of Iran as it is dialled there, and the plus of others in front', () => {
    expect(replyOf(play(BAGS))).toContain('تلفن: 09123456789');
    expect(replyOf(play([...BAGS.slice(0, 3), '+44 20 7946 0958', ...BAGS.slice(4)]))).toContain('\u200e+442079460958');
  });
});

describe('sumOf', () => {
  it('adds up lines of one currency, and nothing else', () => {
    const line = (product: OrderProduct, quantity = 1) => ({ product, quantity });
    expect(sumOf([line(BAG, 2), line(SHAWL)])).toEqual({ amount: 1_100_000n, currency: 'IRT' });
    expect(sumOf([line(BAG), line({ ...SHAWL, price: null })])).toBeNull();
    expect(sumOf([line(BAG), line({ ...SHAWL, price: { amount: 1n, currency: 'USD' } })])).toBeNull();
  });
});

describe('one product in the place of another', () => {
  it.each([
    ['by both names', [...BAGS, 'به جای کیف شال می‌خوام'], [['shawl', 2]]],
    ['by the new name alone', [...BAGS, 'نه، به جاش شال بدید'], [['shawl', 2]]],
    ['though the old one is not wanted', [...BAGS, 'کیف نمی‌خوام، به‌جاش شال بفرستید'], [['shawl', 2]]],
    ['with a number of its own', [...BAGS, 'عوضش ۳ تا شال بدید'], [['shawl', 3]]],
    ['by exchange', [...BAGS, 'کیف رو با شال عوض کنید'], [['shawl', 2]]],
    [
      'in English',
      ['I want to buy a bag', '2', 'Sara Smith', '09123456789', '12 Valiasr St, Tehran', 'a shawl instead'],
      [['shawl', 1]],
    ],
    ['before the summary', ['کیف می‌خوام', '۲ تا', 'به جاش شال می‌خوام', ...DETAILS], [['shawl', 2]]],
  ])('is taken %s', (_, lines, expected) => {
    expect(linesOf(play([...lines, 'بله']))).toEqual(expected);
  });

  it('replaces the one of several that is named, and none when it is not clear which', () => {
    const both = [...BAGS, 'یه شال هم می‌خوام'];
    expect(linesOf(play([...both, 'به جای کیف کمربند بدید', 'بله']))).toEqual([
      ['shawl', 1],
      ['belt', 2],
    ]);
    expect(linesOf(play([...both, 'به جاش کمربند بدید', '۱', 'بله']))).toEqual([
      ['bag', 2],
      ['shawl', 1],
      ['belt', 1],
    ]);
  });

  it('is not done with what is sold out, and says so', () => {
    const step = play([...BAGS, 'به جاش کلاه بدید']);
    expect(replyOf(step)).toMatch(/کلاه[\s\S]*کیف چرمی/);
    expect(linesOf(play([...BAGS, 'به جاش کلاه بدید', 'بله']))).toEqual([['bag', 2]]);
  });

  it.each(['به جاش شال', 'بجای کیف', 'عوضش شال بدید', 'a shawl instead', 'replace the bag', 'be jash shal bede'])(
    'is read: %s',
    (text) => expect(readInstead(text)).toBe(true),
  );
  it.each(['یه شال هم', 'جای پارک دارید؟', 'عوضی زدم', 'بله', 'steady'])('is not read: %s', (text) =>
    expect(readInstead(text)).toBe(false),
  );
});

describe('readAddition and readRemoval', () => {
  it.each(['یه شال هم', 'شال هم میخوام', 'شال رو هم اضافه کن', 'also a shawl', 'add two hats'])(
    'reads more: %s',
    (text) => {
      expect([readAddition(text), readRemoval(text)]).toEqual([true, false]);
    },
  );
  it.each(['شال رو حذف کن', 'شال نمیخوام', 'remove the hat'])('reads less: %s', (text) => {
    expect([readAddition(text), readRemoval(text)]).toEqual([false, true]);
  });
  it.each(['شال هم دارید؟', 'همین خوبه', 'بله', 'the address'])('reads neither: %s', (text) => {
    expect([readAddition(text), readRemoval(text)]).toEqual([false, false]);
  });
});

describe('readLeadingQuantity', () => {
  it.each([
    ['یه شال', 1],
    ['و ۲ شال', 2],
    ['a hat', 1],
    ['شال ۲', null],
    ['آیفون ۱۳', null],
    ['۵۰ هزار تومان', null],
  ])('reads %s', (text, expected) => {
    expect(readLeadingQuantity(text)).toBe(expected);
  });
});
