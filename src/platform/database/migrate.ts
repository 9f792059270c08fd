import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { connectionOptions, LIMITS } from './limits.ts';

/** The number that Prisma's own tool locks with: should someone run that one too, the two wait for each other. */
export const MIGRATION_LOCK = 72_707_369;

/** Prisma's own bookkeeping table, column for column, so that its tools understand a database made here. */
export const BOOKKEEPING = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

/** The database and the folder of migrations do not belong together, or one migration failed. Nothing was half-applied. */
export class MigrationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MigrationError';
  }
}

export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Brings the database up to the newest migration; returns the names applied now. Forward only, one transaction a
 * file, under an advisory lock: any number of starters may call it at once. Throws MigrationError when an applied file
 * was edited or removed, or when a file fails (its transaction is rolled back; the ones before it stay).
 */
export async function migrate(databaseUrl: string, folder = defaultFolder()): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({
    ...connectionOptions(databaseUrl, LIMITS.maintenance),
    application_name: 'peyk-migrate',
  });
  // The query under way rejects on a lost connection; unheard, the event beside it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query('set client_min_messages = warning');
    await client.query(BOOKKEEPING);
    const applied = await readApplied(client);
    requireSameHistory(migrations, applied);
    const pending = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

/** Names in the folder that the database lacks; for readiness checks. */
export async function findPendingMigrations(databaseUrl: string, folder = defaultFolder()): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client(connectionOptions(databaseUrl, LIMITS.panel));
  await client.connect();
  try {
    const known = await client.query("select to_regclass('_prisma_migrations') is not null as known");
    const applied = known.rows[0]?.known ? await readApplied(client) : new Map<string, string>();
    return migrations.map(({ name }) => name).filter((name) => !applied.has(name));
  } finally {
    await client.end();
  }
}

function defaultFolder(): string {
  return join(import.meta.dirname, '../../../prisma/migrations');
}

/** The migrations of this release, oldest first. */
export async function readMigrations(folder = defaultFolder()): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Applied migrations and the checksum of each. */
export async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null',
  );
  const unfinished = rows.find((row) => row.finished_at === null);
  if (unfinished) {
    throw new MigrationError(
      `Migration ${unfinished.migration_name} was begun by another tool and never finished. ` +
        'Mend the database by hand, then delete or finish its row in _prisma_migrations.',
    );
  }
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

/** Throws MigrationError unless what was applied is the beginning of `migrations`, unchanged. */
export function requireSameHistory(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const onDisk = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const [name, checksum] of applied) {
    const file = onDisk.get(name);
    if (!file) {
      throw new MigrationError(
        `The database has migration ${name}, which this version of the program does not know. ` +
          'It was made by a newer version: start that one.',
      );
    }
    if (file.checksum !== checksum) {
      throw new MigrationError(`Migration ${name} was edited after it had been applied. Write a new one instead.`);
    }
  }
  const newest = [...applied.keys()].sort().at(-1) ?? '';
  const late = migrations.find(({ name }) => !applied.has(name) && name < newest);
  if (late) throw new MigrationError(`Migration ${late.name} sorts before ${newest}, which is already applied.`);
}

/** Runs one migration and writes it down, within the caller's transaction. */
export async function runMigration(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const startedAt = new Date();
  await client.query(sql);
  await client.query(
    `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     values ($1, $2, $3, $4, clock_timestamp(), 1)`,
    [randomUUID(), checksum, name, startedAt],
  );
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const { name } = migration;
  await client.query('begin');
  try {
    await runMigration(client, migration);
    await client.query('commit');
  } catch (error) {
    // On a lost connection the server has rolled back by itself.
    await client.query('rollback').catch(() => undefined);
    throw new MigrationError(`Migration ${name} failed: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}
