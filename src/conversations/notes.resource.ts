import { z } from 'zod';
import {
  contactFields,
  contactParts,
  contactSearch,
  customerSubject,
  ofConversation,
  presentContact,
} from '../contacts/contact-fields.ts';
import { dateField, textField, uuidField } from '../platform/http/resources/field.ts';
import { id, nullableId, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

export const noteRecord = z.object({
  id,
  conversationId: id,
  ...contactParts,
  userId: nullableId,
  authorName: z.string(),
  text: z.string(),
  createdAt: time,
  updatedAt: time,
});

export const notes = defineResource({
  name: 'notes',
  model: 'note',
  include: { conversation: ofConversation, user: { select: { username: true } } },
  summary: 'What people of the shop tell each other about a conversation. Never sent. Written by an action.',
  record: noteRecord,
  permissions: { read: 'view-messages' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    conversationId: uuidField(),
    ...contactFields,
    userId: uuidField({ nullable: true }),
    text: textField({ sortable: false }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['text'], ...contactSearch],
  subject: customerSubject,
  present: (row) => ({
    id: row.id,
    conversationId: row.conversationId,
    ...presentContact(row),
    userId: row.userId,
    authorName: row.user?.username ?? '',
    text: row.text,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
