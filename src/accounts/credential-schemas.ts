import { z } from 'zod';

/** Becomes a header's value: anything else would fail at the first send instead of here. */
const secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,2000}$/, 'Printable characters without spaces only.');
const providerId = z
  .string()
  .trim()
  .regex(/^[\w.:-]{1,200}$/, 'Letters, digits and . _ : - only.');
const address = z
  .url({ protocol: /^https?$/, error: 'Must be a web address.' })
  .max(500)
  .refine((url) => new URL(url).username === '' && new URL(url).password === '', 'Must hold no name and password.')
  .transform((url) => url.replace(/\/+$/, ''));

const directam = z.strictObject({ baseUrl: address, apiKey: secret, webhookSecret: secret.min(8).optional() });

const twilio = z
  .strictObject({
    provider: z.literal('twilio'),
    accountSid: providerId,
    authToken: secret,
    phoneNumber: z
      .string()
      .trim()
      .regex(/^\+[1-9]\d{5,14}$/, 'Must be a number like +15551234567.')
      .optional(),
    messagingServiceSid: providerId.optional(),
    apiBaseUrl: address.optional(),
  })
  .refine(({ phoneNumber, messagingServiceSid }) => !phoneNumber !== !messagingServiceSid, {
    path: ['phoneNumber'],
    message: 'Give one of phoneNumber and messagingServiceSid.',
  });

const meta = z.strictObject({ accessToken: secret, pageId: providerId.optional() });

/** What an account of each channel is connected with. */
export const CREDENTIALS_BY_CHANNEL = { directam, instagram: meta, messenger: meta, sms: twilio } as const;

export type ConnectableChannel = keyof typeof CREDENTIALS_BY_CHANNEL;

export const CONNECTABLE_CHANNELS = Object.keys(CREDENTIALS_BY_CHANNEL) as [
  ConnectableChannel,
  ...ConnectableChannel[],
];

/** Those of any channel, as the API describes them; which of them it must be depends on the account's channel. */
export const anyCredentials = z.union([directam, twilio, meta]);
