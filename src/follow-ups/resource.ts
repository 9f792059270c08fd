import { z } from 'zod';
import {
  contactFields,
  contactParts,
  contactSearch,
  customerSubject,
  ofConversation,
  presentContact,
} from '../contacts/contact-fields.ts';
import { dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, nullableId, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

const STATES = ['pending', 'sent', 'cancelled', 'failed'] as const;

export const followUpRecord = z.object({
  id,
  conversationId: id,
  ...contactParts,
  state: z.enum(STATES),
  reason: z.string(),
  text: z.string(),
  dueAt: time,
  outboundId: nullableId,
  createdAt: time,
  updatedAt: time,
});

export const followUps = defineResource({
  name: 'followups',
  model: 'followUp',
  include: { conversation: ofConversation, outbound: { select: { id: true } } },
  summary: 'Messages to send later if the customer stays silent. Changed by actions only.',
  record: followUpRecord,
  permissions: { read: 'view-conversations' },
  defaultSort: ['dueAt', 'ASC'],
  fields: {
    id: uuidField(),
    conversationId: uuidField(),
    ...contactFields,
    state: wordField(STATES),
    reason: textField(),
    text: textField({ sortable: false }),
    dueAt: dateField(),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['text'], ...contactSearch],
  subject: customerSubject,
  present: (row) => ({
    id: row.id,
    conversationId: row.conversationId,
    ...presentContact(row),
    state: row.state as (typeof STATES)[number],
    reason: row.reason,
    text: row.text,
    dueAt: row.dueAt.toISOString(),
    outboundId: row.outbound?.id ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
