import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countTurnsOfLastMinute } from '../../../src/inbox/backlog-store.ts';
import { lockSorting } from '../../../src/inbox/delivery-store.ts';
import { askAudit, settleAudit } from '../../../src/platform/audit/audit-store.ts';
import { type AppLogEntry, saveAppLogs } from '../../../src/platform/logging/app-log-store.ts';
import { savePromptFiles } from '../../../src/replies/prompts/prompt-file-store.ts';
import { listPromptFiles } from '../../../src/replies/prompts/prompt-files.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows, type Rows } from '../../support/http-rows.ts';

let api: TestApi;
let token: string;
let rows: Rows;
let theirs: Rows;
beforeAll(async () => {
  api = await startTestApi();
  token = await api.login();
  rows = await buildRows(api.db, 'one', api.businessId);
  theirs = await buildRows(api.db, 'theirs');
});
afterAll(() => api.stop());

const send = (method: string, path: string, body?: unknown) => api.request(method, path, { token, body });
const found = async (name: string, filter: object) => {
  const path = `/api/${name}?filter=${encodeURIComponent(JSON.stringify(filter))}`;
  return (await api.request<Record<string, unknown>[]>('GET', path, { token })).body;
};

describe('tickets', () => {
  it('are given to a colleague, and to nobody else', async () => {
    const patch = (assigneeId: string | null) => send('PATCH', `/api/tickets/${rows.ticketId}`, { assigneeId });
    expect((await patch(rows.userId)).body).toMatchObject({ assigneeId: rows.userId, assigneeName: 'user-one' });
    expect(await found('tickets', { assigneeId: rows.userId })).toHaveLength(1);
    const foreign = await patch(theirs.userId);
    expect(foreign.status).toBe(400);
    expect(foreign.body.errors).toHaveProperty('assigneeId');
    expect((await patch(null)).body).toMatchObject({ assigneeId: null, assigneeName: null });
    expect(await found('tickets', { assigneeId: null })).toHaveLength(1);
  });
});

describe('accounts', () => {
  it('of Directam are made by hand, once', async () => {
    const make = () => send('POST', '/api/accounts', { externalId: '17841400000000001', name: 'Shop' });
    const made = await make();
    expect(made.body).toMatchObject({ channel: 'directam', externalId: '17841400000000001', status: 'active' });
    expect((await make()).status).toBe(409);
    expect((await send('POST', '/api/accounts', { channel: 'sms', externalId: '1' })).status).toBe(400);
    expect((await send('POST', '/api/accounts', { externalId: 'a b' })).status).toBe(400);
    const changed = await send('PATCH', `/api/accounts/${made.body.id}`, { name: 'My shop', status: 'removed' });
    expect(changed.body).toMatchObject({ name: 'My shop', status: 'removed' });
    expect((await send('PATCH', `/api/accounts/${made.body.id}`, { externalId: 'other' })).status).toBe(400);
  });
});

