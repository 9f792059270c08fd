import { z } from 'zod';
import { contactFields, contactParts, ofConversation, presentContact } from '../contacts/contact-fields.ts';
import { dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, isoOrNull, nullableId, nullableTime, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';
import { type FormerText, MESSAGE_KINDS, type Media, type OutboundContent } from '../text/message.ts';
import { mediaOf, showContent, showMedia, shownMedia } from './shown-content.ts';

const DIRECTIONS = ['in', 'out'] as const;
const AUTHORS = ['customer', 'bot', 'human', 'page'] as const;

export const messageRecord = z.object({
  id,
  conversationId: id,
  ...contactParts,
  direction: z.enum(DIRECTIONS),
  author: z.enum(AUTHORS),
  /** The colleague who wrote it, if a person did so here. */
  authorName: z.string().nullable(),
  kind: z.string(),
  text: z.string(),
  payload: z.string().nullable(),
  /** What came, or what was sent. */
  media: z.array(shownMedia),
  content: z.unknown(),
  externalId: z.string().nullable(),
  outboundId: nullableId,
  sentAt: time,
  readAt: nullableTime,
  /** The customer's emoji on it. */
  reaction: z.string().nullable(),
  /** What it said before, oldest first. */
  edits: z.array(z.object({ text: z.string(), at: time })),
  editedAt: nullableTime,
  /** The customer took it back; its words are not kept. */
  unsentAt: nullableTime,
  createdAt: time,
});

export const messages = defineResource({
  name: 'messages',
  model: 'message',
  include: { conversation: ofConversation, outbound: { select: { user: { select: { username: true } } } } },
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
    reaction: textField({ nullable: true }),
    editedAt: dateField({ nullable: true }),
    unsentAt: dateField({ nullable: true }),
    createdAt: dateField(),
  },
  search: [],
  foldedSearch: [['searchText']],
  present: (row, { mediaAddress }) => ({
    id: row.id,
    conversationId: row.conversationId,
    ...presentContact(row),
    direction: row.direction as (typeof DIRECTIONS)[number],
    author: row.author as (typeof AUTHORS)[number],
    authorName: row.outbound?.user?.username ?? null,
    kind: row.kind,
    text: row.text,
    payload: row.payload,
    media: showMedia(
      [...(row.media as unknown as Media[]), ...mediaOf(row.content as OutboundContent | null)],
      mediaAddress,
    ),
    content: showContent(row.content as OutboundContent | null, mediaAddress),
    externalId: row.externalId,
    outboundId: row.outboundId,
    sentAt: row.sentAt.toISOString(),
    readAt: isoOrNull(row.readAt),
    reaction: row.reaction,
    edits: row.edits as unknown as FormerText[],
    editedAt: isoOrNull(row.editedAt),
    unsentAt: isoOrNull(row.unsentAt),
    createdAt: row.createdAt.toISOString(),
  }),
});
