import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Channel, ChannelDefinition, ChannelDescriptor, WebhookRequest } from '../../src/channels/channel.ts';
import { keyFromProviderId } from '../../src/channels/dedupe-key.ts';
import { capText, cleanText } from '../../src/channels/inbound-text.ts';
import { createProviderClient } from '../../src/channels/provider-client.ts';
import { splitText } from '../../src/channels/split-text.ts';
import { ChannelOutcomeUnknownError, ChannelRejectedError, SignatureError } from '../../src/platform/errors.ts';
import { textOf } from '../../src/text/message.ts';

// A channel that exists for tests only. Whatever it needs beyond this file and a line in the list is a fault of the product.

const schema = z.strictObject({ baseUrl: z.url(), token: z.string().min(1) });
type PagerCredentials = z.infer<typeof schema>;

/** What the settings would give to every account; the test names the address of its provider. */
export const pagerCredentials: PagerCredentials = { baseUrl: 'http://127.0.0.1:1', token: 'pager-token' };
export const AGREED_WORD = 'agreed-word';

const answer = (type: string, body: string) => ({ type, body });
const route = { acknowledgement: answer('text/xml', '<Response/>'), description: 'A form, signed with its address.' };

const DESCRIPTOR: ChannelDescriptor<PagerCredentials> = {
  name: 'pager',
  label: { en: 'Pager', fa: 'پیجر' },
  limits: {
    maxText: 160,
    textUnit: 'characters',
    maxQuickReplies: 0,
    maxButtons: 0,
    maxCards: 0,
    maxTitleCharacters: 0,
    mediaKinds: [],
  },
  window: { kind: 'none' },
  consent: { optOutHandledBy: 'carrier', marketingNeedsConsent: true },
  webhooks: [
    { ...route, path: '/webhooks/pager', methods: ['GET', 'POST'] },
    {
      ...route,
      path: '/webhook',
      methods: ['GET', 'POST'],
      recognises: ({ headers }) => 'x-pager-signature' in headers,
    },
  ],
  credentials: {
    schema,
    fields: [
      { name: 'baseUrl', label: { en: 'Address', fa: 'نشانی' }, isSecret: false, isRequired: true },
      { name: 'token', label: { en: 'Token', fa: 'توکن' }, isSecret: true, isRequired: true },
    ],
  },
  setUp: [{ text: { en: 'Copy this address.', fa: 'این نشانی را کپی کنید.' }, copyPath: '/webhooks/pager' }],
  fit: (content) => {
    const parts = splitText(cleanText(textOf(content)), [{ max: 160, unit: 'characters' }]);
    return parts.map((text) => ({ kind: 'text', text }));
  },
};

/** The hex HMAC-SHA256 of address and body. */
export function signPager(url: string, body: string | Buffer, { token } = pagerCredentials): string {
  return createHmac('sha256', token).update(url).update(body).digest('hex');
}

function parse({ rawBody, url = '', receivedAtMs }: WebhookRequest): ReturnType<Channel['parse']> {
  const form = new URLSearchParams(rawBody.toString());
  const read = (name: string) => cleanText(form.get(name) ?? '');
  const [to, from, id, state] = [read('To'), read('From'), read('Id'), read('State')];
  const at = { occurredAtMs: receivedAtMs, timeFlagged: false };
  if ((state === 'delivered' || state === 'failed') && to) {
    const intentId = new URL(url, 'http://pager').searchParams.get('outbound');
    const told = {
      state,
      reason: state === 'failed' ? 'no_signal' : '',
      externalMessageId: id || null,
      intentId,
    } as const;
    return { events: [], statuses: [{ ...told, ...at, accountExternalId: to }], quarantined: [] };
  }
  if (!to || !from || !id)
    return { events: [], statuses: [], quarantined: [{ reason: 'A name is missing', item: null }] };
  const parties = { accountExternalId: to, contactExternalId: from, isAttributed: true };
  const said = { kind: 'message', messageKind: 'text', text: capText(read('Body')) } as const;
  const ids = { dedupeKey: keyFromProviderId('message', id), externalMessageId: id, readExternalId: null };
  return { events: [{ ...parties, ...said, ...ids, ...at, payload: null, media: [] }], statuses: [], quarantined: [] };
}

export function createPagerChannel(): Channel<PagerCredentials> {
  const post = createProviderClient();
  return {
    ...DESCRIPTOR,
    parse,
    verify: ({ url = '', rawBody, headers }, accounts) => {
      const signer = accounts.find((account) => signPager(url, rawBody, account) === headers['x-pager-signature']);
      if (!signer) throw new SignatureError('Unsigned');
      return signer;
    },
    answerChallenge: ({ url = '' }) => {
      const query = new URL(url, 'http://pager').searchParams;
      if (query.get('word') !== AGREED_WORD) throw new SignatureError('Another word');
      return answer('text/plain', query.get('challenge') ?? '');
    },
    send: async ({ credentials, content, contactExternalId, intentId }) => {
      if (!credentials) throw new ChannelRejectedError('No account', 'not_configured');
      const body = new URLSearchParams({ To: contactExternalId, Body: textOf(content), Ref: intentId }).toString();
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Bearer ${credentials.token}`,
      };
      const { status, text } = await post({
        url: new URL('/pages', credentials.baseUrl),
        headers,
        body,
        timeoutMs: 5000,
      });
      if (status !== 201) throw new ChannelOutcomeUnknownError('Another answer', 'unexpected_status');
      return { externalId: text, httpStatus: status };
    },
  };
}

export const pager: ChannelDefinition = {
  descriptor: DESCRIPTOR,
  create: () => createPagerChannel(),
  credentialsOf: () => pagerCredentials,
};
