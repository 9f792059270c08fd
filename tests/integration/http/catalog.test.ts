import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLE_TEMPLATE } from '../../../src/catalog/readers/product-table.ts';
import { readTableAside } from '../../../src/catalog/readers/read-table.ts';
import type { CatalogSyncs } from '../../../src/catalog/sync-gateway.ts';
import { endLostImports } from '../../../src/catalog/sync-run-store.ts';
import { ConflictError } from '../../../src/platform/errors.ts';
import { createSafeFetch } from '../../../src/platform/safe-fetch/safe-fetch.ts';
import { type FakeShop, startFakeShop } from '../../support/fake-shop.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';

let api: TestApi;
let token: string;
let shop: FakeShop;
let fetchSafely: ReturnType<typeof createSafeFetch>;
const asked: unknown[][] = [];
let refusal: Error | null = null;

/** Notes what it is asked; the real one is tested with a real Temporal. */
const syncs: CatalogSyncs = {
  workflowId: (businessId) => `catalog-sync:${businessId}`,
  start: async (input) => {
    if (refusal) throw refusal;
    asked.push(['start', input.sourceId, input.force]);
  },
  cancel: async () => void asked.push(['cancel']),
  ensureSchedule: async (_, { cron, isOwn }) => asked.push(['ensure', cron, isOwn]) < 0,
  describeSchedule: async () => ({ paused: false, note: '', nextAt: [new Date('2026-12-01T00:00:00Z')], lastAt: null }),
  setPaused: async (_, paused) => void asked.push(['pause', paused]),
  trigger: async () => void asked.push(['trigger']),
};

beforeAll(async () => {
  shop = await startFakeShop();
  fetchSafely = createSafeFetch({ allowCidrs: ['127.0.0.1/32'], userAgent: 'test' });
  const catalog = { syncs, defaultCron: '0 */6 * * *', readTable: readTableAside, tableTemplate: TABLE_TEMPLATE };
  api = await startTestApi({}, { catalog, fetchSafely });
  token = await api.login();
});
afterAll(async () => {
  await api.stop();
  await fetchSafely.close();
  await shop.close();
});

