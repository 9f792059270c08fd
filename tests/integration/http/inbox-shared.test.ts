import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findLastBurst } from '../../../src/conversations/inbox-actions-store.ts';
import { ConflictError, UnavailableError } from '../../../src/platform/errors.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows, type Rows } from '../../support/http-rows.ts';

let api: TestApi;
let token: string;
let rows: Rows;
let theirs: Rows;
beforeAll(async () => {
  api = await startTestApi();
  token = await api.login();
  rows = await buildRows(api.db, 'desk', api.businessId);
  theirs = await buildRows(api.db, 'other-desk');
});
afterAll(() => api.stop());
beforeEach(() => {
  api.gateway.calls.length = 0;
  api.gateway.fail = null;
});

const FUTURE = '2099-01-01T00:00:00.000Z';
const json = (value: unknown) => encodeURIComponent(JSON.stringify(value));
const post = (path: string, body: object = {}) => api.request('POST', path, { token, body });
const act = (action: string, body: object = {}) => post(`/api/conversations/${rows.conversationId}/${action}`, body);
const find = async (filter: object, name = 'conversations') =>
  (await api.request<{ id: string }[]>('GET', `/api/${name}?filter=${json(filter)}`, { token })).body.map(
    ({ id }) => id,
  );
const lastAudit = (action: string) =>
  api.db.auditLog.findFirstOrThrow({ where: { action, businessId: api.businessId }, orderBy: { id: 'desc' } });

describe('POST /api/conversations/:id/assign', () => {
  it('gives it to a colleague and back to everybody, and says who did', async () => {
    const { status, body } = await act('assign', { userId: rows.userId });
    expect(status).toBe(200);
    expect(body).toMatchObject({ assigneeId: rows.userId, assigneeName: 'user-desk' });
    expect(await find({ assigneeId: rows.userId })).toEqual([rows.conversationId]);
    expect(await find({ assigneeId: null })).toEqual([]);
    expect(await lastAudit('assign')).toMatchObject({
      resource: 'conversations',
      before: { assigneeId: null },
      after: { assigneeId: rows.userId },
    });
    expect((await act('assign', { userId: null })).body).toMatchObject({ assigneeId: null, assigneeName: null });
  });

  it('refuses somebody of another business', async () => {
    const { status, body } = await act('assign', { userId: theirs.userId });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: { userId: expect.any(String) } });
  });
});

describe('POST /api/conversations/:id/labels', () => {
  it('sets exactly the labels that are named, and they are found by them', async () => {
    const made = await post('/api/labels', { name: 'vip', color: '#FF0000' });
    expect(made.body).toMatchObject({ name: 'vip', color: '#ff0000' });
    expect((await act('labels', { labels: ['vip', 'vip'] })).body).toMatchObject({ labels: ['vip'] });
    expect(await find({ labels: 'vip' })).toEqual([rows.conversationId]);
    expect(await find({ labels: 'label desk' })).toEqual([]);
    await api.request('PUT', `/api/labels/${made.body.id}`, { token, body: { name: 'very important' } });
    expect(await find({ labels: ['very important', 'x'] })).toEqual([rows.conversationId]);
    expect((await api.request('DELETE', `/api/labels/${made.body.id}`, { token })).status).toBe(200);
    expect(await find({ labels: 'very important' })).toEqual([]);
  });

  it('refuses a label that is not there, also one of another business', async () => {
    expect((await act('labels', { labels: ['no such'] })).status).toBe(400);
    expect((await act('labels', { labels: ['label other-desk'] })).status).toBe(400);
    expect((await post('/api/labels', { name: 'x', color: 'red' })).status).toBe(400);
  });
});

describe('POST /api/conversations/:id/read and /unread', () => {
  it('marks it, finds it by that, and keeps the number of what was unread already', async () => {
    await api.db.conversation.update({ where: { id: rows.conversationId }, data: { unreadCount: 3 } });
    expect((await act('unread')).body).toMatchObject({ unreadCount: 3, unread: true });
    expect(await find({ unread: true })).toEqual([rows.conversationId]);
    expect((await act('read')).body).toMatchObject({ unreadCount: 0, unread: false });
    expect(await find({ unread: true })).toEqual([]);
    expect(await find({ unread: [true, false] })).toEqual([rows.conversationId]);
    expect((await act('unread')).body).toMatchObject({ unreadCount: 1 });
    expect(await lastAudit('unread')).toMatchObject({ before: { unreadCount: 0 }, after: { unreadCount: 1 } });
  });
});

