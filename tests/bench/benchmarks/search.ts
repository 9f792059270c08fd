import { parseProductQuery } from '../../../src/catalog/search/product-query.ts';
import { searchProducts } from '../../../src/catalog/search/product-search-store.ts';
import { type Database, openKeyedDatabase } from '../../../src/platform/database/client.ts';
import { normaliseText } from '../../../src/text/persian.ts';
import { ENGLISH_LINES, PERSIAN_LINES, PHONES } from '../../support/search-fixture/vocabulary.ts';
import { fixtureQueries } from '../../support/search-shop.ts';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { withStack } from '../stack.ts';
import { percentile, round } from '../statistics.ts';

const LINES = [...PERSIAN_LINES, ...PHONES, ...ENGLISH_LINES];
const PORTION = 2000;
const REPEATS = 3;

/**
 * How long a customer's question takes over few products and over many: 1,000 and 50,000. Every product has a code of its
 * own, so the vocabulary grows with the catalog as in a shop that numbers its goods.
 */
export async function search({ quick }: BenchOptions): Promise<BenchResult> {
  const [few, many] = quick ? [500, 2000] : [1000, 50_000];
  return withStack(async (stack) => {
    const db = openKeyedDatabase(stack.databaseUrl, 4);
    try {
      const business = await db.business.create({ data: { slug: 'search-bench', name: 'Search' } });
      await grow(db, business.id, 0, few);
      const before = await measure(db, business.id, quick);
      await grow(db, business.id, few, many);
      const after = await measure(db, business.id, quick);
      const ratio = round(after.p95Ms / before.p95Ms);
      return {
        name: 'search',
        ours: { [few]: before, [many]: after },
        limit: {},
        ratio: { p95: ratio },
        aim: { p95: aim(ratio, '<=', 3) },
      };
    } finally {
      await db.$disconnect();
    }
  });
}

async function grow(db: Database, businessId: string, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += PORTION) {
    const count = Math.min(PORTION, to - first);
    await db.product.createMany({ data: Array.from({ length: count }, (_, at) => productOf(businessId, first + at)) });
  }
  await db.$executeRawUnsafe('VACUUM ANALYZE products, product_words');
}

function productOf(businessId: string, number: number) {
  const line = LINES[number % LINES.length] as (typeof LINES)[number];
  const pick = <T>(list: readonly T[], step: number): T => list[Math.floor(number / step) % list.length] as T;
  const title = `${line.titleOf(pick(line.names, LINES.length), pick(line.details, LINES.length * 7))} PK${number}`;
  const brand = pick(line.brands, 3);
  return {
    businessId,
    source: 'manual',
    sourceKey: `bench-${number}`,
    title,
    brand,
    categories: line.categories,
    available: number % 9 !== 0,
    price: BigInt(line.from + ((number * 7919) % (line.to - line.from))),
    currency: 'IRT',
    searchText: normaliseText([title, brand, ...line.categories].join(' ')),
  };
}

async function measure(db: Database, businessId: string, quick: boolean) {
  const texts = [...fixtureQueries().map(({ text }) => text), 'قیمت PK123', 'pk77 موجوده؟'];
  const taken: number[] = [];
  let found = 0;
  for (let lap = -1; lap < (quick ? 1 : REPEATS); lap += 1)
    for (const text of texts) {
      const startedAtMs = performance.now();
      const result = await searchProducts(db, businessId, parseProductQuery(text), { limit: 5 });
      // The first round warms connections, plans and pages.
      if (lap >= 0) taken.push(performance.now() - startedAtMs);
      found += result.matches.length;
    }
  if (found === 0) throw new Error('nothing was found');
  const ascending = taken.sort((a, b) => a - b);
  return {
    p50Ms: round(percentile(ascending, 0.5)),
    p95Ms: round(percentile(ascending, 0.95)),
    searches: taken.length,
  };
}
