import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.ts';
import { verifyPassword } from '../../../src/platform/auth/passwords.ts';
import { type Database, openDatabase } from '../../../src/platform/database/client.ts';
import { createKeyRing } from '../../../src/platform/encryption/key-ring.ts';
import { buildRows } from '../../support/http-rows.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

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

async function peyk(args: string[], { input = '', env = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {}) {
  let [out, err] = ['', ''];
  const code = await runCli(args, {
    env: { DATABASE_URL: database.url, PEYK_DATA_DIR: '/nonexistent', ...env },
    stdin: Readable.from([input]),
    write: (text) => {
      out += text;
    },
    writeError: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

describe('peyk', () => {
  it('helps with exit 0, and refuses what it does not know with exit 2', async () => {
    const help = await peyk(['--help']);
    expect(help.code).toBe(0);
    for (const name of ['bootstrap-admin', 'replay', 'retention', 'migrate']) expect(help.out).toContain(name);
    expect((await peyk(['retention', '--help'])).code).toBe(0);
    expect((await peyk(['no-such-command'])).code).toBe(2);
    expect((await peyk(['replay'])).code).toBe(2);
    expect((await peyk(['migrate', '--no-such-option'])).code).toBe(2);
  });

  it.each([
    ['no-such-command', '--help'],
    ['help', 'no-such-command'],
    ['rotate-key', '-h'],
    ['rotate-keys', '--no-such-option', '--help'],
    ['--no-such-option', '--help'],
    ['retention', '--delivery-day=1', '--help'],
  ])('refuses what it does not know also beside a question for help: %s %s', async (...args) => {
    const answer = await peyk(args);
    expect([answer.code, answer.out]).toEqual([2, '']);
  });

  it.each([[['rotate-keys', '--help']], [['help', 'rotate-keys']], [['retention', '--dry-run', '--help']]])(
    'helps with what it knows: %s',
    async (args) => {
      const answer = await peyk(args);
      expect([answer.code, answer.err]).toEqual([0, '']);
      expect(answer.out).toContain('Usage: peyk');
    },
  );

  it.each([
    [['no-such-command', '--json'], 2],
    [['migrate', '--no-such-option', '--json'], 2],
    [['--json', 'replay', 'x'], 2],
    [['--json', 'replay', '01900000-0000-7000-8000-000000000000'], 1],
  ])('tells errors as JSON where that is asked for: %s', async (args, code) => {
    const answer = await peyk(args);
    expect([answer.code, answer.err]).toEqual([code, '']);
    expect(JSON.parse(answer.out)).toEqual({ error: expect.stringMatching(/\w/) });
  });

  it('fails with exit 1 and what to do when nothing runs, or the settings are wrong', async () => {
    const nothing = await peyk(['migrate'], { env: { DATABASE_URL: '' } });
    expect([nothing.code, nothing.err]).toEqual([1, expect.stringContaining('npm start')]);
    const wrong = await peyk(['migrate'], { env: { PORT: 'x' } });
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('PORT')]);
    const unreachable = { DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/c' };
    const away = await peyk(['retention'], { env: unreachable });
    expect([away.code, away.err]).toEqual([1, expect.stringContaining('cannot be reached')]);
  });
});

describe('bootstrap-admin', () => {
  it('makes an admin from standard input, then gives a new password and ends logins', async () => {
    const args = ['bootstrap-admin', '--email', 'Boss@Shop.ir', '--password-stdin', '--json'];
    const made = await peyk(args, { input: 'first-password\n' });
    expect(made.code).toBe(0);
    const { id } = JSON.parse(made.out) as { id: string };
    expect(JSON.parse(made.out)).toMatchObject({ username: 'boss@shop.ir', role: 'admin', created: true });
    const user = await db.user.findUniqueOrThrow({ where: { id } });
    expect(await verifyPassword(user.passwordHash, 'first-password')).toBe(true);
    const { businessId } = user;
    const data = { businessId, userId: id, familyId: id, tokenHash: 'x', expiresAt: new Date() };
    const token = await db.refreshToken.create({ data });
    const again = await peyk(args, { input: 'second-password' });
    expect(JSON.parse(again.out)).toMatchObject({ id, created: false });
    const changed = await db.user.findUniqueOrThrow({ where: { id } });
    expect(await verifyPassword(changed.passwordHash, 'second-password')).toBe(true);
    expect((await db.refreshToken.findUniqueOrThrow({ where: { id: token.id } })).revokedAt).not.toBeNull();
    const audited = await db.auditLog.findMany({ where: { resourceId: id }, orderBy: { id: 'asc' } });
    expect(audited.map(({ actor, action }) => [actor, action])).toEqual([
      ['cli', 'create'],
      ['cli', 'set_password'],
    ]);
  });

  it('keeps the role when none is named, and takes the last admin from no business', async () => {
    const set = (...more: string[]) =>
      peyk(['bootstrap-admin', '--password-stdin', ...more], { input: 'long-enough-1' });
    const other = await db.business.create({ data: { name: 'Other', slug: 'other-cli' } });
    const person = { businessId: other.id, passwordHash: 'none' };
    const owner = await db.user.create({ data: { ...person, username: 'owner-of-other', role: 'admin' } });
    await db.user.create({ data: { ...person, username: 'seller', role: 'operator' } });
    expect((await set('--username', 'seller')).out).toContain('seller');
    expect(await db.user.findUniqueOrThrow({ where: { username: 'seller' } })).toMatchObject({ role: 'operator' });
    const demoted = await set('--username', 'owner-of-other', '--role', 'viewer');
    expect([demoted.code, demoted.err]).toEqual([1, expect.stringContaining('last active admin')]);
    const kept = await db.user.findUniqueOrThrow({ where: { id: owner.id } });
    expect(kept).toMatchObject({ role: 'admin', passwordHash: 'none' });
    await db.user.create({ data: { ...person, username: 'second-of-other', role: 'admin' } });
    expect((await set('--username', 'owner-of-other', '--role', 'viewer')).code).toBe(0);
    const entry = await db.auditLog.findFirstOrThrow({ where: { resourceId: owner.id } });
    expect(entry).toMatchObject({ businessId: other.id, action: 'set_password' });
  });

  it('refuses short passwords, odd names and unknown roles with exit 2, and never shows the password', async () => {
    const calls = [
      await peyk(['bootstrap-admin', '--password', 'short']),
      await peyk(['bootstrap-admin', '--username', 'a b', '--password', 'long-enough-1']),
      await peyk(['bootstrap-admin', '--role', 'root', '--password', 'long-enough-1']),
      await peyk(['bootstrap-admin']),
    ];
    expect(calls.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(JSON.stringify(calls)).not.toContain('long-enough-1');
  });
});

describe('replay', () => {
  it('owes an event to its conversation again, and knows which events there are', async () => {
    const { eventId, conversationId } = await buildRows(db, 'cli');
    const answer = await peyk(['--json', 'replay', eventId]);
    expect([answer.code, JSON.parse(answer.out)]).toEqual([0, { eventId, conversationId }]);
    expect((await db.inboundEvent.findUniqueOrThrow({ where: { id: eventId } })).dispatchedAt).toBeNull();
    expect((await peyk(['replay', conversationId])).code).toBe(1);
    expect((await peyk(['replay', 'x'])).code).toBe(2);
  });
});

describe('retention', () => {
  it('removes what is old and nothing else, after telling what it would', async () => {
    const { businessId } = await buildRows(db, 'retention');
    const receivedAt = new Date(Date.now() - 31 * 86_400_000);
    const old = await db.inboundDelivery.create({ data: { businessId, channel: 'x', body: '{}', receivedAt } });
    const before = await db.inboundDelivery.count();
    const dry = await peyk(['retention', '--dry-run', '--json']);
    expect(JSON.parse(dry.out)).toMatchObject({ dryRun: true, deliveries: 1 });
    expect(await db.inboundDelivery.count()).toBe(before);
    const done = await peyk(['retention', '--json']);
    expect(JSON.parse(done.out)).toMatchObject({ dryRun: false, deliveries: 1 });
    expect(await db.inboundDelivery.count()).toBe(before - 1);
    expect(await db.inboundDelivery.findUnique({ where: { id: old.id } })).toBeNull();
    for (const days of ['0', '-1', 'x', '1.5'])
      expect((await peyk(['retention', '--delivery-days', days])).code).toBe(2);
  });
});

describe('migrate', () => {
  it('brings an empty database up to date, and says so the second time', async () => {
    const empty = await createEmptyDatabase();
    const env = { DATABASE_URL: empty.url };
    const first = await peyk(['migrate', '--json'], { env });
    expect(first.code, first.err).toBe(0);
    expect((JSON.parse(first.out) as { applied: string[] }).applied.length).toBeGreaterThan(0);
    expect((await peyk(['migrate'], { env })).out).toContain('up to date');
    await empty.drop();
  });
});

describe('rotate-keys', () => {
  const [oldKey, newKey] = ['old', 'new'].map((id) => `${id}:${randomBytes(32).toString('base64')}`) as [
    string,
    string,
  ];
  const placeOf = (rowId: string) => ({ table: 'accounts', column: 'credentials', rowId });

  async function addAccounts(mark: string, count: number): Promise<string[]> {
    const business = await db.business.create({ data: { name: mark, slug: mark } });
    const ring = createKeyRing(oldKey);
    const rows = Array.from({ length: count }, (_, n) => ({ id: uuidv7(), externalId: `${mark}-${n}` }));
    await db.account.createMany({
      data: rows.map((row) => ({
        ...row,
        businessId: business.id,
        channel: 'directam',
        credentials: ring.seal(placeOf(row.id), `secret of ${row.externalId}`),
      })),
    });
    return rows.map(({ id }) => id);
  }

  it('seals everything under the first key, in more than one chunk, and finds nothing to do the second time', async () => {
    const ids = await addAccounts('rotate', 205);
    const env = { ENCRYPTION_KEYS: `${newKey},${oldKey}` };
    const first = await peyk(['rotate-keys', '--json'], { env });
    expect([first.code, JSON.parse(first.out)]).toEqual([0, expect.objectContaining({ rotated: 205, failed: 0 })]);
    const row = await db.account.findUniqueOrThrow({ where: { id: ids[204] as string } });
    expect(createKeyRing(newKey).open(placeOf(row.id), row.credentials as string)).toBe('secret of rotate-204');
    expect(JSON.parse((await peyk(['rotate-keys', '--json'], { env })).out)).toMatchObject({ rotated: 0, failed: 0 });
  });

  it('leaves what it cannot open as it is, and fails', async () => {
    const [id] = await addAccounts('locked', 1);
    const before = await db.account.findUniqueOrThrow({ where: { id: id as string } });
    const answer = await peyk(['rotate-keys', '--json'], { env: { ENCRYPTION_KEYS: newKey } });
    expect([answer.code, JSON.parse(answer.out)]).toEqual([1, expect.objectContaining({ failed: 1 })]);
    expect(answer.out + answer.err).not.toContain(before.credentials);
    expect((await db.account.findUniqueOrThrow({ where: { id: id as string } })).credentials).toBe(before.credentials);
  });

  it('says what is missing where there is no key', async () => {
    const answer = await peyk(['rotate-keys']);
    expect([answer.code, answer.err]).toEqual([1, expect.stringContaining('ENCRYPTION_KEYS')]);
  });
});
