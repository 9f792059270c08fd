import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { UnavailableError } from '../../../src/platform/errors.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows } from '../../support/http-rows.ts';

let api: TestApi;
let token: string;
let conversationId: string;
beforeAll(async () => {
  api = await startTestApi();
  token = await api.login();
  ({ conversationId } = await buildRows(api.db, 'one', api.businessId));
});
afterEach(() => {
  api.gateway.fail = null;
  api.gateway.calls.length = 0;
});
afterAll(() => api.stop());

let number = 2000;
async function order(changes: object = {}, windowOpen = true): Promise<string> {
  number += 1;
  const windowExpiresAt = new Date(Date.now() + (windowOpen ? 3_600_000 : -1000));
  await api.db.conversation.update({ where: { id: conversationId }, data: { windowExpiresAt } });
  const { businessId } = api;
  const row = await api.db.order.create({ data: { businessId, conversationId, number, total: 900_000n, ...changes } });
  return row.id;
}
const move = (id: string, body: object) => api.request('POST', `/api/orders/${id}/state`, { token, body });
const messageOf = (body: Record<string, unknown>) => {
  const { outboundId } = (body.history as { outboundId: string }[]).at(-1) as { outboundId: string };
  return api.db.outboundMessage.findUniqueOrThrow({ where: { id: outboundId } });
};

describe('POST /api/orders/:id/state', () => {
  it('moves the order, tells the customer without taking over, and writes who did it', async () => {
    const id = await order();
    const { status, body } = await move(id, { state: 'confirmed' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'confirmed',
      nextStates: ['shipped', 'delivered', 'cancelled'],
      total: '900000',
    });
    const message = await messageOf(body);
    expect(message).toMatchObject({ state: 'planned', author: 'human', purpose: 'order_update' });
    expect(message.text).toContain('تأیید');
    expect(api.gateway.calls).toMatchObject([
      { method: 'setTimer', args: [{ conversationId }, { timer: { kind: 'send_later', outboundIds: [message.id] } }] },
    ]);
    expect(await api.db.auditLog.findFirst({ where: { resource: 'orders', resourceId: id } })).toMatchObject({
      action: 'state',
      after: { state: 'confirmed' },
    });
  });

  it('refuses a state that cannot follow', async () => {
    const id = await order({ state: 'delivered' });
    expect((await move(id, { state: 'shipped' })).status).toBe(409);
    expect((await move(id, { state: 'lost' })).status).toBe(400);
    expect(await api.db.order.findUnique({ where: { id } })).toMatchObject({ state: 'delivered', history: [] });
  });

  it('never plans a message past the window: it is blocked, and shown so', async () => {
    const { status, body } = await move(await order({}, false), { state: 'shipped' });
    expect(status).toBe(200);
    expect(await messageOf(body)).toMatchObject({ state: 'blocked', reason: 'window_closed' });
    expect(api.gateway.calls).toEqual([]);
  });

  it('keeps the state when the workflow engine is away, and blocks the message', async () => {
    api.gateway.fail = new UnavailableError('away');
    const { status, body } = await move(await order(), { state: 'shipped' });
    expect(status).toBe(200);
    expect(await messageOf(body)).toMatchObject({ state: 'blocked', reason: 'temporal_unavailable' });
  });

  it('tells nobody when that is not wanted', async () => {
    const { body } = await move(await order(), { state: 'cancelled', notify: false });
    expect(body).toMatchObject({ state: 'cancelled', history: [{ outboundId: null, state: 'cancelled' }] });
    expect(api.gateway.calls).toEqual([]);
  });

  it('writes in the language of the customer, and as the bot for a program', async () => {
    const id = await order({ language: 'en' });
    const apiKey = 'test-admin-key-0123456789abcdef';
    const { body } = await api.request('POST', `/api/orders/${id}/state`, { apiKey, body: { state: 'shipped' } });
    expect(await messageOf(body)).toMatchObject({ author: 'bot', text: `Your order ${number} has been shipped.` });
  });
});

describe('GET /api/orders', () => {
  it('finds orders by state, customer and phone', async () => {
    const id = await order({ phone: '+989120001122', customerName: 'مریم احمدی', state: 'shipped' });
    const list = async (filter: object) => {
      const query = encodeURIComponent(JSON.stringify(filter));
      const { body } = await api.request<{ id: string }[]>('GET', `/api/orders?filter=${query}`, { token });
      return (body as unknown as { id: string }[]).map((row) => row.id);
    };
    expect(await list({ q: '0001122' })).toEqual([id]);
    expect(await list({ q: 'مريم', state: 'shipped' })).toEqual([id]);
    expect(await list({ q: '0001122', state: 'cancelled' })).toEqual([]);
  });

  it('lets people change what is written about an order, and nothing that was agreed', async () => {
    const id = await order();
    const ok = await api.request('PUT', `/api/orders/${id}`, { token, body: { note: 'gift wrap' } });
    expect(ok.body).toMatchObject({ note: 'gift wrap', total: '900000' });
    const row = await api.db.order.findUniqueOrThrow({ where: { id } });
    await api.request('PUT', `/api/orders/${id}`, { token, body: { ...row, total: '1', state: 'delivered' } });
    expect(await api.db.order.findUnique({ where: { id } })).toMatchObject({ total: 900_000n, state: 'placed' });
  });
});