const upload = async (file: string | Uint8Array, query = '') => {
  const response = await fetch(`${api.url}/api/products/import${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: file as Uint8Array<ArrayBuffer> | string,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

/** The smallest workbook: one sheet with inline texts. */
function buildWorkbook(rows: readonly (readonly string[])[]): Uint8Array {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
    .map(
      (row, y) =>
        `<row r="${y + 1}">${row.map((text, x) => cell(text).replace('<c ', `<c r="${String.fromCharCode(65 + x)}${y + 1}" `)).join('')}</row>`,
    )
    .join('')}</sheetData></worksheet>`;
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zipSync({
    '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(sheet),
  });
}

describe('POST /admin/products/sync', () => {
  it('starts a run that can be followed and cancelled', async () => {
    const started = await api.request<{ id: string; statusUrl: string }>('POST', '/admin/products/sync', {
      token,
      body: {},
    });
    expect(started.status).toBe(202);
    expect(started.body).toMatchObject({ state: 'queued', source: 'all', done: 0 });
    expect(asked.at(-1)).toEqual(['start', null, false]);
    expect((await api.request('GET', started.body.statusUrl, { token })).body).toMatchObject({ id: started.body.id });
    expect((await api.request('POST', `${started.body.statusUrl}/cancel`, { token, body: {} })).status).toBe(202);
    expect(asked.at(-1)).toEqual(['cancel']);
  });

  it('says 409 when one is under way, and leaves no run that seems to go on', async () => {
    refusal = new ConflictError('A sync of this business is under way.');
    expect((await api.request('POST', '/admin/products/sync', { token, body: {} })).status).toBe(409);
    refusal = null;
    const [last] = await api.db.syncRun.findMany({ orderBy: { createdAt: 'desc' }, take: 1 });
    expect(last?.state).toBe('failed');
  });

  it('does not know a source of nobody', async () => {
    const body = { sourceId: '01900000-0000-7000-8000-000000000000' };
    expect((await api.request('POST', '/admin/products/sync', { token, body })).status).toBe(404);
  });
});

describe('/api/catalog/schedule', () => {
  it('is read, edited, paused and triggered', async () => {
    const path = '/api/catalog/schedule';
    expect((await api.request('GET', path, { token })).body).toMatchObject({ cron: '0 */6 * * *', isDefault: true });
    const edited = await api.request('POST', path, { token, body: { cron: '30 2 * * *', paused: true } });
    expect(edited.body).toMatchObject({ cron: '30 2 * * *', isDefault: false });
    expect(asked.slice(-2)).toEqual([
      ['ensure', '30 2 * * *', true],
      ['pause', true],
    ]);
    expect((await api.request('POST', path, { token, body: { cron: 'every day' } })).status).toBe(400);
    expect((await api.request('POST', `${path}/trigger`, { token, body: {} })).status).toBe(202);
    expect(asked.at(-1)).toEqual(['trigger']);
    await api.request('POST', path, { token, body: { cron: null } });
    expect((await api.request('GET', path, { token })).body).toMatchObject({ isDefault: true });
  });
});

describe('POST /api/products/import', () => {
  it('takes good rows and reports the others by row', async () => {
    const { status, body } = await upload(
      '\ufeffنام;قیمت;واحد;موجودی;کد\nکفش;۱٬۲۵۰٬۰۰۰;تومان;۳;A1\n;100;تومان;;A2\nکیف;صد هزار;تومان;0;A3\nکفش دو;۵۰۰۰;ریال;ناموجود;A4\nکفش;9;تومان;;A1\nساعت;۱۰۰;سکه;;A5;extra\n',
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'partial', created: 2, rejected: 4, total: 6 });
    const reasons = body.reasons as { code: string; samples: { at: string }[] }[];
    expect(reasons.map(({ code, samples }) => [code, samples[0]?.at])).toEqual([
      ['row_without_title', 'row 3'],
      ['price_not_a_price', 'row 4'],
      ['row_repeated', 'row 6'],
      ['row_unknown_currency', 'row 7'],
    ]);
    const rows = await api.db.product.findMany({ where: { source: 'import' }, orderBy: { externalId: 'asc' } });
    expect(rows.map(({ price, currency, available }) => [price, currency, available])).toEqual([
      [1_250_000n, 'IRT', true],
      [5_000n, 'IRR', false],
    ]);
  });

  it('ends as failed when it breaks off, also when its process was killed, and leaves one at work alone', async () => {
    const { businessId } = api;
    await api.db.$executeRaw`ALTER TABLE products ADD CONSTRAINT no_bomb CHECK (title <> 'bomb')`;
    try {
      expect((await upload('title;price\nbomb;1000\n')).status).toBe(409);
    } finally {
      await api.db.$executeRaw`ALTER TABLE products DROP CONSTRAINT no_bomb`;
    }
    const [broken] = await api.db.syncRun.findMany({ orderBy: { createdAt: 'desc' }, take: 1 });
    expect(broken).toMatchObject({ source: 'import', state: 'failed', reasons: [{ code: 'interrupted' }] });
    const run = () => api.db.syncRun.create({ data: { businessId, source: 'import', state: 'running' } });
    const [lost, atWork] = [await run(), await run()];
    await api.db
      .$executeRaw`UPDATE sync_runs SET updated_at = now() - interval '6 minutes' WHERE id = ${lost.id}::uuid`;
    await endLostImports(api.db, new Date());
    const stateOf = async ({ id }: { id: string }) => (await api.db.syncRun.findUniqueOrThrow({ where: { id } })).state;
    expect([await stateOf(lost), await stateOf(atWork)]).toEqual(['failed', 'running']);
  });

  it('reads the template as CSV and as a workbook', async () => {
    const { body } = await api.request<{ rows: string[][] }>('GET', '/api/catalog/import-template', { token });
    const rows = body.rows as string[][];
    expect((await upload(rows.map((row) => row.join(',')).join('\r\n'))).body).toMatchObject({
      state: 'done',
      created: 1,
    });
    expect((await upload(buildWorkbook(rows))).body).toMatchObject({ state: 'done', created: 0, unchanged: 1 });
  });

  it('changes only what a table has columns for, and makes nothing without a price', async () => {
    const stated = () => api.db.product.findFirstOrThrow({ where: { externalId: 'RI-1' } });
    expect((await upload('کد,نام,قیمت,موجودی\nRI-1,سینی,420000,3\n')).body).toMatchObject({
      state: 'done',
      created: 1,
    });
    const stock = await upload('کد,نام,موجودی\nRI-1,سینی,0\nRI-2,کاسه,4\n');
    expect(stock.body).toMatchObject({
      ...{ state: 'partial', created: 0, updated: 1, rejected: 1, done: 2, total: 2 },
      reasons: [{ code: 'row_without_price_column', samples: [{ at: 'row 3', detail: 'کد, نام, موجودی' }] }],
    });
    expect(await stated()).toMatchObject({ price: 420_000n, currency: 'IRT', available: false, priceFrom: 'table' });
    expect((await upload('کد,نام,قیمت\nRI-1,سینی,430000\n')).body).toMatchObject({ state: 'done', updated: 1 });
    expect(await stated()).toMatchObject({ price: 430_000n, available: false });
    const { id } = await stated();
    const { body } = await api.request('GET', `/api/products/${id}`, { token });
    expect(body).toMatchObject({ price: 430_000, priceFrom: 'table', available: false, availableFrom: 'table' });
    // An empty cell of a column that is there takes the price back, and that is said.
    const emptied = await upload('کد,نام,قیمت,موجودی\nRI-1,سینی,,3\n');
    expect(emptied.body).toMatchObject({
      state: 'partial',
      updated: 1,
      reasons: [{ code: 'without_price', count: 1 }],
    });
    expect(await stated()).toMatchObject({ price: null, priceFrom: '', available: true });
    expect((await upload('title,Preis\nKorb,5000\n')).body).toMatchObject({ state: 'failed', created: 0, rejected: 1 });
    expect(await api.db.product.count({ where: { externalId: 'RI-2' } })).toBe(0);
  });

  it('reads old encodings', async () => {
    const bytes = Uint8Array.from([...Buffer.from('title,price\n'), 0xcd, 0xe4, 0xc7, ...Buffer.from(',5000\n')]);
    expect((await upload(bytes, '?currency=IRR')).body).toMatchObject({ created: 1 });
    expect(await api.db.product.findFirst({ where: { price: 5_000n, title: 'حنا' } })).toMatchObject({
      currency: 'IRR',
    });
  });

  it('refuses what is no table, too large, or a bomb', async () => {
    expect((await upload('hello')).status).toBe(400);
    expect((await upload('')).status).toBe(400);
    const oldExcel = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, ...new Uint8Array(600)]);
    expect(await upload(oldExcel)).toMatchObject({
      status: 400,
      body: {
        message: 'This kind of file is not read: save it as .xlsx or .csv.',
        errors: { file: expect.any(String) },
      },
    });
    expect((await upload(new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]))).status).toBe(400);
    expect((await upload(new Uint8Array(21 * 1024 * 1024))).status).toBe(413);
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(110 * 1024 * 1024) });
    expect((await upload(bomb)).status).toBe(400);
    expect((await api.request('POST', '/api/products/import', { token, body: {} })).status).toBe(415);
  });

  it('keeps formulas as text, and exports them so that no spreadsheet runs them', async () => {
    expect((await upload('title,price\n"=cmd|\' /C calc\'!A0",1000\n')).body).toMatchObject({ created: 1 });
    const filter = encodeURIComponent(JSON.stringify({ q: 'cmd' }));
    const path = `/api/products?filter=${filter}`;
    expect((await api.request<{ title: string }[]>('GET', path, { token })).body[0]?.title).toMatch(/^=cmd/);
    const table = await api.request('GET', path, { token, headers: { accept: 'text/csv' } });
    expect(table.headers.get('content-type')).toMatch(/csv/);
    expect(table.text).toContain("'=cmd|");
  });

  it.each(['+1-800', '-1', '@SUM(A1)', '\tx', '\rx'])('exports %j as text', async (start) => {
    const mark = randomUUID();
    const given = { source: 'manual', sourceKey: mark, searchText: mark, title: `${start} ${mark}` };
    await api.db.product.create({ data: { businessId: api.businessId, ...given } });
    const path = `/api/products?filter=${encodeURIComponent(JSON.stringify({ q: mark }))}`;
    const table = await api.request('GET', path, { token, headers: { accept: 'text/csv' } });
    expect(table.text).toContain(`'${start} ${mark}`);
  });
});

