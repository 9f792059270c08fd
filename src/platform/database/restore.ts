import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { RESTORED } from '../installation/rules.ts';
import { listTables, nameColumns } from './backup.ts';
import { BackupError, createTally, type Manifest, readFrames, readTableFrame, verifyBackup } from './backup-file.ts';
import { connectionOptions, LIMITS } from './limits.ts';
import {
  BOOKKEEPING,
  MIGRATION_LOCK,
  type Migration,
  MigrationError,
  readMigrations,
  requireSameHistory,
  runMigration,
} from './migrate.ts';

export interface RestoreOptions {
  /** Empties the database first. Without it, one that holds anything is left alone. */
  force?: boolean;
  /** Bytes of the file read so far. It is read twice: once to see that it is whole, once to load it. */
  onBytes?: (bytes: number) => void;
  migrationsFolder?: string;
}

export interface Restored {
  manifest: Manifest;
  /** Migrations of this release that the backup did not have, applied to its rows. */
  applied: string[];
}

const INSUFFICIENT_PRIVILEGE = '42501';
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Loads a backup in one transaction: afterwards the database is the backup's, brought up to this release, or what it was.
 * Sends are paused and the rows say that they were loaded, so that whoever looks at them next treats them as a restored
 * copy. Throws BackupError before anything changes when the file is not whole, is of a newer release, or would overwrite.
 */
export async function restoreBackup(
  databaseUrl: string,
  file: string,
  { force = false, onBytes, migrationsFolder }: RestoreOptions = {},
): Promise<Restored> {
  const manifest = await verifyBackup(file, onBytes);
  const migrations = await readMigrations(migrationsFolder);
  const { before, after } = splitMigrations(migrations, manifest);
  const client = new pg.Client({
    ...connectionOptions(databaseUrl, LIMITS.maintenance),
    application_name: 'peyk-restore',
  });
  // The query under way rejects on a lost connection; unheard, the event beside it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query("set client_min_messages = warning; set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'");
    await client.query("set statement_timeout = 0; set lock_timeout = '30s'");
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query('begin');
    await emptyDatabase(client, force);
    await client.query(BOOKKEEPING);
    for (const migration of before) await runMigration(client, migration);
    await loadRows(client, file, manifest, onBytes);
    for (const migration of after) await runMigration(client, migration);
    await noteLoaded(client);
    await client.query('commit');
    // Without figures of the new rows the first questions would be planned for empty tables.
    await client.query('analyze');
  } catch (error) {
    // On a lost connection the server has rolled back by itself.
    await client.query('rollback').catch(() => undefined);
    throw explain(error);
  } finally {
    await client.end();
  }
  return { manifest, applied: after.map(({ name }) => name) };
}

function splitMigrations(migrations: Migration[], manifest: Manifest): { before: Migration[]; after: Migration[] } {
  const had = new Map(manifest.migrations.map(({ name, checksum }) => [name, checksum]));
  try {
    requireSameHistory(migrations, had);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    throw new BackupError(`This release cannot load the backup. ${error.message}`, { cause: error });
  }
  return {
    before: migrations.filter(({ name }) => had.has(name)),
    after: migrations.filter(({ name }) => !had.has(name)),
  };
}

/** A database that was only prepared, and in which nobody has begun anything, counts as empty. */
async function emptyDatabase(client: pg.Client, force: boolean): Promise<void> {
  const { rows } = await client.query<{ relname: string }>(
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')",
  );
  if (rows.length === 0) return;
  const isOurs = rows.some(({ relname }) => relname === 'businesses');
  const begun = isOurs && (await client.query('select from businesses limit 1')).rows.length > 0;
  if (!force && (begun || !isOurs))
    throw new BackupError(
      'The database is not empty. Name another one, or say --force: that deletes all that it holds.',
    );
  await client.query('drop schema public cascade');
  await client.query('create schema public; grant usage on schema public to public');
}

async function loadRows(
  client: pg.Client,
  file: string,
  manifest: Manifest,
  onBytes?: (bytes: number) => void,
): Promise<void> {
  // Triggers have done their work on these rows already, and rows may stand before those that they point to.
  await client.query('set local session_replication_role = replica');
  // What migrations put there is in the backup as well.
  const names = (await listTables(client)).map(({ name }) => `public.${pg.escapeIdentifier(name)}`);
  await client.query(`truncate ${names.join(', ')}`);
  let open = null as Loading | null;
  let index = 0;
  for await (const { type, payload } of readFrames(file, onBytes)) {
    if (type === 'D') await open?.write(payload);
    if (type !== 'T' && type !== 'M') continue;
    if (open) requireSame(await open.finish(), manifest.tables[index++]);
    open = type === 'T' ? startLoading(client, readTableFrame(payload)) : null;
  }
  if (index !== manifest.tables.length) throw changed();
  for (const { name, last, isCalled } of manifest.sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [
      `public.${pg.escapeIdentifier(name)}`,
      last,
      isCalled,
    ]);
  await client.query('set local session_replication_role = origin');
}

interface Loading {
  write(chunk: Buffer): Promise<void>;
  finish(): Promise<{ rows: number; sha256: string; loaded: number }>;
}

function startLoading(client: pg.Client, { name, columns }: { name: string; columns: string[] }): Loading {
  const stream = client.query(copyFrom(`copy ${nameColumns(name, columns)} from stdin`));
  const ended = finished(stream);
  // A row that is refused ends it at any moment; whoever writes or finishes is told.
  ended.catch(() => undefined);
  const tally = createTally();
  return {
    async write(chunk) {
      tally.add(chunk);
      if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), ended]);
    },
    async finish() {
      stream.end();
      await ended;
      const { rows, sha256 } = tally.result();
      return { rows, sha256, loaded: stream.rowCount };
    },
  };
}

function requireSame(
  found: Awaited<ReturnType<Loading['finish']>>,
  said: Manifest['tables'][number] | undefined,
): void {
  const { rows, sha256, loaded } = found;
  if (rows !== said?.rows || loaded !== said.rows || sha256 !== said.sha256) throw changed();
}

function changed(): BackupError {
  return new BackupError('The file changed while it was read. The database is as it was before.');
}

/** Whoever looks next finds a restored copy; until then nothing leaves either. */
async function noteLoaded(client: pg.Client): Promise<void> {
  await client.query('insert into installation (generation) select 0 where not exists (select from installation)');
  await client.query(
    `update installation set system_identifier = $1, timeline = null, sending_paused_at = now(), sending_paused_reason = $1`,
    [RESTORED],
  );
}

function explain(error: unknown): unknown {
  if (error instanceof BackupError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === INSUFFICIENT_PRIVILEGE)
    return new BackupError(
      `The database role lacks a right that a restore needs (${error.message}). It must own the database and may set ` +
        'session_replication_role: a superuser grants that with GRANT SET ON PARAMETER session_replication_role TO <role>. ' +
        'The database is as it was before.',
      { cause: error },
    );
  if (error.code === LOCK_NOT_AVAILABLE)
    return new BackupError('Others use the database. Stop the API and the workers, and try again.', { cause: error });
  return error;
}
