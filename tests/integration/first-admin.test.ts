import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database/client.ts';
import { ensureFirstAdmin } from '../../src/team/first-admin.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const FIRST = 'correct horse battery';
const LATER = 'another horse stapler';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url, 2);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const startWith = (adminPassword: string | null, adminUsername = 'admin') =>
  ensureFirstAdmin(db, { adminUsername, adminPassword });

describe('ensureFirstAdmin', () => {
  it('makes the first user with the password that is given, and has nothing to warn of', async () => {
    expect(await startWith(FIRST)).toMatchObject({ created: true, generatedPassword: null, warning: null });
  });

  it('has nothing to say when a later start gives the same password, or none', async () => {
    expect(await startWith(FIRST)).toMatchObject({ created: false, warning: null });
    expect(await startWith(FIRST, ' ADMIN ')).toMatchObject({ created: false, warning: null });
    expect(await startWith(null)).toMatchObject({ created: false, generatedPassword: null, warning: null });
  });

  it('says of another password that it changes nothing and how to change it, without telling it', async () => {
    const { warning, created } = await startWith(LATER);
    expect(created).toBe(false);
    expect(warning).toMatch(
      /ADMIN_PASSWORD is not the password of admin, and changes nothing.*peyk -- bootstrap-admin/,
    );
    expect(warning).not.toContain(LATER);
    expect(await startWith(FIRST)).toMatchObject({ warning: null });
  });

  it('says of another name that nobody has it, and makes nobody', async () => {
    const { warning } = await startWith(LATER, 'sara');
    expect(warning).toMatch(/nobody is named sara/);
    expect(await db.user.count()).toBe(1);
  });
});
