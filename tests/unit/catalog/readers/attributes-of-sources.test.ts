import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FoundProduct } from '../../../../src/catalog/found-product.ts';
import { readProductPage } from '../../../../src/catalog/readers/product-page.ts';
import { openProductTable } from '../../../../src/catalog/readers/product-table.ts';
import { readTorobItem } from '../../../../src/catalog/readers/torob-item.ts';

// Goal: what sources of any form say of sizes, colours and the like is kept. Method: one small file a form, with what it says
// beside it (tests/fixtures/attributes).

const FIXTURES = join(import.meta.dirname, '../../../fixtures/attributes');
const FORM = /\.(?:feed\.json|html|csv)$/;

interface Expected {
  title: string;
  price?: number;
  available?: boolean;
  attributes: Record<string, string[]>;
  variants: [string, number | null, boolean | null][];
}

async function read(path: string): Promise<FoundProduct[]> {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.html'))
    return [readProductPage(text, { url: 'https://shop.example/p', currency: 'IRT' }).product].filter(
      (one) => one !== null,
    );
  if (path.endsWith('.json')) {
    const product = readTorobItem(JSON.parse(text), 'IRT', 'https://shop.example/feed', [])?.product;
    return product ? [product] : [];
  }
  const found: FoundProduct[] = [];
  for await (const row of (await openProductTable(Buffer.from(text), 'IRT'))()) found.push(row.found);
  return found;
}

const amountOf = (money: FoundProduct['price']) => (money ? Number(money.amount) : null);

describe.each(['valid', 'invalid'])('%s forms', (folder) => {
  it.each(readdirSync(join(FIXTURES, folder)).filter((name) => FORM.test(name)))('%s', async (name) => {
    const path = join(FIXTURES, folder, name);
    const expected = JSON.parse(readFileSync(path.replace(FORM, '.expected.json'), 'utf8')) as Expected[];
    const found = await read(path);
    expect(
      found.map(({ title, price, available, attributes, variants }, at) => ({
        title,
        ...(expected[at]?.price === undefined ? {} : { price: amountOf(price) }),
        ...(expected[at]?.available === undefined ? {} : { available }),
        attributes: Object.fromEntries(attributes.map((attribute) => [attribute.name, attribute.values])),
        variants: variants.map((variant) => [variant.title, amountOf(variant.price), variant.available]),
      })),
    ).toEqual(expected);
  });
});
