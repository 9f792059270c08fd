import { maskPhones } from '../../text/mask-phones.ts';
import type { Queries } from '../database/client.ts';
import type { Prisma } from '../database/generated/client.ts';

/** What can be done; the panel has words for each in both languages. */
export const AUDIT_ACTIONS = [
  'assign',
  'cancel',
  'change_password',
  'close',
  'create',
  'delete',
  'dismiss',
  'edit-schedule',
  'erase',
  'import',
  'label',
  'login',
  'login_failed',
  'logout',
  'mark_sent',
  'pause_sending',
  'publish',
  'read',
  'refresh_token_reused',
  'release',
  'replay',
  'reschedule',
  'restore',
  'resume_sending',
  'revoke',
  'send',
  'send_again',
  'send_later',
  'set_password',
  'snooze',
  'state',
  'sync',
  'takeover',
  'trigger-schedule',
  'unlock',
  'unread',
  'update',
  'withdraw',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_OUTCOMES = ['asked', 'done', 'refused'] as const;

export interface AuditEntry {
  businessId: string;
  /** A user's id, `api-key`, `api-key:<id>`, `start` or `cli`. */
  actor: string;
  action: AuditAction;
  resource: string;
  resourceId: string;
  /** What it is about, as a person of the shop calls it: a customer's name, a product's title. */
  subject: string;
  before?: object | null;
  after?: object | null;
}

/** Names of fields whose values never enter the audit log. */
const SECRET = /password|token|secret|hash|key$/i;
/** Fields that may hold a phone number by which a customer is known. */
const PERSONAL = /^phone$|externalId$/i;
const MAX_SUBJECT = 200;

/** A copy without secrets, phone numbers masked, in plain JSON. What is audited is a flat record. */
function withoutSecrets(record: object): Prisma.InputJsonValue {
  return JSON.parse(
    JSON.stringify(record, (key, value: unknown) => {
      if (SECRET.test(key)) return '[hidden]';
      if (typeof value === 'string' && PERSONAL.test(key)) return maskPhones(value);
      return typeof value === 'bigint' ? Number(value) : value;
    }),
  ) as Prisma.InputJsonValue;
}

function rowOf({ before, after, subject, ...rest }: AuditEntry) {
  return {
    ...rest,
    // Surrogates in pairs: a name cut inside an emoji is no text that PostgreSQL can hold.
    subject: maskPhones([...subject].slice(0, MAX_SUBJECT).join('')),
    ...(before ? { before: withoutSecrets(before) } : {}),
    ...(after ? { after: withoutSecrets(after) } : {}),
  };
}

/** Appends who changed what. Give it the transaction of the change, so that neither exists without the other. */
export async function appendAudit(db: Queries, entry: AuditEntry): Promise<void> {
  await db.auditLog.create({ data: rowOf(entry) });
}

/**
 * Appends what somebody asks of a workflow, before it is asked: no transaction holds both. Returns what `settleAudit`
 * needs; until that is called the row says that nobody knows how it ended.
 */
export async function askAudit(db: Queries, entry: AuditEntry): Promise<string> {
  const { id } = await db.auditLog.create({ data: { ...rowOf(entry), outcome: 'asked' }, select: { id: true } });
  return id;
}

/** Writes how it ended, once. May be repeated. */
export async function settleAudit(
  db: Queries,
  id: string,
  { outcome, after }: { outcome: 'done' | 'refused'; after?: object },
): Promise<void> {
  const data = { outcome, ...(after ? { after: withoutSecrets(after) } : {}) };
  await db.auditLog.updateMany({ where: { id, outcome: 'asked' }, data });
}
