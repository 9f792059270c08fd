import { type AuditAction, type AuditEntry, askAudit, settleAudit } from '../../audit/audit-store.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Database } from '../../database/client.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../errors.ts';
import type { AnyResource } from './resource.ts';

/** Who does what to which record, in the form of the audit log. `row` is the resource's own. */
export function entryOf<Row extends { id: string }>(
  resource: AnyResource,
  row: Row,
  { businessId, actor }: Pick<Principal, 'businessId' | 'actor'>,
  action: AuditAction,
): AuditEntry {
  const subject = resource.subject?.(row) ?? '';
  return { businessId, actor, action, resource: resource.name, resourceId: row.id, subject };
}

/** Errors by which we know that nothing happened. After any other it may have. */
function isRefusal(error: unknown): boolean {
  return error instanceof ConflictError || error instanceof InvalidInputError || error instanceof NotFoundError;
}

/**
 * Does something that no transaction of ours can hold, such as asking a workflow: who wants it is committed before, how
 * it ended after. A crash between the two, or an engine that does not answer, leaves the row saying that it was asked.
 * Resolves to what `act` found; `shown` takes from that what goes into the log.
 */
export async function withAudit<T>(
  db: Database,
  entry: AuditEntry,
  act: () => Promise<T>,
  shown: (result: T) => object | undefined,
): Promise<T> {
  const id = await askAudit(db, entry);
  let result: T;
  try {
    result = await act();
  } catch (error) {
    if (isRefusal(error)) await settleAudit(db, id, { outcome: 'refused' });
    throw error;
  }
  const after = shown(result);
  await settleAudit(db, id, { outcome: 'done', ...(after ? { after } : {}) });
  return result;
}
