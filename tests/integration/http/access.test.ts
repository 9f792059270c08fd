import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLoginLimits } from '../../../src/platform/auth/login-limits.ts';
import { createLimitStore } from '../../../src/platform/auth/rate-limit-store.ts';
import { ADMIN_PASSWORD, startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows, type Rows } from '../../support/http-rows.ts';

let api: TestApi;
let token: string;
let rows: Rows;
beforeAll(async () => {
  api = await startTestApi();
  token = await api.login();
  rows = await buildRows(api.db, 'one', api.businessId);
});
afterAll(() => api.stop());

const asAdmin = (method: string, path: string, body?: unknown) => api.request(method, path, { token, body });

async function makeUser(username: string, role: string): Promise<{ id: string; token: string }> {
  const made = await asAdmin('POST', '/api/users', { username, password: 'long-enough-1', role });
  expect(made.status).toBe(201);
  return { id: made.body.id as string, token: await api.login(username, 'long-enough-1') };
}

describe('/api/api-keys', () => {
  it('shows a key once, and nowhere else: not in the record, the database or the audit log', async () => {
    const made = await asAdmin('POST', '/api/api-keys', { name: 'shop', scopes: ['view-conversations'] });
    expect(made.status).toBe(201);
    const key = made.body.key as string;
    expect(key).toMatch(/^peyk_[\w-]{43}$/);
    expect((await api.request('GET', '/api/conversations', { apiKey: key })).status).toBe(200);
    const shown = await asAdmin('GET', `/api/api-keys/${made.body.id}`);
    expect(shown.body).toMatchObject({ name: 'shop', lastFour: key.slice(-4), scopes: ['view-conversations'] });
    const stored = JSON.stringify([await api.db.apiKey.findMany(), await api.db.auditLog.findMany()]);
    expect(shown.text + stored).not.toContain(key);
    expect(shown.text).not.toContain('keyHash');
  });

  it('works no more once it is revoked or deleted', async () => {
    const make = async () => (await asAdmin('POST', '/api/api-keys', { name: 'x', scopes: ['view-logs'] })).body;
    const works = async (key: unknown) =>
      (await api.request('GET', '/api/audit-logs', { apiKey: key as string })).status;
    const [revoked, deleted] = [await make(), await make()];
    expect([await works(revoked.key), await works(deleted.key)]).toEqual([200, 200]);
    const first = await asAdmin('POST', `/api/api-keys/${revoked.id}/revoke`, {});
    expect(first.body.revokedAt).toBeTruthy();
    expect((await asAdmin('POST', `/api/api-keys/${revoked.id}/revoke`, {})).body.revokedAt).toBe(first.body.revokedAt);
    expect((await asAdmin('DELETE', `/api/api-keys/${deleted.id}`)).status).toBe(200);
    expect([await works(revoked.key), await works(deleted.key)]).toEqual([401, 401]);
    const audited = await api.db.auditLog.findMany({ where: { resourceId: revoked.id as string } });
    expect(audited.map(({ action }) => action)).toEqual(['create', 'revoke']);
  });

  it('gives no more rights than its maker has, at birth or later', async () => {
    const scopes = ['manage-api-keys', 'view-conversations'];
    const { body } = await asAdmin('POST', '/api/api-keys', { name: 'maker', scopes });
    const apiKey = body.key as string;
    const post = (given: string[]) =>
      api.request('POST', '/api/api-keys', { apiKey, body: { name: 'child', scopes: given } });
    expect((await post(['view-conversations'])).status).toBe(201);
    expect((await post(['manage-users'])).status).toBe(403);
    const put = (given: string[]) =>
      api.request('PUT', `/api/api-keys/${rows.apiKeyId}`, { apiKey, body: { scopes: given } });
    expect((await put(['view-conversations', 'view-logs'])).status).toBe(403);
    expect((await put(['no-such-scope'])).status).toBe(400);
    expect((await put(['view-conversations', 'manage-api-keys'])).status).toBe(200);
  });
});

