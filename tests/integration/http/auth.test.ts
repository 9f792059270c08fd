import { createHmac } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashToken } from '../../../src/platform/auth/tokens.ts';
import { ADMIN_API_KEY, ADMIN_PASSWORD, JWT_SECRET, startTestApi, type TestApi } from '../../support/http-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.stop());

const credentials = { username: 'admin', password: ADMIN_PASSWORD };
const me = (token: string) => api.request('GET', '/auth/me', { token });
const refresh = (refresh_token: string) => api.request('POST', '/auth/refresh', { body: { refresh_token } });

async function loginTokens(): Promise<{ access: string; refresh: string }> {
  const { body } = await api.request('POST', '/auth/login', { body: credentials });
  return { access: body.access_token as string, refresh: body.refresh_token as string };
}

describe('POST /auth/login', () => {
  it('gives tokens for a username or an email, in any case, at each of its addresses', async () => {
    for (const path of ['/auth/login', '/v1/auth/login', '/api/admin/auth/login']) {
      for (const name of [{ username: 'admin' }, { email: ' ADMIN ' }]) {
        const answer = await api.request('POST', path, { body: { ...name, password: ADMIN_PASSWORD } });
        expect(answer.status).toBe(200);
        expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 1800 });
        expect((await me(answer.body.access_token as string)).body).toMatchObject({ username: 'admin', role: 'admin' });
        expect(answer.headers.get('cache-control')).toBe('no-store');
      }
    }
  });

  it('says the same for a wrong password and an unknown user, and something quoted in SQL', async () => {
    const wrong = await api.request('POST', '/auth/login', { body: { username: 'admin', password: 'wrong' } });
    const unknown = await api.request('POST', '/auth/login', { body: { username: 'nobody', password: 'wrong' } });
    const quoted = await api.request('POST', '/auth/login', { body: { username: "' OR 1=1 --", password: 'x' } });
    expect([wrong.status, unknown.status, quoted.status]).toEqual([401, 401, 401]);
    expect(unknown.text).toBe(wrong.text);
    expect(quoted.text).toBe(wrong.text);
  });

  it('takes the password in any Unicode form', async () => {
    const body = { username: 'reza', password: 'caf\u00e9-passwort' };
    await api.request('POST', '/api/users', { apiKey: ADMIN_API_KEY, body });
    expect(
      (await api.request('POST', '/auth/login', { body: { ...body, password: 'cafe\u0301-passwort' } })).status,
    ).toBe(200);
    expect((await api.request('POST', '/auth/login', { body: { ...body, password: 'cafe-passwort' } })).status).toBe(
      401,
    );
  });

  it('refuses a password over 1 kB and bodies without one with 400, and 10 MB with 413', async () => {
    const long = { username: 'admin', password: 'x'.repeat(1025) };
    const answer = await api.request('POST', '/auth/login', { body: long });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toHaveProperty('password');
    expect((await api.request('POST', '/auth/login', { body: { username: 'admin' } })).status).toBe(400);
    expect((await api.request('POST', '/auth/login', { body: '{"username":' })).status).toBe(400);
    const huge = { username: 'admin', password: 'x'.repeat(10_000_000) };
    expect((await api.request('POST', '/auth/login', { body: huge })).status).toBe(413);
  });

  it('lets five wrong guesses through, also in parallel, then answers 429 with Retry-After', async () => {
    const guess = () => api.request('POST', '/auth/login', { body: { username: 'admin', password: 'guess' } });
    const statuses = (await Promise.all(Array.from({ length: 20 }, guess))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
    const right = await api.request('POST', '/auth/login', { body: credentials });
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await api.request('POST', '/auth/login', { body: { username: 'other', password: 'x' } });
    expect(other.status).toBe(401);
  });

  it('counts by the address that a trusted proxy names, and by nobody else’s word', async () => {
    const login = (on: TestApi, address: string, password: string) =>
      on.request('POST', '/auth/login', {
        body: { ...credentials, password },
        headers: { 'x-forwarded-for': address },
      });
    const behind = await startTestApi({ TRUSTED_PROXIES: '127.0.0.1' });
    for (const on of [behind, api]) for (let n = 0; n < 6; n++) await login(on, '203.0.113.7', 'wrong');
    expect((await login(behind, '203.0.113.7', ADMIN_PASSWORD)).status).toBe(429);
    expect((await login(behind, '203.0.113.8', ADMIN_PASSWORD)).status).toBe(200);
    expect((await login(api, '203.0.113.8', ADMIN_PASSWORD)).status).toBe(429);
    const { address } = await behind.db.loginSession.findFirstOrThrow();
    expect(address).toBe('203.0.113.8');
    await behind.stop();
  });

  it('lets everybody else in while one address of many people tries a hundred names', async () => {
    const guess = (n: number) =>
      api.request('POST', '/auth/login', { body: { username: `name-${n}`, password: 'guess' } });
    await Promise.all(Array.from({ length: 100 }, (_, n) => guess(n)));
    await expect
      .poll(async () => (await api.request('POST', '/auth/login', { body: credentials })).status, { interval: 300 })
      .toBe(200);
  });

  it('lets somebody in by the browser that they used before, though strangers have locked the account', async () => {
    const first = await api.request('POST', '/auth/login', { body: { ...credentials, cookie: true } });
    const device = first.headers.getSetCookie().find((cookie) => cookie.startsWith('peyk_device=')) ?? '';
    expect(device).toMatch(/; Path=\/auth; .*HttpOnly; SameSite=Strict/);
    for (let n = 0; n < 6; n++) await api.request('POST', '/auth/login', { body: { ...credentials, password: 'x' } });
    const again = (headers: Record<string, string>) =>
      api.request('POST', '/auth/login', { body: credentials, headers });
    expect((await again({})).status).toBe(429);
    expect((await again({ cookie: 'peyk_device=x.y.z' })).status).toBe(429);
    expect((await again({ cookie: device.split(';')[0] ?? '' })).status).toBe(200);
  });

  it('writes down that a name of nobody was tried, and leaves the name out: it may be a password', async () => {
    await api.request('POST', '/auth/login', { body: { username: 'my-real-password', password: 'x' } });
    const entry = await api.db.auditLog.findFirstOrThrow({ where: { action: 'login_failed' } });
    expect(entry).toMatchObject({ actor: 'stranger', resourceId: '', subject: '', businessId: api.businessId });
    expect(JSON.stringify(entry)).not.toContain('my-real-password');
  });

  it('is written into the audit log, right or wrong, without the password', async () => {
    await api.request('POST', '/auth/login', { body: { username: 'admin', password: 'wrong-secret' } });
    await api.login();
    const entries = await api.db.auditLog.findMany({
      where: { action: { startsWith: 'login' } },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action }) => action)).toEqual(['login_failed', 'login']);
    expect(JSON.stringify(entries)).not.toContain('wrong-secret');
  });
});

