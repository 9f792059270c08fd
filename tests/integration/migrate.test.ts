import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPendingMigrations, MigrationError, migrate } from '../../src/platform/database/migrate.ts';
import { createEmptyDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'peyk-migrations-'));
  await addMigration('001_shelf', 'create table shelf (id int primary key);');
  await addMigration('002_book', 'create table book (id int primary key); insert into shelf values (1);');
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrate', () => {
  it('applies what is missing, in order, and nothing the second time', async () => {
    expect(await migrate(database.url, folder)).toEqual(['001_shelf', '002_book']);
    expect(await migrate(database.url, folder)).toEqual([]);
    await addMigration('003_page', 'create table page (id int);');
    expect(await migrate(database.url, folder)).toEqual(['003_page']);
  });

  it("keeps Prisma's own bookkeeping: sha256 of the file, finished, one step", async () => {
    await migrate(database.url, folder);
    const [row] = await query("select * from _prisma_migrations where migration_name = '001_shelf'");
    // What sha256sum prints for the text of that file.
    expect(row?.checksum).toBe('17fd4d5799f7f11742d731e1446438440f1f23d00d2b8bf6401034cf0c1306c1');
    expect(row).toMatchObject({ applied_steps_count: 1, rolled_back_at: null, logs: null });
    expect(row?.finished_at).toBeInstanceOf(Date);
  });

  it('applies each file once when several starters race', async () => {
    await addMigration('003_slow', 'select pg_sleep(0.3); create table slow (id int);');
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url, folder)));
    expect(outcomes.flat().sort()).toEqual(['001_shelf', '002_book', '003_slow']);
    expect(await query('select count(*)::int as n from shelf')).toEqual([{ n: 1 }]);
  });

  it('rolls a failing file back whole and goes on from there once it is mended', async () => {
    await addMigration('003_bad', 'create table page (id int); insert into nowhere values (1);');
    await expect(migrate(database.url, folder)).rejects.toThrow(/003_bad failed.*nowhere/);
    expect(await query("select to_regclass('page') as page")).toEqual([{ page: null }]);
    expect(await findPendingMigrations(database.url, folder)).toEqual(['003_bad']);
    await addMigration('003_bad', 'create table page (id int);');
    expect(await migrate(database.url, folder)).toEqual(['003_bad']);
  });

  it('leaves nothing behind when its connection is cut in the middle of a file', async () => {
    await addMigration('003_slow', 'create table page (id int); select pg_sleep(20);');
    const cut = migrate(database.url, folder);
    const outcome = expect(cut).rejects.toThrow(/003_slow failed/);
    const kill =
      "select pg_terminate_backend(pid) as cut from pg_stat_activity where query like '%pg_sleep(20)%' and pid <> pg_backend_pid() and application_name = 'peyk-migrate'";
    await expect.poll(() => query(kill)).toEqual([{ cut: true }]);
    await outcome;
    await addMigration('003_slow', 'create table page (id int);');
    expect(await migrate(database.url, folder)).toEqual(['003_slow']);
  });

  it('refuses a file that was edited after it was applied', async () => {
    await migrate(database.url, folder);
    await addMigration('001_shelf', 'create table shelf (id bigint primary key);');
    await expect(migrate(database.url, folder)).rejects.toThrow(MigrationError);
    await expect(migrate(database.url, folder)).rejects.toThrow(/001_shelf was edited/);
  });

  it('refuses a database that knows a migration which the folder lacks', async () => {
    await migrate(database.url, folder);
    await rm(join(folder, '002_book'), { recursive: true });
    await expect(migrate(database.url, folder)).rejects.toThrow(/002_book.*newer version/s);
  });

  it('refuses a file that sorts before an applied one', async () => {
    await migrate(database.url, folder);
    await addMigration('0015_between', 'select 1;');
    await expect(migrate(database.url, folder)).rejects.toThrow(/0015_between sorts before 002_book/);
  });

  it("applies the project's own migrations to an empty database", async () => {
    const own = join(import.meta.dirname, '../../prisma/migrations');
    await cp(own, folder, { recursive: true });
    await rm(join(folder, '001_shelf'), { recursive: true });
    await rm(join(folder, '002_book'), { recursive: true });
    expect((await migrate(database.url)).length).toBeGreaterThan(0);
    expect(await findPendingMigrations(database.url, folder)).toEqual([]);
  });
});
