import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { catalogHealth } from '../../src/catalog/health.ts';
import type { SyncRun } from '../../src/catalog/sync-run-store.ts';
import { type CatalogLab, startCatalogLab } from '../support/catalog-lab.ts';

let lab: CatalogLab;
beforeAll(async () => {
  lab = await startCatalogLab([]);
});
afterAll(() => lab.close());
afterEach(async () => {
  lab.shop.files.clear();
  lab.shop.requests.length = 0;
  await lab.db.product.deleteMany();
  await lab.db.catalogSource.deleteMany();
});

const reasonsOf = ({ reasons }: SyncRun) => reasons as { code: string; count: number; samples: { detail: string }[] }[];
const codesOf = (run: SyncRun) =>
  reasonsOf(run)
    .map(({ code }) => code)
    .sort();

const put = (path: string, body: string, type = 'application/xml') => lab.shop.files.set(path, { body, type });
const lead = (path: string, location: string) => lab.shop.files.set(path, { location });

const urlset = (...paths: string[]) =>
  `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths.map((path) => `<url><loc>${lab.shop.url}${path}</loc></url>`).join('')}</urlset>`;
const indexOf = (...paths: string[]) =>
  `<sitemapindex>${paths.map((path) => `<sitemap><loc>${lab.shop.url}${path}</loc></sitemap>`).join('')}</sitemapindex>`;

function putPage(path: string, name: string, offer: object | null = { price: '100000', priceCurrency: 'IRT' }): void {
  const offers = offer && { '@type': 'Offer', availability: 'https://schema.org/InStock', ...offer };
  const data = { '@context': 'https://schema.org', '@type': 'Product', name, ...(offers ? { offers } : {}) };
  put(path, `<script type="application/ld+json">${JSON.stringify(data)}</script>`, 'text/html');
}

const putFeed = (lines: object[], more: object = {}, path = '/feed') =>
  put(path, JSON.stringify({ products: lines, ...more }), 'application/json');
const line = (id: number, more: object = {}) => ({
  page_unique: id,
  page_url: `${lab.shop.url}/item/${id}`,
  title: `کالای ${id}`,
  current_price: 100_000 + id,
  availability: 'instock',
  ...more,
});

const find = (filter: object = {}) => lab.db.product.findFirstOrThrow({ where: filter });
/** As if an hour and more had passed since products were missed. */
const waitHours = () =>
  lab.db
    .$executeRaw`UPDATE products SET missing_since = missing_since - interval '2 hours' WHERE missing_since IS NOT NULL`;
/** As if pages had been read more than a day ago. */
const waitDays = () => lab.db.$executeRaw`UPDATE catalog_entries SET read_at = read_at - interval '2 days'`;

