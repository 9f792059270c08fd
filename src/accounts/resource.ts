import { z } from 'zod';
import { CHANNEL_NAMES } from '../channels/channel-forms.ts';
import { dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, optionalText, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

export const accountRecord = z.object({
  id,
  channel: z.string(),
  externalId: z.string(),
  name: z.string(),
  status: z.string(),
  statusNote: z.string(),
  createdAt: time,
  updatedAt: time,
});

const STATUSES = ['active', 'needs_reconnect', 'removed'] as const;

const name = optionalText(200);
const externalId = z
  .string()
  .trim()
  .regex(/^[\w.@:-]{1,200}$/, 'The id of the account on the channel: letters, digits and . _ @ : - only.');

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
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['name'], ['externalId']],
  create: {
    // Accounts with a token of their own are connected by their own routes.
    schema: z.strictObject({ channel: z.literal('directam').default('directam'), externalId, name: name.default('') }),
    toData: (input) => input,
  },
  update: { schema: z.object({ name, status: z.enum(STATUSES), statusNote: optionalText(1000) }) },
  subject: ({ name, externalId }) => name || externalId,
  present: (row) => ({
    id: row.id,
    channel: row.channel,
    externalId: row.externalId,
    name: row.name,
    status: row.status,
    statusNote: row.statusNote,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
