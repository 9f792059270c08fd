import { z } from 'zod';
import { CHANNEL_NAMES } from '../channels/channel-forms.ts';
import { dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import {
  id,
  isoOrNull,
  nullableId,
  nullableTime,
  optionalText,
  time,
} from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';
import { contactSubject } from './contact-fields.ts';

const MAX_OWN_FIELDS = 30;

export const contactRecord = z.object({
  id,
  accountId: id,
  channel: z.string(),
  conversationId: nullableId,
  externalId: z.string(),
  name: z.string(),
  language: z.string().nullable(),
  optedOutAt: nullableTime,
  /** For people of the shop; never sent. */
  note: z.string(),
  /** The shop's own fields, by name. */
  fields: z.record(z.string(), z.string()),
  createdAt: time,
  updatedAt: time,
});

const ownFields = z
  .record(optionalText(50), optionalText(1000))
  .refine((value) => Object.keys(value).length <= MAX_OWN_FIELDS, `At most ${MAX_OWN_FIELDS} fields.`);

export const contacts = defineResource({
  name: 'contacts',
  model: 'contact',
  include: { account: { select: { channel: true } }, conversations: { select: { id: true }, take: 1 } },
  summary: 'A customer, as one account knows them.',
  record: contactRecord,
  permissions: { read: 'view-conversations', write: 'manage-conversations' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    accountId: uuidField(),
    channel: wordField(CHANNEL_NAMES, { path: ['account', 'channel'] }),
    conversationId: uuidField({ path: ['conversations', 'id'], some: true, sortable: false }),
    externalId: textField(),
    name: textField(),
    language: textField({ nullable: true }),
    optedOutAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [],
  foldedSearch: [['searchText']],
  update: { schema: z.object({ name: optionalText(200), note: optionalText(4000), fields: ownFields }) },
  subject: contactSubject,
  present: (row) => ({
    id: row.id,
    accountId: row.accountId,
    channel: row.account.channel,
    conversationId: row.conversations[0]?.id ?? null,
    externalId: row.externalId,
    name: row.name,
    language: row.language,
    optedOutAt: isoOrNull(row.optedOutAt),
    note: row.note,
    fields: row.fields as Record<string, string>,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