describe('a list that was not read to its end', () => {
  const pages = Array.from({ length: 10 }, (_, at) => `/product/p${at + 1}`);

  it.each([
    ['is cut', () => put('/map.xml', urlset(...pages).slice(0, -180)), 'sitemap_broken'],
    [
      'has a part that is away',
      () => {
        put('/map.xml', indexOf('/a.xml', '/b.xml'));
        put('/a.xml', urlset(...pages.slice(0, 7)));
        lab.shop.files.set('/b.xml', { status: 503, type: 'application/xml' });
      },
      'sitemap_status',
    ],
  ])('removes nothing when it %s, however often', async (_, tear, code) => {
    for (const path of pages) putPage(path, path);
    put('/map.xml', urlset(...pages));
    await lab.addSource('sitemap', `${lab.shop.url}/map.xml`);
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 10 });
    tear();
    for (const force of [false, true]) {
      const run = await lab.sync({ force });
      expect(run).toMatchObject({ state: 'partial', missing: 0, removed: 0 });
      expect(codesOf(run)).toEqual(['list_torn', code]);
      await waitHours();
    }
    expect(await lab.db.product.count({ where: { missingSince: null, removedAt: null } })).toBe(10);
    put('/map.xml', urlset(...pages.slice(0, 9)));
    expect(await lab.sync()).toMatchObject({ state: 'done', missing: 1 });
  });

  it('is read on behind a part that names nothing new', async () => {
    for (const path of pages) putPage(path, path);
    put('/map.xml', indexOf('/a.xml', '/b.xml', '/c.xml'));
    put('/a.xml', urlset(...pages.slice(0, 5)));
    put('/b.xml', urlset(...pages.slice(0, 2)));
    put('/c.xml', urlset(...pages.slice(5)));
    await lab.addSource('sitemap', `${lab.shop.url}/map.xml`);
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 10 });
  });

  it('takes back what was missing as soon as it is named again, though its page says nothing new', async () => {
    for (const path of pages) putPage(path, path);
    put('/map.xml', urlset(...pages));
    await lab.addSource('sitemap', `${lab.shop.url}/map.xml`);
    await lab.sync();
    put('/map.xml', urlset(...pages.slice(1)));
    expect(await lab.sync()).toMatchObject({ missing: 1 });
    put('/map.xml', urlset(...pages));
    await lab.sync();
    expect(await lab.db.product.count({ where: { missingSince: null } })).toBe(10);
  });

  it('asks for the further pages of a feed, under whichever name it counts them', async () => {
    for (const page of [1, 2, 3])
      putFeed([line(page)], { count: 3, page, total_pages: 3 }, page === 1 ? '/feed' : `/feed?page=${page}`);
    await lab.addSource('torob', `${lab.shop.url}/feed`, false);
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 3, reasons: [] });
  });

  it('says how many of how many a feed gave, and removes nothing, unless somebody says that it is right', async () => {
    putFeed([line(1), line(2), line(3), line(4)], { count: 4 });
    await lab.addSource('torob', `${lab.shop.url}/feed`, false);
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 4 });
    // It knows no pages: whatever it is asked, it gives the same.
    putFeed([line(1), line(2), line(3)], { count: 9 });
    const run = await lab.sync();
    expect(run).toMatchObject({ state: 'partial', missing: 0 });
    expect(reasonsOf(run)).toMatchObject([{ code: 'feed_short', samples: [{ detail: '3 of 9' }] }]);
    expect(await lab.sync({ force: true })).toMatchObject({ missing: 1 });
  });

  it('keeps what a feed gave before the page that it refuses, and says which', async () => {
    putFeed([line(1), line(2)], { max_pages: 2 });
    putFeed([line(3)], { max_pages: 2 }, '/feed?page=2');
    await lab.addSource('torob', `${lab.shop.url}/feed`, false);
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 3 });
    lab.shop.files.set('/feed?page=2', { status: 404 });
    const run = await lab.sync();
    expect(run).toMatchObject({ state: 'partial', unchanged: 2, missing: 0 });
    expect(codesOf(run)).toEqual(['feed_page_lost', 'list_torn']);
  });

  it('is read from a feed that its server calls a page, but not from a page', async () => {
    const feed = JSON.stringify({ products: [line(1)] });
    put('/feed', feed, 'text/html; charset=utf-8');
    await lab.addSource('torob', `${lab.shop.url}/feed`, false);
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 1 });
    put('/feed', `<html><body>${feed}</body></html>`, 'text/html');
    const run = await lab.sync();
    expect([run.state, codesOf(run)]).toEqual(['failed', ['source_fetch_type']]);
  });

  it('takes no more lines for gone than it could not read', async () => {
    putFeed([line(1), line(2), line(3)]);
    await lab.addSource('torob', `${lab.shop.url}/feed`, false);
    await lab.sync();
    putFeed([line(1), line(2), { title: 'بی‌نشانی' }]);
    const run = await lab.sync();
    expect(run).toMatchObject({ missing: 0, rejected: 1 });
    expect(codesOf(run)).toEqual(['item_without_address']);
    putFeed([line(1), line(2)]);
    expect(await lab.sync()).toMatchObject({ missing: 1 });
  });
});

