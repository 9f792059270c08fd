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
import { TIMER_KINDS, type TimerKind } from '../timer-kinds.ts';

const STATES = ['pending', 'done', 'cancelled'] as const;

export const timerRecord = z.object({
  id,
  conversationId: id,
  ...contactParts,
  kind: z.enum(TIMER_KINDS),
  state: z.enum(STATES),
  reason: z.string(),
  dueAt: time,
  /** The first message that is sent then, for what is sent later. */
  outboundId: nullableId,
  createdBy: z.string(),
  createdAt: time,
  updatedAt: time,
});

export const timers = defineResource({
  name: 'timers',
  model: 'timer',
  include: { conversation: ofConversation },
  summary: 'What will happen by itself in a conversation, beside its follow-up. Changed by actions only.',
  record: timerRecord,
  permissions: { read: 'view-conversations' },
  defaultSort: ['dueAt', 'ASC'],
  fields: {
    id: uuidField(),
    conversationId: uuidField(),
    ...contactFields,
    kind: wordField(TIMER_KINDS),
    state: wordField(STATES),
    reason: textField(),
    dueAt: dateField(),
    createdBy: textField(),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['kind'], ...contactSearch],
  subject: customerSubject,
  present: (row) => ({
    id: row.id,
    conversationId: row.conversationId,
    ...presentContact(row),
    kind: row.kind as TimerKind,
    state: row.state as (typeof STATES)[number],
    reason: row.reason,
    dueAt: row.dueAt.toISOString(),
    outboundId: row.outboundIds[0] ?? null,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
