import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundIn, parseProductQuery } from '../../../../src/catalog/search/product-query.ts';

const tomans = (text: string) => {
  const { minPrice, maxPrice } = parseProductQuery(text);
  const read = (bound: typeof minPrice) => (bound ? Number(boundIn(bound, 'IRT', 0)) : null);
  return [read(minPrice), read(maxPrice)];
};

describe('parseProductQuery', () => {
  it.each([
    ['ماگ مشکی یا لیوان', [['ماگ', 'مشکی'], ['لیوان']]],
    ['black mug or any mug', [['black', 'mug'], ['mug']]],
    ['ماگ دارید یا نه؟', []],
    ['آیا ماگ دارید', []],
    ['orange mug', []],
  ])('tells the sides of «or» in %j', (text, sides) => {
    expect(parseProductQuery(text).alternatives).toEqual(sides);
  });

  it.each([
    ['سلام، قیمت کیف دوشی مهتاب چنده؟', ['کیف', 'دوشی', 'مهتاب']],
    ['کیف‌هاي دوشي داريد', ['کیف', 'دوشی']],
    ['۲ تا شال چند میشه', ['شال']],
    ['یه سوال داشتم راهنماییم میکنید لطفا؟', []],
    ['ایفون۱۳پرو', ['ایفون', '13', 'پرو']],
    ['How much is the Aurora lamp, please?', ['aurora', 'lamp']],
    ['قیمتش چنده؟', []],
    ['سلام', []],
  ])('looks for the subject of %j', (text, words) => {
    expect(parseProductQuery(text).words).toEqual(words);
  });

  it.each([
    ['کیف زیر ۵۰۰ تومان', [null, 500_000]],
    ['کیف زیر ۵۰۰ هزار تومان', [null, 500_000]],
    ['bag under 500k', [null, 500_000]],
    ['گوشی تا ۲۰ میلیون', [null, 20_000_000]],
    ['گوشی زیر ۱۵ تومن', [null, 15_000_000]],
    ['بین ۲۰۰ تا ۴۰۰ هزار تومن', [200_000, 400_000]],
    ['بالای یک میلیون تومان', [1_000_000, null]],
    ['کمتر از ۲ میلیون و ۵۰۰', [null, 2_500_000]],
    ['زیر ۵٬۰۰۰٬۰۰۰ ریال', [null, 500_000]],
    ['کفش سایز ۴۲', [null, null]],
    ['آیفون ۱۳ از ۱۲ بهتره؟', [null, null]],
  ])('reads the bounds of %j', (text, expected) => {
    expect(tomans(text)).toEqual(expected);
  });

  it('knows availability and order', () => {
    expect(parseProductQuery('چه عروسکی موجود دارید؟').available).toBe(true);
    expect(parseProductQuery('ارزون‌ترین کیف').sort).toBe('cheapest');
    expect(parseProductQuery('the most expensive watch').sort).toBe('dearest');
    expect(parseProductQuery('کیف')).toMatchObject({ available: false, sort: null });
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseProductQuery(text).words.length <= 10));
  });
});

describe('boundIn', () => {
  const bound = (text: string) =>
    parseProductQuery(text).maxPrice as NonNullable<ReturnType<typeof parseProductQuery>['maxPrice']>;

  it("is in the smallest unit of the shop's currency", () => {
    expect(boundIn(bound('زیر ۵۰۰ هزار تومان'), 'IRR', 0)).toBe(5_000_000n);
    expect(boundIn(bound('under $49.50'), 'USD', 2)).toBe(4950n);
    expect(boundIn(bound('under 500'), 'USD', 2)).toBe(50_000n);
  });

  it('is null where the customer named another currency', () => {
    expect(boundIn(bound('زیر ۵۰۰ هزار تومان'), 'USD', 2)).toBeNull();
    expect(boundIn(bound('under $50'), 'IRT', 0)).toBeNull();
  });
});
