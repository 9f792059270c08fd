import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows } from '../../support/http-rows.ts';

let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await startTestApi({ ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}` });
  token = await api.login();
});
afterAll(() => api.stop());

interface FirstHour {
  dismissedAt: string | null;
  isDone: boolean;
  steps: { name: string; state: string; count: number }[];
}
const read = async () => (await api.request<FirstHour>('GET', '/api/first-hour', { token })).body;
const states = async () => Object.fromEntries((await read()).steps.map(({ name, state }) => [name, state]));
const call = async (method: string, path: string, body: object, expected: number) =>
  expect((await api.request(method, path, { token, body })).status, path).toBe(expected);

it('follows a shop from nothing to ready by its rows alone, and never by those of another', async () => {
  await buildRows(api.db, 'another-shop');
  const names = ['name', 'hours', 'channel', 'products', 'answers', 'model', 'try', 'invite'];
  expect(await states()).toEqual(Object.fromEntries(names.map((name) => [name, 'open'])));

  await call('PATCH', '/api/settings', { name: 'Leather of Rain' }, 200);
  const businessHours = [{ weekday: 6, from: '09:00', to: '18:00' }];
  await call('PATCH', '/api/settings', { businessHours, aiProvider: 'builtin' }, 200);
  await call('POST', '/api/products', { title: 'Bag', price: 100 }, 201);
  for (const question of ['a', 'b', 'c', 'd']) {
    await call('POST', '/api/faqs', { language: 'en', question, answer: 'yes' }, 201);
  }
  const account = {
    channel: 'directam',
    externalId: '178',
    credentials: { baseUrl: 'https://d.example', apiKey: 'k' },
  };
  await call('POST', '/api/accounts', account, 201);
  expect(await states()).toMatchObject({
    ...{ name: 'done', hours: 'done', channel: 'started', products: 'done', answers: 'started', model: 'done' },
    ...{ try: 'open', invite: 'open' },
  });

  await call('POST', '/api/faqs', { language: 'en', question: 'e', answer: 'yes' }, 201);
  await api.db.account.updateMany({ where: { externalId: '178' }, data: { lastInboundAt: new Date() } });
  expect(await read()).toMatchObject({ isDone: false });
  await buildRows(api.db, 'tried', api.businessId);
  expect(await states()).toMatchObject({ channel: 'done', answers: 'done', try: 'done' });
  expect(await read()).toMatchObject({ isDone: true });

  // What is taken away is to be done again.
  await api.db.account.updateMany({ where: { businessId: api.businessId }, data: { status: 'removed' } });
  await call('PATCH', '/api/settings', { businessHours: null }, 200);
  expect(await states()).toMatchObject({ channel: 'open', hours: 'open' });
});

it('is put away for the whole shop and brought back, with a word in the audit log each time', async () => {
  const put = (dismissed: unknown) => api.request<FirstHour>('POST', '/api/first-hour', { token, body: { dismissed } });
  const written = () => api.db.auditLog.count({ where: { resource: 'settings', resourceId: api.businessId } });
  const before = await written();
  expect((await put('yes')).status).toBe(400);
  expect((await put(true)).body.dismissedAt).not.toBeNull();
  expect((await put(true)).status).toBe(200);
  expect((await read()).dismissedAt).not.toBeNull();
  expect((await put(false)).body.dismissedAt).toBeNull();
  expect(await written()).toBe(before + 2);
});
