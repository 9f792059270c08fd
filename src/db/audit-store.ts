import type { Queries } from './client.ts';
import type { Prisma } from './generated/client.ts';

export interface AuditEntry {
  businessId: string;
  /** A user's id, `api-key`, `api-key:<id>`, or `cli`. */
  actor: string;
  /** A verb: create, update, delete, takeover, login, … */
  action: string;
  resource: string;
  resourceId: string;
  before?: object | null;
  after?: object | null;
}

/** Names of fields whose values never enter the audit log. */
const SECRET = /password|token|secret|hash|key$/i;

/** A copy without secrets, in plain JSON. Depth is bounded because what is audited is a flat record. */
function withoutSecrets(record: object): Prisma.InputJsonValue {
  return JSON.parse(
    JSON.stringify(record, (key, value: unknown) => {
      if (SECRET.test(key)) return '[hidden]';
      return typeof value === 'bigint' ? Number(value) : value;
    }),
  ) as Prisma.InputJsonValue;
}

/** Appends who changed what. Give it the transaction of the change, so that neither exists without the other. */
export async function appendAudit(db: Queries, entry: AuditEntry): Promise<void> {
  const { before, after, ...rest } = entry;
  await db.auditLog.create({
    data: {
      ...rest,
      ...(before ? { before: withoutSecrets(before) } : {}),
      ...(after ? { after: withoutSecrets(after) } : {}),
    },
  });
}
