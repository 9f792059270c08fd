import { randomBytes, randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountCheck } from '../../../src/accounts/check.ts';
import { createAccountCredentials } from '../../../src/accounts/credentials.ts';
import type { AccountCredentials } from '../../../src/channels/credentials.ts';
import { createGraphServer } from '../../../src/channels/meta/mock/graph-server.ts';
import { createMetaProfileReader } from '../../../src/channels/meta/profile.ts';
import { loadConfig } from '../../../src/config.ts';
import { hashPassword } from '../../../src/platform/auth/passwords.ts';
import { createKeyRing } from '../../../src/platform/encryption/key-ring.ts';
import { createSafeFetch } from '../../../src/platform/safe-fetch/safe-fetch.ts';
import { type FakeDirectam, startFakeDirectam } from '../../support/fake-directam.ts';
import { type FakeTwilio, startFakeTwilio, TWILIO_TOKEN } from '../../support/fake-twilio.ts';
import { ADMIN_API_KEY, startTestApi, type TestApi } from '../../support/http-api.ts';

const ENCRYPTION_KEYS = `k1:${randomBytes(32).toString('base64')}`;
const KEY = 'directam-key-of-one-shop';
const PASSWORD = 'long-enough-password';

const shared = { baseUrl: 'https://shared.example', apiKey: 'shared', webhookSecret: null };
const fromSettings: AccountCredentials = {
  owned: async (channel) => (channel === 'directam' ? [{ businessId: null, credentials: shared }] : []),
  of: async (channel) => (channel === 'directam' ? shared : null),
};

const graph = createGraphServer();
const meta = createServer(graph.handle);
let api: TestApi;
let directam: FakeDirectam;
let twilio: FakeTwilio;
let credentials: AccountCredentials;
let fresh: AccountCredentials;
let nowMs = Date.now();
let otherId: string;
let admin: string;
let stranger: string;
beforeAll(async () => {
  directam = await startFakeDirectam({});
  twilio = await startFakeTwilio();
  const fetchSafely = createSafeFetch({ allowCidrs: ['127.0.0.0/8'], userAgent: 'test' });
  await new Promise<void>((resolve) => meta.listen(0, '127.0.0.1', resolve));
  const graphUrl = `http://127.0.0.1:${(meta.address() as AddressInfo).port}`;
  const env = { ENCRYPTION_KEYS, META_GRAPH_BASE_URL: graphUrl, INSTAGRAM_GRAPH_BASE_URL: graphUrl };
  const settings = loadConfig(env).meta;
  const readMetaProfile = (channel: string, externalId: string) =>
    createMetaProfileReader({ settings, credentials: fresh, fetchSafely })(channel, externalId);
  const checkAccount = (channel: string, externalId: string) =>
    createAccountCheck({ credentials: fresh, fetchSafely, readMetaProfile, twilioBaseUrl: twilio.url })(
      channel,
      externalId,
    );
  api = await startTestApi(env, { checkAccount, readMetaProfile });
  credentials = createAccountCredentials(api.db, createKeyRing(ENCRYPTION_KEYS), fromSettings, { clock: () => nowMs });
  fresh = createAccountCredentials(api.db, createKeyRing(ENCRYPTION_KEYS), fromSettings, { maxAgeMs: 0 });
  otherId = (await api.db.business.create({ data: { name: 'Other', slug: 'other' } })).id;
  const passwordHash = await hashPassword(PASSWORD);
  for (const [username, businessId] of [
    ['shop-admin', api.businessId],
    ['other-admin', otherId],
  ] as const)
    await api.db.user.create({ data: { businessId, username, passwordHash, role: 'admin' } });
  admin = await api.login('shop-admin', PASSWORD);
  stranger = await api.login('other-admin', PASSWORD);
});
afterAll(async () => {
  await api.stop();
  await directam.close();
  await twilio.close();
  meta.closeAllConnections();
  meta.close();
});

