import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseProductQuery } from '../../src/catalog/search/product-query.ts';
import { searchProducts } from '../../src/catalog/search/product-search-store.ts';
import { type Database, openKeyedDatabase } from '../../src/platform/database/client.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { fixtureQueries, storeSearchShop } from '../support/search-shop.ts';

let database: TestDatabase;
let db: Database;
let businessId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openKeyedDatabase(database.url, 6);
  businessId = (await db.business.create({ data: { slug: 'default', name: 'Yas' } })).id;
  await storeSearchShop(db, businessId);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const search = (text: string, limit = 5, of = businessId) => searchProducts(db, of, parseProductQuery(text), { limit });
const keysOf = async (text: string, limit?: number) =>
  (await search(text, limit)).matches.map((m) => m.product.sourceKey);

describe('searchProducts', () => {
  it('finds at least 95 % of what the labelled questions want among the first five', async () => {
    const queries = fixtureQueries();
    expect(queries.length).toBeGreaterThanOrEqual(200);
    let recall = 0;
    const missed: string[] = [];
    for (const { text, want, kind } of queries) {
      const found = await keysOf(text);
      const share = found.filter((key) => want.includes(key)).length / Math.min(5, want.length);
      recall += share;
      if (share < 1) missed.push(`${share.toFixed(2)} ${kind}: ${text} → ${found.join(' ')}`);
    }
    expect(recall / queries.length, missed.join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  it('keeps every bound of price and shows what is there before what is gone', async () => {
    const cheap = await search('روسری زیر ۳۰۰ هزار تومان', 10);
    expect(cheap.matches.length).toBeGreaterThan(0);
    for (const { product } of cheap.matches) expect(product.price?.amount).toBeLessThanOrEqual(300_000n);
    const honey = (await search('عسل موجود دارین', 10)).matches.map(({ product }) => product.available);
    expect(honey).toContain(false);
    expect(honey.indexOf(false)).toBeGreaterThan(honey.lastIndexOf(true));
    const list = await search('تا ۲۰۰ هزار تومان چی دارید؟', 5);
    expect(list.outcome).toBe('good');
    for (const { product } of list.matches) expect(product.price?.amount).toBeLessThanOrEqual(200_000n);
  });

  it('tells a good match from a near one and from none', async () => {
    expect(await search('کیف دوشی مهتاب')).toMatchObject({ outcome: 'good' });
    expect(await search('کیف دوشی زرافه‌ای')).toMatchObject({ outcome: 'near', unknownWords: ['زرافه'] });
    expect(await search('هلیکوپتر زرافه‌ای')).toMatchObject({ outcome: 'none', matches: [] });
    expect(await search('کیفتون چنده')).toMatchObject({ outcome: 'good' });
    expect(await search('ارزون‌ترین کیفاتون چنده')).toMatchObject({ outcome: 'good' });
    expect(await search('iphone 99')).not.toMatchObject({ outcome: 'good' });
  });

  it('reads Persian in Latin letters, but no single word of an English message', async () => {
    const [persian] = await keysOf('قوری نیلوفر');
    expect(await search('salam ghoori niloofar darid?')).toMatchObject({ outcome: 'good' });
    expect(await keysOf('quri niloufar chande')).toContain(persian);
    expect(await keysOf('the ghoori of niloofar')).toContain(persian);
    expect(await search('the niloofar one')).toMatchObject({ outcome: 'none' });
    expect(await search('helikopter darid')).toMatchObject({ outcome: 'none', unknownWords: ['helikopter'] });
    // Two words that both sound Persian are; one alone may be any language's.
    expect(await keysOf('quri niloufar')).toContain(persian);
    expect(await search('niloofar')).toMatchObject({ outcome: 'none' });
  });

  it('does not take «صندلی» for a form of «صندل» where there are both', async () => {
    const good = async (text: string) =>
      (await search(text)).matches.filter(({ coverage }) => coverage > 0.99).map(({ product }) => product.title);
    expect((await good('صندل نیلوفر')).every((title) => title.startsWith('صندل '))).toBe(true);
    expect((await good('صندلی نیلوفر')).every((title) => title.startsWith('صندلی '))).toBe(true);
    expect((await good('صندلی نیلوفر')).length).toBeGreaterThan(0);
  });

  it('takes a word for its synonyms in the plural too, but «صندلی» for none of those of «صندل»', async () => {
    const { id: of } = await db.business.create({ data: { slug: 'slippers', name: 'Slippers' } });
    for (const title of ['دمپایی نیلوفر', 'کمربند نیلوفر', 'کیف پول نیلوفر', 'کیف دستی نیلوفر'])
      await db.product.create({
        data: { businessId: of, source: 'manual', sourceKey: title, title, searchText: title },
      });
    const titles = async (text: string) => (await search(text, 5, of)).matches.map(({ product }) => product.title);
    expect(await titles('صندل')).toEqual(['دمپایی نیلوفر']);
    expect(await titles('صندلی')).toEqual([]);
    expect(await titles('belts')).toEqual(['کمربند نیلوفر']);
    // Two words that mean the same as one.
    expect(await titles('wallets')).toEqual(['کیف پول نیلوفر']);
  });

  it('reads «one or the other» as two questions when together they find nothing', async () => {
    const either = await search('هلیکوپتر پرنده‌ی زرافه‌ای یا قوری نیلوفر');
    expect(either).toMatchObject({ outcome: 'good' });
    expect(either.matches[0]?.product.title).toContain('قوری');
    const mugs = await search('black coffee mug or any mug');
    expect(mugs.outcome).toBe('good');
    expect(mugs.matches.every(({ product }) => product.sourceKey.startsWith('mug-'))).toBe(true);
    expect(await search('black coffee mug of any helicopter')).toMatchObject({ outcome: 'none', matches: [] });
    expect(await search('هلیکوپتر یا زرافه')).toMatchObject({ outcome: 'none', matches: [] });
  });

  it('never shows another shop, nor what was taken out of the shop', async () => {
    const other = await db.business.create({ data: { slug: 'other', name: 'Other' } });
    expect((await search('کیف دوشی مهتاب', 5, other.id)).matches).toEqual([]);
    const [first] = await keysOf('قوری نیلوفر');
    await db.product.updateMany({ where: { businessId, sourceKey: first as string }, data: { removedAt: new Date() } });
    expect(await keysOf('قوری نیلوفر')).not.toContain(first);
    await db.product.updateMany({ where: { businessId, sourceKey: first as string }, data: { removedAt: null } });
  });

  it('knows the words of a product that changed', async () => {
    const product = await db.product.findFirstOrThrow({ where: { businessId, sourceKey: 'doll-1' } });
    await db.product.update({
      where: { id: product.id },
      data: { title: 'عروسک دایناسور', searchText: 'عروسک دایناسور' },
    });
    expect((await keysOf('دایناسور'))[0]).toBe('doll-1');
    await db.product.update({
      where: { id: product.id },
      data: { title: product.title, searchText: product.searchText },
    });
  });

  it('takes every sign of a question for a letter or for nothing', async () => {
    for (const text of [
      "'",
      "a' | 'b",
      '\\',
      ":* & ! ( '",
      '%_',
      "کیف'); DROP TABLE products;--",
      'x'.repeat(5000),
      '\u0000',
    ])
      await expect(search(text)).resolves.toBeDefined();
  });
});
