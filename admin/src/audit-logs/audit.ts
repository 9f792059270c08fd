import type { z } from 'zod';
import type { auditLogRecord } from '../../../src/team/audit-logs.resource.ts';

export type AuditEntry = z.output<typeof auditLogRecord>;

export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function show(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The conversation that a change belongs to, or null. */
export function conversationOf({ action, resource, resourceId, before, after }: AuditEntry): string | null {
  if (resource === 'conversations') return action === 'delete' ? null : resourceId;
  for (const record of [after, before])
    if (isRecord(record) && typeof record.conversationId === 'string') return record.conversationId;
  return null;
}

/** The entry itself says which record it is about and when it was made. */
const SAID_ALREADY: ReadonlySet<string> = new Set(['id', 'createdAt', 'updatedAt']);

/** The fields that differ, in the order in which the record has them. What never says anything new is left out. */
export function listChanges(before: unknown, after: unknown): FieldChange[] {
  const [old, now] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((field) => !SAID_ALREADY.has(field));
  return fields
    .map((field) => ({ field, before: show(old[field]), after: show(now[field]) }))
    .filter((change) => change.before !== change.after);
}