const newId = () => `17841${randomInt(1e12)}`;
const send = (method: string, path: string, body?: unknown, token = admin) =>
  api.request<Record<string, unknown>>(method, path, { token, ...(body === undefined ? {} : { body }) });
const own = () => ({ baseUrl: directam.url, apiKey: KEY, webhookSecret: 'a-webhook-secret' });
const connect = async (externalId = newId(), token = admin) => {
  const answer = await send('POST', '/api/accounts', { channel: 'directam', externalId, credentials: own() }, token);
  expect(answer.status, answer.text).toBe(201);
  return { id: answer.body.id as string, externalId, answer };
};
/** As another process sees it, after the time that it may take. */
const stored = (externalId: string) => {
  nowMs += 2000;
  return credentials.of('directam', externalId);
};

const TWILIO = { provider: 'twilio', accountSid: 'AC0123456789', authToken: 'twilio-token-1' };

describe('POST /api/accounts', () => {
  it('stores credentials sealed, and neither shows nor logs nor audits them', async () => {
    const { id, externalId, answer } = await connect();
    expect(answer.body).toMatchObject({
      channel: 'directam',
      status: 'active',
      hasCredentials: true,
      lastSentAt: null,
    });
    const row = await api.db.account.findUniqueOrThrow({ where: { id } });
    expect(row.credentials).toMatch(/^v1:k1:/);
    expect(await stored(externalId)).toEqual(own());
    const seen = [
      answer.text,
      (await send('GET', `/api/accounts/${id}`)).text,
      (await send('GET', '/api/accounts')).text,
      JSON.stringify(await api.db.auditLog.findMany({ where: { resourceId: id } })),
      api.logs.join(),
    ].join();
    expect(seen).not.toContain(KEY);
    expect(seen).not.toContain('a-webhook-secret');
    expect(seen).not.toContain(row.credentials);
  });

  it.each([
    ['sms', { ...TWILIO, phoneNumber: '+15551234567' }],
    ['sms', { ...TWILIO, messagingServiceSid: 'MG012345', apiBaseUrl: 'http://127.0.0.1:4010' }],
    ['instagram', { accessToken: 'EAAB-token' }],
    ['messenger', { accessToken: 'EAAB-token', pageId: '1234567' }],
  ])('takes credentials of %s in their shape', async (channel, given) => {
    const externalId = newId();
    expect((await send('POST', '/api/accounts', { channel, externalId, credentials: given })).status).toBe(201);
    nowMs += 2000;
    expect(await credentials.of(channel, externalId)).toEqual(given);
    expect((await credentials.owned(channel)).map((one) => one.credentials)).toContainEqual(given);
  });

  it.each([
    ['no key', 'directam', { baseUrl: 'https://directam.example' }],
    ['no address at all', 'directam', { baseUrl: 'nonsense', apiKey: KEY }],
    ['no web address', 'directam', { baseUrl: 'ftp://x', apiKey: KEY }],
    ['a password in the address', 'directam', { baseUrl: 'https://a:b@directam.example', apiKey: KEY }],
    ['a field more', 'directam', { baseUrl: 'https://directam.example', apiKey: KEY, token: 'x' }],
    ['a key with a line break', 'directam', { baseUrl: 'https://directam.example', apiKey: `${KEY}\nx` }],
    ['those of another channel', 'sms', { accessToken: KEY }],
    ['no number', 'sms', { ...TWILIO, authToken: KEY }],
    ['number and service', 'sms', { ...TWILIO, phoneNumber: '+15551234567', messagingServiceSid: 'MG1' }],
    ['nothing', 'instagram', undefined],
  ])('refuses %s with 400, without repeating it', async (_, channel, given) => {
    const answer = await send('POST', '/api/accounts', { channel, externalId: newId(), credentials: given });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain(KEY);
    expect((answer.body.errors as object | undefined) ?? {}).not.toEqual({});
  });

  it('tells nobody whose an account is that has an owner', async () => {
    const { externalId } = await connect();
    const asked = { channel: 'directam', externalId, credentials: own() };
    const [again, foreign] = [
      await send('POST', '/api/accounts', asked),
      await send('POST', '/api/accounts', asked, stranger),
    ];
    expect([again.status, foreign.status]).toEqual([409, 409]);
    expect(foreign.body).toEqual(again.body);
  });

  it('lets only people of the installation connect what deliveries wait for, and sorts those then', async () => {
    const externalId = newId();
    const wait = {
      channel: 'directam',
      state: 'quarantined',
      reason: 'unknown_account',
      accountExternalId: externalId,
    };
    const { id } = await api.db.inboundDelivery.create({ data: { ...wait, body: '[]' } });
    const asked = { channel: 'directam', externalId, credentials: own() };
    for (const token of [admin, stranger]) expect((await send('POST', '/api/accounts', asked, token)).status).toBe(409);
    const made = await api.request('POST', '/api/accounts', {
      apiKey: ADMIN_API_KEY,
      body: { ...asked, businessId: otherId },
    });
    expect(made.status, made.text).toBe(201);
    expect((await api.db.account.findFirstOrThrow({ where: { externalId } })).businessId).toBe(otherId);
    const released = await api.db.inboundDelivery.findUniqueOrThrow({ where: { id } });
    expect([released.businessId, released.state]).toEqual([otherId, expect.stringMatching(/received|stored/)]);
  });

  it("lets nobody else name a business, but one's own", async () => {
    const asked = { channel: 'directam', credentials: own() };
    const foreign = await send('POST', '/api/accounts', { ...asked, externalId: newId(), businessId: otherId });
    expect(foreign.status).toBe(403);
    const mine = await send('POST', '/api/accounts', { ...asked, externalId: newId(), businessId: api.businessId });
    expect(mine.status).toBe(201);
  });
});