describe('/api/products', () => {
  it('shows prices as people read them, and pictures by our own address', async () => {
    const { id } = await api.db.product.create({
      data: {
        businessId: api.businessId,
        source: 'import',
        sourceKey: 'shown',
        title: 'کفش',
        price: 1_250_000n,
        images: [{ url: `${shop.url}/images/7.png` }],
      },
    });
    const { body } = await api.request<{ imageUrl: string }>('GET', `/api/products/${id}`, { token });
    expect(body).toMatchObject({
      price: 1_250_000,
      priceText: { fa: '۱٬۲۵۰٬۰۰۰ تومان', en: '1,250,000 Toman' },
      syncState: 'live',
    });
    const picture = await fetch(api.url + body.imageUrl);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(picture.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('lets people make, change and delete products of their own, but not those of a source', async () => {
    const body = { title: 'دست‌ساز', price: 90_000 };
    const made = await api.request<{ id: string }>('POST', '/api/products', { token, body });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ source: 'manual', price: 90_000, priceFrom: null, currency: 'IRT' });
    const changed = await api.request('PUT', `/api/products/${made.body.id}`, { token, body: { price: null } });
    expect(changed.body).toMatchObject({ price: null, title: 'دست‌ساز' });
    expect((await api.request('DELETE', `/api/products/${made.body.id}`, { token })).status).toBe(200);
    expect((await api.request('POST', '/api/products', { token, body: { ...body, price: -1 } })).status).toBe(400);
    const synced = await api.db.product.create({
      data: { businessId: api.businessId, source: 'torob', sourceKey: 'synced', title: 'x' },
    });
    expect((await api.request('PUT', `/api/products/${synced.id}`, { token, body: { price: 1 } })).status).toBe(409);
  });
});

describe('attributes and variants', () => {
  type Record = { id: string; attributes: object[]; variants: { id: string; title: string }[]; updatedAt: string };
  const body = {
    title: 'کفش نوا',
    price: 1_200_000,
    attributes: [
      { name: 'جنس', values: ['چرم'] },
      { name: 'ضد آب', values: ['بله'] },
    ],
    variants: [
      {
        options: [
          { name: 'رنگ', value: 'مشکی' },
          { name: 'Size', value: '۴۲' },
        ],
        price: 1_300_000,
        available: true,
      },
      {
        options: [
          { name: 'رنگ', value: 'سفید' },
          { name: 'Size', value: '۴۲' },
        ],
        sku: 'W',
        available: false,
      },
    ],
  };
  const make = (more: object = {}) =>
    api.request<Record>('POST', '/api/products', { token, body: { ...body, ...more } });

  it('are made with a product, under the names of the field, and are found by', async () => {
    const { status, body: made } = await make();
    expect(status).toBe(201);
    expect(made).toMatchObject({
      attributes: [
        { name: 'material', label: { fa: 'جنس', en: 'material' }, values: ['چرم'], from: 'person' },
        { name: 'ضد آب', label: { fa: 'ضد آب', en: 'ضد آب' }, from: 'person' },
      ],
      variants: [
        { title: 'مشکی / ۴۲', price: '1300000', available: true },
        { title: 'سفید / ۴۲', sku: 'W', price: null, available: false },
      ],
      variantsFrom: 'person',
    });
    const { searchText } = await api.db.product.findUniqueOrThrow({ where: { id: made.id } });
    expect(searchText).toContain('مشکی');
  });

  it('may be written on a product of a source, and nothing else of it', async () => {
    const synced = await api.db.product.create({
      data: { businessId: api.businessId, source: 'torob', sourceKey: `s:${randomUUID()}`, title: 'کلاه', price: 1n },
    });
    const put = (change: object) => api.request<Record>('PUT', `/api/products/${synced.id}`, { token, body: change });
    const changed = await put({ attributes: body.attributes, variants: body.variants });
    expect(changed.status).toBe(200);
    expect(changed.body.variants).toHaveLength(2);
    expect((await put({ attributes: [], price: 5 })).status).toBe(409);
    // The whole record back, as a form sends it, with one variant less: the other one stays the same row.
    const [, white] = changed.body.variants;
    const again = await put({ ...changed.body, updatedAt: undefined, variants: [white] });
    expect(again.body.variants).toEqual([white]);
    expect((await put({ variants: [] })).body).toMatchObject({ variants: [], variantsFrom: null });
  });

  it('keep whose word an attribute was that nobody touched', async () => {
    const { body: made } = await make();
    await api.db.product.update({
      where: { id: made.id },
      data: { attributes: [{ name: 'material', values: ['چرم'], from: 'page' }] },
    });
    const change = {
      attributes: [
        { name: 'material', values: ['چرم'] },
        { name: 'گارانتی', values: ['۶ ماه'] },
      ],
    };
    const { body: changed } = await api.request<Record>('PUT', `/api/products/${made.id}`, { token, body: change });
    expect(changed.attributes).toMatchObject([
      { name: 'material', from: 'page' },
      { name: 'warranty', from: 'person' },
    ]);
  });

  it.each([
    ['two variants of the same options', { variants: [body.variants[0], body.variants[0]] }],
    ['a variant without options', { variants: [{ options: [], price: 5 }] }],
    ['a price in parts of a toman', { variants: [{ ...body.variants[0], price: '10.5' }] }],
    ['an attribute without a value', { attributes: [{ name: 'رنگ', values: [] }] }],
    [
      'more than can be kept',
      { attributes: Array.from({ length: 41 }, (_, at) => ({ name: `n${at}`, values: ['x'] })) },
    ],
  ])('are refused for %s', async (_, more) => {
    expect((await make(more)).status).toBe(400);
  });

  it('are taken of a table, a row a variant', async () => {
    const { body: run } = await upload(
      'code;title;price;stock;size;colour\nV-1;Boot;900000;1;41;black\nV-1;Boot;950000;0;42;black\nV-2;Belt;300000;1;;\n',
    );
    expect(run).toMatchObject({ state: 'done', created: 2, rejected: 0, total: 3, done: 3 });
    const { variants, price } = await api.db.product.findFirstOrThrow({
      where: { externalId: 'V-1' },
      include: { variants: { orderBy: { position: 'asc' } } },
    });
    expect(price).toBe(900_000n);
    expect(variants.map((one) => [one.title, one.price, one.available])).toEqual([
      ['41 / black', 900_000n, true],
      ['42 / black', 950_000n, false],
    ]);
  });
});

describe('GET /api/products/:id/askings', () => {
  it('tells where customers asked for a product, newest first, and leaves out other products and old questions', async () => {
    const of = { businessId: api.businessId };
    const asked = await api.db.product.create({ data: { ...of, source: 'import', sourceKey: 'asked', title: 'کیف' } });
    const other = await api.db.product.create({ data: { ...of, source: 'import', sourceKey: 'other', title: 'کفش' } });
    const account = await api.db.account.create({ data: { ...of, channel: 'simulator', externalId: 'askings' } });
    const inAccount = { ...of, accountId: account.id };
    const contact = await api.db.contact.create({ data: { ...inAccount, externalId: 'sara' } });
    const conversation = await api.db.conversation.create({
      data: { ...inAccount, channel: 'simulator', contactId: contact.id },
    });
    const ask = (words: string, outcome: string, productIds: string[], createdAt = new Date()) =>
      api.db.productRequest.create({
        data: {
          ...of,
          conversationId: conversation.id,
          decisionId: randomUUID(),
          words,
          outcome,
          productIds,
          createdAt,
        },
      });
    await ask('کیف چرم', 'good', [asked.id, other.id], new Date(Date.now() - 60_000));
    await ask('کیف', 'near', [asked.id]);
    await ask('کفش', 'good', [other.id]);
    await ask('چتر', 'none', []);
    await ask('کیف قدیمی', 'good', [asked.id], new Date(Date.now() - 100 * 86_400_000));
    const { status, body } = await api.request('GET', `/api/products/${asked.id}/askings`, { token });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      days: 90,
      total: 2,
      askings: [
        { words: 'کیف', outcome: 'near', conversationId: conversation.id, contactName: 'sara' },
        { words: 'کیف چرم', outcome: 'good' },
      ],
    });
    expect((await api.request('GET', `/api/products/${randomUUID()}/askings`, { token })).status).toBe(404);
  });
});

