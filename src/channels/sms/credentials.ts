import { z } from 'zod';
import type { CredentialRules } from '../channel.ts';

/** What one number, or one messaging service of Twilio's, sends with. */
export interface TwilioCredentials {
  provider: 'twilio';
  accountSid: string;
  /** The primary one: it also signs what comes in, which API keys do not. */
  authToken: string;
  phoneNumber?: string | undefined;
  messagingServiceSid?: string | undefined;
  /** Absent: the installation's. */
  apiBaseUrl?: string | undefined;
}

const sid = (prefix: string) =>
  z
    .string()
    .trim()
    .regex(new RegExp(`^${prefix}[0-9A-Za-z]{8,64}$`), `Begins with ${prefix}, as Twilio's console shows it.`);

const schema = z
  .strictObject({
    provider: z.literal('twilio').default('twilio'),
    accountSid: sid('AC'),
    authToken: z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]{8,200}$/, 'Printable characters without spaces only.'),
    phoneNumber: z
      .string()
      .trim()
      .regex(/^\+?[0-9]{3,15}$/, 'Digits only, with + and the country code.')
      .optional(),
    messagingServiceSid: sid('MG').optional(),
    apiBaseUrl: z.url({ protocol: /^https?$/ }).optional(),
  })
  .refine(({ phoneNumber, messagingServiceSid }) => phoneNumber !== undefined || messagingServiceSid !== undefined, {
    path: ['phoneNumber'],
    error: 'A phone number or a messaging service is needed.',
  });

export const TWILIO_CREDENTIALS: CredentialRules<TwilioCredentials> = {
  schema: schema as unknown as z.ZodType<TwilioCredentials>,
  fields: [
    {
      name: 'accountSid',
      label: { en: 'Account SID', fa: 'شناسهٔ حساب (Account SID)' },
      isSecret: false,
      isRequired: true,
    },
    { name: 'authToken', label: { en: 'Auth token', fa: 'توکن (Auth token)' }, isSecret: true, isRequired: true },
    { name: 'phoneNumber', label: { en: 'Phone number', fa: 'شمارهٔ فرستنده' }, isSecret: false, isRequired: false },
    {
      name: 'messagingServiceSid',
      label: { en: 'Messaging service SID, instead of a number', fa: 'شناسهٔ Messaging Service، به جای شماره' },
      isSecret: false,
      isRequired: false,
    },
    {
      name: 'apiBaseUrl',
      label: { en: 'Address, if not Twilio’s own', fa: 'نشانی، اگر نشانی خود Twilio نیست' },
      isSecret: false,
      isRequired: false,
    },
  ],
};
