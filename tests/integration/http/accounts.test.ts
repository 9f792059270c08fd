import { randomBytes, randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountCheck } from '../../../src/accounts/check.ts';
import { createAccountCredentials } from '../../../src/accounts/credentials.ts';
import type { AccountCredentials } from '../../../src/channels/credentials.ts';
import { hashPassword } from '../../../src/platform/auth/passwords.ts';
import { createKeyRing } from '../../../src/platform/encryption/key-ring.ts';
import { createSafeFetch } from '../../../src/platform/safe-fetch/safe-fetch.ts';
import { type FakeDirectam, startFakeDirectam } from '../../support/fake-directam.ts';
import { ADMIN_API_KEY, startTestApi, type TestApi } from '../../support/http-api.ts';

const ENCRYPTION_KEYS = `k1:${randomBytes(32).toString('base64')}`;
const KEY = 'directam-key-of-one-shop';
const PASSWORD = 'long-enough-password';

const shared = { baseUrl: 'https://shared.example', apiKey: 'shared', webhookSecret: null };
const fromSettings: AccountCredentials = {
  owned: async (channel) => (channel === 'directam' ? [{ businessId: null, credentials: shared }] : []),
  of: async (channel) => (channel === 'directam' ? shared : null),
};

let api: TestApi;
let directam: FakeDirectam;
let credentials: AccountCredentials;
let fresh: AccountCredentials;
let nowMs = Date.now();
let otherId: string;
let admin: string;
let stranger: string;
beforeAll(async () => {
  directam = await startFakeDirectam({});
  const fetchSafely = createSafeFetch({ allowCidrs: ['127.0.0.0/8'], userAgent: 'test' });
  const checkAccount = (channel: string, externalId: string) =>
    createAccountCheck({ credentials: fresh, fetchSafely })(channel, externalId);
  api = await startTestApi({ ENCRYPTION_KEYS }, { checkAccount });
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
