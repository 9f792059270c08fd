import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConflictError, UnavailableError } from '../../../src/platform/errors.ts';
import { fingerprintOf } from '../../../src/text/fingerprint.ts';
import { ADMIN_API_KEY, ANSWER, startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows, type Rows } from '../../support/http-rows.ts';

let api: TestApi;
let token: string;
let rows: Rows;
let adminId: string;
let count = 0;
beforeAll(async () => {
  api = await startTestApi();
  token = await api.login();
  adminId = (await api.request('GET', '/auth/me', { token })).body.id as string;
});
afterAll(() => api.stop());
beforeEach(async () => {
  rows = await buildRows(api.db, `n${count++}`, api.businessId);
});
afterEach(() => {
  Object.assign(api.gateway, { calls: [], fail: null, before: null });
});

const post = (path: string, body: object = {}) => api.request('POST', path, { token, body });
const audited = (resourceId: string) =>
  api.db.auditLog.findMany({ where: { resourceId, actor: adminId }, orderBy: { id: 'asc' } });
const refOf = ({ conversationId, businessId, accountId, contactId }: Rows) => ({
  conversationId,
  businessId,
  accountId,
  contactId,
  channel: 'simulator',
});

describe('POST /api/chats/:id/message', () => {
  const send = (text: unknown) => post(`/api/chats/${rows.conversationId}/message`, { text } as object);
  const planned = () =>
    api.db.outboundMessage.findMany({ where: { conversationId: rows.conversationId, author: 'human' } });

  it('plans a message of a human and asks the workflow to send it', async () => {
    const answer = await send('  سلام، در خدمتم  ');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ conversationId: rows.conversationId, author: 'human', state: 'planned' });
    const [row] = await planned();
    expect(row).toMatchObject({
      id: answer.body.id,
      text: 'سلام، در خدمتم',
      content: { kind: 'text', text: 'سلام، در خدمتم' },
      purpose: 'manual',
      userId: adminId,
      fingerprint: fingerprintOf('سلام، در خدمتم'),
    });
    const args = [refOf(rows), { outboundId: row?.id }];
    expect(api.gateway.calls).toEqual([{ method: 'sendOutbound', args }]);
    expect(await audited(row?.id ?? '')).toMatchObject([
      { action: 'send', outcome: 'done', subject: `Sara n${count - 1}` },
    ]);
  });

  it('splits a text that is too long for the channel, and sends the parts in order', async () => {
    const answer = await send('word '.repeat(500));
    expect(answer.status).toBe(201);
    const partIds = answer.body.partIds as string[];
    expect(partIds.length).toBeGreaterThan(1);
    expect(api.gateway.calls.map(({ args }) => (args[1] as { outboundId: string }).outboundId)).toEqual(partIds);
  });

  it('is said once under one key: by trying again, by sending again, and by both', async () => {
    const key = uuidv7();
    const tell = (text: string, more: object = {}) =>
      post(`/api/chats/${rows.conversationId}/message`, { text, key, ...more });
    const sendAgain = (id: unknown) => post(`/api/outbound-messages/${id}/send-again`);
    const sent = () => api.gateway.calls.map(({ args }) => (args[1] as { outboundId: string }).outboundId);
    api.gateway.fail = new UnavailableError('down');
    expect((await tell('hello')).status).toBe(503);
    expect((await tell('hello')).status).toBe(503);
    Object.assign(api.gateway, { fail: null, calls: [] });
    const [first, second] = await planned();
    expect([first?.id, first?.state, second?.resendOfId]).toEqual([key, 'blocked', key]);
    const again = await tell('hello');
    expect(again.body).toMatchObject({ state: 'planned', resendOfId: second?.id });
    expect(sent()).toEqual([again.body.id]);
    expect((await planned()).map(({ settledBy }) => settledBy)).toEqual([adminId, adminId, '']);
    await api.db.outboundMessage.update({ where: { id: again.body.id as string }, data: { state: 'sent' } });
    for (const id of [first?.id, second?.id, again.body.id]) expect((await sendAgain(id)).status).toBe(409);
    expect((await tell('hello')).body.id).toBe(again.body.id);
    expect(sent()).toHaveLength(1);
    expect((await tell('something else')).status).toBe(409);
    const twin = await buildRows(api.db, `twin${count++}`, api.businessId);
    expect((await post(`/api/chats/${twin.conversationId}/message`, { text: 'hello', key })).status).toBe(409);
  });

  it('takes "send again" for the try that stands, so that trying again says nothing more', async () => {
    const key = uuidv7();
    const tell = () => post(`/api/chats/${rows.conversationId}/message`, { text: 'word '.repeat(500), key });
    api.gateway.fail = new UnavailableError('down');
    expect((await tell()).status).toBe(503);
    Object.assign(api.gateway, { fail: null, calls: [] });
    const copy = await post(`/api/outbound-messages/${key}/send-again`);
    expect(copy.status).toBe(201);
    await api.db.outboundMessage.update({ where: { id: copy.body.id as string }, data: { state: 'sent' } });
    const answer = await tell();
    expect(answer.status).toBe(201);
    const [head, ...rest] = answer.body.partIds as string[];
    expect(head).toBe(copy.body.id);
    expect(api.gateway.calls.map(({ args }) => (args[1] as { outboundId: string }).outboundId)).toEqual([
      head,
      ...rest,
    ]);
    expect(new Set([head, ...rest]).size).toBe(1 + rest.length);
  });

  it('blocks the message and answers 503 when Temporal cannot be reached', async () => {
    api.gateway.fail = new UnavailableError('The workflow engine cannot be reached right now.');
    const answer = await send('hello');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await planned()).toMatchObject([{ state: 'blocked', reason: 'temporal_unavailable' }]);
  });

  it('answers 201 when only the answer was lost and the sending had begun', async () => {
    api.gateway.fail = new UnavailableError('The conversation did not answer in time.');
    api.gateway.before = async () => {
      await api.db.outboundMessage.updateMany({
        where: { author: 'human', state: 'planned' },
        data: { state: 'sent' },
      });
    };
    const answer = await send('hello');
    expect(answer.status).toBe(201);
    expect(answer.body.state).toBe('sent');
  });

  it('blocks the message and answers 409 when the workflow refuses', async () => {
    api.gateway.fail = new ConflictError('The window is closed.');
    const answer = await send('hello');
    expect(answer.status).toBe(409);
    expect(answer.body.message).toBe('The window is closed.');
    expect(await planned()).toMatchObject([{ state: 'blocked', reason: 'refused' }]);
  });

  it.each([[''], ['   '], [null], [5], ['x'.repeat(20_001)], ['nul\0']])('refuses the text %j', async (text) => {
    expect((await send(text)).status).toBe(400);
    expect(await planned()).toEqual([]);
    expect(api.gateway.calls).toEqual([]);
  });
});

