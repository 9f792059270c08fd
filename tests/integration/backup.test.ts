import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { writeBackup } from '../../src/platform/database/backup.ts';
import { verifyBackup, writeFrame } from '../../src/platform/database/backup-file.ts';
import { type Database, openDatabase } from '../../src/platform/database/client.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { restoreBackup } from '../../src/platform/database/restore.ts';
import { fillEveryTable } from '../support/fill-tables.ts';
import { buildRows } from '../support/http-rows.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations');

let database: TestDatabase;
let db: Database;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peyk-backup-'));
  file = join(folder, 'whole.backup');
  database = await createTestDatabase();
  db = openDatabase(database.url, 2);
  await db.business.create({ data: { slug: 'default', name: 'Shop' } });
  const rows = await buildRows(db, 'one');
  await db.faq.create({ data: { businessId: rows.businessId, question: 'a\tb\nc\\ «سلام» 👋', answer: '\\.' } });
  await fillEveryTable(database.url);
  await writeBackup(database.url, file);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function query<Row = Record<string, unknown>>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

const listTables = async (url: string) =>
  (
    await query<{ name: string }>(
      url,
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
    )
  ).map(({ name }) => name);

/** Every row of every table as text, but for what a restore changes on purpose. */
async function readEverything(url: string, leftOut: readonly string[] = []): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {};
  for (const name of await listTables(url)) {
    if (leftOut.includes(name)) continue;
    const rows = await query<{ row: string }>(url, `select t::text as row from "${name}" t order by 1`);
    content[name] = rows.map(({ row }) => row);
  }
  return content;
}