describe('a key of somebody', () => {
  const scopes = ['view-conversations', 'manage-users'];
  const statusOf = async (key: unknown, path = '/api/conversations') =>
    (await api.request('GET', path, { apiKey: key as string })).status;

  it('stops while its owner is off, for good when the owner is deleted, and so does what it made', async () => {
    await api.db.user.updateMany({ where: { username: 'admin' }, data: { isInstallation: true } });
    const owner = await makeUser('key-owner', 'admin');
    const make = (by: object, name: string) =>
      api.request('POST', '/api/api-keys', { ...by, body: { name, scopes: [...scopes, 'manage-api-keys'] } });
    const first = (await make({ token: owner.token }, 'first')).body;
    const second = (await make({ apiKey: first.key as string }, 'second')).body;
    const both = async () => [await statusOf(first.key), await statusOf(second.key)];
    expect(await both()).toEqual([200, 200]);
    const set = (active: boolean) => asAdmin('PATCH', `/api/users/${owner.id}`, { active });
    await set(false);
    expect(await both()).toEqual([401, 401]);
    expect((await asAdmin('GET', `/api/api-keys/${first.id}`)).body).toMatchObject({ ownerActive: false });
    await set(true);
    expect(await both()).toEqual([200, 200]);
    expect((await asAdmin('DELETE', `/api/users/${owner.id}`)).status).toBe(200);
    expect(await both()).toEqual([401, 401]);
    expect((await asAdmin('GET', `/api/api-keys/${second.id}`)).body.revokedAt).not.toBeNull();
  });

  it('may do no more than its owner may now', async () => {
    const owner = await makeUser('key-demoted', 'admin');
    const { body } = await api.request('POST', '/api/api-keys', { token: owner.token, body: { name: 'x', scopes } });
    expect(await statusOf(body.key, '/api/users')).toBe(200);
    await asAdmin('PATCH', `/api/users/${owner.id}`, { role: 'viewer' });
    expect([await statusOf(body.key), await statusOf(body.key, '/api/users')]).toEqual([200, 403]);
  });

  it('ends at its time, and shows when it was used last', async () => {
    const make = (expiresAt: unknown) => asAdmin('POST', '/api/api-keys', { name: 'short', scopes, expiresAt });
    for (const wrong of ['tomorrow', '2020-01-01T00:00:00Z', 5]) expect((await make(wrong)).status).toBe(400);
    const { body } = await make(new Date(Date.now() + 3_600_000).toISOString());
    expect(await statusOf(body.key)).toBe(200);
    const { body: record } = await asAdmin('GET', `/api/api-keys/${body.id}`);
    expect(record).toMatchObject({ expiresAt: body.expiresAt, lastUsedAt: expect.any(String), ownerActive: true });
    await api.db.apiKey.update({ where: { id: body.id as string }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await statusOf(body.key)).toBe(401);
  });
});

describe('/api/inbound-deliveries', () => {
  it('shows what customers wrote only to who may see messages, too', async () => {
    const read = async (scopes: string[]) => {
      const { body } = await asAdmin('POST', '/api/api-keys', { name: 'logs', scopes });
      const options = { apiKey: body.key as string };
      const one = await api.request('GET', `/api/inbound-deliveries/${rows.deliveryId}`, options);
      const list = await api.request<Record<string, unknown>[]>('GET', '/api/inbound-deliveries', options);
      return [one.body.body, list.body.find(({ id }) => id === rows.deliveryId)?.body];
    };
    expect(await read(['view-logs'])).toEqual([null, null]);
    expect(await read(['view-logs', 'view-messages'])).toEqual(['{}', '{}']);
  });
});

describe('/api/users', () => {
  it('lets nobody make or take over a user who may more than they', async () => {
    const scopes = ['manage-users', 'view-conversations', 'view-messages'];
    const { body } = await asAdmin('POST', '/api/api-keys', { name: 'people', scopes });
    const apiKey = body.key as string;
    const make = (role: string) =>
      api.request('POST', '/api/users', {
        apiKey,
        body: { username: `by-key-${role}`, password: 'long-enough-1', role },
      });
    expect((await make('viewer')).status).toBe(201);
    expect((await make('admin')).status).toBe(403);
    const admin = await api.db.user.findFirstOrThrow({ where: { username: 'admin' } });
    const take = { apiKey, body: { password: 'taken-over-1' } };
    expect((await api.request('PATCH', `/api/users/${admin.id}`, take)).status).toBe(403);
    expect((await api.request('DELETE', `/api/users/${admin.id}`, { apiKey })).status).toBe(403);
  });

  it('keeps an admin when two admins demote each other at the same moment', async () => {
    const second = await makeUser('second-admin', 'admin');
    // Of two who run the installation: nobody else may touch such a person at all.
    await api.db.user.updateMany({ where: { role: 'admin' }, data: { isInstallation: true } });
    const first = await api.db.user.findFirstOrThrow({ where: { username: 'admin' } });
    const demote = (id: string, by: string) =>
      api.request('PUT', `/api/users/${id}`, { token: by, body: { active: false } });
    const answers = await Promise.all([demote(first.id, second.token), demote(second.id, token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await api.db.user.updateMany({ where: { id: first.id }, data: { active: true } });
    await api.db.user.delete({ where: { id: second.id } });
    token = await api.login();
  });

  it('can be unlocked by an admin after too many wrong passwords', async () => {
    const { id } = await makeUser('forgetful', 'viewer');
    const login = (password: string) =>
      api.request('POST', '/auth/login', { body: { username: 'forgetful', password } });
    for (let n = 0; n < 6; n++) await login('wrong');
    expect((await login('long-enough-1')).status).toBe(429);
    expect((await asAdmin('POST', `/api/users/${id}/unlock`, {})).status).toBe(200);
    expect((await login('long-enough-1')).status).toBe(200);
  });
});

describe('login limits', () => {
  it('are shared by two APIs, and a restart forgets none', async () => {
    const guess = { username: 'guessed', address: '198.51.100.7' };
    const [one, other] = [createLoginLimits(createLimitStore(api.db)), createLoginLimits(createLimitStore(api.db))];
    for (let n = 0; n < 5; n++) await (n % 2 ? one : other).countAttempt(guess);
    for (const limits of [one, other, createLoginLimits(createLimitStore(api.db))]) {
      await expect(limits.countAttempt(guess)).rejects.toMatchObject({ status: 429 });
    }
    await one.countAttempt({ ...guess, address: '198.51.100.8' });
    const keys = JSON.stringify(await api.db.rateLimit.findMany({ select: { key: true } }));
    expect(keys).not.toMatch(/guessed|198\.51/);
  });

  it('count an IPv6 network as one, and an IPv4 address in any clothes', async () => {
    const limits = createLoginLimits(createLimitStore(api.db));
    const from = (address: string) => limits.countAttempt({ username: 'networked', address });
    for (let n = 0; n < 5; n++) await from(`2001:db8:1:2::${n}`);
    await expect(from('2001:db8:1:2:ffff::1')).rejects.toMatchObject({ status: 429 });
    await expect(from('2001:db8:1:3::1')).resolves.toBeUndefined();
    for (let n = 0; n < 5; n++) await from(n % 2 ? '198.51.100.20' : '::ffff:198.51.100.20');
    await expect(from('198.51.100.20')).rejects.toMatchObject({ status: 429 });
  });

  it('slow an address down that tries many names, and lock nobody there out', async () => {
    const limits = createLoginLimits(createLimitStore(api.db), { gapMs: 5000, maxWaitMs: 6000 });
    const attempt = (name: string) => limits.countAttempt({ username: name, address: '198.51.100.9' });
    const many = (from: number, to: number) =>
      Promise.allSettled(Array.from({ length: to - from }, (_, n) => attempt(`name-${from + n}`)));
    expect((await many(0, 60)).every(({ status }) => status === 'fulfilled')).toBe(true);
    // The first passes at once; then some wait, each for its turn, and whoever would wait too long is told when to come.
    const beganAt = performance.now();
    const beyond = await many(60, 70);
    const passed = beyond.filter(({ status }) => status === 'fulfilled').length;
    expect(passed).toBeGreaterThanOrEqual(2);
    expect(passed).toBeLessThan(5);
    expect(performance.now() - beganAt).toBeGreaterThan(4900);
    const refused = beyond.find((result) => result.status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ status: 429 });
    expect(Number(refused.reason.headers['Retry-After'])).toBeLessThanOrEqual(10);
    await expect
      .poll(
        () =>
          attempt('honest').then(
            () => true,
            () => false,
          ),
        { interval: 500 },
      )
      .toBe(true);
    await expect(limits.countAttempt({ username: 'name-x', address: '198.51.100.10' })).resolves.toBeUndefined();
  });

  it('let a browser in that the account knows, while strangers at its address are locked out', async () => {
    const limits = createLoginLimits(createLimitStore(api.db));
    const stranger = { username: 'besieged', address: '198.51.100.11' };
    const known = { ...stranger, deviceId: 'device-1' };
    for (let n = 0; n < 5; n++) await limits.countAttempt(stranger);
    await expect(limits.countAttempt(stranger)).rejects.toMatchObject({ status: 429 });
    for (let n = 0; n < 5; n++) await limits.countAttempt(known);
    await expect(limits.countAttempt(known)).rejects.toMatchObject({ status: 429 });
    await limits.unlock('besieged');
    await expect(limits.countAttempt(known)).resolves.toBeUndefined();
  });
});

describe('/api/sessions', () => {
  type Login = { id: string; username: string; address: string; userAgent: string };
  const listed = async (by: string) => (await api.request<Login[]>('GET', '/api/sessions', { token: by })).body;

  it('shows people their own logins, and who manages users everybody’s', async () => {
    const user = await makeUser('two-phones', 'viewer');
    const headers = { 'user-agent': 'Phone/1.0' };
    await api.request('POST', '/auth/login', {
      body: { username: 'two-phones', password: 'long-enough-1' },
      headers,
    });
    const own = await listed(user.token);
    expect(own.map(({ username }) => username)).toEqual(['two-phones', 'two-phones']);
    expect(own.map(({ userAgent }) => userAgent)).toContain('Phone/1.0');
    expect(own[0]?.address).toBe('127.0.0.1');
    expect((await listed(token)).map(({ username }) => username)).toEqual(
      expect.arrayContaining(['admin', 'two-phones']),
    );
  });

  it('ends a login at once, one’s own only', async () => {
    const user = await makeUser('careless', 'viewer');
    const other = await api.login('careless', 'long-enough-1');
    const me = (by: string) => api.request('GET', '/auth/me', { token: by });
    expect((await api.request('DELETE', `/api/sessions/${rows.sessionId}`, { token: user.token })).status).toBe(404);
    const mine = await listed(other);
    const { body } = await me(other);
    expect(body.username).toBe('careless');
    for (const { id } of mine) await api.request('DELETE', `/api/sessions/${id}`, { token });
    expect([(await me(other)).status, (await me(user.token)).status]).toEqual([401, 401]);
    expect((await asAdmin('GET', `/api/sessions/${mine[0]?.id}`)).status).toBe(404);
  });

  it('gives no new token to a login that was ended beside its refresh', async () => {
    const { body } = await api.request('POST', '/auth/login', {
      body: { username: 'admin', password: ADMIN_PASSWORD },
    });
    const { refresh_token } = body;
    const family = await api.db.loginSession.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    // As a logout leaves it whose update did not yet see the token that a refresh was about to store.
    await api.db.loginSession.update({ where: { id: family.id }, data: { revokedAt: new Date() } });
    expect((await api.request('POST', '/auth/refresh', { body: { refresh_token } })).status).toBe(401);
  });

  it('has nothing to show to a key without that permission', async () => {
    const { body } = await asAdmin('POST', '/api/api-keys', { name: 'reader', scopes: ['view-conversations'] });
    const answer = await api.request('GET', '/api/sessions', { apiKey: body.key as string });
    expect([answer.status, answer.body]).toEqual([200, []]);
  });
});