describe('take-over, release and close', () => {
  it('ask the workflow with who and until when, and answer with the conversation', async () => {
    api.gateway.before = async () => {
      await api.db.conversation.update({ where: { id: rows.conversationId }, data: { mode: 'human' } });
    };
    const path = `/api/conversations/${rows.conversationId}`;
    const before = Date.now();
    const answer = await post(`${path}/takeover`, { hours: 2 });
    expect(answer.body).toMatchObject({ id: rows.conversationId, mode: 'human' });
    const { untilMs } = api.gateway.calls[0]!.args[1] as { untilMs: number };
    expect(untilMs - before).toBeGreaterThanOrEqual(2 * 3_600_000);
    expect(untilMs - before).toBeLessThan(2 * 3_600_000 + 10_000);
    expect((await post(`${path}/takeover`)).status).toBe(200);
    expect(api.gateway.calls[1]?.args[1]).toEqual({});
    expect((await post(`${path}/release`)).status).toBe(200);
    expect((await post(`${path}/close`)).status).toBe(200);
    expect(api.gateway.calls.map(({ method }) => method)).toEqual(['takeOver', 'takeOver', 'release', 'close']);
    const [entry] = await audited(rows.conversationId);
    expect(entry).toMatchObject({ action: 'takeover', before: { mode: 'bot' }, after: { mode: 'human' } });
  });

  it('pass on that Temporal is down (503) or that it makes no sense now (409), and say so in the audit log', async () => {
    const path = `/api/conversations/${rows.conversationId}/release`;
    api.gateway.fail = new UnavailableError('down');
    expect((await post(path)).status).toBe(503);
    api.gateway.fail = new ConflictError('The bot has it already.');
    expect((await post(path)).status).toBe(409);
    expect(await audited(rows.conversationId)).toMatchObject([
      { action: 'release', outcome: 'asked', after: null },
      { action: 'release', outcome: 'refused', after: null },
    ]);
  });

  it('are in the audit log before the workflow is asked, so that no crash in between loses who asked', async () => {
    const seen: unknown[] = [];
    api.gateway.before = async () => {
      seen.push(...(await audited(rows.conversationId)));
    };
    const { followUpId, timerId } = rows;
    for (const path of [`conversations/${rows.conversationId}/close`, `followups/${followUpId}/cancel`])
      expect((await post(`/api/${path}`)).status).toBe(200);
    expect(seen[0]).toMatchObject({ actor: adminId, action: 'close', outcome: 'asked', before: { status: 'open' } });
    const [closed] = await audited(rows.conversationId);
    expect(closed).toMatchObject({ action: 'close', outcome: 'done', after: { status: 'open' } });
    expect(await audited(followUpId)).toMatchObject([{ action: 'cancel', outcome: 'done' }]);
    expect(await audited(timerId)).toEqual([]);
  });

  it.each([[{ hours: 0 }], [{ hours: -1 }], [{ hours: 9000 }], [{ hours: 'two' }], [{ minutes: 5 }]])(
    'refuse %j',
    async (body) => {
      expect((await post(`/api/conversations/${rows.conversationId}/takeover`, body)).status).toBe(400);
    },
  );
});

