import { z } from 'zod';
import { dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

const LEVELS = ['warn', 'error', 'fatal'] as const;

export const appLogRecord = z.object({
  id,
  level: z.string(),
  message: z.string(),
  fields: z.unknown(),
  createdAt: time,
});

export const appLogs = defineResource({
  name: 'app-logs',
  model: 'appLog',
  summary: 'Warnings and errors of the API and the worker, with personal data masked. Kept for a time.',
  record: appLogRecord,
  permissions: { read: 'view-logs' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    level: wordField(LEVELS),
    message: textField({ sortable: false }),
    createdAt: dateField(),
  },
  search: [['message']],
  present: (row) => ({
    id: row.id,
    level: row.level,
    message: row.message,
    fields: row.fields,
    createdAt: row.createdAt.toISOString(),
  }),
});
