import { z } from 'zod';
import type { CredentialRules } from '../channel.ts';
import { addressPart, providerIdPart, secretPart } from '../credential-parts.ts';

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

const schema: z.ZodType<TwilioCredentials> = z
  .strictObject({
    provider: z.literal('twilio').default('twilio'),
    accountSid: providerIdPart,
    authToken: secretPart,
    phoneNumber: z
      .string()
      .trim()
      .regex(/^\+[1-9]\d{5,14}$/, 'Must be a number like +15551234567.')
      .optional(),
    messagingServiceSid: providerIdPart.optional(),
    apiBaseUrl: addressPart.optional(),
  })
  .refine(({ phoneNumber, messagingServiceSid }) => !phoneNumber !== !messagingServiceSid, {
    path: ['phoneNumber'],
    message: 'Give one of phoneNumber and messagingServiceSid.',
  });

export const TWILIO_CREDENTIALS: CredentialRules<TwilioCredentials> = {
  schema,
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
