import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findUnknownAmounts, readAmounts } from '../../../src/ai/amounts.ts';

const money = (text: string) =>
  readAmounts(text)
    .filter((amount) => amount.unit !== null)
    .map((amount) => [amount.value, amount.unit]);

describe('readAmounts', () => {
  it.each([
    ['۲۵۰٬۰۰۰ تومان', [[2_500_000, 'irr']]],
    ['250000تومان', [[2_500_000, 'irr']]],
    ['250/000 تومن', [[2_500_000, 'irr']]],
    ['۲۵۰ هزار تومان', [[2_500_000, 'irr']]],
    ['2,500,000 ریال', [[2_500_000, 'irr']]],
    ['دویست و پنجاه هزار تومان', [[2_500_000, 'irr']]],
    ['یک میلیون و ۲۰۰ هزار تومان', [[12_000_000, 'irr']]],
    [
      '۱۰۰ تا ۲۰۰ هزار تومان',
      [
        [1_000_000, 'irr'],
        [2_000_000, 'irr'],
      ],
    ],
    ['$25', [[25, 'usd']]],
    ['USD 19.99', [[19.99, 'usd']]],
    ['1,250.50 euros', [[1250.5, 'eur']]],
    ['two hundred dollars', [[200, 'usd']]],
    ['25k toman', [[250_000, 'irr']]],
  ])('reads %j', (text, expected) => {
    expect(money(text)).toEqual(expected);
  });

  it.each(['چند تومان؟', 'ارسال ۲ روزه', 'toman', 'constructor dollars', '5 metres'])('sees no money in %j', (text) => {
    expect(money(text)).toEqual([]);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(readAmounts(`${text} تومان $${text}`))),
    );
  });
});

describe('findUnknownAmounts', () => {
  it('accepts a price that the sources state, however it is written', () => {
    for (const said of ['۴۵۰ هزار تومان', '450,000 toman', '4500000 rials', 'چهارصد و پنجاه هزار تومان']) {
      expect(findUnknownAmounts(said, ['کیف مهتاب: ۴۵۰٬۰۰۰ تومان'])).toEqual([]);
    }
  });

  it('reports a price that no source states', () => {
    expect(findUnknownAmounts('کیف ۳۹۰ هزار تومان است', ['کیف مهتاب: ۴۵۰٬۰۰۰ تومان'])).toHaveLength(1);
  });

  it('reports the right number in the wrong currency', () => {
    expect(findUnknownAmounts('۴۵۰٬۰۰۰ ریال', ['۴۵۰٬۰۰۰ تومان'])).toHaveLength(1);
  });

  it('lets a bare number of the shop vouch for any currency', () => {
    expect(findUnknownAmounts('45 dollars', ['price: 45'])).toEqual([]);
  });

  it('finds every integer price that was not given, in every spelling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom('', ',', '٬'), (value, mark) => {
        const grouped = mark ? String(value).replace(/\B(?=(\d{3})+$)/g, mark) : String(value);
        expect(findUnknownAmounts(`${grouped} تومان`, [`${value + 1} تومان`])).toHaveLength(1);
        expect(findUnknownAmounts(`${grouped} تومان`, [`${value} تومان`])).toHaveLength(0);
      }),
    );
  });
});
