import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../../support/http-api.ts';

let api: TestApi;
let admin: string;
let operator: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.login();
  const body = { username: 'operator', password: 'long-enough-1', role: 'operator' };
  await api.request('POST', '/api/users', { token: admin, body });
  operator = await api.login(body.username, body.password);
});
afterAll(() => api.stop());

const pause = (token: string, reason: unknown = 'The shop moves') =>
  api.request('POST', '/api/sending/pause', { token, body: { reason } });
const resume = (token: string) => api.request('POST', '/api/sending/resume', { token, body: {} });
const look = (token: string) => api.request('GET', '/api/sending', { token });
const partOf = async () => {
  api.passTime(2000);
  const { body } = await api.request<{ name: string }[]>('GET', '/api/health/parts', { token: admin });
  return body.find(({ name }) => name === 'sending');
};
const ready = async () => {
  api.passTime(2000);
  return (await api.request('GET', '/readyz')).body;
};

describe('/api/sending', () => {
  it('is paused with a reason and resumed by those who may, and the audit log says who', async () => {
    expect((await look(admin)).body).toEqual({ pausedAt: null, reason: '', canChange: true });
    const paused = await pause(admin);
    expect(paused.status).toBe(200);
    expect(paused.body).toMatchObject({ pausedAt: expect.any(String), reason: 'The shop moves', canChange: true });
    expect((await pause(admin, 'again')).body.reason).toBe('The shop moves');
    expect((await look(operator)).body).toMatchObject({ reason: 'The shop moves', canChange: false });
    expect((await resume(admin)).body).toEqual({ pausedAt: null, reason: '', canChange: true });
    expect((await resume(admin)).status).toBe(200);
    const rows = await api.db.auditLog.findMany({ where: { resource: 'sending' }, orderBy: { id: 'asc' } });
    expect(rows.map(({ action, after, before }) => [action, after ?? before])).toEqual([
      ['pause_sending', { reason: 'The shop moves' }],
      ['resume_sending', { reason: 'The shop moves' }],
    ]);
  });

  it('is closed to whoever may not change settings, and to people of other businesses', async () => {
    expect([(await pause(operator)).status, (await resume(operator)).status]).toEqual([403, 403]);
    const { id: businessId } = await api.db.business.create({ data: { slug: 'other', name: 'Other' } });
    const user = await api.db.user.findUniqueOrThrow({ where: { username: 'admin' } });
    const { passwordHash, role } = user;
    await api.db.user.create({ data: { businessId, username: 'other-admin', passwordHash, role } });
    const other = await api.login('other-admin');
    expect([(await pause(other)).status, (await resume(other)).status]).toEqual([403, 403]);
    expect((await look(other)).body).toMatchObject({ canChange: false });
  });

  it('refuses a reason that is none, or that means a restore', async () => {
    for (const reason of ['', '   ', 'x'.repeat(201), 7, 'restored', null])
      expect((await pause(admin, reason)).status).toBe(400);
    expect((await look(admin)).body.pausedAt).toBeNull();
  });
});

describe('health while sending is paused', () => {
  it('says since when, why and what to do, and readyz is yellow', async () => {
    expect(await ready()).toMatchObject({ status: 'green', sending: 'ok' });
    expect(await partOf()).toMatchObject({ state: 'ok', code: 'sending_ok' });
    await pause(admin, 'The shop moves');
    expect(await ready()).toMatchObject({
      status: 'yellow',
      sending: 'failing',
      todo: [{ part: 'sending', code: 'sending_down', action: expect.stringContaining('resume-sending') }],
    });
    expect(await partOf()).toMatchObject({
      state: 'failing',
      code: 'sending_down',
      params: { reason: 'The shop moves', since: expect.stringMatching(/^\d{4}-/) },
      message: expect.stringMatching(/^No message leaves since .*: The shop moves$/),
      action: expect.stringContaining('resume-sending'),
    });
    await api.db.installation.updateMany({ data: { sendingPausedReason: 'restored' } });
    expect(await partOf()).toMatchObject({ state: 'failing', code: 'sending_restored' });
    await resume(admin);
    expect(await ready()).toMatchObject({ status: 'green' });
  });
});
