import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSettingsReader, type SettingsReader } from '../../../src/businesses/settings.ts';
import { createBusinessModels, policyOfBusiness, settingsDefaultsOf } from '../../../src/composition.ts';
import { hashPassword } from '../../../src/platform/auth/passwords.ts';
import { createKeyRing } from '../../../src/platform/encryption/key-ring.ts';
import { forBusiness } from '../../../src/platform/of-business.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';

const ENCRYPTION_KEYS = `k1:${randomBytes(32).toString('base64')}`;
const PASSWORD = 'long-enough-password';
const AI_KEY = 'sk-the-key-of-one-shop';

let api: TestApi;
let token: string;
let stranger: string;
let otherId: string;
let settings: SettingsReader;
let nowMs = Date.now();
beforeAll(async () => {
  api = await startTestApi({
    ENCRYPTION_KEYS,
    QUIET_HOURS_START: '23:00',
    QUIET_HOURS_END: '08:00',
    FOLLOWUP_DELAY_HOURS: '12',
    LLM_BASE_URL: 'http://127.0.0.1:9',
  });
  otherId = (await api.db.business.create({ data: { name: 'Other', slug: 'other' } })).id;
  const data = { passwordHash: await hashPassword(PASSWORD) };
  await api.db.user.create({ data: { ...data, businessId: otherId, username: 'other-admin', role: 'admin' } });
  await api.db.user.create({ data: { ...data, businessId: api.businessId, username: 'operator', role: 'operator' } });
  token = await api.login();
  stranger = await api.login('other-admin', PASSWORD);
  const keyRing = createKeyRing(ENCRYPTION_KEYS);
  settings = createSettingsReader({
    db: api.db,
    keyRing,
    defaults: settingsDefaultsOf(api.config),
    clock: () => nowMs,
  });
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.db.businessSettings.deleteMany();
  nowMs += 2000;
});

const read = async (by = token) => (await api.request('GET', '/api/settings', { token: by })).body;
const change = (body: unknown, by = token) => api.request('PATCH', '/api/settings', { token: by, body });
/** As another process sees it, after the time that it may take. */
const effective = (businessId = api.businessId) => {
  nowMs += 2000;
  return settings.of(businessId);
};

describe('GET /api/settings', () => {
  it('says what holds where nothing is set: the variables', async () => {
    expect(await read()).toMatchObject({
      id: api.businessId,
      language: 'fa',
      timeZone: 'Asia/Tehran',
      businessHours: null,
      quietHoursStart: '23:00',
      quietHoursEnd: '08:00',
      followUpEnabled: true,
      followUpDelayHours: 12,
      followUpMessage: null,
      debounceMs: 1500,
      takeoverHours: 4,
      aiProvider: 'builtin',
      aiModel: null,
      aiEnabled: true,
      hasAiKey: false,
      own: [],
    });
  });

  it('is for those who may change settings', async () => {
    const operator = await api.login('operator', PASSWORD);
    expect((await api.request('GET', '/api/settings', { token: operator })).status).toBe(403);
    expect((await change({ debounceMs: 1 }, operator)).status).toBe(403);
    expect((await api.request('GET', '/api/settings')).status).toBe(401);
  });
});

