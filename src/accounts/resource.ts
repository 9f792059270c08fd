import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { CHANNEL_NAMES } from '../channels/channel-forms.ts';
import { InvalidInputError } from '../platform/errors.ts';
import { dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { findNamedBusiness } from '../platform/http/resources/named-business.ts';
import { id, isoOrNull, nullableTime, optionalText, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';
import { readInput } from '../platform/http/validate.ts';
import { claimAccount, releaseWaiting } from './claim.ts';
import { CONNECTABLE_CHANNELS, CREDENTIALS_BY_CHANNEL, mayShareKeys } from './credential-schemas.ts';
import { sealCredentials } from './credentials.ts';

const STATUSES = ['active', 'needs_reconnect', 'failing', 'removed'] as const;

export const accountRecord = z.object({
  id,
  channel: z.string(),
  externalId: z.string(),
  name: z.string(),
  status: z.string(),
  statusNote: z.string(),
  /** They themselves never leave. Without its own an account uses those of the installation's settings. */
  hasCredentials: z.boolean(),
  lastInboundAt: nullableTime,
  lastSentAt: nullableTime,
  createdAt: time,
  updatedAt: time,
});

const name = optionalText(200);
export const externalId = z
  .string()
  .trim()
  .regex(/^[\w.@:+-]{1,200}$/, 'The id of the account on the channel: letters, digits and . _ @ : + - only.');

/** As `GET /api/channels` names them; which of them there must be depends on the account's channel. */
const anyCredentials = z.record(z.string().max(100), z.unknown());

/** Throws InvalidInputError that names the fields and never their values. */
export function readCredentials(channel: string, given: unknown): unknown {
  const ofChannel = CREDENTIALS_BY_CHANNEL.get(channel);
  if (!ofChannel)
    throw new InvalidInputError('Accounts of this channel have no credentials.', { credentials: 'Cannot be given.' });
  return readInput(z.object({ credentials: ofChannel }), { credentials: given }).credentials;
}

/** Where no keys of the settings can stand in, an account is connected with its own. */
function demandCredentials(channel: string, given: unknown): void {
  if (given === undefined && !mayShareKeys(channel))
    throw new InvalidInputError('The account needs credentials.', { credentials: 'Must be given.' });
}

export const accounts = defineResource({
  name: 'accounts',
  model: 'account',
  summary: "The shop's own accounts on the channels.",
  record: accountRecord,
  permissions: { read: 'view-conversations', write: 'manage-instagram-accounts' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    channel: wordField(CHANNEL_NAMES),
    externalId: textField(),
    name: textField(),
    status: wordField(STATUSES),
    lastInboundAt: dateField({ nullable: true }),
    lastSentAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['name'], ['externalId']],
  create: {
    schema: z.strictObject({
      channel: z.enum(CONNECTABLE_CHANNELS).default('directam'),
      externalId,
      name: name.default(''),
      credentials: anyCredentials.optional(),
      businessId: z.uuid().optional(),
    }),
    businessOf: findNamedBusiness,
    async toData({ credentials, ...input }, { db, principal, businessId, keyRing }) {
      const channel = input.channel as string;
      demandCredentials(channel, credentials);
      const byInstallation = principal.permissions.has('manage-installation');
      const claim = { channel, externalId: input.externalId as string, businessId, byInstallation };
      await claimAccount(db, claim);
      await releaseWaiting(db, claim);
      const accountId = uuidv7();
      const sealed =
        credentials === undefined ? null : sealCredentials(keyRing, accountId, readCredentials(channel, credentials));
      return { ...input, id: accountId, credentials: sealed };
    },
  },
  update: {
    schema: z.object({
      name,
      status: z.enum(STATUSES),
      statusNote: optionalText(1000),
      credentials: anyCredentials,
    }),
    toData({ credentials, ...input }, row, { keyRing }) {
      if (credentials === undefined && input.status === 'removed') return { ...input, credentials: null };
      if (credentials === undefined) return input.status === 'active' ? { statusNote: '', ...input } : input;
      const sealed = sealCredentials(keyRing, row.id, readCredentials(row.channel, credentials));
      return { status: 'active', statusNote: '', ...input, credentials: sealed };
    },
  },
  guardDelete: () => undefined,
  /** Its conversations stay, and so does the row: nobody else may have its id. */
  async erase(row, { db }) {
    await db.account.update({
      where: { id: row.id },
      data: { status: 'removed', statusNote: '', credentials: null },
    });
  },
  subject: ({ name, externalId }) => name || externalId,
  present: (row) => ({
    id: row.id,
    channel: row.channel,
    externalId: row.externalId,
    name: row.name,
    status: row.status,
    statusNote: row.statusNote,
    hasCredentials: row.credentials !== null,
    lastInboundAt: isoOrNull(row.lastInboundAt),
    lastSentAt: isoOrNull(row.lastSentAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
