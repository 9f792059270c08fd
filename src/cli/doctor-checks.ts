import { createCipheriv, randomBytes } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Config } from '../config.ts';
import { CONVERSATIONS_QUEUE } from '../conversations/core/version.ts';
import { readBacklog, readUnsorted } from '../inbox/backlog-store.ts';
import type { Database } from '../platform/database/client.ts';
import { findPendingMigrations } from '../platform/database/migrate.ts';
import { readRoleParts } from '../platform/database/role-health.ts';
import type { HealthPart } from '../platform/health/health-part.ts';
import { diskPart, readFreeBytes } from '../platform/installation/disk-health.ts';
import { sendingPart } from '../platform/installation/health.ts';
import { readSending } from '../platform/installation/installation-store.ts';
import { QUEUES } from '../platform/queues.ts';
import { hasWorkers } from '../platform/temporal/client.ts';

export interface Finding {
  state: 'ok' | 'warning' | 'failing';
  /** How it is, in one sentence. */
  message: string;
  /** What a person can do; empty when there is nothing to do. */
  action: string;
}

const ok = (message: string): Finding => ({ state: 'ok', message, action: '' });
const warning = (message: string, action: string): Finding => ({ state: 'warning', message, action });
const failing = (message: string, action: string): Finding => ({ state: 'failing', message, action });

const LATE_SECONDS = 30;
const VERY_LATE_SECONDS = 600;

export async function checkDatabase(db: Database): Promise<Finding> {
  const [row] = await db.$queryRaw<{ version: string }[]>`SELECT current_setting('server_version') AS version`;
  return ok(`PostgreSQL ${row?.version} answers.`);
}

export async function checkMigrations(databaseUrl: string): Promise<Finding> {
  const pending = await findPendingMigrations(databaseUrl);
  if (pending.length === 0) return ok('The database has the shape of this release.');
  return failing(`The database lacks ${pending.length} migrations of this release.`, 'Run: npm run peyk -- migrate');
}

/** Whether the role may do all that Peyk does with its tables; and whether it may be asked which server it is on. */
export async function checkRights(db: Database): Promise<Finding> {
  const closed = await db.$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
        AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE'))
    ORDER BY relname LIMIT 5`;
  const [may] = await db.$queryRaw<{ create: boolean; identity: boolean }[]>`
    SELECT has_schema_privilege('public', 'CREATE') AS create,
      has_function_privilege('pg_control_system()', 'execute')
        AND has_function_privilege('pg_control_checkpoint()', 'execute') AS identity`;
  if (closed.length > 0)
    return failing(
      `The database role may not use: ${closed.map(({ name }) => name).join(', ')}.`,
      'Let the role of DATABASE_URL own these tables.',
    );
  if (!may?.create)
    return warning(
      'The database role may not create tables.',
      'Migrations fail with it: grant CREATE on schema public.',
    );
  if (!may.identity)
    return warning(
      'The database role may not ask the server who it is: a restored copy is noticed by the engine alone.',
      'Grant EXECUTE on pg_control_system() and pg_control_checkpoint() to it.',
    );
  return ok('The database role has the rights that it needs.');
}

export async function checkDisk(folder: string): Promise<Finding> {
  const free = await readFreeBytes(folder);
  return free === null ? ok('The data folder is not on this machine.') : findingOf(diskPart(free));
}

/** Whether the role may more than it must. */
export async function checkRole(db: Database): Promise<Finding> {
  const [part] = await readRoleParts(db);
  return part ? findingOf(part) : ok('The database role is not known.');
}

function findingOf({ state, message, action }: HealthPart): Finding {
  return { state, message, action };
}

export async function checkEngine(client: Client): Promise<Finding> {
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  const { namespace } = client.options;
  await client.workflowService.describeNamespace({ namespace });
  return ok(`Temporal ${serverVersion} answers, and has the namespace ${namespace}.`);
}

/** Each queue needs somebody who asks for its work. */
export async function checkWorkers(client: Client): Promise<Finding> {
  const wanted = [
    [CONVERSATIONS_QUEUE, 'workflows'],
    [QUEUES.sends, 'activities'],
    [QUEUES.catalog, 'workflows'],
    [QUEUES.upkeep, 'workflows'],
  ] as const;
  const deserted: string[] = [];
  for (const [queue, tasks] of wanted) if (!(await hasWorkers(client, queue, { tasks }))) deserted.push(queue);
  if (deserted.length === 0) return ok('Workers take the work of every queue.');
  return failing(
    `No worker takes the work of: ${deserted.join(', ')}.`,
    'Start a worker (npm start does), and read its log if it keeps ending.',
  );
}

export async function checkSending(db: Database): Promise<Finding> {
  return findingOf(sendingPart(await readSending(db)));
}

export async function checkBacklog(db: Database, now: Date): Promise<Finding> {
  const [unsorted, backlog, unknown] = await Promise.all([
    readUnsorted(db),
    readBacklog(db, now),
    db.outboundMessage.count({ where: { state: 'unknown', settledBy: '' } }),
  ]);
  const seconds = Math.max(...[unsorted.oldestAt, backlog.oldestDueAt].map((at) => ageSeconds(at, now)));
  const message = `${unsorted.count} deliveries wait to be sorted and ${backlog.due} conversations to be handed over, the oldest for ${seconds} s.`;
  if (seconds > VERY_LATE_SECONDS)
    return failing(message, 'See whether Temporal and a worker run, and read the log of the API.');
  if (seconds > LATE_SECONDS) return warning(message, 'When the numbers do not fall, read the log of the API.');
  if (unknown > 0)
    return warning(
      `Nothing waits too long, but of ${unknown} messages nobody knows whether they arrived.`,
      'Look at them under outbound messages: mark each as sent, or send it again.',
    );
  return ok('Nothing waits too long, and every send has an outcome.');
}

function ageSeconds(at: Date | null, now: Date): number {
  return at === null ? 0 : Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000));
}

/** Whether the keys can be used, and all are there that stored secrets were sealed with. */
export async function checkKeys({ auth }: Config, usedKeyIds: () => Promise<string[]>): Promise<Finding> {
  if (!auth.encryptionKeys)
    return warning(
      'There is no encryption key: no secret can be stored.',
      'npm start makes one; else set ENCRYPTION_KEYS.',
    );
  const keys = auth.encryptionKeys.split(',').map((entry) => entry.trim().split(':'));
  for (const [, key = ''] of keys) createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), randomBytes(12)).destroy();
  const known = new Set(keys.map(([id]) => id));
  const missing = (await usedKeyIds()).filter((id) => !known.has(id));
  if (missing.length === 0) return ok('The encryption keys can be used, and none is missing.');
  return failing(
    `Stored secrets need encryption keys that are not set: ${missing.join(', ')}.`,
    'Add them to ENCRYPTION_KEYS, or connect the accounts again.',
  );
}
