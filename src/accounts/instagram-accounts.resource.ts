import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { optionalText } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';
import { claimAccount, releaseWaiting } from './claim.ts';
import { openCredentials, sealCredentials } from './credentials.ts';
import { accountRecord, accounts, externalId, readCredentials } from './resource.ts';

const PLATFORMS = ['instagram', 'messenger'] as const;

/** Ids are long numbers, which some programs write as such; beyond 2^53 they would have lost digits on their way. */
const id = z.union([z.string(), z.int().transform(String)]).pipe(externalId);
const username = optionalText(200);
/** Checked like the credentials of any account: `credentials.ts` of the channel. */
const secret = z.string().min(1).max(2000);

/** Accounts at Meta, connected by their tokens: a view of `accounts` in the words of Meta. */
export const instagramAccounts = defineResource({
  name: 'instagram-accounts',
  model: 'account',
  summary:
    'Accounts on Instagram and Messenger that are connected by a token, also at /api/instagram/accounts and /v1/instagram.',
  record: accountRecord.extend({ platform: z.string(), account_id: z.string(), username: z.string() }),
  permissions: accounts.permissions,
  restrict: () => ({ channel: { in: [...PLATFORMS] } }),
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    channel: wordField(PLATFORMS),
    externalId: textField(),
    name: textField(),
    status: wordField(['active', 'needs_reconnect', 'failing', 'removed']),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['name'], ['externalId']],
  create: {
    schema: z.strictObject({
      platform: z.enum(PLATFORMS).default('instagram'),
      account_id: id,
      page_id: id.optional(),
      username: username.optional(),
      access_token: secret,
    }),
    async toData({ platform, account_id, page_id, username, access_token }, { db, principal, businessId, keyRing }) {
      const channel = platform as string;
      const credentials = readCredentials(channel, credentialsOf({ access_token, page_id }));
      const byInstallation = principal.permissions.has('manage-installation');
      const claim = { channel, externalId: account_id as string, businessId, byInstallation };
      await claimAccount(db, claim);
      await releaseWaiting(db, claim);
      const accountId = uuidv7();
      const sealed = sealCredentials(keyRing, accountId, credentials);
      return { id: accountId, channel, externalId: account_id, name: username ?? '', credentials: sealed };
    },
  },
  update: {
    schema: z.object({ page_id: id, username, access_token: secret }),
    toData({ username, ...given }, row, { keyRing }) {
      const named = username === undefined ? {} : { name: username };
      if (Object.keys(given).length === 0) return named;
      const before = row.credentials === null ? null : openCredentials(keyRing, row.id, row.credentials);
      const credentials = readCredentials(row.channel, { ...(before ?? {}), ...credentialsOf(given) });
      const sealed = sealCredentials(keyRing, row.id, credentials);
      return { ...named, status: 'active', statusNote: '', credentials: sealed };
    },
  },
  guardDelete: () => undefined,
  erase: accounts.erase,
  subject: ({ name, externalId }) => name || externalId,
  present: (row, context) => ({
    ...accounts.present(row, context),
    platform: row.channel,
    account_id: row.externalId,
    username: row.name,
  }),
});

function credentialsOf({ access_token, page_id }: Record<string, unknown>): Record<string, unknown> {
  return {
    ...(access_token === undefined ? {} : { accessToken: access_token }),
    ...(page_id === undefined ? {} : { pageId: page_id }),
  };
}