async function peyk(url: string, ...args: string[]) {
  let [out, err] = ['', ''];
  const code = await runCli(args, {
    env: { DATABASE_URL: url, PEYK_DATA_DIR: '/nonexistent' },
    stdin: Readable.from([]),
    write: (text) => {
      out += text;
    },
    writeError: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

describe('writeBackup and restoreBackup', () => {
  it('bring every row of every table into an empty database', async () => {
    const target = await createEmptyDatabase();
    const { manifest, applied } = await restoreBackup(target.url, file);
    expect(applied).toEqual([]);
    const changed = ['installation', '_prisma_migrations'];
    const content = await readEverything(target.url, changed);
    expect(content).toEqual(await readEverything(database.url, changed));
    expect(manifest.tables.map(({ name }) => name)).toEqual(Object.keys({ ...content, installation: [] }).sort());
    for (const { name, rows } of manifest.tables) expect(rows, name).toBeGreaterThan(0);
    const migrationsOf = (url: string) =>
      query(url, 'select migration_name, checksum from _prisma_migrations order by migration_name');
    expect(await migrationsOf(target.url)).toEqual(await migrationsOf(database.url));
    await target.drop();
  });

  it('go on counting where the backup was, with triggers and constraints in force', async () => {
    const target = await createEmptyDatabase();
    await restoreBackup(target.url, file);
    const newest = 'select max(id)::int as id from live_events';
    const [before] = await query<{ id: number }>(target.url, newest);
    await query(target.url, "update faqs set answer = 'other'");
    const [after] = await query<{ id: number }>(target.url, newest);
    expect(after?.id).toBeGreaterThan(before?.id ?? 0);
    await expect(query(target.url, 'delete from audit_logs')).rejects.toThrow(/append-only/);
    await expect(query(target.url, "update conversations set mode = 'none'")).rejects.toThrow(/check/);
    await target.drop();
  });

  it('bring the rows of an older release up to this one', async () => {
    const older = join(folder, 'older');
    await mkdir(older, { recursive: true });
    const names = readdirSync(MIGRATIONS).filter((name) => /^\d/.test(name));
    const newest = names.at(-1) as string;
    for (const name of names.slice(0, -1)) await cp(join(MIGRATIONS, name), join(older, name), { recursive: true });
    const [source, target] = [await createEmptyDatabase(), await createEmptyDatabase()];
    await migrate(source.url, older);
    await query(source.url, "insert into businesses (slug, name) values ('default', 'Old')");
    const old = join(folder, 'older.backup');
    await writeBackup(source.url, old);
    expect((await restoreBackup(target.url, old)).applied).toEqual([newest]);
    expect(await query(target.url, 'select name from businesses')).toEqual([{ name: 'Old' }]);
    await expect(restoreBackup(target.url, file, { force: true, migrationsFolder: older })).rejects.toThrow(
      /newer version/,
    );
    expect(await query(target.url, 'select name from businesses')).toEqual([{ name: 'Old' }]);
    await Promise.all([source.drop(), target.drop()]);
  });

  it('name the keys of sealed columns and hold none', async () => {
    const sealed = join(folder, 'sealed.backup');
    await query(database.url, "update faqs set answer = 'v1:key-2:c2VhbGVk'");
    const { keyIds } = await writeBackup(database.url, sealed, {
      sealedColumns: [{ table: 'faqs', column: 'answer' }],
    });
    expect(keyIds).toEqual(['key-2']);
    expect((await verifyBackup(sealed)).keyIds).toEqual(['key-2']);
  });

  it('are a moment: what is written meanwhile is in all tables or in none', async () => {
    const busy = join(folder, 'busy.backup');
    let isWritten = false;
    const manifest = await writeBackup(database.url, busy, {
      onProgress: (done) => {
        if (done !== 1 || isWritten) return;
        isWritten = true;
        void db.business.create({ data: { slug: randomUUID(), name: 'Late' } }).then(() => undefined);
      },
    });
    await expect.poll(() => db.business.count({ where: { name: 'Late' } })).toBe(1);
    expect(manifest.tables.find(({ name }) => name === 'businesses')?.rows).toBe((await db.business.count()) - 1);
  });
});

describe('restoreBackup: what it refuses', () => {
  it('leaves a database alone that holds anything, unless told to empty it', async () => {
    const target = await createTestDatabase();
    await query(target.url, "insert into businesses (slug, name) values ('mine', 'Mine')");
    await expect(restoreBackup(target.url, file)).rejects.toThrow(/not empty/);
    expect(await query(target.url, 'select slug from businesses')).toEqual([{ slug: 'mine' }]);
    await restoreBackup(target.url, file, { force: true });
    expect(await query(target.url, "select from businesses where slug = 'mine'")).toEqual([]);
    await target.drop();
    const foreign = await createEmptyDatabase();
    await query(foreign.url, 'create table shelf (id int)');
    await expect(restoreBackup(foreign.url, file)).rejects.toThrow(/not empty/);
    await foreign.drop();
  });

  it('refuses a file that is broken, cut or no backup, before anything changes', async () => {
    const target = await createTestDatabase();
    await query(target.url, "insert into businesses (slug, name) values ('mine', 'Mine')");
    const bytes = await readFile(file);
    const plain = gunzipSync(bytes);
    const flipped = Buffer.from(plain);
    const at = plain.indexOf('text one');
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    const [head, end] = [writeFrame('H', { format: 'peyk-backup', version: 1 }), writeFrame('M', {})];
    const faulty: [string, Buffer][] = [
      ['cut', bytes.subarray(0, bytes.length - 100)],
      ['cut-early', bytes.subarray(0, 1000)],
      ['empty', Buffer.alloc(0)],
      ['text', Buffer.from('create table x (id int)')],
      ['changed', gzipSync(flipped)],
      ['without-end', gzipSync(plain.subarray(0, plain.lastIndexOf('{"format"') - 5))],
      ['more-behind', gzipSync(Buffer.concat([plain, writeFrame('D', Buffer.from('x\n'))]))],
      ['newer-form', gzipSync(Buffer.concat([writeFrame('H', { format: 'peyk-backup', version: 2 }), end]))],
      ['no-manifest', gzipSync(Buffer.concat([head, end]))],
      ['huge-length', gzipSync(Buffer.from('Dÿÿÿÿ', 'latin1'))],
    ];
    for (const [name, content] of faulty) {
      const path = join(folder, `${name}.backup`);
      await writeFile(path, content);
      await expect(restoreBackup(target.url, path, { force: true }), name).rejects.toThrow(/no backup of Peyk|broken/);
    }
    expect(await query(target.url, 'select slug from businesses')).toEqual([{ slug: 'mine' }]);
    await target.drop();
  });

  it('says which right a role lacks, and changes nothing', async () => {
    const target = await createEmptyDatabase();
    const role = `plain_${randomUUID().replaceAll('-', '')}`;
    await query(target.url, `create role ${role} login password 'x'`);
    const name = new URL(target.url).pathname.slice(1);
    await query(target.url, `alter database ${name} owner to ${role}`);
    const url = new URL(target.url);
    [url.username, url.password] = [role, 'x'];
    await expect(restoreBackup(url.href, file)).rejects.toThrow(/GRANT SET ON PARAMETER session_replication_role/);
    expect(await listTables(target.url)).toEqual([]);
    await target.drop();
    await query(database.url, `drop role ${role}`);
  });
});

describe('peyk backup and peyk restore', () => {
  it('write a file that only its owner reads, and load it', async () => {
    const path = join(folder, 'by-command.backup');
    const written = await peyk(database.url, '--json', 'backup', path);
    expect([written.code, written.err]).toEqual([0, '']);
    expect(JSON.parse(written.out)).toMatchObject({ file: path, rows: expect.any(Number), keyIds: [] });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const target = await createEmptyDatabase();
    const loaded = await peyk(target.url, 'restore', path);
    expect(loaded).toMatchObject({ code: 0, err: '', out: expect.stringContaining('resume-sending') });
    const [row] = await query(target.url, 'select * from installation');
    expect(row).toMatchObject({ generation: 1, sending_paused_reason: 'restored', timeline: 1 });
    const [state] = await query(
      target.url,
      "select count(*)::int as n from outbound_messages where state in ('planned', 'sending')",
    );
    expect(state).toEqual({ n: 0 });
    expect(await peyk(target.url, 'restore', path)).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
    const resumed = await peyk(target.url, '--json', 'resume-sending');
    expect(JSON.parse(resumed.out)).toEqual({ changed: true, pausedAt: null, reason: '' });
    await target.drop();
  });

  it('are refused with what to do', async () => {
    expect(await peyk(database.url, 'backup', file)).toMatchObject({ code: 2, err: expect.stringContaining('exists') });
    expect((await peyk(database.url, 'backup')).code).toBe(2);
    const nowhere = join(folder, 'no-such-folder', 'x.backup');
    expect(await peyk(database.url, 'backup', nowhere)).toMatchObject({
      code: 1,
      err: expect.stringContaining('folder'),
    });
    expect(await peyk(database.url, 'restore', join(folder, 'none'))).toMatchObject({ code: 2 });
    expect(await peyk('postgresql://a:b@127.0.0.1:1/c', 'backup', join(folder, 'x'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be reached'),
    });
    expect(existsSync(join(folder, 'x.part'))).toBe(false);
  });
});

describe('peyk pause-sending and resume-sending', () => {
  it('pause with a reason, once, and resume', async () => {
    const paused = await peyk(database.url, '--json', 'pause-sending', '--reason', 'stocktaking');
    expect(JSON.parse(paused.out)).toMatchObject({ changed: true, reason: 'stocktaking' });
    expect(await peyk(database.url, 'pause-sending', '--reason', 'x')).toMatchObject({
      code: 0,
      out: expect.stringContaining('already'),
    });
    expect((await peyk(database.url, 'resume-sending')).code).toBe(0);
    expect(await peyk(database.url, 'resume-sending')).toMatchObject({
      code: 0,
      out: expect.stringContaining('not paused'),
    });
    for (const args of [
      ['pause-sending'],
      ['pause-sending', '--reason', ' '],
      ['pause-sending', '--reason', 'restored'],
    ])
      expect((await peyk(database.url, ...args)).code).toBe(2);
  });
});