async function receiveMedia(media: { kind: string; url: string }[]) {
  const { businessId } = api;
  const account = await api.db.account.create({ data: { businessId, channel: 'simulator', externalId: randomUUID() } });
  const contact = await api.db.contact.create({
    data: { businessId, accountId: account.id, externalId: randomUUID() },
  });
  const conversation = await api.db.conversation.create({
    data: { businessId, accountId: account.id, contactId: contact.id, channel: 'simulator' },
  });
  const data = { businessId, conversationId: conversation.id, direction: 'in', author: 'customer', sentAt: new Date() };
  return { conversation, message: await api.db.message.create({ data: { ...data, media } }) };
}

describe('/api/post-links', () => {
  const post = 'https://www.instagram.com/yas/p/C9abc_D-1/?igsh=x';
  const make = (json: object) => api.request<{ id: string }>('POST', '/api/post-links', { token, body: json });

  it('links a post to a product, once, in whichever spelling, and shows both', async () => {
    const { body: product } = await api.request<{ id: string }>('POST', '/api/products', {
      token,
      body: { title: 'Blue kettle' },
    });
    const made = await make({ post, productId: product.id });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ post, reference: 'ig:C9abc_D-1', productTitle: 'Blue kettle' });
    expect((await make({ post: 'https://instagram.com/p/C9abc_D-1', productId: product.id })).status).toBe(409);
    const filter = encodeURIComponent('{"q":"kettle"}');
    const { body: found } = await api.request<{ id: string }[]>('GET', `/api/post-links?filter=${filter}`, { token });
    expect(found.map(({ id }) => id)).toEqual([made.body.id]);
    const gone = await api.request('DELETE', `/api/post-links/${made.body.id}`, { token });
    expect(gone.status).toBe(200);
  });

  it('refuses what names no post, and a product that is not there', async () => {
    const { body: product } = await api.request<{ id: string }>('POST', '/api/products', {
      token,
      body: { title: 'Red kettle' },
    });
    for (const wrong of ['two words', '', 'x'.repeat(2000), 'https://'])
      expect((await make({ post: wrong, productId: product.id })).status).toBe(400);
    const other = await api.db.business.create({ data: { slug: 'posts-rival', name: 'Rival' } });
    const theirs = await api.db.product.create({
      data: { businessId: other.id, source: 'manual', sourceKey: 'manual:theirs', title: 'Theirs' },
    });
    for (const productId of [randomUUID(), theirs.id])
      expect(await make({ post, productId })).toMatchObject({
        status: 400,
        body: { errors: { productId: expect.any(String) } },
      });
  });
});

