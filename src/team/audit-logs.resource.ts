import { z } from 'zod';
import { AUDIT_OUTCOMES } from '../platform/audit/audit-store.ts';
import { dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

export const auditLogRecord = z.object({
  id,
  actor: z.string(),
  action: z.string(),
  resource: z.string(),
  resourceId: z.string(),
  /** What it is about, in words, as it was called then. */
  subject: z.string(),
  /** `asked`: of a workflow, and nobody has noted how it ended. */
  outcome: z.enum(AUDIT_OUTCOMES),
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
    subject: textField(),
    outcome: wordField(AUDIT_OUTCOMES),
    createdAt: dateField(),
  },
  search: [['actor'], ['action'], ['resource'], ['resourceId'], ['subject']],
  present: (row) => ({
    id: row.id,
    actor: row.actor,
    action: row.action,
    resource: row.resource,
    resourceId: row.resourceId,
    subject: row.subject,
    outcome: row.outcome as (typeof AUDIT_OUTCOMES)[number],
    before: row.before,
    after: row.after,
    createdAt: row.createdAt.toISOString(),
  }),
});