describe('what one source does not say', () => {
  it('does not erase the price and the stock that the page of a feed’s product stated', async () => {
    putFeed([line(2, { current_price: '', availability: '' })]);
    putPage('/item/2', 'ساعت', {
      price: '8600000',
      priceCurrency: 'IRR',
      availability: 'http://schema.org/OutOfStock',
    });
    await lab.addSource('torob', `${lab.shop.url}/feed`);
    const stated = { price: 8_600_000n, currency: 'IRR', priceFrom: 'page', available: false, availableFrom: 'page' };
    for (let round = 0; round < 2; round++) {
      expect(await lab.sync()).toMatchObject({ state: 'done', reasons: [] });
      expect(await find()).toMatchObject(stated);
    }
    putPage('/item/2', 'ساعت', { price: '9600000', priceCurrency: 'IRR' });
    await waitDays();
    await lab.sync();
    expect(await find()).toMatchObject({ ...stated, price: 9_600_000n, available: true });
    putFeed([line(2, { current_price: 700_000 })]);
    await lab.sync();
    const ofFeed = { price: 700_000n, currency: 'IRT', priceFrom: 'list', available: true, availableFrom: 'list' };
    expect(await find()).toMatchObject(ofFeed);
    await waitDays();
    await lab.sync();
    expect(await find()).toMatchObject(ofFeed);
  });

  it('is not quoted any more when its own source took it back, and the page is asked anew', async () => {
    putFeed([line(1)]);
    putPage('/item/1', 'ساعت', { price: '5000', priceCurrency: 'IRT' });
    await lab.addSource('torob', `${lab.shop.url}/feed`);
    await lab.sync();
    expect(await find()).toMatchObject({ price: 100_001n });
    putFeed([line(1, { current_price: '' })]);
    await lab.sync();
    expect(await find()).toMatchObject({ price: 5_000n, priceFrom: 'page' });
    lab.shop.files.delete('/item/1');
    await waitDays();
    const run = await lab.sync();
    expect(run).toMatchObject({ state: 'partial' });
    expect(codesOf(run)).toEqual(['page_gone', 'without_price']);
    expect(await find()).toMatchObject({ price: null, priceFrom: '', title: 'ساعت', available: true });
  });

  it('counts what can be bought and has no price, and nothing else', async () => {
    putFeed([
      line(1, { current_price: '' }),
      line(2, { current_price: 'تماس بگیرید' }),
      line(3, { current_price: 0, availability: 'outofstock' }),
      line(4),
    ]);
    await lab.addSource('torob', `${lab.shop.url}/feed`, false);
    const run = await lab.sync();
    expect(run).toMatchObject({ state: 'partial', created: 4 });
    expect(reasonsOf(run)).toMatchObject([
      { code: 'price_not_a_price', count: 1 },
      { code: 'without_price', count: 2 },
    ]);
  });

  it('takes everything that a feed does not say to be in stock for sold out', async () => {
    putFeed([
      line(1, { availability: '' }),
      line(2, { availability: 'ناموجود' }),
      line(3),
      line(4, { availability: null }),
    ]);
    await lab.addSource('torob', `${lab.shop.url}/feed`, false);
    await lab.sync();
    const products = await lab.db.product.findMany({ orderBy: { externalId: 'asc' } });
    expect(products.map(({ available }) => available)).toEqual([false, false, true, null]);
  });
});

describe('the health of a shop’s sources', () => {
  const health = () => catalogHealth.ofBusiness?.({ db: lab.db, businessId: lab.businessId, nowMs: Date.now() });

  it('follows the last reading, and a shop without sources has none', async () => {
    await lab.db.syncRun.deleteMany();
    expect(await health()).toEqual([]);
    await lab.addSource('torob', `${lab.shop.url}/feed`, false);
    expect(await health()).toMatchObject([{ name: 'shop', state: 'ok', code: 'shop_unread' }]);
    putFeed([line(1), line(2, { current_price: 'تماس بگیرید' }), { title: 'بی‌نشانی' }]);
    await lab.sync();
    const open = { code: 'shop_partial', params: { rejected: 1, priceless: 1 } };
    expect(await health()).toMatchObject([{ state: 'warning', ...open }]);
    lab.shop.files.set('/feed', { status: 404 });
    await lab.sync();
    expect(await health()).toMatchObject([{ state: 'failing', code: 'shop_failed' }]);
    putFeed([line(1)]);
    await lab.sync();
    expect(await health()).toMatchObject([{ state: 'ok', code: 'shop_read', action: '' }]);
  });
});

