import { z } from 'zod';
import {
  contactFields,
  contactParts,
  contactSearch,
  customerSubject,
  ofConversation,
  presentContact,
} from '../contacts/contact-fields.ts';
import { isColleague } from '../platform/auth/auth-store.ts';
import { InvalidInputError } from '../platform/errors.ts';
import { dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, nullableId, time, wholeText } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

const STATES = ['open', 'solved'] as const;

export const ticketRecord = z.object({
  id,
  conversationId: id,
  ...contactParts,
  state: z.enum(STATES),
  reason: z.string(),
  note: z.string(),
  assigneeId: nullableId,
  assigneeName: z.string().nullable(),
  createdAt: time,
  updatedAt: time,
});

export const tickets = defineResource({
  name: 'tickets',
  model: 'ticket',
  include: { conversation: ofConversation, assignee: { select: { username: true } } },
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
    assigneeId: uuidField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['note'], ...contactSearch],
  update: {
    schema: z.object({
      state: z.enum(STATES),
      note: wholeText(4000),
      assigneeId: nullableId,
    }),
    async toData(input, _row, { db, principal }) {
      const { assigneeId } = input;
      if (typeof assigneeId === 'string' && !(await isColleague(db, principal.businessId, assigneeId))) {
        const fault = 'There is no active user of this id.';
        throw new InvalidInputError(fault, { assigneeId: fault });
      }
      return input;
    },
  },
  subject: customerSubject,
  present: (row) => ({
    id: row.id,
    conversationId: row.conversationId,
    ...presentContact(row),
    state: row.state as (typeof STATES)[number],
    reason: row.reason,
    note: row.note,
    assigneeId: row.assigneeId,
    assigneeName: row.assignee?.username ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
