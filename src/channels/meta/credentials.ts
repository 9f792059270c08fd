import { z } from 'zod';
import type { CredentialRules } from '../channel.ts';
import { providerIdPart, secretPart } from '../credential-parts.ts';

/** What one account sends with. */
export interface MetaCredentials {
  accessToken: string;
  /** The page that an Instagram account is tied to, or the Messenger account's own. Absent: the token tells. */
  pageId?: string | undefined;
  /** Of an app of the account's own; absent: the installation's signs. */
  appSecret?: string | undefined;
}

/** The credentials of an account that is connected by its token. */
export const META_CREDENTIALS: CredentialRules<MetaCredentials> = {
  schema: z.strictObject({
    accessToken: secretPart,
    pageId: providerIdPart.optional(),
    appSecret: secretPart.min(8).optional(),
  }),
  fields: [
    { name: 'accessToken', label: { en: 'Access token', fa: 'توکن دسترسی' }, isSecret: true, isRequired: true },
    { name: 'pageId', label: { en: 'Page id', fa: 'شناسهٔ صفحهٔ فیسبوک' }, isSecret: false, isRequired: false },
    {
      name: 'appSecret',
      label: { en: 'App secret, if the app is your own', fa: 'رمز اپ، اگر اپ از خودتان است' },
      isSecret: true,
      isRequired: false,
    },
  ],
};
