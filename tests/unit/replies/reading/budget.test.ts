import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundIn } from '../../../../src/catalog/search/product-query.ts';
import { readBudget } from '../../../../src/replies/reading/budget.ts';

const tomans = (text: string) => {
  const { min, max } = readBudget(text);
  const read = (bound: typeof min) => (bound ? Number(boundIn(bound, 'IRT', 0)) : null);
  return [read(min), read(max)];
};

describe('readBudget', () => {
  it.each([
    ['کیف پول ارزون‌تر از ۷۰۰ تومن دارید؟', 700_000],
    ['از ۷۰۰ ارزون‌تر چی دارید؟', 700_000],
    ['یه کیف می‌خوام بیشتر از یک میلیون نشه', 1_000_000],
    ['از یک میلیون بیشتر نباشه', 1_000_000],
    ['گرون‌تر از ۲ میلیون نمی‌خوام', 2_000_000],
    ['بالای ۸۰۰ هزار تومن نره', 800_000],
    ['کیف زیر ۱/۵ میلیون دارید؟', 1_500_000],
    ['کیف تا یک و پونصد دارید؟', 1_500_000],
    ['کیف تا ۱ و ۵۰۰ دارید؟', 1_500_000],
    ['کیف تا یه تومن و نیم دارید؟', 1_500_000],
    ['تا دو تومن و دویست', 2_200_000],
    ['کیف با دو و نیم چی دارید؟', 2_500_000],
    ['با ۸۰۰ چی می‌شه خرید؟', 800_000],
    ['۶۰۰ تومن به پایین', 600_000],
    ['زیر ۵۰۰ هزار تومن ندارید؟', 500_000],
    ['بودجه‌ام ۹۰۰ هزار تومنه', 900_000],
    ['kif zire 500', 500_000],
    ['bishtar az 1 milion nashe', 1_000_000],
    ['arzoontar az 700', 700_000],
    ['not more than 900k toman', 900_000],
    ['nothing over 2 million toman', 2_000_000],
    ['a bag not exceeding 300k', 300_000],
  ])('takes %j for an upper bound', (text, expected) => {
    expect(tomans(text)).toEqual([null, expected]);
  });

  it.each([
    ['بیشتر از یک میلیون', 1_000_000],
    ['کمتر از ۵۰۰ نباشه', 500_000],
    ['زیر ۵۰۰ هزار تومن نباشه', 500_000],
    ['از ۳۰۰ هزار تومن به بالا', 300_000],
    ['گرون‌تر از ۲ میلیون چی دارید؟', 2_000_000],
    ['more than 900k toman', 900_000],
    ['not less than 200k toman', 200_000],
  ])('takes %j for a lower bound', (text, expected) => {
    expect(tomans(text)).toEqual([expected, null]);
  });

  it.each([
    'سایز ۴۲',
    'قد زیر ۱۸۰ سانت',
    'تا ۳ روز می‌رسه؟',
    'دو و نیم متر پارچه',
    'کمتر از ۱۰۰ گرم',
    '۲ تا کیف',
    'یک و نیم ساعت دیگه میام',
    'آیفون ۱۳ از ۱۲ بهتره؟',
    'size 42',
    'with 2 pockets',
    'under 2 kg',
  ])('sees no bound in %j', (text) => {
    expect(tomans(text)).toEqual([null, null]);
  });

  it('leaves what is asked for besides the amounts', () => {
    expect(readBudget('کیف تا یک و پونصد').rest.trim()).toBe('کیف تا');
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => typeof readBudget(`${text} تومان`).rest === 'string'),
    );
  });
});
