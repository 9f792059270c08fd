import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { EncryptedColumn } from '../encryption/encrypted-column.ts';
import { createTally, FORMAT, type Manifest, type TableEntry, writeFrame } from './backup-file.ts';
import { connectionOptions, LIMITS } from './limits.ts';
import { MIGRATION_LOCK, readApplied } from './migrate.ts';

type NamedColumn = Pick<EncryptedColumn, 'table' | 'column'>;

export interface BackupOptions {
  /** Columns of texts that name their key: `<version>:<key id>:…`. */
  sealedColumns?: readonly NamedColumn[];
  /** Tables written so far, of how many. */
  onProgress?: (done: number, total: number, table: string) => void;
}

/** Prisma's bookkeeping is in the manifest. */
const LEFT_OUT = '_prisma_migrations';

/** So that a value is written alike whatever the server's settings are. */
const SESSION = `set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres';
  set timezone = 'UTC'; set extra_float_digits = 3; set bytea_output = 'hex'; set statement_timeout = 0`;

/**
 * Writes every table into one compressed file, as they stood at one moment, while everything else goes on. The file appears
 * under its name only when it is whole; nothing is left behind when it fails. Memory does not grow with the rows.
 */
export async function writeBackup(databaseUrl: string, file: string, options: BackupOptions = {}): Promise<Manifest> {
  const client = new pg.Client({
    ...connectionOptions(databaseUrl, LIMITS.maintenance),
    application_name: 'peyk-backup',
  });
  // The query under way rejects on a lost connection; unheard, the event beside it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  const draft = `${file}.part`;
  try {
    await client.query(SESSION);
    // A migration under way is waited for, and none begins before the moment is fixed.
    await client.query('select pg_advisory_lock_shared($1)', [MIGRATION_LOCK]);
    await client.query('begin transaction isolation level repeatable read read only');
    const manifest = await startManifest(client);
    // Whatever a killed backup left under that name is not whole.
    await rm(draft, { force: true });
    const output = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(Readable.from(writeFrames(client, manifest, options)), createGzip(), output);
    await rename(draft, file);
    return manifest;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function startManifest(client: pg.Client): Promise<Manifest> {
  const { rows } = await client.query<{ now: Date }>('select now() as now');
  const applied = await readApplied(client);
  const migrations = [...applied].map(([name, checksum]) => ({ name, checksum }));
  return {
    ...FORMAT,
    takenAt: (rows[0]?.now ?? new Date()).toISOString(),
    migrations: migrations.sort((one, other) => (one.name < other.name ? -1 : 1)),
    tables: [],
    sequences: [],
    keyIds: [],
  };
}

async function* writeFrames(
  client: pg.Client,
  manifest: Manifest,
  { sealedColumns = [], onProgress }: BackupOptions,
): AsyncGenerator<Buffer> {
  yield writeFrame('H', FORMAT);
  const tables = await listTables(client);
  for (const [index, { name, columns }] of tables.entries()) {
    onProgress?.(index, tables.length, name);
    yield writeFrame('T', { name, columns });
    const tally = createTally();
    for await (const chunk of client.query(
      copyTo(`copy ${nameColumns(name, columns)} to stdout`),
    ) as AsyncIterable<Buffer>) {
      tally.add(chunk);
      yield writeFrame('D', chunk);
    }
    manifest.tables.push({ name, columns, ...tally.result() });
  }
  onProgress?.(tables.length, tables.length, '');
  manifest.sequences = await readSequences(client);
  manifest.keyIds = await readKeyIds(client, sealedColumns);
  yield writeFrame('M', manifest);
}

/** `"table" ("column", …)`, for COPY. */
export function nameColumns(name: string, columns: readonly string[]): string {
  return `public.${pg.escapeIdentifier(name)} (${columns.map(pg.escapeIdentifier).join(', ')})`;
}

/** Every table of ours with the columns that hold values of their own, by name. */
export async function listTables(client: pg.Client): Promise<Pick<TableEntry, 'name' | 'columns'>[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> $1
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     group by c.relname order by c.relname`,
    [LEFT_OUT],
  );
  return rows;
}

async function readSequences(client: pg.Client): Promise<Manifest['sequences']> {
  const names = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname`,
  );
  const sequences: Manifest['sequences'] = [];
  for (const { name } of names.rows) {
    // Numbers are given out beside transactions: read after the rows, it is never behind them.
    const { rows } = await client.query<{ last: string; isCalled: boolean }>(
      `select last_value::text as last, is_called as "isCalled" from public.${pg.escapeIdentifier(name)}`,
    );
    if (rows[0]) sequences.push({ name, ...rows[0] });
  }
  return sequences;
}

/** Names of the keys that stored secrets were sealed with. */
export async function readUsedKeyIds(databaseUrl: string, sealedColumns: readonly NamedColumn[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await readKeyIds(client, sealedColumns);
  } finally {
    await client.end();
  }
}

async function readKeyIds(client: pg.Client, sealedColumns: readonly NamedColumn[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const { table, column } of sealedColumns) {
    const sealed = pg.escapeIdentifier(column);
    const { rows } = await client.query<{ id: string }>(
      `select distinct split_part(${sealed}, ':', 2) as id from public.${pg.escapeIdentifier(table)} where ${sealed} is not null`,
    );
    for (const { id } of rows) ids.add(id);
  }
  return [...ids].sort();
}