describe('the media proxy', () => {
  const addressOf = async (url: string) => {
    const { id } = await api.db.product.create({
      data: { businessId: api.businessId, source: 'import', sourceKey: url, title: 'x', images: [{ url }] },
    });
    return (await api.request<{ imageUrl: string }>('GET', `/api/products/${id}`, { token })).body.imageUrl;
  };

  it('fetches nothing but what we signed', async () => {
    const good = await addressOf(`${shop.url}/images/1.png`);
    const [, , day, signature] = good.split('/') as string[];
    const other = Buffer.from(`${shop.url}/images/2.png`).toString('base64url');
    expect((await fetch(`${api.url}/media/${day}/${signature}/${other}`)).status).toBe(404);
    expect((await fetch(`${api.url}/media/1/${signature}/${good.split('/')[4]}`)).status).toBe(404);
    expect((await fetch(`${api.url}/media/x/y/z`)).status).toBe(404);
  });

  it('shows what a customer sent by our own address, and only a link for what is no picture, film or sound', async () => {
    const { conversation, message } = await receiveMedia([
      { kind: 'image', url: `${shop.url}/images/5.png` },
      { kind: 'file', url: `${shop.url}/list.pdf` },
      { kind: 'image', url: 'javascript:alert(1)' },
    ]);
    const query = encodeURIComponent(JSON.stringify({ conversationId: conversation.id }));
    const { body } = await api.request<{ id: string; media: { shownAt: string | null }[] }[]>(
      'GET',
      `/api/messages?filter=${query}`,
      { token },
    );
    const [picture, file, script] = body.find(({ id }) => id === message.id)?.media ?? [];
    expect([file?.shownAt, script?.shownAt]).toEqual([null, null]);
    const shown = await fetch(api.url + picture?.shownAt);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  it('gives players the part that they ask for, and the whole to those that ask for nothing we understand', async () => {
    const address = api.url + (await addressOf(`${shop.url}/images/6.png`));
    const whole = Buffer.from(await (await fetch(address)).arrayBuffer());
    const ask = (range: string) => fetch(address, { headers: { range } });
    const part = await ask('bytes=2-5');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 2-5/${whole.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(2, 6));
    const beyond = await ask(`bytes=${whole.length}-`);
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`]);
    for (const range of ['bytes=0-1,4-5', 'lines=1-2', 'nonsense']) expect((await ask(range)).status).toBe(200);
  });

  it.each(['/product/item-1', '/nothing'])('does not show %s, which is no picture', async (path) => {
    expect((await fetch(api.url + (await addressOf(shop.url + path)))).status).toBe(404);
  });

  it('shows the pictures of others while those of one site hang', async () => {
    const slow = createServer(() => undefined);
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const { port } = slow.address() as AddressInfo;
    const addresses = await Promise.all(
      Array.from({ length: 30 }, (_, n) => addressOf(`http://127.0.0.1:${port}/${n}.png`)),
    );
    const stop = new AbortController();
    const hanging = addresses.map((address) => fetch(api.url + address, { signal: stop.signal }).catch(() => null));
    await expect.poll(() => new Promise((resolve) => slow.getConnections((_, count) => resolve(count)))).toBe(4);
    expect((await fetch(api.url + (await addressOf(`${shop.url}/images/7.png`)))).status).toBe(200);
    slow.closeAllConnections();
    slow.close();
    stop.abort();
    await Promise.all(hanging);
  });

  it('writes down that a picture failed, and not its signed address', async () => {
    const address = await addressOf(`${shop.url}/nothing-for-the-log`);
    expect((await fetch(api.url + address)).status).toBe(404);
    await expect.poll(() => api.logs.join('')).toContain('/media/[hidden]');
    expect(api.logs.join('')).not.toContain(address.split('/')[3]);
  });

  it('does not reach into private networks', async () => {
    for (const url of ['http://169.254.169.254/x.png', 'http://10.0.0.1/x.png', 'file:///etc/passwd'])
      expect((await fetch(api.url + (await addressOf(url)))).status).toBe(404);
  });
});