describe('prompts', () => {
  it('are every file of the release, with which one is in use', async () => {
    await savePromptFiles(api.db, listPromptFiles());
    await savePromptFiles(api.db, listPromptFiles());
    const listed = await found('prompts', { name: 'reply', kind: 'prompt', language: 'fa' });
    expect(listed.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(listed[0]?.body).toEqual(expect.stringMatching(/[\u0600-\u06ff]/));
    expect(listed[0]?.checksum).toMatch(/^[0-9a-f]{64}$/);
    // What is no file of the release any more is gone: the row that the test made.
    expect(await found('prompts', { name: 'one' })).toHaveLength(0);
    expect((await send('POST', '/api/prompts', {})).status).toBe(405);
  });
});

/** An entry as the stream of log lines makes it. */
function appLog(given: Partial<AppLogEntry>): AppLogEntry {
  const at = given.at ?? new Date();
  return {
    id: uuidv7(),
    level: 'warn',
    message: '',
    fields: { n: 1 },
    businessId: null,
    at,
    count: 1,
    lastAt: at,
    ...given,
  };
}

describe('app logs', () => {
  it('show how often an entry was said, from its last writing on', async () => {
    const at = new Date(Date.now() - 50_000);
    const lastAt = new Date(Date.now() - 1000);
    const entry = appLog({ message: 'said again', at });
    await saveAppLogs(api.db, [entry]);
    await saveAppLogs(api.db, [{ ...entry, count: 8263, lastAt }, appLog({ message: 'said once', at })]);
    const [again, ...others] = await found('app-logs', { q: 'said again' });
    expect(others).toEqual([]);
    expect(again).toMatchObject({ count: 8263, createdAt: at.toISOString(), lastAt: lastAt.toISOString() });
    const [once] = await found('app-logs', { q: 'said once' });
    expect(once).toMatchObject({ count: 1, createdAt: at.toISOString(), lastAt: at.toISOString() });
  });

  it('show what was logged, of this business or of the installation', async () => {
    const at = new Date();
    const entry = (message: string, businessId: string | null) => appLog({ level: 'error', message, businessId, at });
    await saveAppLogs(api.db, [
      entry('ours', api.businessId),
      entry('of the machine', null),
      entry('of nobody', '01900000-0000-7000-8000-000000000000'),
      entry('theirs', theirs.businessId),
    ]);
    const messages = (await found('app-logs', { level: 'error' })).map(({ message }) => message).sort();
    expect(messages).toEqual(['of nobody', 'of the machine', 'ours']);
    expect(await found('app-logs', { level: 'error', q: 'machine' })).toHaveLength(1);
  });

  it('go by themselves when they are two months old', async () => {
    const day = 86_400_000;
    const ago = (days: number) => new Date(Date.now() - days * day);
    const entry = (message: string, at: Date) => appLog({ level: 'fatal', message, at });
    await saveAppLogs(api.db, [entry('old', ago(61)), entry('young', ago(59))]);
    await saveAppLogs(api.db, [entry('new', new Date())]);
    expect((await found('app-logs', { level: 'fatal' })).map(({ message }) => message)).toEqual(['new', 'young']);
  });
});

describe('the audit log', () => {
  it('refuses to be changed, emptied or cut, by anybody', async () => {
    const before = await api.db.auditLog.count();
    expect(before).toBeGreaterThan(0);
    for (const statement of [
      `UPDATE audit_logs SET actor = 'somebody else'`,
      'DELETE FROM audit_logs',
      'TRUNCATE audit_logs',
    ]) {
      await expect(api.db.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
    }
    expect(await api.db.auditLog.count()).toBe(before);
    expect((await send('DELETE', `/api/audit-logs/${rows.auditId}`)).status).toBe(405);
  });

  it('lets be settled what was asked of a workflow: once, and nothing else of it', async () => {
    const { businessId, conversationId: resourceId } = rows;
    const entry = { businessId, actor: 'x', resource: 'conversations', resourceId, subject: 'Sara' };
    const id = await askAudit(api.db, { ...entry, action: 'close' });
    const edit = (set: string) => api.db.$executeRawUnsafe(`UPDATE audit_logs SET ${set} WHERE id = '${id}'`);
    await expect(edit(`actor = 'y', outcome = 'done'`)).rejects.toThrow(/append-only/);
    await expect(edit(`after = '{}'`)).rejects.toThrow(/append-only/);
    await settleAudit(api.db, id, { outcome: 'done', after: { status: 'closed' } });
    await settleAudit(api.db, id, { outcome: 'refused' });
    await expect(edit(`outcome = 'refused'`)).rejects.toThrow(/append-only/);
    const row = await api.db.auditLog.findUnique({ where: { id } });
    expect(row).toMatchObject({ actor: 'x', outcome: 'done', after: { status: 'closed' } });
  });

  it('names what was changed in words, phone numbers masked, and finds it by them', async () => {
    const { businessId, contactId } = rows;
    await api.db.contact.update({ where: { id: contactId }, data: { name: '', externalId: '+989121234567' } });
    const { body } = await send('POST', '/api/faqs', { question: 'Where is the shop?', answer: 'here' });
    expect((await send('PATCH', `/api/contacts/${contactId}`, { note: 'tall' })).status).toBe(200);
    const subjects = (where: object) =>
      api.db.auditLog.findMany({ where: { businessId, ...where }, select: { subject: true, before: true } });
    expect(await subjects({ resourceId: body.id })).toMatchObject([{ subject: 'Where is the shop?' }]);
    const masked = '+989***67';
    expect(await subjects({ resourceId: contactId })).toMatchObject([
      { subject: masked, before: { externalId: masked } },
    ]);
    const found = await send('GET', `/api/audit-logs?filter=${encodeURIComponent('{"q":"where is the"}')}`);
    expect(found.body).toMatchObject([{ subject: 'Where is the shop?', outcome: 'done' }]);
  });

  it('holds nothing of a change that failed', async () => {
    const { body } = await send('POST', '/api/faqs', { question: 'kept?', answer: 'yes' });
    const before = await api.db.auditLog.count();
    const clash = await send('PATCH', `/api/faqs/${body.id}`, { updatedAt: '2020-01-01T00:00:00.000Z', answer: 'no' });
    expect(clash.status).toBe(409);
    expect(await api.db.auditLog.count()).toBe(before);
  });
});

describe('q', () => {
  it('finds Persian in every spelling that people type', async () => {
    const question = 'هزینه‌ی ارسال کتاب ۱۲۰ صفحه‌ای چقدر است؟';
    await send('POST', '/api/faqs', { question, answer: 'رایگان' });
    const arabic = 'كتاب';
    for (const q of ['کتاب', arabic, '120', '۱۲۰', '١٢٠', 'کتاب 120', 'هزینه‌ی', 'هزینه ی', 'ارسال كتاب ١٢٠']) {
      expect(await found('faqs', { q }), q).toHaveLength(1);
    }
    expect(await found('faqs', { q: '121' })).toHaveLength(0);
    expect(await found('faqs', { q: 'کتابچه' })).toHaveLength(0);
  });
});

describe('GET /api/health/parts', () => {
  type Part = { name: string; note: string; state: string; code: string; message: string; action: string };
  const parts = async () => (await api.request<Part[]>('GET', '/api/health/parts', { token })).body;

  it('says of each part how it is and what to do', async () => {
    const first = Object.fromEntries((await parts()).map((part) => [part.name, part]));
    const words = {
      code: 'db_ok',
      params: {},
      note: 'PostgreSQL answers.',
      message: 'PostgreSQL answers.',
      action: '',
    };
    expect(first.db).toEqual({ name: 'db', state: 'ok', ...words });
    expect(first['unknown-sends']).toMatchObject({ state: 'warning', message: expect.stringContaining('1') });
    expect(first.relay?.state).toBe('ok');
    expect(first.inbox).toMatchObject({ state: 'ok', code: 'inbox_ok' });
    const past = new Date(Date.now() - 120_000);
    const waiting = { dueAt: past, waitingSince: new Date(past.getTime() - 1500) };
    await api.db.dispatch.update({ where: { conversationId: rows.conversationId }, data: waiting });
    await api.db.account.update({
      where: { id: rows.accountId },
      data: { status: 'needs_reconnect', name: 'Shop one' },
    });
    await api.db.outboundMessage.update({ where: { id: rows.outboundId }, data: { state: 'sent' } });
    api.passTime(2000);
    const then = Object.fromEntries((await parts()).map((part) => [part.name, part]));
    // The rows of this file hold a decision that was made when it began, so maybe within the minute.
    const turns = await countTurnsOfLastMinute(api.db);
    const code = turns === 0 ? 'relay_late' : 'relay_busy';
    expect(then.relay).toMatchObject({ code, params: { count: 1, seconds: expect.any(Number) } });
    const { businessId, conversationId } = rows;
    await api.db.decision.create({ data: { id: uuidv7(), businessId, conversationId, turnId: 'just-now' } });
    await api.db.decision.create({
      data: { id: uuidv7({ msecs: Date.now() - 120_000 }), businessId, conversationId, turnId: 'before' },
    });
    api.passTime(2000);
    const busy = (await parts()).find((part) => part.name === 'relay');
    expect(busy, 'what waits is divided by the pace').toMatchObject({
      code: 'relay_busy',
      state: 'warning',
      params: { count: 1, leftSeconds: Math.ceil(60 / (turns + 1)) },
    });
    expect(then['oldest-event']?.state).toBe('warning');
    expect(then.accounts).toMatchObject({ state: 'warning', message: expect.stringContaining('Shop one') });
    expect(then['unknown-sends']?.state).toBe('ok');
    for (const { state, action } of Object.values(then)) expect(action === '', action).toBe(state === 'ok');
  });

  it('tells of deliveries that nobody sorts', async () => {
    const inbox = await api.db.$transaction(async (tx) => {
      await lockSorting(tx);
      const receivedAt = new Date(Date.now() - 120_000);
      const delivery = { businessId: api.businessId, channel: 'directam', state: 'received', body: '[]', receivedAt };
      await api.db.inboundDelivery.create({ data: delivery });
      api.passTime(2000);
      return (await parts()).find(({ name }) => name === 'inbox');
    });
    expect(inbox).toMatchObject({ state: 'warning', code: 'inbox_late', params: { count: 1 } });
  });

  const partsByName = async () => {
    api.passTime(2000);
    return Object.fromEntries((await parts()).map((part) => [part.name, part]));
  };

  it('tells of accounts that cannot send, to all and to their shop, and readyz is yellow', async () => {
    const account = (status: string) =>
      api.db.account.update({ where: { id: rows.accountId }, data: { status, name: 'Shop one' } });
    await account('failing');
    const ill = await partsByName();
    expect(ill.channels).toMatchObject({ state: 'warning', code: 'channels_failing', params: { count: 1 } });
    expect(ill.accounts).toMatchObject({ state: 'failing', message: expect.stringContaining('Shop one') });
    const ready = await api.request<{ status: string; channels: string }>('GET', '/readyz');
    expect(ready.body).toMatchObject({ status: 'yellow', channels: 'warning' });
    await account('active');
    const well = await partsByName();
    expect([well.channels?.state, well.accounts?.state]).toEqual(['ok', 'ok']);
    // Nobody waits for one that was removed.
    await account('removed');
    expect((await partsByName()).channels?.state).toBe('ok');
    await account('active');
  });

  it('tells of messages that should have left long ago, but not of those for later', async () => {
    const { businessId } = api;
    const [of, text] = [{ businessId, conversationId: rows.conversationId }, 'words'];
    const base = { ...of, content: { kind: 'text', text }, text };
    const past = (seconds: number) => new Date(Date.now() - seconds * 1000);
    const plan = (data: object) => api.db.outboundMessage.create({ data: { ...base, author: 'human', ...data } });
    const timed = await plan({ createdAt: past(900), sendAfter: past(600) });
    await api.db.timer.create({
      data: { ...of, id: randomUUID(), kind: 'send_later', dueAt: past(-600), outboundIds: [timed.id] },
    });
    await plan({ createdAt: past(900), sendAfter: past(-600) });
    await plan({ createdAt: past(900), author: 'follow-up', id: uuidv7() });
    await plan({ createdAt: past(5) });
    expect((await partsByName()).sends).toMatchObject({ state: 'ok', code: 'sends_ok' });
    const late = await plan({ createdAt: past(120), state: 'sending' });
    expect((await partsByName()).sends).toMatchObject({ state: 'warning', params: { count: 1 } });
    await api.db.outboundMessage.update({ where: { id: late.id }, data: { createdAt: past(400), state: 'planned' } });
    expect((await partsByName()).sends).toMatchObject({ state: 'failing', code: 'sends_late' });
    await api.db.outboundMessage.deleteMany({ where: { ...of, text } });
    await api.db.timer.deleteMany({ where: of });
  });

  it('is closed to strangers', async () => {
    expect((await api.request('GET', '/api/health/parts')).status).toBe(401);
  });
});
