import { describe, expect, it } from 'vitest';
import type { KnownProduct, KnownVariant } from '../../../src/replies/known-product.ts';
import { factsOf } from '../../../src/replies/product-line.ts';
import type { Money } from '../../../src/text/money.ts';

const tomans = (amount: number): Money => ({ amount: BigInt(amount), currency: 'IRT' });
const variant = (value: string, price: Money | null, available: boolean | null = true): KnownVariant => ({
  options: [{ name: 'volume', value }],
  title: value,
  price,
  available,
});
const perfume = (price: Money | null, variants: KnownVariant[]): KnownProduct => ({
  id: '0',
  title: 'Sauvage',
  brand: null,
  available: true,
  price,
  oldPrice: null,
  url: null,
  variants,
});
const facts = (product: KnownProduct) => factsOf(product, 'en', (key) => key);

describe('factsOf', () => {
  it.each([
    ['its own price', perfume(tomans(900), []), '900 Toman'],
    ['its own price where no variant has another', perfume(tomans(900), [variant('60 ml', null)]), '900 Toman'],
    ['the price of its only variant', perfume(null, [variant('60 ml', tomans(600))]), '600 Toman'],
    [
      'the lowest price of variants that differ',
      perfume(null, [variant('60 ml', tomans(600)), variant('100 ml', tomans(900))]),
      'from 600 Toman',
    ],
    [
      'a price that all variants share',
      perfume(null, [variant('60 ml', tomans(600)), variant('a set', tomans(600))]),
      '600 Toman',
    ],
    [
      'no price of a variant that is gone',
      perfume(null, [variant('60 ml', tomans(600), false), variant('100 ml', tomans(900))]),
      '900 Toman',
    ],
    ['what it cost when all are gone', perfume(null, [variant('60 ml', tomans(600), false)]), '600 Toman'],
    [
      'its own price beside a dearer variant',
      perfume(tomans(600), [variant('60 ml', null), variant('100 ml', tomans(900))]),
      'from 600 Toman',
    ],
    ['no number where nobody states one', perfume(null, [variant('60 ml', null)]), 'product_unpriced'],
  ])('shows %s', (_, product, price) => {
    expect(facts(product)).toBe(`${price} · product_available`);
  });

  it('says "from" in Persian', () => {
    const product = perfume(null, [variant('60 ml', tomans(600)), variant('100 ml', tomans(900))]);
    expect(factsOf(product, 'fa', (key) => key)).toBe('از ۶۰۰ تومان · product_available');
  });
});