describe('POST /api/conversations/:id/snooze', () => {
  it('sets a timer, and null cancels the one that is pending', async () => {
    expect((await act('snooze', { until: FUTURE })).status).toBe(200);
    expect(api.gateway.calls[0]).toMatchObject({
      method: 'setTimer',
      args: [{}, { timer: { kind: 'snooze', dueAtMs: Date.parse(FUTURE) } }],
    });
    const { conversationId, businessId } = rows;
    const id = '01900000-0000-7000-8000-0000000000aa';
    await api.db.timer.create({ data: { id, businessId, conversationId, kind: 'snooze', dueAt: new Date(FUTURE) } });
    expect((await act('snooze', { until: null })).status).toBe(200);
    expect(api.gateway.calls[1]).toMatchObject({ method: 'cancelTimer', args: [{ conversationId }, { timerId: id }] });
  });

  it('refuses a time that is past, and tells when Temporal is away', async () => {
    expect((await act('snooze', { until: '2020-01-01T00:00:00Z' })).status).toBe(400);
    expect(api.gateway.calls).toEqual([]);
    api.gateway.fail = new UnavailableError('The workflow engine cannot be reached right now.');
    expect((await act('snooze', { until: FUTURE })).status).toBe(503);
  });
});

describe('notes', () => {
  it('are written by an action, shown with their author, and leave nothing that could be sent', async () => {
    const outbound = await api.db.outboundMessage.count();
    const messages = await api.db.message.count();
    const { status, body } = await act('notes', { text: ' call back tomorrow ' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ text: 'call back tomorrow', authorName: 'admin' });
    expect(await find({ conversationId: rows.conversationId, q: 'tomorrow' }, 'notes')).toEqual([body.id]);
    expect(await api.db.outboundMessage.count()).toBe(outbound);
    expect(await api.db.message.count()).toBe(messages);
    expect((await act('notes', { text: '  ' })).status).toBe(400);
  });

  it('are left once, however often one is tried with its key, and a key belongs to one note', async () => {
    const key = randomUUID();
    const ids = await Promise.all([1, 2, 3].map(async () => (await act('notes', { text: 'once', key })).body.id));
    expect(ids).toEqual([key, key, key]);
    expect(await find({ conversationId: rows.conversationId, q: 'once' }, 'notes')).toEqual([key]);
    expect(await api.db.auditLog.count({ where: { resourceId: key } })).toBe(1);
    expect((await act('notes', { text: 'another', key })).status).toBe(409);
    expect((await act('notes', { text: 'another', key: 'mine' })).status).toBe(400);
  });
});

describe('POST /api/conversations/:id/draft', () => {
  it('gives a text to work with and stores nothing', async () => {
    const outbound = await api.db.outboundMessage.count();
    const { status, body } = await act('draft');
    expect(status).toBe(200);
    expect(body).toEqual({ text: 'an answer', replaced: false });
    expect(await api.db.outboundMessage.count()).toBe(outbound);
    expect(api.gateway.calls).toEqual([]);
  });

  it('answers what the customer wrote last, also when the shop has written since', async () => {
    const { businessId, conversationId } = theirs;
    await api.db.message.deleteMany({ where: { conversationId } });
    const say = async (direction: 'in' | 'out', second: number): Promise<string> => {
      const said = { businessId, conversationId, direction, author: direction === 'in' ? 'customer' : 'bot' };
      return (await api.db.message.create({ data: { ...said, text: 'x', sentAt: new Date(second * 1000) } })).id;
    };
    await say('in', 1);
    await say('out', 2);
    const last = [await say('in', 3), await say('in', 4)];
    expect(await findLastBurst(api.db, conversationId)).toEqual(last);
    await say('out', 5);
    expect(await findLastBurst(api.db, conversationId)).toEqual(last);
  });
});

