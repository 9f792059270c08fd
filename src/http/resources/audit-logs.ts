import { z } from 'zod';
import { dateField, textField, uuidField } from './field.ts';
import { id, time } from './record-parts.ts';
import { defineResource } from './resource.ts';

export const auditLogRecord = z.object({
  id,
  actor: z.string(),
  action: z.string(),
  resource: z.string(),
  resourceId: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  createdAt: time,
});

export const auditLogs = defineResource({
  name: 'audit-logs',
  model: 'auditLog',
  summary: 'Who changed what. Append-only.',
  record: auditLogRecord,
  permissions: { read: 'view-logs' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    actor: textField(),
    action: textField(),
    resource: textField(),
    resourceId: textField(),
    createdAt: dateField(),
  },
  search: [['actor'], ['action'], ['resource'], ['resourceId']],
  present: (row) => ({
    id: row.id,
    actor: row.actor,
    action: row.action,
    resource: row.resource,
    resourceId: row.resourceId,
    before: row.before,
    after: row.after,
    createdAt: row.createdAt.toISOString(),
  }),
});
