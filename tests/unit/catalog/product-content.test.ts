import { describe, expect, it } from 'vitest';
import type { FoundProduct } from '../../../src/catalog/found-product.ts';
import { mergeProduct, type ProductContent, searchTextOf } from '../../../src/catalog/product-content.ts';
import { emptyProduct } from '../../../src/catalog/readers/found-parts.ts';

const found = (more: Partial<FoundProduct>): FoundProduct => ({ ...emptyProduct('IRT'), title: 'کفش نوا', ...more });
const attribute = (name: string, ...values: string[]) => ({ name, values });
const variant = (value: string, price: bigint | null = null, currency: 'IRT' | 'IRR' = 'IRT') => ({
  options: [{ name: 'colour', value }],
  title: value,
  sku: '',
  price: price === null ? null : { amount: price, currency },
  available: true,
});
const of = (content: ProductContent) =>
  Object.fromEntries(content.attributes.map(({ name, values, from }) => [name, [from, ...values]]));

describe('mergeProduct', () => {
  const first = mergeProduct(
    null,
    found({ attributes: [attribute('colour', 'مشکی'), attribute('warranty', '۶ ماه')], variants: [variant('مشکی')] }),
    'page',
  );

  it('keeps what a source does not speak of', () => {
    const silent = mergeProduct(first, found({}), 'page');
    expect(silent.attributes).toEqual(first.attributes);
    expect(silent.variants).toEqual(first.variants);
    const other = mergeProduct(first, found({ attributes: [attribute('material', 'چرم')] }), 'table');
    expect(of(other)).toEqual({ colour: ['page', 'مشکی'], warranty: ['page', '۶ ماه'], material: ['table', 'چرم'] });
  });

  it('takes over what a source says anew', () => {
    const later = mergeProduct(
      first,
      found({ attributes: [attribute('colour', 'سفید')], variants: [variant('سفید')] }),
      'page',
    );
    expect(of(later)).toMatchObject({ colour: ['page', 'سفید'], warranty: ['page', '۶ ماه'] });
    expect(later.variants.map(({ title }) => title)).toEqual(['سفید']);
  });

  it('lets a list add to what its pages say, and change only what it said itself', () => {
    const listed = mergeProduct(
      first,
      found({ attributes: [attribute('colour', 'همه'), attribute('size', '۴۰')], variants: [variant('همه')] }),
      'list_with_pages',
    );
    expect(of(listed)).toMatchObject({ colour: ['page', 'مشکی'], size: ['list', '۴۰'] });
    expect(listed.variants).toEqual(first.variants);
    const again = mergeProduct(listed, found({ attributes: [attribute('size', '۴۲')] }), 'list_with_pages');
    expect(of(again)).toMatchObject({ size: ['list', '۴۲'] });
  });

  it('never writes over what a person wrote', () => {
    const own: ProductContent = {
      ...first,
      attributes: [{ ...attribute('colour', 'زرشکی'), from: 'person' }],
      variantsFrom: 'person',
    };
    const synced = mergeProduct(
      own,
      found({ attributes: [attribute('colour', 'سفید')], variants: [variant('سفید')] }),
      'page',
    );
    expect(of(synced)).toEqual({ colour: ['person', 'زرشکی'] });
    expect(synced.variants).toEqual(first.variants);
  });

  it('tells a variant in the currency of its product, or with no price', () => {
    const listed = mergeProduct(null, found({ price: { amount: 1000n, currency: 'IRT' } }), 'list');
    const paged = mergeProduct(
      listed,
      { ...found({ variants: [variant('مشکی', 15_000n, 'IRR'), variant('سفید', 15_005n, 'IRR')] }), currency: 'IRR' },
      'page_of_list',
    );
    expect(paged.currency).toBe('IRT');
    expect(paged.variants.map(({ price }) => price)).toEqual(['1500', null]);
  });

  it('keeps each combination of options once, and finds options in a title that is nothing else', () => {
    const { variants } = mergeProduct(
      null,
      found({ variants: [variant('مشکی'), variant('سیاه'), { ...variant('آبی / ۴۰'), options: [] }] }),
      'page',
    );
    expect(variants.map(({ options }) => options)).toEqual([
      [{ name: 'colour', value: 'سیاه' }],
      [
        { name: 'colour', value: 'آبی' },
        { name: 'size', value: '۴۰' },
      ],
    ]);
  });

  it('is found by what it comes in, and not by every word that is said of it', () => {
    const text = searchTextOf({
      ...first,
      attributes: [...first.attributes, { ...attribute('نحوه شستشو', 'دست'), from: 'page' }],
    });
    expect(text).toContain('مشکی');
    expect(text).not.toContain('دست');
  });
});
