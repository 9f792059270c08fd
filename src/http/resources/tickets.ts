import { z } from 'zod';
import { contactFields, contactSearch } from './contact-fields.ts';
import { dateField, textField, uuidField, wordField } from './field.ts';
import { contactParts, id, presentContact, time } from './record-parts.ts';
import { defineResource } from './resource.ts';

const STATES = ['open', 'solved'] as const;

export const ticketRecord = z.object({
  id,
  conversationId: id,
  ...contactParts,
  state: z.enum(STATES),
  reason: z.string(),
  note: z.string(),
  createdAt: time,
  updatedAt: time,
});

export const tickets = defineResource({
  name: 'tickets',
  model: 'ticket',
  summary: 'What a person must look at.',
  record: ticketRecord,
  permissions: { read: 'view-conversations', write: 'manage-tickets' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    conversationId: uuidField(),
    ...contactFields,
    state: wordField(STATES),
    reason: textField(),
    note: textField({ sortable: false }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['note'], ...contactSearch],
  update: { schema: z.object({ state: z.enum(STATES), note: z.string().max(4000) }) },
  present: (row) => ({
    id: row.id,
    conversationId: row.conversationId,
    ...presentContact(row),
    state: row.state as (typeof STATES)[number],
    reason: row.reason,
    note: row.note,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