describe('PATCH /api/accounts/:id', () => {
  it('connects again with new credentials, which other processes have within two seconds', async () => {
    const { id, externalId } = await connect();
    expect(await stored(externalId)).toEqual(own());
    await api.db.account.update({ where: { id }, data: { status: 'needs_reconnect', statusNote: 'token_expired' } });
    const changed = { ...own(), apiKey: 'another-key' };
    const answer = await send('PATCH', `/api/accounts/${id}`, { credentials: changed });
    expect(answer.body).toMatchObject({ status: 'active', statusNote: '', hasCredentials: true });
    expect(await credentials.of('directam', externalId)).toEqual(own());
    expect(await stored(externalId)).toEqual(changed);
  });

  it("refuses credentials of another channel's shape, and accounts of another business", async () => {
    const { id, externalId } = await connect();
    expect((await send('PATCH', `/api/accounts/${id}`, { credentials: { accessToken: 'x' } })).status).toBe(400);
    expect((await send('PATCH', `/api/accounts/${id}`, { credentials: own() }, stranger)).status).toBe(404);
    expect(await stored(externalId)).toEqual(own());
  });
});

describe('DELETE /api/accounts/:id', () => {
  it('takes the credentials away and keeps the row, whose id nobody else gets', async () => {
    const { id, externalId } = await connect();
    expect((await send('DELETE', `/api/accounts/${id}`, undefined, stranger)).status).toBe(404);
    expect((await send('DELETE', `/api/accounts/${id}`)).status).toBe(200);
    const row = await api.db.account.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ status: 'removed', credentials: null });
    const asked = { channel: 'directam', externalId, credentials: own() };
    expect((await send('POST', '/api/accounts', asked, stranger)).status).toBe(409);
    expect((await send('POST', `/api/accounts/${id}/test`, {})).body).toMatchObject({ ok: false });
    expect((await send('PATCH', `/api/accounts/${id}`, { credentials: own() })).body.status).toBe('active');
  });
});