describe('follow-ups', () => {
  it('are cancelled and rescheduled through the workflow', async () => {
    const path = `/api/followups/${rows.followUpId}`;
    const dueAt = new Date(Date.now() + 7_200_000).toISOString();
    expect((await post(`${path}/reschedule`, { dueAt })).status).toBe(200);
    expect((await post(`${path}/cancel`)).status).toBe(200);
    const { followUpId } = rows;
    expect(api.gateway.calls).toEqual([
      { method: 'rescheduleFollowUp', args: [refOf(rows), { followUpId, dueAtMs: Date.parse(dueAt) }] },
      { method: 'cancelFollowUp', args: [refOf(rows), { followUpId }] },
    ]);
    expect((await audited(followUpId)).map(({ action }) => action)).toEqual(['reschedule', 'cancel']);
  });

  it('refuse a time that is past or none (400), and a follow-up that is not pending (409)', async () => {
    const path = `/api/followups/${rows.followUpId}`;
    for (const dueAt of ['2020-01-01T00:00:00Z', 'tomorrow', 5, undefined]) {
      expect((await post(`${path}/reschedule`, { dueAt })).status).toBe(400);
    }
    await api.db.followUp.update({ where: { id: rows.followUpId }, data: { state: 'sent' } });
    expect((await post(`${path}/cancel`)).status).toBe(409);
    expect(api.gateway.calls).toEqual([]);
  });
});