describe('access tokens', () => {
  async function claims() {
    const user = await api.db.user.findFirstOrThrow();
    const now = Math.floor(Date.now() / 1000);
    return { sub: user.id, sid: uuidv7(), iss: 'peyk', aud: 'peyk-api', iat: now, exp: now + 600 };
  }
  const sign = (payload: Record<string, unknown>, header: Record<string, unknown> = {}, secret = JWT_SECRET) =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header })
      .sign(new TextEncoder().encode(secret));

  it('are taken when they are ours', async () => {
    expect((await me(await sign(await claims()))).status).toBe(200);
  });

  it('are refused when unsigned, foreign, for another audience or issuer, or of another type or algorithm', async () => {
    const good = await claims();
    const unsigned = new UnsecuredJWT(good).encode();
    const [header, payload] = (await sign(good)).split('.');
    const bad = [
      unsigned,
      `${header}.${payload}.`,
      await sign(good, {}, 'another secret that is long enough'),
      await sign({ ...good, aud: 'other' }),
      await sign({ ...good, iss: 'other' }),
      await sign(good, { typ: 'JWT' }),
      await sign(good, { alg: 'HS512' }, JWT_SECRET.repeat(2)),
      await sign({ ...good, sub: "x' or 1=1" }),
      await sign({ ...good, sub: uuidv7() }),
    ];
    for (const token of bad) expect((await me(token)).status).toBe(401);
    const forged = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'at+jwt' })).toString('base64url');
    const mac = createHmac('sha256', 'public key').update(`${forged}.${payload}`).digest('base64url');
    expect((await me(`${forged}.${payload}.${mac}`)).status).toBe(401);
  });

  it('are refused when expired or issued in the future', async () => {
    const good = await claims();
    expect((await me(await sign({ ...good, iat: good.iat - 7200, exp: good.iat - 3600 }))).status).toBe(401);
    expect((await me(await sign({ ...good, iat: good.iat + 3600, exp: good.exp + 3600 }))).status).toBe(401);
    const token = await api.login();
    api.passTime(31 * 60_000);
    expect((await me(token)).status).toBe(401);
  });

  it('end at once with the user, and a changed role holds at once', async () => {
    const admin = await api.login();
    const body = { username: 'op', password: 'operator-password' };
    const { body: user } = await api.request('POST', '/api/users', { token: admin, body });
    const token = await api.login('op', body.password);
    expect((await api.request('GET', '/api/users', { token })).status).toBe(403);
    await api.request('PUT', `/api/users/${user.id}`, { token: admin, body: { role: 'admin' } });
    expect((await api.request('GET', '/api/users', { token })).status).toBe(200);
    await api.request('PUT', `/api/users/${user.id}`, { token: admin, body: { password: 'another-password' } });
    expect((await me(token)).status).toBe(401);
    const again = await api.login('op', 'another-password');
    await api.request('DELETE', `/api/users/${user.id}`, { token: admin });
    expect((await me(again)).status).toBe(401);
  });

  it('cannot be replaced by a refresh token or put into the query string', async () => {
    const tokens = await loginTokens();
    expect((await me(tokens.refresh)).status).toBe(401);
    expect((await api.request('GET', `/auth/me?access_token=${tokens.access}`)).status).toBe(401);
    const answer = await api.request('GET', '/auth/me', { headers: { authorization: 'Basic YTpi' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('POST /auth/refresh', () => {
  it('rotates: the new token works, also at the alias', async () => {
    const first = await loginTokens();
    const second = await refresh(first.refresh);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(first.refresh);
    const body = { refresh_token: second.body.refresh_token };
    expect((await api.request('POST', '/v1/auth/refresh-tokens', { body })).status).toBe(200);
    expect((await me(second.body.access_token as string)).status).toBe(200);
  });

  it('lets two tabs refresh at the same moment without logging either out', async () => {
    const first = await loginTokens();
    const both = await Promise.all([refresh(first.refresh), refresh(first.refresh)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    for (const { body } of both) expect((await refresh(body.refresh_token as string)).status).toBe(200);
  });

  it('ends the whole login when a token is used again after the grace, and audits it', async () => {
    const first = await loginTokens();
    const second = await refresh(first.refresh);
    api.passTime(16_000);
    expect((await refresh(first.refresh)).status).toBe(401);
    expect((await refresh(second.body.refresh_token as string)).status).toBe(401);
    expect((await me(second.body.access_token as string)).status).toBe(401);
    expect(await api.db.auditLog.count({ where: { action: 'refresh_token_reused' } })).toBe(1);
  });

  it('ends the whole login when another device brings a used token, within the grace too', async () => {
    const first = await loginTokens();
    const by = (agent: string) =>
      api.request('POST', '/auth/refresh', {
        body: { refresh_token: first.refresh },
        headers: { 'user-agent': agent },
      });
    const mine = await by('Mine/1.0');
    expect([mine.status, (await by('Mine/1.0')).status]).toEqual([200, 200]);
    expect((await by('Thief/1.0')).status).toBe(401);
    expect((await me(mine.body.access_token as string)).status).toBe(401);
    expect(await api.db.auditLog.count({ where: { action: 'refresh_token_reused' } })).toBe(1);
  });

  it('gives nothing for a token of a revoked login, within the grace too', async () => {
    const first = await loginTokens();
    await refresh(first.refresh);
    await api.request('POST', '/auth/logout', { token: first.access });
    expect((await refresh(first.refresh)).status).toBe(401);
  });

  it('refuses unknown, missing and expired tokens, and a login that is older than its cap', async () => {
    expect((await refresh('unknown')).status).toBe(401);
    expect((await api.request('POST', '/auth/refresh', { body: {} })).status).toBe(401);
    let token = (await loginTokens()).refresh;
    const day = 86_400_000;
    for (let n = 0; n < 5; n++) {
      api.passTime(5 * day);
      const answer = await refresh(token);
      expect(answer.status).toBe(200);
      token = answer.body.refresh_token as string;
    }
    api.passTime(5 * day);
    expect((await refresh(token)).status).toBe(401);
    const idle = (await loginTokens()).refresh;
    api.passTime(8 * day);
    expect((await refresh(idle)).status).toBe(401);
  });

  it('stores only the hash of a token', async () => {
    const { refresh: token } = await loginTokens();
    const stored = await api.db.refreshToken.findFirstOrThrow();
    expect(stored.tokenHash).toBe(hashToken(token));
    expect(JSON.stringify(stored)).not.toContain(token);
  });
});

describe('the refresh cookie', () => {
  const loginWithCookie = (path = '/auth/login', headers = {}) =>
    api.request('POST', path, { body: { ...credentials, cookie: true }, headers });

  it('is httpOnly, strict and scoped to the auth address; the body holds no refresh token', async () => {
    const answer = await loginWithCookie();
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^peyk_refresh=[\w-]{43}; Path=\/auth; Expires=.*; HttpOnly; SameSite=Strict$/);
    expect(answer.body).not.toHaveProperty('refresh_token');
    const alias = await loginWithCookie('/api/admin/auth/login');
    expect(alias.headers.get('set-cookie')).toContain('Path=/api/admin/auth;');
  });

  it('refreshes and logs out by itself', async () => {
    const cookie = ((await loginWithCookie()).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const answer = await api.request('POST', '/auth/refresh', { headers: { cookie } });
    expect(answer.status).toBe(200);
    expect(answer.body).not.toHaveProperty('refresh_token');
    const next = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const out = await api.request('POST', '/auth/logout', { headers: { cookie: next } });
    expect(out.headers.get('set-cookie')).toMatch(/^peyk_refresh=;/);
    expect((await api.request('POST', '/auth/refresh', { headers: { cookie: next } })).status).toBe(401);
  });

  it('is refused from another site, and taken from our own', async () => {
    const cookie = ((await loginWithCookie()).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const from = (headers: Record<string, string>) =>
      api.request('POST', '/auth/refresh', { headers: { cookie, ...headers } });
    expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await from({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await from({ origin: api.url })).status).toBe(200);
  });

  it('is marked secure when the public address is https', async () => {
    const secure = await startTestApi({ PUBLIC_BASE_URL: 'https://shop.example' });
    const answer = await secure.request('POST', '/auth/login', { body: { ...credentials, cookie: true } });
    expect(answer.headers.get('set-cookie')).toContain('; Secure;');
    await secure.stop();
  });
});

describe('POST /auth/password', () => {
  const change = (token: string | null, currentPassword: string, newPassword: string) =>
    api.request('POST', '/auth/password', { token, body: { currentPassword, newPassword } });
  const NEXT = 'another fine sentence';

  it('needs the present one, ends the other logins, and keeps this one', async () => {
    const [here, elsewhere] = [await loginTokens(), await loginTokens()];
    expect((await change(here.access, ADMIN_PASSWORD, NEXT)).status).toBe(200);
    expect([(await me(here.access)).status, (await me(elsewhere.access)).status]).toEqual([200, 401]);
    expect([(await refresh(here.refresh)).status, (await refresh(elsewhere.refresh)).status]).toEqual([200, 401]);
    const login = (password: string) => api.request('POST', '/auth/login', { body: { ...credentials, password } });
    expect([(await login(ADMIN_PASSWORD)).status, (await login(NEXT)).status]).toEqual([401, 200]);
    const entry = await api.db.auditLog.findFirstOrThrow({ where: { action: 'change_password' } });
    expect(JSON.stringify(entry)).not.toContain(NEXT);
  });

  it('refuses a wrong present one, also too often, an easy one, the same one, keys and strangers', async () => {
    const { access } = await loginTokens();
    const wrong = await change(access, 'not this one', NEXT);
    expect([wrong.status, wrong.body.errors]).toEqual([400, { currentPassword: expect.any(String) }]);
    for (const easy of ['12345678', 'password1234', ADMIN_PASSWORD]) {
      const answer = await change(access, ADMIN_PASSWORD, easy);
      expect([answer.status, answer.body.errors]).toEqual([400, { newPassword: expect.any(String) }]);
    }
    expect((await change(null, ADMIN_PASSWORD, NEXT)).status).toBe(401);
    const body = { currentPassword: ADMIN_PASSWORD, newPassword: NEXT };
    expect((await api.request('POST', '/auth/password', { apiKey: ADMIN_API_KEY, body })).status).toBe(403);
    for (let n = 0; n < 5; n++) await change(access, 'guess', NEXT);
    expect((await change(access, ADMIN_PASSWORD, NEXT)).status).toBe(429);
  });

  it('is asked of whoever has a password that somebody else made up, until they choose', async () => {
    const body = { username: 'newcomer', password: 'told-by-the-boss' };
    await api.request('POST', '/api/users', { apiKey: ADMIN_API_KEY, body });
    const { body: given } = await api.request('POST', '/auth/login', { body });
    expect(given.user).toMatchObject({ mustChangePassword: true });
    const token = given.access_token as string;
    expect((await change(token, body.password, NEXT)).status).toBe(200);
    expect((await me(token)).body).toMatchObject({ username: 'newcomer', mustChangePassword: false });
    expect((await me(await api.login())).body).toMatchObject({ mustChangePassword: false });
  });

  it('is the only way to one’s own', async () => {
    const token = await api.login();
    const { body } = await me(token);
    const options = { token, body: { password: NEXT } };
    expect((await api.request('PATCH', `/api/users/${body.id}`, options)).status).toBe(409);
  });

  it('is due for a first admin whose password nobody chose', async () => {
    const drawn = await startTestApi({ ADMIN_PASSWORD: '' });
    const admin = await drawn.db.user.findFirstOrThrow();
    expect(admin.passwordChangeDue).toBe(true);
    expect((await api.db.user.findFirstOrThrow()).passwordChangeDue).toBe(false);
    await drawn.stop();
  });

  it('is not due for an ADMIN_PASSWORD of any length, which opens the API at once', async () => {
    const short = await startTestApi({ ADMIN_PASSWORD: 'admin123' });
    const { status, body } = await short.request('POST', '/auth/login', {
      body: { username: 'admin', password: 'admin123' },
    });
    expect([status, body.user]).toEqual([200, expect.objectContaining({ mustChangePassword: false })]);
    const token = body.access_token as string;
    expect((await short.request('GET', '/api/conversations', { token })).status).toBe(200);
    await short.stop();
  });

  it('blocks nothing while it is due', async () => {
    const body = { username: 'newcomer', password: 'told-by-the-boss' };
    await api.request('POST', '/api/users', { apiKey: ADMIN_API_KEY, body });
    const { body: given } = await api.request('POST', '/auth/login', { body });
    const token = given.access_token as string;
    expect((await api.request('GET', '/api/conversations', { token })).status).toBe(200);
  });

  it('takes one of two changes at the same moment', async () => {
    const { access } = await loginTokens();
    const answers = await Promise.all([
      change(access, ADMIN_PASSWORD, NEXT),
      change(access, ADMIN_PASSWORD, 'some other long sentence'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });
});

describe('POST /auth/logout', () => {
  it('ends access and refresh tokens, and says the same when there is nothing to end', async () => {
    const tokens = await loginTokens();
    expect((await api.request('POST', '/auth/logout', { body: { refresh_token: tokens.refresh } })).status).toBe(200);
    expect((await me(tokens.access)).status).toBe(401);
    expect((await refresh(tokens.refresh)).status).toBe(401);
    expect((await api.request('POST', '/auth/logout')).status).toBe(200);
  });

  it('is written down once, however often it is asked for', async () => {
    const count = () => api.db.auditLog.count({ where: { action: 'logout', outcome: 'done' } });
    const [tokens, before] = [await loginTokens(), await count()];
    for (const _ of [1, 2]) await api.request('POST', '/auth/logout', { body: { refresh_token: tokens.refresh } });
    await api.request('POST', '/auth/logout', { body: { refresh_token: 'of-nobody' } });
    expect(await count()).toBe(before + 1);
  });
});

describe('API keys', () => {
  const list = (options: object) => api.request('GET', '/api/conversations', options);

  it('let the operator of the installation act as an admin of the default business', async () => {
    expect((await list({ apiKey: ADMIN_API_KEY })).status).toBe(200);
    const answer = await api.request('GET', '/auth/me', { apiKey: ADMIN_API_KEY });
    expect(answer.body).toMatchObject({ role: 'admin', businessId: api.businessId });
  });

  it('are refused when wrong, cut short, empty, or in the query string', async () => {
    for (const apiKey of ['wrong', ADMIN_API_KEY.slice(0, -1), `${ADMIN_API_KEY}x`]) {
      expect((await list({ apiKey })).status).toBe(401);
    }
    expect((await api.request('GET', `/api/conversations?api_key=${ADMIN_API_KEY}`)).status).toBe(401);
    expect((await api.request('GET', `/api/conversations?X-API-Key=${ADMIN_API_KEY}`)).status).toBe(401);
  });

  it('of the table work by their hash, within their scopes, until revoked', async () => {
    const key = 'peyk_0123456789abcdef';
    const data = { businessId: api.businessId, name: 'reader', keyHash: hashToken(key), lastFour: 'cdef' };
    const { id } = await api.db.apiKey.create({ data: { ...data, scopes: ['view-conversations', 'no-such-thing'] } });
    expect((await list({ apiKey: key })).status).toBe(200);
    expect((await api.request('GET', '/api/users', { apiKey: key })).status).toBe(403);
    expect((await list({ apiKey: 'peyk_' })).status).toBe(401);
    expect((await api.db.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt).not.toBeNull();
    await api.db.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
    expect((await list({ apiKey: key })).status).toBe(401);
  });

  it('are off when none is configured', async () => {
    const without = await startTestApi({ ADMIN_API_KEY: '' });
    expect((await without.request('GET', '/api/users', { apiKey: 'undefined' })).status).toBe(401);
    expect((await without.request('GET', '/api/users', { headers: { 'x-api-key': '' } })).status).toBe(401);
    await without.stop();
  });
});