describe('POST /api/accounts/:id/test', () => {
  it.each([
    [TWILIO_TOKEN, { ok: true, note: 'Twilio takes the key.' }],
    ['another-token', { ok: false, note: 'Twilio refuses the key (401).' }],
  ])('asks Twilio for the account with its own token: %s', async (authToken, found) => {
    const externalId = `+1555${Math.floor(Math.random() * 1e7)}`;
    const given = { provider: 'twilio', accountSid: 'AC012345', authToken, phoneNumber: '+15551234567' };
    const made = await send('POST', '/api/accounts', { channel: 'sms', externalId, credentials: given });
    expect((await send('POST', `/api/accounts/${made.body.id}/test`, {})).body).toEqual(found);
  });

  it('finds an account well whose address answers, and sends nothing', async () => {
    const { id } = await connect();
    const answer = await send('POST', `/api/accounts/${id}/test`, {});
    expect(answer.body).toEqual({ ok: true, note: expect.stringContaining('answers') });
    expect(directam.received.filter(({ path, text }) => path.includes('/send') || text !== null)).toEqual([]);
  });

  it('calls one failing that cannot be reached, until it is well again', async () => {
    const { id } = await connect();
    const away = { ...own(), baseUrl: 'http://127.0.0.1:9' };
    await send('PATCH', `/api/accounts/${id}`, { credentials: away });
    expect((await send('POST', `/api/accounts/${id}/test`, {})).body).toMatchObject({ ok: false });
    const failed = await send('POST', `/api/accounts/${id}/test`, {});
    expect(failed.text).not.toContain(KEY);
    expect((await send('GET', `/api/accounts/${id}`)).body).toMatchObject({
      status: 'failing',
      statusNote: expect.stringContaining('cannot be reached'),
    });
    await send('PATCH', `/api/accounts/${id}`, { credentials: own() });
    expect((await send('POST', `/api/accounts/${id}/test`, {})).body.ok).toBe(true);
    expect((await send('GET', `/api/accounts/${id}`)).body).toMatchObject({ status: 'active', statusNote: '' });
  });

  it('is not there for accounts of another business', async () => {
    const { id } = await connect();
    expect((await send('POST', `/api/accounts/${id}/test`, {}, stranger)).status).toBe(404);
  });
});

