import { z } from 'zod';
import { dateField, textField, uuidField, wordField } from './field.ts';
import { CHANNELS, id, isoOrNull, nullableId, nullableTime, time } from './record-parts.ts';
import { defineResource } from './resource.ts';

export const contactRecord = z.object({
  id,
  accountId: id,
  channel: z.string(),
  conversationId: nullableId,
  externalId: z.string(),
  name: z.string(),
  language: z.string().nullable(),
  optedOutAt: nullableTime,
  createdAt: time,
  updatedAt: time,
});

export const contacts = defineResource({
  name: 'contacts',
  model: 'contact',
  summary: 'A customer, as one account knows them.',
  record: contactRecord,
  permissions: { read: 'view-conversations' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    accountId: uuidField(),
    channel: wordField(CHANNELS, { path: ['account', 'channel'] }),
    conversationId: uuidField({ path: ['conversations', 'id'], some: true, sortable: false }),
    externalId: textField(),
    name: textField(),
    language: textField({ nullable: true }),
    optedOutAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['externalId'], ['name']],
  present: (row) => ({
    id: row.id,
    accountId: row.accountId,
    channel: row.account.channel,
    conversationId: row.conversations[0]?.id ?? null,
    externalId: row.externalId,
    name: row.name,
    language: row.language,
    optedOutAt: isoOrNull(row.optedOutAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
