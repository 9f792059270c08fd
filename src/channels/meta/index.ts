import { isOfThisMachine } from '../../platform/loopback.ts';
import type { Channel, ChannelDefinition, ChannelDescriptor, WebhookRoute } from '../channel.ts';
import { createProviderClient } from '../provider-client.ts';
import { JSON_OK } from '../webhook-answers.ts';
import { META_CREDENTIALS, type MetaCredentials } from './credentials.ts';
import { isOfMeta, objectOf } from './envelope.ts';
import { fitInstagram, fitMessenger, INSTAGRAM_LIMITS, MESSENGER_LIMITS } from './limits.ts';
import { parseMetaWebhook } from './payload.ts';
import { createMetaSender } from './send.ts';
import { metaSetUp } from './set-up.ts';
import type { MetaSettings } from './settings.ts';
import { answerMetaChallenge, verifyMetaSignature } from './signature.ts';

/** `/webhook` is Directam's as well; the others are Meta's alone. */
const SHARED_PATH = '/webhook';
const OWN_PATHS = ['/webhooks/meta', '/v1/webhook', '/api/webhooks/instagram', '/core/webhook/instagram'] as const;

const ROUTE = {
  acknowledgement: JSON_OK,
  description:
    "X-Hub-Signature-256 is sha256= and the hex HMAC-SHA256 of the body's bytes with an app secret; a question carries hub.mode, hub.verify_token and hub.challenge.",
} as const;

/** Both products post to the same addresses, and name themselves in the body. */
const isMessenger: WebhookRoute['recognises'] = (request) => isOfMeta(request) && objectOf(request) === 'page';

const INSTAGRAM_ROUTES: readonly WebhookRoute[] = [
  {
    ...ROUTE,
    path: SHARED_PATH,
    methods: ['GET', 'POST'],
    recognises: (request) => isOfMeta(request) && objectOf(request) !== 'page',
  },
  ...OWN_PATHS.map((path): WebhookRoute => ({ ...ROUTE, path, methods: ['GET', 'POST'] })),
];
/** Instagram answers the question for both: an app has one address. */
const MESSENGER_ROUTES: readonly WebhookRoute[] = [SHARED_PATH, ...OWN_PATHS].map((path) => ({
  ...ROUTE,
  path,
  methods: ['POST'],
  recognises: path === SHARED_PATH ? isMessenger : (request) => objectOf(request) === 'page',
}));

const SHARED = {
  // People have longer than the bot, where Meta has approved the app for it.
  window: { kind: 'sinceCustomerWrote', hoursByDefault: 24, humanAgentDays: 7 },
  consent: { optOutHandledBy: 'app', marketingNeedsConsent: true },
  credentials: META_CREDENTIALS,
} as const;

const INSTAGRAM: ChannelDescriptor<MetaCredentials> = {
  ...SHARED,
  name: 'instagram',
  label: { en: 'Instagram', fa: 'اینستاگرام' },
  limits: INSTAGRAM_LIMITS,
  webhooks: INSTAGRAM_ROUTES,
  setUp: metaSetUp('Instagram'),
  fit: fitInstagram,
};

const MESSENGER: ChannelDescriptor<MetaCredentials> = {
  ...SHARED,
  name: 'messenger',
  label: { en: 'Messenger', fa: 'مسنجر' },
  limits: MESSENGER_LIMITS,
  webhooks: MESSENGER_ROUTES,
  setUp: metaSetUp('Messenger'),
  fit: fitMessenger,
};

function createMetaChannel(
  descriptor: ChannelDescriptor<MetaCredentials>,
  settings: MetaSettings,
): Channel<MetaCredentials> {
  const asksUs = descriptor.webhooks.some(({ methods }) => methods.includes('GET'));
  return {
    ...descriptor,
    verify: (request, credentials) => verifyMetaSignature(request, credentials, settings),
    ...(asksUs ? { answerChallenge: (request) => answerMetaChallenge(request, settings) } : {}),
    isLocal: () => isOfThisMachine(settings.graphBaseUrl) && isOfThisMachine(settings.instagramGraphBaseUrl),
    parse: (request) => parseMetaWebhook(request),
    send: createMetaSender(descriptor, settings, createProviderClient()),
  };
}

/** Makes the Instagram channel: direct messages by Meta's own API, whichever way the account was connected. */
export const createInstagramChannel = (settings: MetaSettings) => createMetaChannel(INSTAGRAM, settings);

/** Makes the Messenger channel: messages to a Facebook page. */
export const createMessengerChannel = (settings: MetaSettings) => createMetaChannel(MESSENGER, settings);

/** The token of the variables is of one page, and of the Instagram account that is tied to it. */
const ofSettings: NonNullable<ChannelDefinition['credentialsOf']> = ({ meta }) =>
  meta?.pageAccessToken ? { accessToken: meta.pageAccessToken, ...(meta.pageId ? { pageId: meta.pageId } : {}) } : null;

export const instagram: ChannelDefinition = {
  descriptor: INSTAGRAM,
  create: ({ meta }) => (meta ? createInstagramChannel(meta) : null),
  credentialsOf: ofSettings,
  settingsAreOfOneAccount: true,
};

export const messenger: ChannelDefinition = {
  descriptor: MESSENGER,
  create: ({ meta }) => (meta ? createMessengerChannel(meta) : null),
  credentialsOf: ofSettings,
  settingsAreOfOneAccount: true,
};
