import { isOfThisMachine } from '../../platform/loopback.ts';
import type { Channel, ChannelDefinition, ChannelDescriptor } from '../channel.ts';
import { createProviderClient } from '../provider-client.ts';
import { JSON_OK } from '../webhook-answers.ts';
import { readDirectamConfig } from './config.ts';
import { DIRECTAM_CREDENTIALS, type DirectamCredentials } from './credentials.ts';
import { DIRECTAM_LIMITS, fitDirectam } from './limits.ts';
import { parseDirectamWebhook } from './payload.ts';
import { sendToDirectam } from './send.ts';
import { DIRECTAM_SET_UP } from './set-up.ts';
import type { DirectamSettings } from './settings.ts';
import { hasSigner, verifyDirectamSignature } from './signature.ts';

const ROUTE = {
  methods: ['POST'],
  acknowledgement: JSON_OK,
  description:
    "x-webhook-signature is the hex HMAC-SHA256 of the body's bytes with the account's webhook secret, if it has one.",
} as const;

const DESCRIPTOR: ChannelDescriptor<DirectamCredentials> = {
  name: 'directam',
  label: { en: 'Directam', fa: 'دایرکتم' },
  limits: DIRECTAM_LIMITS,
  // The gateway delivers to Instagram, whose window holds; it passes on no mark of a human agent.
  window: { kind: 'sinceCustomerWrote', hoursByDefault: 24 },
  consent: { optOutHandledBy: 'app', marketingNeedsConsent: true },
  webhooks: [
    { ...ROUTE, path: '/webhook' },
    { ...ROUTE, path: '/webhooks/directam' },
  ],
  credentials: DIRECTAM_CREDENTIALS,
  setUp: DIRECTAM_SET_UP,
  fit: fitDirectam,
};

/**
 * Makes the Directam channel: Instagram direct messages through the ManyMessage gateway.
 * @throws InvalidInputError when a setting is not usable
 */
export function createDirectamChannel(settings: DirectamSettings): Channel<DirectamCredentials> {
  const { config } = readDirectamConfig(settings);
  const post = createProviderClient();
  return {
    ...DESCRIPTOR,
    canVerify: hasSigner,
    verify: (request, credentials) => verifyDirectamSignature(request, credentials, config.mustBeSigned),
    isLocal: (credentials) => typeof credentials?.baseUrl === 'string' && isOfThisMachine(credentials.baseUrl),
    parse: parseDirectamWebhook,
    send: (request) => sendToDirectam(config, post, request),
  };
}

export const directam: ChannelDefinition = {
  descriptor: DESCRIPTOR,
  create: ({ directam: settings }) => (settings ? createDirectamChannel(settings) : null),
  credentialsOf: ({ directam: settings }) => (settings ? readDirectamConfig(settings).credentials : null),
};
