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
  /** How often it was said within a minute. */
  count: z.number().int(),
  createdAt: time,
  /** When it was said last; `createdAt` where that was once. */
  lastAt: time,
});

export const appLogs = defineResource({
  name: 'app-logs',
  model: 'appLog',
  summary:
    'Warnings and errors of the API and the worker, with personal data masked. What is said again within a minute is counted. Kept for a time.',
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
    count: row.count,
    createdAt: row.createdAt.toISOString(),
    lastAt: (row.lastAt ?? row.createdAt).toISOString(),
  }),
});