describe('the pages of a sitemap', () => {
  it('are read where its name says that they are products, whatever their addresses look like', async () => {
    put('/map.xml', indexOf('/product-sitemap.xml', '/product_cat-sitemap.xml'));
    put('/product-sitemap.xml', urlset('/shop/kafsh-1'));
    put('/product_cat-sitemap.xml', urlset('/product-category/kafsh', '/product-tag/new'));
    putPage('/shop/kafsh-1', 'کفش ۱');
    await lab.addSource('sitemap', `${lab.shop.url}/map.xml`);
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 1 });
    expect([lab.shop.countOf('/product-category'), lab.shop.countOf('/product-tag')]).toEqual([0, 0]);
  });

  it('are all read where none looks like a product, and a run that finds none says so', async () => {
    put('/map.xml', urlset('/a', '/b'));
    for (const path of ['/a', '/b']) put(path, '<h1>hello</h1>', 'text/html');
    await lab.addSource('sitemap', `${lab.shop.url}/map.xml`);
    const run = await lab.sync();
    expect(run).toMatchObject({ state: 'partial', created: 0, done: 4 });
    expect(codesOf(run)).toEqual(['page_without_product', 'source_without_products']);
    putPage('/a', 'کیف');
    await waitDays();
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 1 });
  });

  it.each([
    [
      'relative addresses',
      '/map.xml',
      '<urlset><url><loc>/product/p1</loc></url><url><loc>product/p2</loc></url></urlset>',
      'text/xml',
    ],
    ['the type of a page', '/map.xml', null, 'text/html; charset=utf-8'],
    ['a list without markup', '/map.txt', 'lines', 'text/plain'],
  ])('are found in one with %s', async (_, path, text, type) => {
    const lines = `${lab.shop.url}/product/p1\n${lab.shop.url}/product/p2\n`;
    put(path, text === 'lines' ? lines : (text ?? urlset('/product/p1', '/product/p2')), type);
    for (const page of ['/product/p1', '/product/p2']) putPage(page, page);
    await lab.addSource('sitemap', lab.shop.url + path);
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 2 });
  });

  it('are one product where an old address leads to the new one, and two where it does not', async () => {
    put('/map.xml', urlset('/product/old', '/product/p1', '/product/p2'));
    for (const path of ['/product/old', '/product/p1', '/product/p2']) putPage(path, path);
    await lab.addSource('sitemap', `${lab.shop.url}/map.xml`);
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 3 });
    lab.shop.files.delete('/product/old');
    lead('/product/old', '/product/p1');
    await waitDays();
    const run = await lab.sync();
    expect(run).toMatchObject({ state: 'done', missing: 1 });
    expect(codesOf(run)).toEqual(['page_redirected']);
    const alive = await lab.db.product.findMany({ where: { missingSince: null }, orderBy: { title: 'asc' } });
    expect(alive.map(({ title }) => title)).toEqual(['/product/p1', '/product/p2']);
    // What was seen once is remembered while the page is not read.
    expect(await lab.sync()).toMatchObject({ state: 'done', missing: 0 });
    expect(await lab.db.product.count({ where: { missingSince: null } })).toBe(2);
  });

  it('are one product where two old addresses lead to a new one that no list names', async () => {
    put('/map.xml', urlset('/product/a', '/product/b', '/product/c'));
    for (const path of ['/product/a', '/product/b']) lead(path, '/product/new');
    for (const path of ['/product/c', '/product/new']) putPage(path, path);
    await lab.addSource('sitemap', `${lab.shop.url}/map.xml`);
    await lab.sync();
    await waitDays();
    await lab.sync();
    const alive = await lab.db.product.findMany({ where: { missingSince: null }, orderBy: { title: 'asc' } });
    expect(alive.map(({ title }) => title)).toEqual(['/product/c', '/product/new']);
  });
});

