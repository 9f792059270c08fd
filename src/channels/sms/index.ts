import { isOfThisMachine } from '../../platform/loopback.ts';
import type { Channel, ChannelDefinition, ChannelDescriptor, WebhookRoute } from '../channel.ts';
import { createProviderClient } from '../provider-client.ts';
import { TWILIO_CREDENTIALS, type TwilioCredentials } from './credentials.ts';
import { fitSms, SMS_LIMITS } from './limits.ts';
import { parseTwilioWebhook } from './payload.ts';
import { createTwilioSender, STATUS_PATH } from './send.ts';
import type { SmsSettings } from './settings.ts';
import { verifyTwilioSignature } from './signature.ts';

export const INBOUND_PATH = '/webhooks/sms/inbound';

/** Twilio takes what stands in it for an answer to the customer: ours goes out by itself. */
const EMPTY_TWIML = { type: 'text/xml', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' };

const SIGNED =
  'X-Twilio-Signature is the base64 HMAC-SHA1 of the public address and all fields with the auth token of the account.';
const WEBHOOKS: readonly WebhookRoute[] = [
  {
    path: INBOUND_PATH,
    methods: ['POST'],
    acknowledgement: EMPTY_TWIML,
    description: `A text message that came in, as a form. ${SIGNED}`,
  },
  {
    path: STATUS_PATH,
    methods: ['POST'],
    acknowledgement: EMPTY_TWIML,
    description: `What became of a text message of ours, named by \`outbound\` in the address. ${SIGNED}`,
  },
];

const DESCRIPTOR: ChannelDescriptor<TwilioCredentials> = {
  name: 'sms',
  label: { en: 'SMS', fa: 'پیامک' },
  limits: SMS_LIMITS,
  window: { kind: 'none' },
  consent: { optOutHandledBy: 'carrier', marketingNeedsConsent: true },
  webhooks: WEBHOOKS,
  credentials: TWILIO_CREDENTIALS,
  setUp: [
    {
      text: {
        en: 'In Twilio’s console, open the number (or the messaging service) and enter this address for messages that come in, with HTTP POST.',
        fa: 'در کنسول Twilio شماره (یا Messaging Service) را باز کنید و این نشانی را برای پیامک‌های رسیده، با روش HTTP POST، وارد کنید.',
      },
      copyPath: INBOUND_PATH,
    },
    {
      text: {
        en: 'Copy the account SID and the auth token from the console’s first page.',
        fa: 'Account SID و Auth token را از صفحهٔ نخست کنسول بردارید.',
      },
      field: 'authToken',
    },
    {
      text: {
        en: 'The id of the account is the number with its country code, such as +15550001111, or the SID of the messaging service.',
        fa: 'شناسهٔ حساب همان شماره با پیش‌شمارهٔ کشور است، مثل ‎+15550001111، یا شناسهٔ Messaging Service.',
      },
    },
  ],
  fit: fitSms,
};

/** Makes the channel of text messages by Twilio. */
export function createSmsChannel(settings: SmsSettings): Channel<TwilioCredentials> {
  return {
    ...DESCRIPTOR,
    consent: { ...DESCRIPTOR.consent, optOutHandledBy: settings.optOutHandledBy },
    verify: (request, credentials) => verifyTwilioSignature(request, credentials, settings.publicBaseUrl),
    isLocal: (credentials) => isOfThisMachine(credentials?.apiBaseUrl ?? settings.apiBaseUrl),
    parse: parseTwilioWebhook,
    send: createTwilioSender(settings, createProviderClient()),
  };
}

export const sms: ChannelDefinition = {
  descriptor: DESCRIPTOR,
  create: ({ sms: settings }) => (settings ? createSmsChannel(settings) : null),
  credentialsOf: ({ sms: settings }) => (settings?.account ? { provider: 'twilio', ...settings.account } : null),
  settingsAreOfOneAccount: true,
};
