import { readFileSync } from 'node:fs';
import type { Database } from '../../src/platform/database/client.ts';
import { normaliseText } from '../../src/text/persian.ts';
import type { LabelledQuery } from './search-fixture/generate.ts';
import type { FixtureProduct } from './search-fixture/vocabulary.ts';

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/search/${file}`, import.meta.url), 'utf8'));

export const fixtureProducts = (): FixtureProduct[] => read('products.json') as FixtureProduct[];
export const fixtureQueries = (): LabelledQuery[] => read('queries.json') as LabelledQuery[];

/** Stores the products of the search fixture for a business. Each one's source key is its key in the fixture. */
export async function storeSearchShop(db: Database, businessId: string): Promise<void> {
  await db.product.createMany({
    data: fixtureProducts().map((product) => ({
      businessId,
      source: 'manual',
      sourceKey: product.key,
      url: `https://yas.test/p/${product.key}`,
      title: product.title,
      brand: product.brand,
      categories: product.categories,
      images: [{ url: `https://yas.test/p/${product.key}.jpg` }],
      available: product.available,
      price: BigInt(product.price),
      currency: 'IRT',
      searchText: normaliseText([product.title, product.brand, ...product.categories].join(' ')),
    })),
  });
}