describe('attributes and variants', () => {
  const spec = { رنگ: 'مشکی، سفید', جنس: 'چرم' };
  const pageOf = (offers: object[], more: object = {}) =>
    put(
      '/item/1',
      `<script type="application/ld+json">${JSON.stringify({
        '@type': 'ProductGroup',
        name: 'کالای 1',
        hasVariant: offers,
        ...more,
      })}</script>`,
      'text/html',
    );
  const offer = (color: string, price: string, availability = 'InStock') => ({
    '@type': 'Product',
    name: `کالای 1 ${color}`,
    color,
    offers: { '@type': 'Offer', price, priceCurrency: 'IRR', availability: `https://schema.org/${availability}` },
  });
  const kept = async () => {
    const { attributes, variants } = await lab.db.product.findFirstOrThrow({
      include: { variants: { orderBy: { position: 'asc' } } },
    });
    const stated = attributes as { name: string; values: string[]; from: string }[];
    return {
      attributes: Object.fromEntries(stated.map(({ name, values, from }) => [name, `${from}: ${values.join(' ')}`])),
      variants: variants.map(({ title, price, available }) => [title, price, available]),
      ids: variants.map(({ id }) => id),
    };
  };

  it('are taken of the feed and of the page, in the money of the product, and stay when neither says them again', async () => {
    await lab.addSource('torob', `${lab.shop.url}/feed`);
    putFeed([line(1, { spec })]);
    pageOf([offer('مشکی', '1000000'), offer('سفید', '1200000', 'OutOfStock')], { material: 'چرم گاو' });
    await lab.sync();
    const first = await kept();
    expect(first).toMatchObject({
      attributes: { colour: 'list: مشکی سفید', material: 'page: چرم گاو' },
      variants: [
        ['مشکی', 100_000n, true],
        ['سفید', 120_000n, false],
      ],
    });
    putFeed([line(1)]);
    putPage('/item/1', 'کالای 1');
    await waitDays();
    await lab.sync();
    expect(await kept()).toEqual(first);
  });

  it('keep their ids as long as their options stay, and go when the page has others', async () => {
    await lab.addSource('torob', `${lab.shop.url}/feed`);
    putFeed([line(1)]);
    pageOf([offer('مشکی', '1000000'), offer('سفید', '1200000')]);
    await lab.sync();
    const [black] = (await kept()).ids;
    pageOf([offer('قرمز', '1100000'), offer('سیاه', '1300000')]);
    await waitDays();
    await lab.sync();
    const later = await kept();
    expect(later.variants).toEqual([
      ['قرمز', 110_000n, true],
      ['سیاه', 130_000n, true],
    ]);
    expect(later.ids[1]).toBe(black);
  });

  it('stay as a person wrote them, whatever the shop says', async () => {
    await lab.addSource('torob', `${lab.shop.url}/feed`);
    putFeed([line(1, { spec })]);
    pageOf([offer('مشکی', '1000000')]);
    await lab.sync();
    await lab.db.product.updateMany({
      data: { attributes: [{ name: 'colour', values: ['زرشکی'], from: 'person' }], variantsFrom: 'person' },
    });
    putFeed([line(1, { spec: { رنگ: 'آبی' }, current_price: 777_000 })]);
    pageOf([offer('آبی', '1000000')]);
    await waitDays();
    await lab.sync();
    expect(await kept()).toMatchObject({
      attributes: { colour: 'person: زرشکی' },
      variants: [['مشکی', 100_000n, true]],
    });
    expect((await find()).price).toBe(777_000n);
  });
});
