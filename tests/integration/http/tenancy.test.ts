import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS, RESOURCES } from '../../../src/features.ts';
import { PERMISSIONS } from '../../../src/platform/auth/permissions.ts';
import { hashToken } from '../../../src/platform/auth/tokens.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows, idByResource, type Rows } from '../../support/http-rows.ts';

let api: TestApi;
let token: string;
let ours: Rows;
let theirs: Rows;
beforeAll(async () => {
  api = await startTestApi();
  token = await api.login();
  // People of the installation see other shops' rows by right; their own tests look at that.
  await api.db.user.updateMany({ data: { isInstallation: false } });
  ours = await buildRows(api.db, 'ours', api.businessId);
  theirs = await buildRows(api.db, 'theirs');
});
afterAll(() => api.stop());

/** Names in paths that are no resource's. */
const KINDS: Readonly<Record<string, string>> = { chats: 'conversations', 'unanswered-questions': 'decisions' };

/** A record of an action's kind: the segment before `:id` names the resource. */
function idFor(path: string, rows: Rows): string {
  const name = path.split('/').at(path.split('/').indexOf(':id') - 1) ?? '';
  const id = idByResource(rows)[KINDS[name] ?? name];
  if (!id) throw new Error(`No row for ${path}`);
  return id;
}

const BODIES: Readonly<Record<string, object>> = {
  '/api/unanswered-questions/:id/try': { question: 'Do you deliver?', answer: 'Yes.' },
  '/api/chats/:id/message': { text: 'hello' },
  '/api/conversations/:id/assign': { userId: null },
  '/api/conversations/:id/labels': { labels: [] },
  '/api/conversations/:id/notes': { text: 'note' },
  '/api/conversations/:id/snooze': { until: '2099-01-01T00:00:00Z' },
  '/api/timers/:id/reschedule': { dueAt: '2099-01-01T00:00:00Z' },
  '/api/followups/:id/reschedule': { dueAt: '2099-01-01T00:00:00Z' },
};

describe.each(RESOURCES.map((resource) => [resource.name, resource] as const))('/api/%s', (name, resource) => {
  it('shows our rows and none of theirs, however they are asked for', async () => {
    const [own, foreign] = [idByResource(ours)[name] as string, idByResource(theirs)[name] as string];
    const list = await api.request<{ id: string }[]>('GET', `/api/${name}?range=[0,999]`, { token });
    expect(list.status).toBe(200);
    const ids = list.body.map(({ id }) => id);
    expect(ids).toContain(own);
    expect(ids).not.toContain(foreign);
    const many = `/api/${name}?filter=${encodeURIComponent(JSON.stringify({ id: [own, foreign] }))}`;
    expect((await api.request<{ id: string }[]>('GET', many, { token })).body.map(({ id }) => id)).toEqual([own]);
    const q = `/api/${name}?filter=${encodeURIComponent(JSON.stringify({ q: 'theirs' }))}`;
    expect((await api.request('GET', q, { token })).body).toEqual([]);
  });

  it('answers 404 for their row by every method, as for a row that does not exist', async () => {
    const [own, foreign] = [idByResource(ours)[name] as string, idByResource(theirs)[name] as string];
    expect((await api.request('GET', `/api/${name}/${own}`, { token })).status).toBe(200);
    expect((await api.request('GET', `/api/${name}/${foreign}`, { token })).status).toBe(404);
    const put = await api.request('PUT', `/api/${name}/${foreign}`, { token, body: {} });
    expect(put.status).toBe(resource.update ? 404 : 405);
    const del = await api.request('DELETE', `/api/${name}/${foreign}`, { token });
    expect(del.status).toBe(resource.guardDelete ? 404 : 405);
  });

  it('is closed without a login, and to a key that lacks the permission', async () => {
    expect((await api.request('GET', `/api/${name}`)).status).toBe(401);
    const { read } = resource.permissions;
    // Whoever is logged in; `restrict` is tested by itself.
    if (read === null) return;
    const key = `peyk_without_${read}_${name}`;
    const scopes = PERMISSIONS.filter((permission) => permission !== read);
    const data = { businessId: api.businessId, name: key, keyHash: hashToken(key), lastFour: 'none', scopes };
    await api.db.apiKey.create({ data });
    expect((await api.request('GET', `/api/${name}`, { apiKey: key })).status).toBe(403);
    expect((await api.request('GET', `/api/${name}/${idByResource(ours)[name]}`, { apiKey: key })).status).toBe(403);
  });
});