describe('PATCH /api/settings', () => {
  it("changes one business's settings, everywhere within two seconds, and nobody else's", async () => {
    const hours = [{ weekday: 6, from: '09:00', to: '17:30' }];
    const wished = {
      name: 'Flowers',
      language: 'en',
      timeZone: 'Europe/Berlin',
      businessHours: hours,
      quietHoursStart: '20:00',
      quietHoursEnd: '10:00',
      followUpEnabled: false,
      followUpDelayHours: 2.5,
      followUpMessage: 'Still there?',
      debounceMs: 300,
      takeoverHours: 1,
      aiEnabled: false,
    };
    await settings.of(api.businessId);
    const answer = await change(wished);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject(wished);
    expect(answer.body.own).toHaveLength(8);
    expect(await read()).toEqual(answer.body);
    expect((await settings.of(api.businessId)).debounceMs).toBe(1500);
    expect(await effective()).toMatchObject({
      quietHours: { start: '20:00', end: '10:00' },
      followUp: { enabled: false, delayMs: 9_000_000, message: 'Still there?', quietHours: { start: '20:00' } },
      debounceMs: 300,
      takeoverMs: 3_600_000,
    });
    expect(await effective(otherId)).toMatchObject({ debounceMs: 1500, quietHours: { start: '23:00' } });
    expect(await read(stranger)).toMatchObject({ id: otherId, name: 'Other', own: [] });
    const business = await api.db.business.findUniqueOrThrow({ where: { id: api.businessId } });
    expect(business).toMatchObject({ name: 'Flowers', language: 'en', timeZone: 'Europe/Berlin', aiEnabled: false });
    await change({ name: 'Peyk', language: 'fa', timeZone: 'Asia/Tehran', aiEnabled: true });
  });

  it('gives a setting back to the variables with null', async () => {
    await change({ debounceMs: 0, followUpMessage: 'x', quietHoursEnd: '09:00' });
    expect(await read()).toMatchObject({ own: ['quietHoursEnd', 'followUpMessage', 'debounceMs'] });
    const answer = await change({ debounceMs: null, followUpMessage: null, quietHoursEnd: null });
    expect(answer.body).toMatchObject({ debounceMs: 1500, followUpMessage: null, quietHoursEnd: '08:00', own: [] });
  });

  it.each([
    ['name', { name: '' }],
    ['name', { name: null }],
    ['language', { language: 'de' }],
    ['timeZone', { timeZone: 'Tehran' }],
    ['businessHours.0.to', { businessHours: [{ weekday: 1, from: '10:00', to: '09:00' }] }],
    ['businessHours.0.weekday', { businessHours: [{ weekday: 7, from: '09:00', to: '10:00' }] }],
    ['quietHoursStart', { quietHoursStart: '24:00' }],
    ['followUpDelayHours', { followUpDelayHours: 0 }],
    ['followUpMessage', { followUpMessage: ' ' }],
    ['debounceMs', { debounceMs: 1.5 }],
    ['debounceMs', { debounceMs: 60_001 }],
    ['takeoverHours', { takeoverHours: -1 }],
    ['aiProvider', { aiProvider: 'nobody' }],
    ['aiKey', { aiProvider: 'openai' }],
    ['hasAiKey', { hasAiKey: true }],
    ['businessId', { businessId: '01900000-0000-7000-8000-000000000000' }],
  ])('refuses a wrong %s and changes nothing', async (field, body) => {
    const answer = await change({ ...body, takeoverHours: 3, ...body });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toHaveProperty([field]);
    expect(await read()).toMatchObject({ takeoverHours: 4, own: [] });
  });

  it('writes a key of models that nobody reads again, and asks that provider alone with it', async () => {
    const answer = await change({ aiProvider: 'openai', aiModel: 'gpt-shop', aiKey: AI_KEY });
    expect(answer.body).toMatchObject({ aiProvider: 'openai', aiModel: 'gpt-shop', hasAiKey: true });
    const row = await api.db.businessSettings.findUniqueOrThrow({ where: { businessId: api.businessId } });
    expect(row.aiKey).toMatch(/^v1:k1:/);
    const audits = await api.db.auditLog.findMany({ where: { resource: 'settings' } });
    const seen = answer.text + JSON.stringify(await read()) + JSON.stringify(audits) + api.logs.join();
    expect(seen).not.toContain(AI_KEY);
    expect(seen).not.toContain(row.aiKey);
    const { ai } = await effective();
    expect(ai).toMatchObject({
      provider: 'openai',
      providers: [{ name: 'openai', apiKey: AI_KEY, model: 'gpt-shop' }],
    });
    expect(ai.providers).toHaveLength(1);
    expect((await change({ aiProvider: null, aiModel: null, aiKey: null })).body).toMatchObject({
      aiProvider: 'builtin',
      hasAiKey: false,
    });
  });

  it('leaves the rules to answer where the key cannot be opened any more', async () => {
    await change({ aiProvider: 'openai', aiKey: AI_KEY });
    const keyRing = createKeyRing(`k1:${randomBytes(32).toString('base64')}`);
    const blind = createSettingsReader({ db: api.db, keyRing, defaults: settingsDefaultsOf(api.config) });
    expect((await blind.of(api.businessId)).ai.provider).toBe('builtin');
  });
});

describe('settings of a business', () => {
  it('choose its model and its policy, and those who set the same share a model', async () => {
    const { model, builtin } = createBusinessModels(settings);
    const policyOfRef = policyOfBusiness(api.config, settings, new Map());
    const policyOf = (businessId: string) => policyOfRef({ businessId, channel: 'directam' });
    expect(await forBusiness(model, api.businessId)).toBe(builtin);
    expect(await policyOf(api.businessId)).toMatchObject({ takeoverMs: 4 * 3_600_000, decideLocally: true });
    await change({ aiProvider: 'compatible', aiModel: 'local', takeoverHours: 2 });
    nowMs += 2000;
    const chosen = await forBusiness(model, api.businessId);
    expect(chosen.name).toBe('compatible');
    expect(await policyOf(api.businessId)).toMatchObject({ takeoverMs: 2 * 3_600_000, decideLocally: false });
    nowMs += 2000;
    expect(await forBusiness(model, api.businessId)).toBe(chosen);
    expect(await forBusiness(model, otherId)).toBe(builtin);
  });

  it('are read in one statement for all who ask at once', async () => {
    let reads = 0;
    const db = api.db.$extends({
      query: {
        businessSettings: {
          findMany: ({ args, query }) => {
            reads += 1;
            return query(args);
          },
        },
      },
    });
    const keyRing = createKeyRing(ENCRYPTION_KEYS);
    const defaults = settingsDefaultsOf(api.config);
    const reader = createSettingsReader({ db: db as unknown as typeof api.db, keyRing, defaults, clock: () => nowMs });
    await Promise.all([api.businessId, otherId, api.businessId].map((id) => reader.of(id)));
    await reader.of(otherId);
    expect(reads).toBe(1);
    nowMs += 2000;
    await reader.of(otherId);
    expect(reads).toBe(2);
  });
});