describe('POST /api/chats/:id/message with sendAt', () => {
  const say = (body: object) => post(`/api/chats/${rows.conversationId}/message`, body);

  it('plans the message and sets the timer that sends it', async () => {
    const { status, body } = await say({ text: 'later', sendAt: FUTURE });
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'planned', timerId: expect.any(String) });
    const expected = { id: body.timerId, kind: 'send_later', dueAtMs: Date.parse(FUTURE), outboundIds: body.partIds };
    expect(api.gateway.calls).toMatchObject([{ method: 'setTimer', args: [{}, { timer: expected }] }]);
    expect(await lastAudit('send_later')).toMatchObject({ resource: 'outbound-messages', resourceId: body.id });
  });

  it('refuses a past time, and one after the window closed', async () => {
    expect((await say({ text: 'x', sendAt: '2020-01-01T00:00:00Z' })).status).toBe(400);
    const where = { id: rows.conversationId };
    await api.db.conversation.update({ where, data: { windowExpiresAt: new Date(Date.now() + 3_600_000) } });
    expect((await say({ text: 'x', sendAt: FUTURE })).body).toMatchObject({ errors: { sendAt: expect.any(String) } });
    await api.db.conversation.update({ where, data: { windowExpiresAt: null } });
  });

  it('blocks the row when the workflow did not take it, so that it is not sent after all', async () => {
    api.gateway.fail = new ConflictError('The time must be before the messaging window closes.');
    expect((await say({ text: 'refused later', sendAt: FUTURE })).status).toBe(409);
    const row = await api.db.outboundMessage.findFirstOrThrow({ where: { text: 'refused later' } });
    expect(row).toMatchObject({ state: 'blocked', reason: 'refused' });
  });
});

describe('POST /api/timers/:id/cancel and /reschedule', () => {
  it('ask the workflow, and write who did', async () => {
    const { timerId } = rows;
    expect((await post(`/api/timers/${timerId}/reschedule`, { dueAt: FUTURE })).status).toBe(200);
    expect((await post(`/api/timers/${timerId}/cancel`)).status).toBe(200);
    expect(api.gateway.calls).toMatchObject([
      {
        method: 'rescheduleTimer',
        args: [{ conversationId: rows.conversationId }, { timerId, dueAtMs: Date.parse(FUTURE) }],
      },
      { method: 'cancelTimer', args: [{}, { timerId }] },
    ]);
    const { conversationId } = rows;
    expect(await lastAudit('reschedule')).toMatchObject({
      resource: 'timers',
      resourceId: timerId,
      after: { conversationId },
    });
  });

  it('refuse a past time and a timer that is over', async () => {
    const { timerId } = rows;
    expect((await post(`/api/timers/${timerId}/reschedule`, { dueAt: '2020-01-01T00:00:00Z' })).status).toBe(400);
    await api.db.timer.update({ where: { id: timerId }, data: { state: 'done' } });
    expect((await post(`/api/timers/${timerId}/cancel`)).status).toBe(409);
    expect(api.gateway.calls).toEqual([]);
  });
});

describe('canned replies and saved filters', () => {
  it('keep one text a shortcut and language', async () => {
    const hello = { shortcut: 'سلام', language: 'fa', text: 'سلام، خوش آمدید' };
    expect((await post('/api/canned-replies', hello)).status).toBe(201);
    expect((await post('/api/canned-replies', hello)).status).toBe(409);
    expect((await post('/api/canned-replies', { ...hello, language: 'en' })).status).toBe(201);
    expect((await post('/api/canned-replies', { ...hello, shortcut: 'two words' })).status).toBe(400);
  });

  it("keep a person's filters from everybody else", async () => {
    const mine = await post('/api/saved-filters', { name: 'mine', filter: { tab: 'mine', q: '' } });
    expect(mine.status).toBe(201);
    expect(mine.body).toMatchObject({ resource: 'conversations', filter: { tab: 'mine', q: '' } });
    const { businessId, userId } = rows;
    const other = await api.db.savedFilter.create({ data: { businessId, userId, name: 'of another' } });
    expect(await find({}, 'saved-filters')).toEqual(expect.arrayContaining([mine.body.id, rows.savedFilterId]));
    expect(await find({}, 'saved-filters')).not.toContain(other.id);
    expect((await api.request('DELETE', `/api/saved-filters/${other.id}`, { token })).status).toBe(404);
    expect((await api.request('DELETE', `/api/saved-filters/${mine.body.id}`, { token })).status).toBe(200);
  });
});

