import { z } from 'zod';
import {
  contactFields,
  contactParts,
  contactSearch,
  customerSubject,
  ofConversation,
  presentContact,
} from '../contacts/contact-fields.ts';
import { booleanField, dateField, integerField, textField, uuidField } from '../platform/http/resources/field.ts';
import { id, isoOrNull, nullableId, nullableTime, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

export const inboundEventRecord = z.object({
  id,
  conversationId: id,
  ...contactParts,
  accountId: id,
  deliveryId: nullableId,
  dedupeKey: z.string(),
  kind: z.string(),
  seq: z.int(),
  messageId: nullableId,
  occurredAt: time,
  timeFlagged: z.boolean(),
  receivedAt: time,
  dispatchedAt: nullableTime,
  replayCount: z.int(),
});

export const inboundEvents = defineResource({
  name: 'inbound-events',
  model: 'inboundEvent',
  include: { conversation: ofConversation },
  summary: 'What happened on the channels, as stored before it was acknowledged.',
  record: inboundEventRecord,
  permissions: { read: 'view-logs' },
  defaultSort: ['receivedAt', 'DESC'],
  fields: {
    id: uuidField(),
    conversationId: uuidField(),
    ...contactFields,
    accountId: uuidField(),
    deliveryId: uuidField({ nullable: true }),
    dedupeKey: textField(),
    kind: textField(),
    seq: integerField({ wide: true }),
    messageId: uuidField({ nullable: true }),
    occurredAt: dateField(),
    timeFlagged: booleanField(),
    receivedAt: dateField(),
    dispatchedAt: dateField({ nullable: true }),
    replayCount: integerField(),
  },
  search: [['dedupeKey'], ...contactSearch],
  subject: customerSubject,
  present: (row) => ({
    id: row.id,
    conversationId: row.conversationId,
    ...presentContact(row),
    accountId: row.accountId,
    deliveryId: row.deliveryId,
    dedupeKey: row.dedupeKey,
    kind: row.kind,
    seq: Number(row.seq),
    messageId: row.messageId,
    occurredAt: row.occurredAt.toISOString(),
    timeFlagged: row.timeFlagged,
    receivedAt: row.receivedAt.toISOString(),
    dispatchedAt: isoOrNull(row.dispatchedAt),
    replayCount: row.replayCount,
  }),
});
