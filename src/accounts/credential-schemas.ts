import { z } from 'zod';
import type { ChannelDefinition } from '../channels/channel.ts';
import { CHANNELS } from '../channels/index.ts';

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
  .url({ protocol: /^https?$/, error: 'Must be a web address.', abort: true })
  .max(500)
  .refine((url) => new URL(url).username === '' && new URL(url).password === '', 'Must hold no name and password.')
  .transform((url) => url.replace(/\/+$/, ''));

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

/** Of channels that are not built yet; one that is built brings its own, and leaves. */
const PLANNED: Readonly<Record<string, z.ZodType>> = { sms: twilio };

/** What an account of each channel is connected with. */
export const CREDENTIALS_BY_CHANNEL: ReadonlyMap<string, z.ZodType> = new Map([
  ...Object.entries(PLANNED),
  ...CHANNELS.flatMap(({ descriptor: { name, credentials } }) =>
    credentials ? [[name, credentials.schema] as const] : [],
  ),
]);

export const CONNECTABLE_CHANNELS = [...CREDENTIALS_BY_CHANNEL.keys()] as [string, ...string[]];

const withSharedKeys = new Set(
  CHANNELS.filter(
    ({ credentialsOf, settingsAreOfOneAccount }: ChannelDefinition) => credentialsOf && !settingsAreOfOneAccount,
  ).map(({ descriptor }) => descriptor.name),
);

/** Whether an account of the channel may be without its own: the installation's settings can stand in. */
export const mayShareKeys = (channel: string): boolean => withSharedKeys.has(channel);
