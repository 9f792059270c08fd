import { z } from 'zod';
import {
  contactFields,
  contactParts,
  contactSearch,
  customerSubject,
  ofConversation,
  presentContact,
} from '../contacts/contact-fields.ts';
import { mediaOf, showContent, showMedia, shownMedia } from '../conversations/shown-content.ts';
import {
  dateField,
  derivedField,
  integerField,
  textField,
  uuidField,
  wordField,
} from '../platform/http/resources/field.ts';
import { id, isoOrNull, nullableId, nullableTime, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';
import type { OutboundContent } from '../text/message.ts';

const STATES = ['planned', 'sending', 'sent', 'rejected', 'unknown', 'blocked'] as const;
const AUTHORS = ['bot', 'human', 'campaign', 'follow-up'] as const;

/** Nobody knows its outcome, and nobody has decided to send it again. */
const UNSETTLED = { state: 'unknown', settledBy: '' };

export const outboundMessageRecord = z.object({
  id,
  conversationId: id,
  ...contactParts,
  state: z.enum(STATES),
  attempts: z.int(),
  externalId: z.string().nullable(),
  reason: z.string(),
  author: z.enum(AUTHORS),
  /** The colleague who wrote it, if a person did. */
  authorName: z.string().nullable(),
  purpose: z.string(),
  text: z.string(),
  content: z.unknown(),
  /** The picture, film or sound that it is, with our own address for it. */
  media: z.array(shownMedia),
  httpStatus: z.int().nullable(),
  settledBy: z.string(),
  decisionId: nullableId,
  followUpId: nullableId,
  resendOfId: nullableId,
  userId: nullableId,
  sendingAt: nullableTime,
  sentAt: nullableTime,
  /** What the provider told of it after it was sent; `reason` says why it failed. */
  deliveredAt: nullableTime,
  readAt: nullableTime,
  failedAt: nullableTime,
  createdAt: time,
  updatedAt: time,
});

export const outboundMessages = defineResource({
  name: 'outbound-messages',
  model: 'outboundMessage',
  include: { conversation: ofConversation, user: { select: { username: true } } },
  summary: 'The send ledger: one record for each thing that we mean to send.',
  record: outboundMessageRecord,
  permissions: { read: 'view-messages' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    conversationId: uuidField(),
    ...contactFields,
    state: wordField(STATES),
    waitsForPerson: derivedField((value) => (value ? UNSETTLED : { NOT: UNSETTLED })),
    attempts: integerField(),
    externalId: textField({ nullable: true }),
    reason: textField(),
    author: wordField(AUTHORS),
    purpose: textField(),
    text: textField({ sortable: false }),
    decisionId: uuidField({ nullable: true }),
    followUpId: uuidField({ nullable: true }),
    resendOfId: uuidField({ nullable: true }),
    userId: uuidField({ nullable: true }),
    sentAt: dateField({ nullable: true }),
    deliveredAt: dateField({ nullable: true }),
    failedAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['text'], ['externalId'], ...contactSearch],
  subject: customerSubject,
  present: (row, { mediaAddress }) => ({
    id: row.id,
    conversationId: row.conversationId,
    ...presentContact(row),
    state: row.state as (typeof STATES)[number],
    attempts: row.attempts,
    externalId: row.externalId,
    reason: row.reason,
    author: row.author as (typeof AUTHORS)[number],
    authorName: row.user?.username ?? null,
    purpose: row.purpose,
    text: row.text,
    content: showContent(row.content as unknown as OutboundContent, mediaAddress),
    media: showMedia(mediaOf(row.content as unknown as OutboundContent), mediaAddress),
    httpStatus: row.httpStatus,
    settledBy: row.settledBy,
    decisionId: row.decisionId,
    followUpId: row.followUpId,
    resendOfId: row.resendOfId,
    userId: row.userId,
    sendingAt: isoOrNull(row.sendingAt),
    sentAt: isoOrNull(row.sentAt),
    deliveredAt: isoOrNull(row.deliveredAt),
    readAt: isoOrNull(row.readAt),
    failedAt: isoOrNull(row.failedAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
