import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createChannels } from '../../../../src/channels/create-channels.ts';
import type { MetaSettings } from '../../../../src/channels/meta/settings.ts';
import { answerMetaChallenge, verifyMetaSignature } from '../../../../src/channels/meta/signature.ts';
import { webhookAddresses } from '../../../../src/channels/webhook-routes.ts';
import { InvalidInputError, SignatureError } from '../../../../src/platform/errors.ts';

const meta: MetaSettings = {
  graphBaseUrl: 'https://graph.facebook.com',
  instagramGraphBaseUrl: 'https://graph.instagram.com',
  apiVersion: 'v25.0',
  appSecrets: ['app-secret', 'instagram-secret'],
  verifyToken: 'agreed word',
  pageId: null,
  pageAccessToken: null,
};
const sign = (body: string | Buffer, secret: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

describe('verifyMetaSignature', () => {
  // As Meta writes it: escapes that no serializer of ours would repeat.
  const rawBody = Buffer.from('{"object":"instagram","entry":[{"text":"\\u0633\\u0644\\u0627\\u0645 \\/"}]}');
  const check = (
    header: string | string[] | undefined,
    settings: Partial<MetaSettings> = {},
    accounts: object[] = [],
  ) => {
    const headers = header === undefined ? {} : { 'x-hub-signature-256': header };
    return verifyMetaSignature({ rawBody, headers, receivedAtMs: 0 }, accounts as never, { ...meta, ...settings });
  };

  it.each(['app-secret', 'instagram-secret'])('takes what was signed with the %s over the raw bytes', (secret) => {
    expect(check(sign(rawBody, secret))).toBeNull();
  });

  it('takes an account’s own secret, and tells whose it was', () => {
    const own = { accessToken: 't', appSecret: 'own-secret' };
    expect(check(sign(rawBody, 'own-secret'), {}, [{ accessToken: 'x' }, own])).toBe(own);
  });

  it.each<[string, string | string[] | undefined]>([
    ['nothing', undefined],
    ['another secret', sign(rawBody, 'guess')],
    ['another body', sign(JSON.stringify(JSON.parse(rawBody.toString())), 'app-secret')],
    ['SHA-1', `sha1=${createHmac('sha1', 'app-secret').update(rawBody).digest('hex')}`],
    ['too few digits', sign(rawBody, 'app-secret').slice(0, -1)],
    ['no digits', `sha256=${'z'.repeat(64)}`],
    ['two headers', [sign(rawBody, 'app-secret'), 'x']],
  ])('refuses %s', (_, header) => {
    expect(() => check(header)).toThrow(SignatureError);
  });

  it('refuses everything while it has no secret, unless signatures are skipped', () => {
    expect(() => check(sign(rawBody, ''), { appSecrets: [] })).toThrow(
      expect.objectContaining({ reason: 'no_secret' }),
    );
    expect(check(undefined, { appSecrets: [], skipSignature: true })).toBeNull();
  });
});

describe('answerMetaChallenge', () => {
  const ask = (query: string, settings = meta) =>
    answerMetaChallenge({ rawBody: Buffer.alloc(0), headers: {}, receivedAtMs: 0, url: `/webhook?${query}` }, settings);
  const agreed = 'hub.mode=subscribe&hub.verify_token=agreed+word';

  it.each(['1158201444', 'test-challenge', '00123'])('gives %j back as text, as it came', (challenge) => {
    const { type, body } = ask(`${agreed}&hub.challenge=${challenge}`);
    expect([type, body]).toEqual(['text/plain; charset=utf-8', challenge]);
  });

  it.each([
    'hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1',
    'hub.mode=unsubscribe&hub.verify_token=agreed+word&hub.challenge=1',
    'hub.challenge=1',
    `${agreed}&hub.verify_token=agreed+word&hub.challenge=1`,
    '',
  ])('refuses who asks with %j', (query) => {
    expect(() => ask(query)).toThrow(SignatureError);
    expect(() => ask(`${agreed}&hub.challenge=1`, { ...meta, verifyToken: null })).toThrow(SignatureError);
  });

  it.each([agreed, `${agreed}&hub.challenge=1&hub.challenge=2`, `${agreed}&hub.challenge=%0A`])(
    'cannot answer %j',
    (query) => {
      expect(() => ask(query)).toThrow(InvalidInputError);
    },
  );
});

describe('the addresses of Meta', () => {
  const directam = { baseUrl: null, apiKey: null, webhookSecret: 's' };
  const addresses = webhookAddresses(createChannels({ directam, meta }));
  const chosen = (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const address = addresses.get(path)?.get('POST');
    return (address?.only ?? address?.choose({ rawBody, headers, receivedAtMs: 0 }))?.channel.name;
  };
  const paths = ['/webhook', '/webhooks/meta', '/v1/webhook', '/api/webhooks/instagram', '/core/webhook/instagram'];

  it.each(paths)('%s takes both products, and the question', (path) => {
    expect(chosen(path, { object: 'instagram', entry: [] })).toBe('instagram');
    expect(chosen(path, { object: 'page', entry: [] })).toBe('messenger');
    expect(chosen(path, [{ object: 'page', entry: [] }])).toBe('messenger');
    expect(chosen(path, { entry: [{ id: 'page_id' }] })).toBe('instagram');
    expect(addresses.get(path)?.get('GET')?.only?.channel.name).toBe('instagram');
  });

  it('/webhook leaves to Directam what is Directam’s, and takes the rest', () => {
    const signed = { 'x-hub-signature-256': 'sha256=00' };
    expect(chosen('/webhook', { sender_id: '1', receiver_id: '2', text: 'entry' })).toBe('directam');
    expect(chosen('/webhook', { sender: '1', receiver: '2', text: 'x' }, signed)).toBe('directam');
    expect(chosen('/webhook', { object: 'page', entry: [] }, { 'x-webhook-signature': '00' })).toBe('directam');
    expect(chosen('/webhook', 'no json')).toBe('directam');
    expect(chosen('/webhook', 'no json', signed)).toBe('instagram');
    expect(chosen('/webhook', {}, signed)).toBe('instagram');
  });
});
