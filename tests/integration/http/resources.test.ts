import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversations } from '../../../src/conversations/conversations.resource.ts';
import { conversationWorkflowId } from '../../../src/conversations/gateway.ts';
import { PrismaClient } from '../../../src/platform/database/generated/client.ts';
import { listRows } from '../../../src/platform/http/resources/resource-store.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows, type Rows } from '../../support/http-rows.ts';

let api: TestApi;
let token: string;
let rows: Rows;
let databaseUrl: string;
beforeAll(async () => {
  api = await startTestApi({ TEMPORAL_UI_URL: 'http://temporal.local:8233' });
  token = await api.login();
  databaseUrl = api.databaseUrl;
  rows = await buildRows(api.db, 'one', api.businessId);
  const faqs = Array.from({ length: 30 }, (_, n) => ({
    businessId: api.businessId,
    question: `question ${String(n).padStart(2, '0')}`,
    answer: n % 2 === 0 ? 'even' : 'odd_%',
    // All of one time: only the tie-breaker orders them.
    createdAt: new Date('2026-01-01T00:00:00Z'),
  }));
  await api.db.faq.createMany({ data: faqs });
});
afterAll(() => api.stop());

function openLoggedDatabase(connectionString: string) {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString }), log: [{ emit: 'event', level: 'query' }] });
}

type Faq = { id: string; question: string; answer: string; updatedAt: string };
const json = (value: unknown) => encodeURIComponent(JSON.stringify(value));
const get = <T = Record<string, unknown>>(path: string) => api.request<T>('GET', path, { token });
const filtered = (name: string, filter: object) => get<{ id: string }[]>(`/api/${name}?filter=${json(filter)}`);

