import { z } from 'zod';
import type { CredentialRules } from '../channel.ts';
import { addressPart, secretPart } from '../credential-parts.ts';

/** What one account needs. From the settings any of it may be missing. */
export interface DirectamCredentials {
  /** Null: nothing can be sent. */
  baseUrl: string | null;
  apiKey: string | null;
  /** Null or absent: the account's webhooks are not signed. */
  webhookSecret?: string | null | undefined;
}

export const baseUrlSchema = z.url({ protocol: /^https?$/ });
/** The key becomes a header's value: anything else would fail at the first send instead of now. */
export const apiKeySchema = z.string().regex(/^[\x21-\x7e]+$/);
/** An empty secret would let every request pass as if it had been checked. */
export const webhookSecretSchema = z.string().min(1);

/** The credentials of an account that is connected in the panel. */
export const DIRECTAM_CREDENTIALS: CredentialRules<DirectamCredentials> = {
  schema: z.strictObject({
    baseUrl: addressPart,
    apiKey: secretPart,
    webhookSecret: secretPart.min(8).optional(),
  }),
  fields: [
    { name: 'baseUrl', label: { en: 'Base address', fa: 'نشانی پایه' }, isSecret: false, isRequired: true },
    { name: 'apiKey', label: { en: 'API key', fa: 'کلید API' }, isSecret: true, isRequired: true },
    { name: 'webhookSecret', label: { en: 'Webhook secret', fa: 'رمز وب‌هوک' }, isSecret: true, isRequired: false },
  ],
};