/** They name no record, so there is none of another business to name; their own tests look at whose rows they count. */
const NAMELESS = new Set([
  '/admin/analytics/behaviour',
  '/admin/analytics/quality',
  '/admin/analytics/summary',
  '/admin/products/sync',
  '/api/catalog/import-template',
  '/api/catalog/schedule',
  '/api/channels',
  '/api/catalog/schedule/trigger',
  '/api/products/import',
  '/api/dashboard',
  '/api/first-hour',
  '/api/live/ticket',
  '/api/mock/generate-chats',
  '/api/reruns',
  '/api/sending',
  '/api/sending/pause',
  '/api/sending/resume',
  '/api/settings',
  '/api/uploads',
  '/api/simulator/rehearsal',
  '/api/test-set/export',
  '/api/test-set/import',
  '/api/unanswered-questions',
  '/api/waiting',
]);

/** What names a record in a field of its body says which field is wrong. */
const NOT_FOUND: Readonly<Record<string, number>> = { '/api/orders/quote': 400 };

describe.each(ACTIONS.map((action) => [`${action.method} ${action.path}`, action] as const))('%s', (_name, action) => {
  const send = (rows: Rows, options: object) => {
    const path = action.path.includes(':id') ? action.path.replace(':id', idFor(action.path, rows)) : action.path;
    const query = action.query ? `?conversation_id=${rows.conversationId}` : '';
    const body = BODIES[action.path] ?? bodyOf(action.path, rows);
    return api.request(action.method.toUpperCase(), path + query, {
      ...options,
      ...(action.method === 'get' ? {} : { body }),
    });
  };

  function bodyOf(path: string, rows: Rows): object {
    if (path === '/admin/ai/simulate_reply') return { conversation_id: rows.conversationId };
    const items = [{ productId: rows.productId, quantity: 1 }];
    if (path === '/api/orders') return { conversationId: rows.conversationId, customerName: 'Sara', items };
    if (path === '/api/orders/quote') return { items };
    if (path === '/api/orders/:id/state') return { state: 'confirmed' };
    if (path === '/api/mock/simulate-message') return { chat_id: rows.conversationId, message: 'hello' };
    if (path === '/api/simulator/messages') return { conversation: rows.conversationId, text: 'hello' };
    return {};
  }

  if (!NAMELESS.has(action.path)) {
    it('does not find their row, and changes nothing', async () => {
      const calls = api.gateway.calls.length;
      const audited = await api.db.auditLog.count();
      expect((await send(theirs, { token })).status).toBe(NOT_FOUND[action.path] ?? 404);
      expect(api.gateway.calls.length).toBe(calls);
      expect(await api.db.auditLog.count()).toBe(audited);
    });
  }

  it('is closed without a login, and to a key that lacks the permission', async () => {
    expect((await send(ours, {})).status).toBe(401);
    const key = `peyk_action_${action.method}_${action.path}_${action.permission}`;
    const scopes = PERMISSIONS.filter((permission) => permission !== action.permission);
    const data = { businessId: api.businessId, name: key, keyHash: hashToken(key), lastFour: 'none', scopes };
    await api.db.apiKey.create({ data });
    expect((await send(ours, { apiKey: key })).status).toBe(403);
  });
});

describe('a user of another business', () => {
  it('cannot write into ours by naming it', async () => {
    for (const field of ['businessId', 'business_id', 'tenantId']) {
      const body = { question: 'q', answer: 'a', [field]: theirs.businessId };
      expect((await api.request('POST', '/api/faqs', { token, body })).status).toBe(400);
      const put = await api.request('PUT', `/api/faqs/${ours.faqId}`, { token, body: { [field]: theirs.businessId } });
      expect(put.status).toBe(400);
    }
  });
});