describe('lists', () => {
  it('give the page that sort and range name, with the total in both headers', async () => {
    const answer = await get<Faq[]>(`/api/faqs?sort=${json(['question', 'DESC'])}&range=[5,9]`);
    expect(answer.body.map(({ question }) => question)).toEqual([
      'question 25',
      'question 24',
      'question 23',
      'question 22',
      'question 21',
    ]);
    expect(answer.headers.get('content-range')).toBe('faqs 5-9/31');
    expect(answer.headers.get('x-total-count')).toBe('31');
  });

  it('show each row once over all pages, though the sorted values are equal', async () => {
    const seen: string[] = [];
    for (let start = 0; start < 31; start += 7) {
      const path = `/api/faqs?sort=${json(['createdAt', 'ASC'])}&range=[${start},${start + 6}]`;
      seen.push(...(await get<Faq[]>(path)).body.map(({ id }) => id));
    }
    expect(new Set(seen).size).toBe(31);
  });

  it('name a total also when empty or past the end', async () => {
    const none = await filtered('faqs', { question: 'no such question' });
    expect(none.headers.get('content-range')).toBe('faqs 0-0/0');
    expect((await get('/api/faqs?range=[100,110]')).headers.get('content-range')).toBe('faqs 100-100/31');
  });

  it('give all rows of an id list, without those that are missing, in no page size', async () => {
    const all = (await get<Faq[]>('/api/faqs?range=[0,999]')).body.map(({ id }) => id);
    const answer = await filtered('faqs', { id: [...all, rows.conversationId] });
    expect(new Set(answer.body.map(({ id }) => id))).toEqual(new Set(all));
  });

  it('filter by operators, by text, by lists and by null', async () => {
    expect((await filtered('faqs', { question_gte: 'x' })).status).toBe(400);
    expect((await filtered('faqs', { answer: 'even' })).body).toHaveLength(15);
    expect((await filtered('faqs', { answer_neq: 'even' })).body).toHaveLength(16);
    expect((await filtered('faqs', { question_q: 'QUESTION 0' })).body).toHaveLength(10);
    expect((await filtered('faqs', { q: 'odd_%' })).body).toHaveLength(15);
    expect((await filtered('faqs', { q: 'd__' })).body).toHaveLength(0);
    expect((await filtered('faqs', { createdAt_lte: '2026-01-01T00:00:00Z' })).body).toHaveLength(30);
    expect((await filtered('faqs', { createdAt_gt: '2026-01-01' })).body).toHaveLength(1);
    expect((await filtered('outbound-messages', { state: ['unknown', 'sent'] })).body).toHaveLength(1);
    expect((await filtered('outbound-messages', { state: ['sent'] })).body).toHaveLength(0);
    expect((await filtered('conversations', { modeUntil: null })).body).toHaveLength(1);
    expect((await filtered('conversations', { modeUntil_neq: null })).body).toHaveLength(0);
  });

  it('find by the foreign keys their rows show', async () => {
    const other = '01900000-0000-7000-8000-000000000000';
    const pairs: [string, object, object][] = [
      ['messages', { conversationId: rows.conversationId }, { conversationId: other }],
      ['messages', { contactId: rows.contactId }, { contactId: other }],
      ['conversations', { contactId: rows.contactId }, { contactId: other }],
      ['conversations', { accountId: rows.accountId }, { accountId: other }],
      ['contacts', { conversationId: rows.conversationId }, { conversationId: other }],
      ['outbound-messages', { decisionId: rows.decisionId }, { decisionId: other }],
      ['followups', { conversationId: rows.conversationId }, { conversationId: other }],
      ['inbound-events', { deliveryId: rows.deliveryId }, { deliveryId: other }],
      ['tickets', { contactId: rows.contactId }, { contactId: other }],
      ['decisions', { conversationId: rows.conversationId }, { conversationId: other }],
    ];
    for (const [name, right, wrong] of pairs) {
      expect((await filtered(name, right)).body, `${name} ${JSON.stringify(right)}`).toHaveLength(1);
      expect((await filtered(name, wrong)).body, `${name} ${JSON.stringify(wrong)}`).toHaveLength(0);
    }
  });

  it('find the customer by name, by text and by the id on the channel with q', async () => {
    for (const q of ['cust-one', 'SARA', rows.conversationId]) {
      expect((await filtered('conversations', { q })).body, q).toHaveLength(1);
    }
    for (const q of ['cust-one', 'sara', rows.contactId])
      expect((await filtered('contacts', { q })).body).toHaveLength(1);
    expect((await filtered('conversations', { q: 'cust-two' })).body).toHaveLength(0);
  });

  it('take filters as plain parameters in other spellings', async () => {
    expect((await get(`/api/messages?contact_id=${rows.contactId}`)).body).toHaveLength(1);
    expect((await get('/api/chats?platform=simulator')).body).toHaveLength(1);
    expect((await get('/api/chats?platform=sms')).body).toHaveLength(0);
    expect((await get('/api/messages?no_such_thing=1')).status).toBe(400);
  });

  it.each([
    'range=[0,1e9]',
    'range=[5,1]',
    'range=[-1,5]',
    'range="abc"',
    'range=abc',
    'range=[0,5]&range=[0,6]',
    `filter=${json({ id: { gt: '' } })}`,
    `filter=${json({ id: 'x' })}`,
    `filter=${json({ noSuchField: 1 })}`,
    `filter=${json({ passwordHash: 'x' })}`,
    `filter=${json({ businessId: '01900000-0000-7000-8000-000000000000' })}`,
    `filter=${json(['id'])}`,
    `filter=${json({ __proto__x: 1, constructor: 1 })}`,
    'filter={"__proto__":{"id":1}}',
    'filter={',
    `filter=${json({ createdAt_gte: 'yesterday' })}`,
    `filter=${json({ active: 'perhaps' })}`,
    `filter=${json({ role: 'root' })}`,
    `filter=${json({ username: 'nul\0' })}`,
    `filter=${json({ q: 'x'.repeat(201) })}`,
    `filter=${json({ q: { a: 1 } })}`,
    `sort=${json(['password', 'ASC'])}`,
    `sort=${json(['passwordHash', 'ASC'])}`,
    `sort=${json(['__proto__', 'ASC'])}`,
    `sort=${json(['username', 'sideways'])}`,
    `sort=${json('username')}`,
    'sort=[',
  ])('refuse %s with 400 and a message', async (query) => {
    const answer = await get(`/api/users?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ status: 400, title: 'Bad request' });
    expect(answer.body.message).toBeTruthy();
    expect(answer.text).not.toMatch(/prisma|invocation|stack/i);
  });

  it('refuse more than 500 ids with 400, and take 500', async () => {
    const ids = Array.from({ length: 501 }, () => rows.faqId);
    expect((await filtered('faqs', { id: ids })).status).toBe(400);
    expect((await filtered('faqs', { id: ids.slice(1) })).body).toHaveLength(1);
  });

  it('cost two statements, with the contact', async () => {
    const db = openLoggedDatabase(databaseUrl);
    const statements: string[] = [];
    db.$on('query', ({ query }) => statements.push(query));
    const page = { where: {}, orderBy: [{ id: 'asc' }], skip: 0, take: 25 };
    const { rows: listed } = await listRows(db, conversations, { businessId: api.businessId }, page);
    expect(listed[0]?.contact.externalId).toBe('cust-one');
    expect(statements.filter((statement) => statement.startsWith('SELECT'))).toHaveLength(2);
    await db.$disconnect();
  });
});

describe('records', () => {
  it('of conversations show what the contract names, alone as in lists', async () => {
    const { body } = await get(`/api/conversations/${rows.conversationId}`);
    const { accountId, contactId } = rows;
    const workflowId = conversationWorkflowId({ channel: 'simulator', accountId, contactId });
    expect(body).toMatchObject({
      id: rows.conversationId,
      status: 'open',
      mode: 'bot',
      channel: 'simulator',
      lastUserMessageAt: null,
      windowExpiresAt: null,
      followUpDueAt: null,
      contactName: 'Sara one',
      contactExternalId: 'cust-one',
      workflowId,
      workflowUrl: `http://temporal.local:8233/namespaces/default/workflows/${encodeURIComponent(workflowId)}`,
    });
    expect((await filtered('conversations', { id: rows.conversationId })).body).toEqual([body]);
  });

  it('of outbound messages and messages show what the contract names', async () => {
    const outbound = (await get(`/api/outbound-messages/${rows.outboundId}`)).body;
    const { conversationId } = rows;
    expect(outbound).toMatchObject({
      conversationId,
      state: 'unknown',
      attempts: 0,
      externalId: null,
      reason: '',
      author: 'bot',
    });
    const message = (await get(`/api/messages/${rows.messageId}`)).body;
    expect(message).toMatchObject({
      conversationId,
      direction: 'in',
      author: 'customer',
      kind: 'text',
      text: 'text one',
    });
    expect(message.createdAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('of users never hold the password', async () => {
    const told = (await get('/api/users')).text.replaceAll(/"mustChangePassword":(true|false)/g, '');
    expect(told).not.toMatch(/password|hash|argon/i);
  });

  it.each(['../../x', '%00', 'not-an-id', '1', 'x'.repeat(10_000), '%E0%A4%A', "1'--"])(
    'are 404 or 400 for the id %s',
    async (id) => {
      const answer = await get(`/api/conversations/${id}`);
      expect([400, 404]).toContain(answer.status);
      expect(answer.text).not.toMatch(/prisma|invocation|node_modules/i);
    },
  );
});

describe('changes', () => {
  const create = async (question: string): Promise<Faq> => {
    const body = { question, answer: 'an answer', language: 'en' };
    const answer = await api.request<Faq>('POST', '/api/faqs', { token, body });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const put = (id: string, body: unknown, headers = {}) =>
    api.request<Faq>('PUT', `/api/faqs/${id}`, { token, body, headers });

  it('create, change by parts or by the whole record, and delete with the record as answer', async () => {
    const faq = await create('how long?');
    const changed = await put(faq.id, { answer: 'two days' });
    expect(changed.body).toMatchObject({ id: faq.id, question: 'how long?', answer: 'two days' });
    const whole = await put(faq.id, { ...changed.body, question: 'how far?' });
    expect(whole.body).toMatchObject({ question: 'how far?', answer: 'two days' });
    const headers = { 'content-type': 'text/plain' };
    const removed = await api.request('DELETE', `/api/faqs/${faq.id}`, { token, headers });
    expect(removed.status).toBe(200);
    expect(removed.body.id).toBe(faq.id);
    expect((await get(`/api/faqs/${faq.id}`)).status).toBe(404);
  });

  it('refuse mass assignment', async () => {
    const faq = await create('mass?');
    for (const field of ['id', 'createdAt', 'updated_at', 'tenantId', 'role', 'passwordHash']) {
      const value = '01900000-0000-7000-8000-000000000000';
      const answer = await put(faq.id, { [field]: value });
      expect(answer.status, field).toBe(400);
      expect((answer.body as unknown as { errors: object }).errors).toHaveProperty(field);
      const made = await api.request('POST', '/api/faqs', {
        token,
        body: { question: 'q', answer: 'a', [field]: value },
      });
      expect(made.status, field).toBe(400);
    }
    for (const body of ['[]', '"x"', 'null', '{']) expect((await put(faq.id, body)).status).toBe(400);
  });

  it('refuse a stale version: 409 by the record, 412 by If-Match', async () => {
    const faq = await create('stale?');
    const tag = (await get(`/api/faqs/${faq.id}`)).headers.get('etag') ?? '';
    expect((await put(faq.id, { answer: 'newer' }, { 'if-match': tag })).status).toBe(200);
    expect((await put(faq.id, { answer: 'late' }, { 'if-match': tag })).status).toBe(412);
    expect((await put(faq.id, { ...faq, answer: 'late' })).status).toBe(409);
    expect((await get<Faq>(`/api/faqs/${faq.id}`)).body.answer).toBe('newer');
  });

  it('are audited with who, before and after, and without passwords', async () => {
    const faq = await create('audited?');
    await put(faq.id, { answer: 'changed' });
    await api.request('DELETE', `/api/faqs/${faq.id}`, { token });
    const admin = await api.db.user.findFirstOrThrow({ where: { username: 'admin' } });
    const entries = await api.db.auditLog.findMany({ where: { resourceId: faq.id }, orderBy: { id: 'asc' } });
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ['create', admin.id],
      ['update', admin.id],
      ['delete', admin.id],
    ]);
    expect(entries[1]?.before).toMatchObject({ answer: 'an answer' });
    expect(entries[1]?.after).toMatchObject({ answer: 'changed' });
    const body = { username: 'audited', password: 'very-secret-password' };
    const user = (await api.request('POST', '/api/users', { token, body })).body;
    await api.request('PUT', `/api/users/${user.id}`, { token, body: { password: 'other-secret-password' } });
    const logs = JSON.stringify(await api.db.auditLog.findMany({ where: { resource: 'users' } }));
    expect(logs).not.toContain('secret-password');
  });

  it('do not exist where they are not declared', async () => {
    for (const [method, path] of [
      ['DELETE', `/api/conversations/${rows.conversationId}`],
      ['PUT', `/api/messages/${rows.messageId}`],
      ['POST', '/api/audit-logs'],
    ] as const) {
      expect((await api.request(method, path, { token, body: {} })).status).toBe(405);
    }
  });

  it('of tickets and of the business keep to their rules', async () => {
    const ticket = await api.request('PUT', `/api/tickets/${rows.ticketId}`, { token, body: { state: 'solved' } });
    expect(ticket.body.state).toBe('solved');
    const wrong = await api.request('PUT', `/api/tickets/${rows.ticketId}`, { token, body: { state: 'gone' } });
    expect(wrong.status).toBe(400);
    const path = `/api/businesses/${api.businessId}`;
    const business = await api.request('PUT', path, { token, body: { timeZone: 'Europe/Berlin', aiEnabled: false } });
    expect(business.body).toMatchObject({ timeZone: 'Europe/Berlin', aiEnabled: false });
    expect((await api.request('PUT', path, { token, body: { timeZone: 'Mars/Base' } })).status).toBe(400);
    expect((await api.request('PUT', path, { token, body: { slug: 'other' } })).status).toBe(400);
  });
});

describe('users', () => {
  const user = (body: object) => api.request('POST', '/api/users', { token, body });

  it('are made with a hashed password and can log in', async () => {
    const made = await user({ username: 'Nasrin@Shop.ir', password: 'long-enough-1' });
    expect(made.body).toMatchObject({ username: 'nasrin@shop.ir', role: 'operator', active: true });
    expect(await api.login('nasrin@shop.ir', 'long-enough-1')).toBeTruthy();
    const stored = await api.db.user.findFirstOrThrow({ where: { username: 'nasrin@shop.ir' } });
    expect(stored.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('are refused when the name is taken (409) or the password is short (400)', async () => {
    await user({ username: 'twice', password: 'long-enough-1' });
    const again = await user({ username: 'TWICE', password: 'long-enough-1' });
    expect(again.status).toBe(409);
    expect(again.text).not.toMatch(/prisma|users_username_key/i);
    expect((await user({ username: 'short', password: 'short' })).status).toBe(400);
  });

  it('keep at least one active admin, and nobody deletes themselves', async () => {
    const { body: admin } = await api.request('GET', '/auth/me', { token });
    const path = `/api/users/${admin.id}`;
    expect((await api.request('PUT', path, { token, body: { role: 'operator' } })).status).toBe(409);
    expect((await api.request('PUT', path, { token, body: { active: false } })).status).toBe(409);
    expect((await api.request('DELETE', path, { token })).status).toBe(409);
    const { body: second } = await user({ username: 'second', password: 'long-enough-1', role: 'admin' });
    expect((await api.request('DELETE', `/api/users/${second.id}`, { token })).status).toBe(200);
  });
});
