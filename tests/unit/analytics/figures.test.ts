import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFigures } from '../../../src/analytics/figures.ts';

const read = (text: string) =>
  readFigures(text).map(({ value, unit, factor, readable }) => (readable ? [value * factor, unit] : 'unreadable'));

describe('readFigures', () => {
  it.each([
    ['صدوبیست هزار تومان', 1_200_000],
    ['یک میلیون و نیم تومان', 15_000_000],
    ['دو و نیم میلیون تومان', 25_000_000],
    ['۱٢0 هزار تومان', 1_200_000],
    ['५०० تومان', 5_000],
    ['１２０ هزار تومان', 1_200_000],
    ['1\ufe0f\u20e32\ufe0f\u20e30\ufe0f\u20e3 هزار تومان', 1_200_000],
    ['1 200 000 تومان', 12_000_000],
    ['۱۲۰ هزارتومنه', 1_200_000],
    ['۱۲۰ ه ز ا ر ت و م ا ن', 1_200_000],
    ['۴۵۰ت', 4_500],
    ['450 hezar toman', 4_500_000],
    ['۱۲۰٬۰۰۰﷼', 120_000],
  ])('reads %j', (text, rials) => {
    expect(read(text)).toEqual([[rials, 'irr']]);
  });

  it('gives the lower end of a range the unit and scale of the upper', () => {
    for (const text of ['۱۰۰ تا ۲۰۰ هزار تومان', '۱۰۰-۲۰۰ هزار تومان'])
      expect(read(text)).toEqual([
        [1_000_000, 'irr'],
        [2_000_000, 'irr'],
      ]);
  });

  it.each([
    ['$25', [[25, 'usd']]],
    ['USD 19.99', [[19.99, 'usd']]],
    ['1,250.50 euros', [[1250.5, 'eur']]],
    ['two hundred dollars', [[200, 'usd']]],
    ['ارسال ۲ روزه', [[2, null]]],
  ])('reads the currency of %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each(['۱ ۲ ۰ هزار تومان', '❶❷ تومان', 'به تومان', '12 34 toman'])('calls %j unreadable', (text) => {
    expect(read(text)).toEqual(['unreadable']);
  });

  it('knows numbers in words and their scale without a currency', () => {
    expect(readFigures('صد و بیست هزار')[0]).toMatchObject({ value: 120_000, unit: null, scaled: true, inWords: true });
    expect(readFigures('450k')[0]).toMatchObject({ value: 450_000, scaled: true, inWords: false });
    expect(readFigures('بیسته')[0]).toMatchObject({ value: 20, inWords: true });
  });

  it('sees no number in words that only look like one', () => {
    for (const text of ['هزاران محصول', 'سیب و دوغ', 'someone', 'often', 'نهنگ', 'شیر']) expect(read(text)).toEqual([]);
  });

  it('reads every whole number the same in three scripts, in groups or not', () => {
    const script = (zero: number) => (text: string) =>
      text.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.constantFrom(0x30, 0x660, 0x6f0),
        fc.constantFrom('', ',', '٬', ' ', '.'),
        (value, zero, mark) => {
          const text = script(zero)(String(value).replace(/\B(?=(\d{3})+$)/g, mark));
          expect(read(`${text} تومان`)).toEqual([[value * 10, 'irr']]);
        },
      ),
    );
  });

  it('never throws and stays quick, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(readFigures(`${text} تومان $${text}`))),
    );
    for (const unit of ['و صد ', '1 ', 'هزار', 'صدو', 'ت ', '-1'])
      expect(Array.isArray(readFigures(unit.repeat(20_000 / unit.length)))).toBe(true);
  });
});