describe('unknown sends', () => {
  it('are marked as sent once, with their line in the transcript', async () => {
    const path = `/api/outbound-messages/${rows.outboundId}/mark-sent`;
    const answer = await post(path);
    expect(answer.body).toMatchObject({ state: 'sent', settledBy: adminId });
    expect(await api.db.message.count({ where: { outboundId: rows.outboundId, direction: 'out' } })).toBe(1);
    expect((await post(path)).status).toBe(409);
    expect((await audited(rows.outboundId)).map(({ action }) => action)).toEqual(['mark_sent']);
  });

  it('are sent again as a row of their own, once at a time', async () => {
    const path = `/api/outbound-messages/${rows.outboundId}/send-again`;
    const answers = await Promise.all([post(path), post(path), post(path)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const copy = answers.find(({ status }) => status === 201)?.body;
    expect(copy).toMatchObject({ resendOfId: rows.outboundId, state: 'planned', author: 'human', userId: adminId });
    expect(api.gateway.calls).toHaveLength(1);
    await api.db.outboundMessage.update({ where: { id: copy?.id as string }, data: { state: 'rejected' } });
    expect((await post(path)).status).toBe(201);
  });

  it('wait for nobody once they were sent again, and still do when nothing took the new one', async () => {
    const path = `/api/outbound-messages/${rows.outboundId}/send-again`;
    const waiting = async () => {
      const filter = encodeURIComponent(JSON.stringify({ waitsForPerson: true, conversationId: rows.conversationId }));
      const list = await api.request<{ id: string }[]>('GET', `/api/outbound-messages?filter=${filter}`, { token });
      const { body } = await api.request<{ live: { unknownSends: number } }>('GET', '/api/dashboard', { token });
      return { ids: list.body.map(({ id }) => id), figure: body.live.unknownSends };
    };
    const before = await waiting();
    expect(before.ids).toEqual([rows.outboundId]);
    api.gateway.fail = new UnavailableError('down');
    expect((await post(path)).status).toBe(503);
    api.gateway.fail = null;
    expect(await waiting()).toEqual(before);
    expect((await post(path)).status).toBe(201);
    expect(await waiting()).toEqual({ ids: [], figure: before.figure - 1 });
    const { body } = await api.request('GET', `/api/outbound-messages/${rows.outboundId}`, { token });
    expect(body).toMatchObject({ state: 'unknown', settledBy: adminId });
  });

  it('cannot be sent again when they were sent', async () => {
    await api.db.outboundMessage.update({ where: { id: rows.outboundId }, data: { state: 'sent' } });
    expect((await post(`/api/outbound-messages/${rows.outboundId}/send-again`)).status).toBe(409);
    expect(api.gateway.calls).toEqual([]);
  });
});

describe('POST /api/inbound-events/:id/replay', () => {
  it('owes the event to the workflow once more, under a new number', async () => {
    const answer = await post(`/api/inbound-events/${rows.eventId}/replay`);
    expect(answer.body).toMatchObject({ id: rows.eventId, dispatchedAt: null, replayCount: 1 });
    const dispatch = await api.db.dispatch.findUniqueOrThrow({ where: { conversationId: rows.conversationId } });
    expect(Number(dispatch.lastSeq)).toBe(answer.body.seq);
    expect(dispatch.dueAt).not.toBeNull();
    expect(await audited(rows.eventId)).toHaveLength(1);
  });

  it('refuses events that are no work', async () => {
    await api.db.inboundEvent.update({ where: { id: rows.eventId }, data: { kind: 'read' } });
    expect((await post(`/api/inbound-events/${rows.eventId}/replay`)).status).toBe(404);
  });
});

describe('POST /api/simulator/messages', () => {
  const write = (body: object) => post('/api/simulator/messages', body);

  it('makes somebody new, then continues by id or by name', async () => {
    const first = await write({ text: 'سلام' });
    expect(first.status).toBe(201);
    const { conversationId, contactExternalId } = first.body;
    expect((await write({ conversation: conversationId, text: 'again' })).body.conversationId).toBe(conversationId);
    expect((await write({ conversation: contactExternalId, text: 'third' })).body.conversationId).toBe(conversationId);
    expect((await write({ text: 'other' })).body.conversationId).not.toBe(conversationId);
    const messages = await api.db.message.findMany({ where: { conversationId: conversationId as string } });
    expect(messages.map(({ text }) => text).sort()).toEqual(['again', 'third', 'سلام'].sort());
    const { body } = await api.request('GET', `/api/conversations/${conversationId}`, { token });
    expect(body).toMatchObject({ channel: 'simulator', contactExternalId, lastMessageText: 'third', unreadCount: 3 });
    expect(body.windowExpiresAt).not.toBeNull();
  });

  it('keeps the businesses apart, though both write as the same name', async () => {
    const other = await buildRows(api.db, `other${count++}`);
    const hash = await api.db.user.findFirstOrThrow({ where: { username: 'admin' } });
    const data = {
      username: `admin${count}`,
      passwordHash: hash.passwordHash,
      role: 'admin',
      businessId: other.businessId,
    };
    await api.db.user.create({ data });
    const theirToken = await api.login(data.username);
    const ours = await write({ conversation: 'mina', text: 'ours' });
    const body = { conversation: 'mina', text: 'theirs' };
    const theirs = await api.request('POST', '/api/simulator/messages', { token: theirToken, body });
    expect(theirs.status).toBe(201);
    expect(theirs.body.conversationId).not.toBe(ours.body.conversationId);
    expect((await api.request('GET', `/api/conversations/${theirs.body.conversationId}`, { token })).status).toBe(404);
  });

  it('reacts to messages of both sides, edits and takes back those of the customer', async () => {
    const { conversationId } = (await write({ text: 'سلام' })).body as { conversationId: string };
    const own = await api.db.message.findFirstOrThrow({ where: { conversationId } });
    const { businessId } = api;
    const data = { businessId, conversationId, direction: 'out', author: 'bot', text: 'hi', sentAt: new Date() };
    const shops = await api.db.message.create({ data: { ...data, externalId: 'out-1' } });
    const shown = async (id: string) => (await api.request('GET', `/api/messages/${id}`, { token })).body;
    for (const messageId of [own.id, shops.id]) {
      const { status, body } = await write({ reaction: { messageId, emoji: '❤️' } });
      expect([status, body.conversationId, body.stored]).toEqual([201, conversationId, 1]);
      expect(await shown(messageId)).toMatchObject({ reaction: '❤️' });
    }
    await write({ reaction: { messageId: own.id, emoji: null } });
    await write({ edit: { messageId: own.id, text: 'درود' } });
    expect(await shown(own.id)).toMatchObject({
      text: 'درود',
      reaction: null,
      edits: [{ text: 'سلام', at: own.sentAt.toISOString() }],
      editedAt: expect.any(String),
      unsentAt: null,
    });
    expect((await write({ edit: { messageId: shops.id, text: 'no' } })).status).toBe(409);
    await write({ edit: { messageId: own.id, text: null } });
    expect(await shown(own.id)).toMatchObject({ text: '', edits: [], unsentAt: expect.any(String) });
    expect((await write({ edit: { messageId: own.id, text: 'again' } })).status).toBe(409);
    const { body } = await api.request('GET', `/api/conversations/${conversationId}`, { token });
    expect(body).toMatchObject({ unreadCount: 1 });
  });

  it.each([
    { text: 'a', edit: { messageId: randomUUID(), text: 'b' } },
    { reaction: { messageId: 'm1', emoji: '❤️' } },
    { reaction: { messageId: randomUUID(), emoji: 'love' } },
    { reaction: { messageId: randomUUID() } },
    { edit: { messageId: randomUUID(), text: '' } },
  ])('refuses the change %j', async (body) => {
    expect((await write(body)).status).toBe(400);
  });

  it('changes no message of another channel or business', async () => {
    const other = await buildRows(api.db, `other${count++}`);
    const edit = async (messageId: string) => (await write({ edit: { messageId, text: 'x' } })).status;
    expect(await edit(other.messageId)).toBe(404);
    await api.db.conversation.update({ where: { id: rows.conversationId }, data: { channel: 'directam' } });
    expect(await edit(rows.messageId)).toBe(409);
  });

  it.each([[{}], [{ text: '' }], [{ text: 'a', conversation: '../x' }], [{ text: 'a', channel: 'sms' }]])(
    'refuses %j',
    async (body) => {
      expect((await write(body)).status).toBe(400);
    },
  );
});

describe('the AI pages', () => {
  it('show the context of a conversation and simulate a reply', async () => {
    const { conversationId } = rows;
    const context = await api.request('GET', `/admin/ai/context?conversation_id=${conversationId}`, { token });
    const question = { businessId: api.businessId, conversationId };
    expect(context.body).toEqual({ conversation_id: conversationId, context: { question } });
    const reply = await post('/admin/ai/simulate_reply', { conversation_id: conversationId, text: 'price?' });
    expect(reply.body).toEqual({
      context: { question: { ...question, text: 'price?' } },
      reply: ANSWER,
    });
    expect((await post('/admin/ai/simulate_reply', { text: 'price?' })).status).toBe(200);
  });

  it('refuse to answer about nothing', async () => {
    expect((await post('/admin/ai/simulate_reply', {})).status).toBe(400);
    expect((await api.request('GET', '/admin/ai/context', { token })).status).toBe(400);
    expect((await api.request('GET', '/admin/ai/context?conversation_id=x', { token })).status).toBe(400);
  });
});

describe('a program with a key', () => {
  it('may act too, and is named in the audit log', async () => {
    const path = `/api/conversations/${rows.conversationId}/takeover`;
    expect((await api.request('POST', path, { apiKey: ADMIN_API_KEY, body: {} })).status).toBe(200);
    const entry = await api.db.auditLog.findFirst({ where: { resourceId: rows.conversationId } });
    expect(entry?.actor).toBe('api-key');
  });
});
