import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkRights, checkRole } from '../../src/cli/doctor-checks.ts';
import { ensureApplicationRole } from '../../src/platform/database/application-role.ts';
import { writeBackup } from '../../src/platform/database/backup.ts';
import { openDatabase } from '../../src/platform/database/client.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { restoreBackup } from '../../src/platform/database/restore.ts';
import { readRoleParts } from '../../src/platform/database/role-health.ts';
import { prepareDatabase } from '../../src/start/database.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let url: URL;
let role: string;

beforeEach(async () => {
  // As an earlier release left it: all of it is the superuser's.
  database = await createTestDatabase();
  role = `app_${randomBytes(6).toString('hex')}`;
  url = new URL(database.url);
  [url.username, url.password] = [role, encodeURIComponent("it's 100% new")];
});
afterEach(async () => {
  await query(database.url, `DROP OWNED BY ${role}`).catch(() => undefined);
  await database.drop();
});

async function query(address: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function withDatabase<T>(address: string, work: (db: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const db = openDatabase(address, 1);
  try {
    return await work(db);
  } finally {
    await db.$disconnect();
  }
}

/** What in the public schema is not the role's, without what extensions brought. */
const FOREIGN = `
  SELECT relname::text AS name FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v')
    AND relowner <> current_user::regrole
  UNION ALL
  SELECT proname::text FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND proowner <> current_user::regrole
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`;

describe('ensureApplicationRole', () => {
  it('makes an ordinary role that owns all, may migrate, and can be told of by nobody as a superuser', async () => {
    await ensureApplicationRole(database.url, url.href);
    const [made] = await query(
      url.href,
      'SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user',
    );
    expect(made).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false });
    expect(await query(url.href, FOREIGN)).toEqual([]);
    expect(await migrate(url.href)).toEqual([]);
    await query(url.href, 'ALTER TABLE app_logs ADD COLUMN later text; CREATE TABLE later (id int)');
    await withDatabase(url.href, async (db) => {
      expect(await checkRights(db)).toMatchObject({ state: 'ok' });
      expect(await checkRole(db)).toMatchObject({ state: 'ok' });
    });
  });

  it('may be repeated, changes the password, and takes a superuser’s power away', async () => {
    await query(database.url, `CREATE ROLE ${role} SUPERUSER LOGIN PASSWORD 'old'`);
    for (let times = 0; times < 2; times++) await ensureApplicationRole(database.url, url.href);
    const [made] = await query(url.href, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user');
    expect(made).toEqual({ rolsuper: false });
    url.password = 'old';
    await expect(query(url.href, 'SELECT 1')).rejects.toThrow('password');
  });

  it('refuses to make an ordinary role of the superuser itself', async () => {
    await expect(ensureApplicationRole(database.url, database.url)).rejects.toThrow('another');
    await withDatabase(database.url, async (db) => {
      expect(await readRoleParts(db)).toMatchObject([{ state: 'warning', code: 'role_superuser' }]);
      expect(await checkRole(db)).toMatchObject({ state: 'warning', action: expect.stringContaining('ordinary') });
    });
  });

  it('leaves the role every right that a backup and a restore need', async () => {
    await ensureApplicationRole(database.url, url.href);
    const folder = await mkdtemp(join(tmpdir(), 'peyk-role-'));
    const file = join(folder, 'all.backup');
    await query(url.href, "INSERT INTO businesses (slug, name) VALUES ('mine', 'Mine')");
    await writeBackup(url.href, file);
    await restoreBackup(url.href, file, { force: true });
    expect(await query(url.href, 'SELECT slug FROM businesses')).toEqual([{ slug: 'mine' }]);
    await rm(folder, { recursive: true });
  });
});

describe('prepareDatabase with a superuser beside', () => {
  it('makes role and database that were not there, and migrates as the role', async () => {
    const name = `made_${randomBytes(6).toString('hex')}`;
    url.pathname = `/${name}`;
    const lines: string[] = [];
    expect(await prepareDatabase(url.href, database.url, (line) => lines.push(line))).toEqual({ hasUsers: false });
    expect(lines.join()).toContain('Applied');
    expect(await query(url.href, FOREIGN)).toEqual([]);
    const made = new URL(database.url);
    made.pathname = `/${name}`;
    await query(made.href, `DROP OWNED BY ${role}`);
    await query(database.url, `DROP DATABASE ${name} WITH (FORCE)`);
  });

  it('says that the role could not be made where the superuser is none', async () => {
    const empty = await createEmptyDatabase();
    await query(database.url, `CREATE ROLE ${role} LOGIN PASSWORD 'plain'`);
    const plain = new URL(empty.url);
    [plain.username, plain.password] = [role, 'plain'];
    url.username = `${role}_other`;
    await expect(prepareDatabase(url.href, plain.href, () => undefined)).rejects.toThrow('DATABASE_ADMIN_URL');
    await empty.drop();
  });
});
