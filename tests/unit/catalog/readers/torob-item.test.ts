import { describe, expect, it } from 'vitest';
import type { Complaint } from '../../../../src/catalog/found-product.ts';
import { readTorobItem } from '../../../../src/catalog/readers/torob-item.ts';

const BASE = 'https://shop.example/api/products';
const read = (line: unknown) => {
  const complaints: Complaint[] = [];
  const item = readTorobItem(line, 'IRT', BASE, complaints);
  return { item, found: item?.product, codes: complaints.map(({ code }) => code) };
};
const line = (more: object = {}) => ({
  title: 'کلاه',
  page_unique: 103,
  current_price: '300000',
  availability: 'instock',
  page_url: 'https://shop.example/103',
  ...more,
});

describe('readTorobItem', () => {
  it.each([
    ['a category that is none', { category_name: false, short_desc: false }, { title: 'کلاه', categories: [] }],
    ['a number for a title', { title: 206 }, { title: '206' }],
    ['its address elsewhere', { page_url: null, link: '/108' }, { url: 'https://shop.example/108' }],
    ['its id elsewhere', { page_unique: null, product_id: 109 }, { externalId: '109' }],
    ['a list for a brand', { brand: ['نوا'] }, { brand: 'نوا' }],
    ['an empty field before a full one', { price: '', name: 'x' }, { price: { amount: 300_000n, currency: 'IRT' } }],
    ['codes in its texts', { title: 'کیف &amp; کفش &#8211; ست' }, { title: 'کیف & کفش – ست' }],
    ['tags in its texts', { short_desc: '<p>رویه <b>چرم</b>&nbsp;طبیعی</p>' }, { description: 'رویه چرم طبیعی' }],
  ])('takes a line with %s', (_, more, expected) => {
    const { found, codes } = read(line(more));
    expect(found).toMatchObject(expected);
    expect(codes).toEqual([]);
  });

  it.each([
    ['what is no object', 'کلاه', 'item_unreadable'],
    ['a list', [line()], 'item_unreadable'],
    [
      'a line without address and id',
      { title: 'کلاه', current_price: 5, page_url: 'javascript:alert(1)' },
      'item_without_address',
    ],
  ])('refuses %s', (_, raw, code) => {
    expect(read(raw)).toMatchObject({ item: null, codes: [code] });
  });

  it('names a price that it cannot read, and takes none for nothing', () => {
    expect(read(line({ current_price: { amount: 5 } }))).toMatchObject({
      found: { price: null },
      codes: ['price_not_a_price'],
    });
    expect(read(line({ current_price: 0 }))).toMatchObject({ found: { price: null }, codes: ['price_zero'] });
    expect(read(line({ current_price: 0, availability: 'outofstock' })).codes).toEqual([]);
    expect(read(line({ current_price: '' }))).toMatchObject({ found: { price: null }, codes: [] });
  });

  it.each([
    ['instock', true, false],
    [true, true, false],
    ['1', true, false],
    ['موجود', true, false],
    ['outofstock', false, false],
    ['ناموجود', false, false],
    ['soon', false, false],
    [false, false, false],
    ['', false, true],
    [null, null, false],
    [undefined, null, false],
  ])('takes the stock %j for %j (presumed: %j)', (availability, available, isAvailabilityPresumed) => {
    expect(read(line({ availability })).found).toMatchObject({ available, isAvailabilityPresumed });
  });
});
