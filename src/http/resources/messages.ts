import { z } from 'zod';
import { MESSAGE_KINDS } from '../../domain/message.ts';
import { contactFields } from './contact-fields.ts';
import { dateField, textField, uuidField, wordField } from './field.ts';
import { contactParts, id, isoOrNull, nullableId, nullableTime, presentContact, time } from './record-parts.ts';
import { defineResource } from './resource.ts';

const DIRECTIONS = ['in', 'out'] as const;
const AUTHORS = ['customer', 'bot', 'human', 'page'] as const;

export const messageRecord = z.object({
  id,
  conversationId: id,
  ...contactParts,
  direction: z.enum(DIRECTIONS),
  author: z.enum(AUTHORS),
  kind: z.string(),
  text: z.string(),
  payload: z.string().nullable(),
  media: z.unknown(),
  content: z.unknown(),
  externalId: z.string().nullable(),
  outboundId: nullableId,
  sentAt: time,
  readAt: nullableTime,
  createdAt: time,
});

export const messages = defineResource({
  name: 'messages',
  model: 'message',
  summary: 'The transcript: one record for each thing said, in either direction.',
  record: messageRecord,
  permissions: { read: 'view-messages' },
  defaultSort: ['sentAt', 'DESC'],
  fields: {
    id: uuidField(),
    conversationId: uuidField(),
    ...contactFields,
    direction: wordField(DIRECTIONS),
    author: wordField(AUTHORS),
    kind: wordField(MESSAGE_KINDS),
    text: textField({ sortable: false }),
    externalId: textField({ nullable: true }),
    outboundId: uuidField({ nullable: true }),
    sentAt: dateField(),
    readAt: dateField({ nullable: true }),
    createdAt: dateField(),
  },
  search: [],
  foldedSearch: [['searchText']],
  present: (row) => ({
    id: row.id,
    conversationId: row.conversationId,
    ...presentContact(row),
    direction: row.direction as (typeof DIRECTIONS)[number],
    author: row.author as (typeof AUTHORS)[number],
    kind: row.kind,
    text: row.text,
    payload: row.payload,
    media: row.media,
    content: row.content,
    externalId: row.externalId,
    outboundId: row.outboundId,
    sentAt: row.sentAt.toISOString(),
    readAt: isoOrNull(row.readAt),
    createdAt: row.createdAt.toISOString(),
  }),
});