describe('accounts at Meta', () => {
  const TOKEN = 'IG-token-of-one-shop';
  const PATHS = ['/api/instagram/accounts', '/v1/instagram'];
  const join = async (path: string, more: object = {}) => {
    const account_id = newId();
    const answer = await send('POST', path, { account_id, username: 'boots', access_token: TOKEN, ...more });
    expect(answer.status, answer.text).toBe(201);
    return { id: answer.body.id as string, account_id, answer };
  };

  it.each(PATHS)('are connected, listed, changed and removed at %s, and never show a token', async (path) => {
    const { id, account_id, answer } = await join(path, { platform: 'instagram', page_id: '1234' });
    const shown = { id, account_id, platform: 'instagram', channel: 'instagram', username: 'boots', status: 'active' };
    expect(answer.body).toMatchObject(shown);
    expect((await send('GET', `${path}/${id}`)).body).toMatchObject(shown);
    expect((await send('GET', path)).body).toContainEqual(expect.objectContaining(shown));
    expect(await fresh.of('instagram', account_id)).toEqual({ accessToken: TOKEN, pageId: '1234' });

    await api.db.account.update({
      where: { id },
      data: { status: 'needs_reconnect', statusNote: 'The channel refuses' },
    });
    const again = await send('PATCH', `${path}/${id}`, { access_token: 'another-token' });
    expect(again.body).toMatchObject({ status: 'active', statusNote: '', account_id });
    expect(await fresh.of('instagram', account_id)).toEqual({ accessToken: 'another-token', pageId: '1234' });
    expect((await send('PATCH', `${path}/${id}`, { username: 'shoes' })).body).toMatchObject({ username: 'shoes' });
    expect(await fresh.of('instagram', account_id)).toMatchObject({ accessToken: 'another-token' });

    const audits = JSON.stringify(await api.db.auditLog.findMany({ where: { resourceId: id } }));
    const seen = [answer.text, again.text, (await send('GET', path)).text, audits, api.logs.join()].join();
    for (const token of [TOKEN, 'another-token']) expect(seen).not.toContain(token);
    expect((await send('DELETE', `${path}/${id}`)).status).toBe(200);
    expect((await send('GET', `${path}/${id}`)).body).toMatchObject({ status: 'removed', hasCredentials: false });
  });

  it('are of Messenger as well, and of no other channel', async () => {
    const { account_id } = await join('/v1/instagram', { platform: 'messenger' });
    expect(await fresh.of('messenger', account_id)).toEqual({ accessToken: TOKEN });
    const { id } = await connect();
    expect((await send('GET', `/v1/instagram/${id}`)).status).toBe(404);
    expect((await send('PATCH', `/v1/instagram/${id}`, { access_token: 'x' })).status).toBe(404);
  });

  it.each<[string, object]>([
    ['no token', { account_id: '1' }],
    ['a token with spaces', { account_id: '1', access_token: 'a b' }],
    ['no account', { access_token: TOKEN }],
    ['another platform', { platform: 'telegram', account_id: '1', access_token: TOKEN }],
    ['a field more', { account_id: '1', access_token: TOKEN, business_id: 'x' }],
    ['an id that lost digits', { account_id: 2 ** 60, access_token: TOKEN }],
  ])('are refused with %s', async (_, body) => {
    const answer = await send('POST', '/v1/instagram', body);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain(TOKEN);
  });

  it('are nobody else’s', async () => {
    const { id, account_id } = await join('/v1/instagram');
    for (const method of ['GET', 'DELETE'])
      expect((await send(method, `/v1/instagram/${id}`, undefined, stranger)).status).toBe(404);
    expect((await send('GET', `/v1/instagram/${id}/profile`, undefined, stranger)).status).toBe(404);
    const taken = await send('POST', '/v1/instagram', { account_id, access_token: 'theirs' }, stranger);
    expect(taken.status).toBe(409);
    expect((await send('POST', '/v1/instagram', { account_id, access_token: TOKEN })).status).toBe(409);
  });

  it('are looked at: who they are, and whether their token is taken', async () => {
    const { id, account_id } = await join('/v1/instagram', { access_token: 'a-token-to-lose' });
    expect((await send('GET', `/v1/instagram/${id}/profile`)).body).toMatchObject({
      account_id,
      username: `mock_${account_id}`,
    });
    expect((await send('POST', `/api/accounts/${id}/test`, {})).body).toMatchObject({ ok: true });
    graph.revoke('a-token-to-lose');
    expect((await send('GET', `/v1/instagram/${id}/profile`)).status).toBe(503);
    const refused = await send('POST', `/api/accounts/${id}/test`, {});
    expect(refused.body).toEqual({ ok: false, note: 'The channel refuses the token. Connect the account again.' });
    expect((await send('GET', `/v1/instagram/${id}`)).body).toMatchObject({ status: 'failing' });
  });
});

describe('createAccountCredentials', () => {
  it('gives those of the settings where an account has none, and none where its own cannot be opened', async () => {
    expect(await stored('nobody')).toEqual(shared);
    const { externalId } = await connect();
    const otherRing = createKeyRing(`k1:${randomBytes(32).toString('base64')}`);
    const blind = createAccountCredentials(api.db, otherRing, fromSettings);
    expect(await blind.of('directam', externalId)).toBeNull();
    expect(await blind.owned('directam')).toEqual([{ businessId: null, credentials: shared }]);
  });

  it('gives those of the installation first, so that an account that repeats its secret takes nobody else’s deliveries', async () => {
    await connect();
    nowMs += 2000;
    const owned = await credentials.owned('directam');
    expect(owned[0]).toEqual({ businessId: null, credentials: shared });
    expect(owned.slice(1).every(({ businessId }) => businessId !== null)).toBe(true);
    expect(owned.length).toBeGreaterThan(1);
  });

  it('tells whose they are', async () => {
    await connect(newId(), stranger);
    nowMs += 2000;
    const owned = await credentials.owned('directam');
    expect(owned).toContainEqual({ businessId: otherId, credentials: own() });
    expect(owned).toContainEqual({ businessId: null, credentials: shared });
  });
});