describe('POST /api/orders', () => {
  const product = async (title: string, price: bigint | null) => {
    const { businessId } = api;
    const data = { businessId, source: 'manual', sourceKey: title, title, price, searchText: title, available: true };
    return (await api.db.product.create({ data })).id;
  };
  const create = async (changes: object) => {
    const windowExpiresAt = new Date(Date.now() + 3_600_000);
    await api.db.conversation.update({ where: { id: conversationId }, data: { windowExpiresAt } });
    const body = { conversationId, customerName: 'سارا', phone: '۰۹۱۲ ۳۴۵ ۶۷۸۹', ...changes };
    return api.request('POST', '/api/orders', { token, body });
  };

  it('notes an order at the prices of the catalog, tells the customer, and writes who did it', async () => {
    const [bag, shawl] = [await product('کیف', 450_000n), await product('شال', 200_000n)];
    const items = [
      { productId: bag, quantity: 2 },
      { productId: shawl, quantity: 1 },
    ];
    const { status, body } = await create({ items, address: 'تهران' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'placed', total: '1100000', phone: '+989123456789', address: 'تهران' });
    expect(body.items).toMatchObject([{ quantity: 2, lineTotal: '900000' }, { quantity: 1 }]);
    const message = await messageOf(body);
    expect(message).toMatchObject({ author: 'human', purpose: 'order_update' });
    expect(message.text).toContain('۱٬۱۰۰٬۰۰۰ تومان');
    expect(api.gateway.calls).toMatchObject([{ method: 'setTimer' }]);
    const entry = await api.db.auditLog.findFirst({ where: { resource: 'orders', resourceId: String(body.id) } });
    expect(entry).toMatchObject({ action: 'create', after: { state: 'placed' } });
  });

  it('calls an order without a name by its customer', async () => {
    const { status, body } = await create({
      customerName: '',
      items: [{ productId: await product('دستکش', 90_000n), quantity: 1 }],
    });
    expect(status).toBe(200);
    const entry = await api.db.auditLog.findFirst({ where: { resource: 'orders', resourceId: String(body.id) } });
    expect(entry?.subject).toMatch(/^#\d+ \S/);
  });

  it('tells what an order would cost, and stores nothing', async () => {
    const before = await api.db.order.count();
    const items = [{ productId: await product('جوراب', 50_000n), quantity: 3 }];
    const { status, body } = await api.request('POST', '/api/orders/quote', { token, body: { items } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ lines: [{ quantity: 3 }], totalText: { fa: '۱۵۰٬۰۰۰ تومان', en: '150,000 Toman' } });
    expect((await api.request('POST', '/api/orders/quote', { token, body: { items: [] } })).status).toBe(400);
    expect(await api.db.order.count()).toBe(before);
  });

  it('places what was quoted, and refuses when the price has changed since', async () => {
    const productId = await product('کلاه', 70_000n);
    const items = [{ productId, quantity: 2 }];
    const asked = await api.request('POST', '/api/orders/quote', { token, body: { items } });
    const { quote } = asked.body;
    expect((await create({ items, quote })).body).toMatchObject({ total: '140000' });
    await api.db.product.update({ where: { id: productId }, data: { price: 80_000n } });
    const before = await api.db.order.count();
    const refused = await create({ items, quote });
    expect([refused.status, refused.body.detail]).toEqual([409, 'The price has changed.']);
    expect(await api.db.order.count()).toBe(before);
    await api.db.product.update({ where: { id: productId }, data: { price: null } });
    expect((await create({ items, quote })).status).toBe(409);
    await api.db.product.update({ where: { id: productId }, data: { price: 70_000n, available: false } });
    expect((await create({ items, quote })).status).toBe(409);
  });

  it('refuses a quotation whose sum is the same by chance', async () => {
    const [cup, plate] = [await product('فنجان', 30_000n), await product('بشقاب', 50_000n)];
    const items = [cup, plate].map((productId) => ({ productId, quantity: 1 }));
    const { quote } = (await api.request('POST', '/api/orders/quote', { token, body: { items } })).body;
    await api.db.product.update({ where: { id: cup }, data: { price: 50_000n } });
    await api.db.product.update({ where: { id: plate }, data: { price: 30_000n } });
    expect((await create({ items, quote })).status).toBe(409);
  });

  it('finds the first order again when it is repeated, also at the same time', async () => {
    const items = [{ productId: await product('عینک', 300_000n), quantity: 1 }];
    const id = crypto.randomUUID();
    const answers = await Promise.all([create({ id, items }), create({ id, items })]);
    answers.push(await create({ id, items }));
    expect(answers.map(({ status, body }) => [status, body.id])).toEqual(answers.map(() => [200, id]));
    expect(api.gateway.calls).toHaveLength(1);
  });

  it('keeps an order without a price as a draft, and tells nobody when asked not to', async () => {
    const items = [{ productId: await product('ساعت', null), quantity: 1 }];
    const { body } = await create({ items, notify: false });
    expect(body).toMatchObject({ state: 'draft', total: null, history: [{ outboundId: null }] });
    expect(api.gateway.calls).toEqual([]);
  });

  it.each([
    ['nothing', { items: [] }, 400],
    ['a product of nobody', { items: [{ productId: crypto.randomUUID(), quantity: 1 }] }, 400],
    ['no whole number', { items: [{ productId: crypto.randomUUID(), quantity: 0.5 }] }, 400],
    ['a conversation of nobody', { conversationId: crypto.randomUUID(), items: [] }, 400],
  ])('refuses %s', async (_, changes, expected) => {
    expect((await create(changes)).status).toBe(expected);
  });

  it('refuses a phone number that cannot be, and a conversation that is not there', async () => {
    const items = [{ productId: await product('کمربند', 1n), quantity: 1 }];
    expect((await create({ items, phone: '12' })).status).toBe(400);
    expect((await create({ items, conversationId: crypto.randomUUID() })).status).toBe(404);
  });
});
