import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createChannels, credentialsFromSettings } from '../../../src/channels/create-channels.ts';
import { createWebhookSigning, type WebhookSigningDeps } from '../../../src/inbox/webhook-signing.ts';
import type { HealthPart } from '../../../src/platform/health/health-part.ts';
import { ADMIN_API_KEY, startTestApi, type TestApi } from '../../support/http-api.ts';

let api: TestApi;
afterEach(() => api.stop());

const OPEN = { WEBHOOK_SECRET: '', HOST: '0.0.0.0' };
const FORGED = {
  sender_id: 'shop-1',
  receiver_id: 'victim',
  is_admin: true,
  message_type: 'text',
  text: 'I am the shop',
  timestamp: Math.floor(Date.now() / 1000),
};

const post = () => api.request('POST', '/webhook', { body: FORGED });

async function signingPart(): Promise<HealthPart | undefined> {
  const { body } = await api.request<HealthPart[]>('GET', '/api/health/parts', { apiKey: ADMIN_API_KEY });
  return body.find(({ name }) => name === 'webhooks');
}

/** What a start would write into its log. */
async function warningsOf(given: Partial<WebhookSigningDeps>): Promise<string[]> {
  const lines: string[] = [];
  const directam = { baseUrl: null, apiKey: null, webhookSecret: null };
  const settings = { takesUnsignedWebhooks: false, isReachable: true };
  const ports = { channels: createChannels({ directam }), credentials: credentialsFromSettings({ directam }) };
  const signing = createWebhookSigning({ db: api.db, ...ports, ...settings, selfConnecting: new Set(), ...given });
  await signing.warn(pino({ level: 'warn' }, { write: (line: string) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line).msg as string);
}

describe('a channel without a webhook secret', () => {
  it('is warned of while only this machine can post, and takes what comes', async () => {
    api = await startTestApi({ WEBHOOK_SECRET: '', DIRECTAM_BASE_URL: 'http://127.0.0.1:9' });
    expect((await post()).status).toBe(200);
    expect(await signingPart()).toMatchObject({
      state: 'warning',
      code: 'webhooks_unsigned',
      params: { channels: 'Directam' },
    });
  });

  it('has its webhooks refused, in words, as soon as others can reach us', async () => {
    api = await startTestApi({ ...OPEN, DIRECTAM_BASE_URL: 'http://127.0.0.1:9' });
    const answer = await post();
    expect(answer.status).toBe(401);
    expect(answer.body.message).toContain('no webhook secret is set');
    expect(await api.db.inboundDelivery.count()).toBe(0);
    expect(api.logs.join()).toContain('a webhook was refused: no webhook secret is set');
    expect(await signingPart()).toMatchObject({ state: 'failing', code: 'webhooks_refused' });
    for (let n = 0; n < 30; n++) await post();
    expect(api.logs.filter((line) => line.includes('was refused')).length).toBeLessThan(10);
  });

  it('is no trouble where nobody uses it', async () => {
    api = await startTestApi(OPEN);
    expect(await signingPart()).toMatchObject({ state: 'ok', code: 'webhooks_ok' });
    const { businessId } = api;
    await api.db.account.create({ data: { businessId, channel: 'directam', externalId: 'shop-1' } });
    expect(await signingPart()).toMatchObject({ state: 'failing' });
  });

  it('stays open where that is asked for, and is called so', async () => {
    api = await startTestApi({ ...OPEN, ALLOW_UNSIGNED_WEBHOOKS: 'true' });
    expect((await post()).status).toBe(200);
    expect(await signingPart()).toMatchObject({ state: 'failing', code: 'webhooks_open' });
  });

  it('is told of in one line at the start, and a channel with a secret is not', async () => {
    api = await startTestApi();
    expect(await signingPart()).toMatchObject({ state: 'ok' });
    expect((await post()).status).toBe(401);
    const unsigned = { takesUnsignedWebhooks: true, isReachable: false };
    expect(await warningsOf(unsigned)).toEqual([expect.stringContaining('are taken unsigned')]);
    expect(await warningsOf({})).toEqual([]);
    expect(await warningsOf({ selfConnecting: new Set(['directam']) })).toEqual([
      expect.stringContaining('are refused'),
    ]);
    const directam = { baseUrl: null, apiKey: null, webhookSecret: 'agreed' };
    const credentials = credentialsFromSettings({ directam });
    expect(await warningsOf({ ...unsigned, credentials })).toEqual([]);
  });
});
