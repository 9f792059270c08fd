import { z } from 'zod';
import { dateField, textField, uuidField } from '../platform/http/resources/field.ts';
import { id, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

export const colleagueRecord = z.object({ id, username: z.string(), createdAt: time });

export const colleagues = defineResource({
  name: 'colleagues',
  model: 'user',
  summary: 'Who works here, by name only: to whom a conversation can be given.',
  record: colleagueRecord,
  permissions: { read: 'view-conversations' },
  restrict: () => ({ active: true }),
  defaultSort: ['username', 'ASC'],
  fields: { id: uuidField(), username: textField(), createdAt: dateField() },
  search: [['username']],
  present: (row) => ({ id: row.id, username: row.username, createdAt: row.createdAt.toISOString() }),
});