describe('PUT /api/contacts/:id', () => {
  const put = (body: object) => api.request('PUT', `/api/contacts/${rows.contactId}`, { token, body });

  it('changes name, note and own fields, and the customer is found by the new name in any spelling', async () => {
    const changes = { name: 'يگانه كريمي', note: 'likes blue', fields: { size: 'M' } };
    expect((await put(changes)).body).toMatchObject(changes);
    expect(await find({ q: 'یگانه کریمی' })).toEqual([rows.conversationId]);
    expect(await find({ q: 'یگانه' }, 'contacts')).toEqual([rows.contactId]);
    expect(await find({ q: 'cust-desk' })).toEqual([rows.conversationId]);
    expect(await lastAudit('update')).toMatchObject({ resource: 'contacts', after: { note: 'likes blue' } });
  });

  it('changes nothing else', async () => {
    expect((await put({ externalId: 'another' })).status).toBe(400);
    expect((await put({ fields: { size: 5 } })).status).toBe(400);
  });
});

describe('conversations that need a human', () => {
  it('are those with an open ticket, and those where a human is in charge and the customer waits', async () => {
    const where = { id: rows.conversationId };
    await api.db.ticket.updateMany({ where: { conversationId: rows.conversationId }, data: { state: 'solved' } });
    expect(await find({ needsHuman: true })).toEqual([]);
    expect(await find({ needsHuman: false })).toEqual([rows.conversationId]);
    await api.db.conversation.update({ where, data: { mode: 'human', waitingSince: new Date() } });
    expect(await find({ needsHuman: true })).toEqual([rows.conversationId]);
    await api.db.conversation.update({ where, data: { mode: 'bot' } });
    expect(await find({ needsHuman: true })).toEqual([]);
    await api.db.ticket.updateMany({ where: { id: rows.ticketId }, data: { state: 'open' } });
    expect(await find({ needsHuman_neq: false })).toEqual([rows.conversationId]);
  });
});

describe('POST /api/conversations/:id/solve', () => {
  const waiting = { waitingSince: new Date(), mode: 'human' };
  const change = (data: object) => api.db.conversation.update({ where: { id: rows.conversationId }, data });
  const openTicket = () =>
    api.db.ticket.create({
      data: { businessId: api.businessId, conversationId: rows.conversationId, reason: 'angry' },
    });

  it('solves the open tickets and takes it off the list of those that wait for a person', async () => {
    await api.db.ticket.updateMany({ where: { conversationId: rows.conversationId }, data: { state: 'solved' } });
    const ticket = await openTicket();
    await change(waiting);
    expect(await find({ needsHuman: true })).toContain(rows.conversationId);
    const { status, body } = await act('solve');
    expect([status, body.needsHuman, body.waitingSince]).toEqual([200, false, null]);
    expect(await api.db.ticket.findUnique({ where: { id: ticket.id } })).toMatchObject({ state: 'solved' });
    expect(await find({ needsHuman: true })).not.toContain(rows.conversationId);
    const audit = await api.db.auditLog.findMany({
      where: { resourceId: { in: [ticket.id, rows.conversationId] }, action: 'update' },
    });
    expect(audit.map(({ resource }) => resource).sort()).toEqual(['conversations', 'tickets']);
  });

  it('leaves a customer waiting who waits for the bot, and writes nothing down where nothing waited', async () => {
    const audited = () => api.db.auditLog.count({ where: { resourceId: rows.conversationId, action: 'update' } });
    await change({ ...waiting, mode: 'bot' });
    const before = await audited();
    expect((await act('solve')).body).toMatchObject({
      needsHuman: false,
      waitingSince: waiting.waitingSince.toISOString(),
    });
    expect(await audited()).toBe(before);
    expect((await post(`/api/conversations/${theirs.conversationId}/solve`)).status).toBe(404);
  });
});
