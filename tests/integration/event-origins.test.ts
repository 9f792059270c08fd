import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliveryRetention } from '../../src/inbox/retention.ts';
import { openDatabase } from '../../src/platform/database/client.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations');
const THIS_ONE = '20261127221512_event_origins';
/** Ids that name nobody. */
const GONE = '01990000-0000-7000-8000-00000000dead';

let database: TestDatabase;
let client: pg.Client;

async function connect(made: TestDatabase): Promise<void> {
  database = made;
  client = new pg.Client({ connectionString: made.url });
  await client.connect();
}
afterEach(async () => {
  await client.end();
  await database.drop();
});

const ids = { business: 1, account: 2, contact: 3, conversation: 4, delivery: 5 };
const idOf = (name: keyof typeof ids): string => `01990000-0000-7000-8000-00000000000${ids[name]}`;

async function fill(): Promise<void> {
  await client.query(`
    INSERT INTO businesses (id, slug, name, updated_at) VALUES ('${idOf('business')}', 'shop', 'Shop', now());
    INSERT INTO accounts (id, business_id, channel, external_id, updated_at)
      VALUES ('${idOf('account')}', '${idOf('business')}', 'simulator', 'shop', now());
    INSERT INTO contacts (id, business_id, account_id, external_id, updated_at)
      VALUES ('${idOf('contact')}', '${idOf('business')}', '${idOf('account')}', 'cust', now());
    INSERT INTO conversations (id, business_id, account_id, contact_id, channel, updated_at)
      VALUES ('${idOf('conversation')}', '${idOf('business')}', '${idOf('account')}', '${idOf('contact')}', 'simulator', now());
    INSERT INTO inbound_deliveries (id, business_id, channel, body, received_at)
      VALUES ('${idOf('delivery')}', '${idOf('business')}', 'simulator', 'words', now() - interval '40 days');`);
}

async function addEvent(key: string, accountId: string, deliveryId: string, kind = 'message'): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO inbound_events (business_id, account_id, conversation_id, delivery_id, dedupe_key, kind, seq, occurred_at)
     VALUES ($1, $2, $3, $4, $5, $6, (SELECT count(*) FROM inbound_events), now()) RETURNING id`,
    [idOf('business'), accountId, idOf('conversation'), deliveryId, key, kind],
  );
  return (rows[0] as { id: string }).id;
}

async function eventOf(id: string): Promise<{ account_id: string; delivery_id: string | null; dedupe_key: string }> {
  const { rows } = await client.query('SELECT account_id, delivery_id, dedupe_key FROM inbound_events WHERE id = $1', [
    id,
  ]);
  return rows[0];
}

describe('a database whose events name deliveries and accounts that are gone', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peyk-migrations-'));
    await connect(await createEmptyDatabase());
    for (const name of await readdir(MIGRATIONS))
      if (name < THIS_ONE) await cp(join(MIGRATIONS, name), join(folder, name), { recursive: true });
    await migrate(database.url, folder);
    await fill();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is brought up to date: every event stays, and what it named and is gone is forgotten or known otherwise', async () => {
    const whole = await addEvent('whole', idOf('account'), idOf('delivery'));
    const unsaid = await addEvent('unsaid', idOf('account'), GONE);
    const strayed = await addEvent('whole', GONE, GONE);
    expect(await migrate(database.url, MIGRATIONS)).toContain(THIS_ONE);
    const account = { account_id: idOf('account') };
    expect(await eventOf(whole)).toEqual({ ...account, delivery_id: idOf('delivery'), dedupe_key: 'whole' });
    expect(await eventOf(unsaid)).toEqual({ ...account, delivery_id: null, dedupe_key: 'unsaid' });
    expect(await eventOf(strayed)).toEqual({ ...account, delivery_id: null, dedupe_key: `whole#${strayed}` });
  });
});

describe('an event', () => {
  beforeEach(async () => {
    await connect(await createTestDatabase());
    await fill();
  });

  it.each([
    ['account', GONE, idOf('delivery')],
    ['delivery', idOf('account'), GONE],
  ])('is not stored with an %s that does not exist', async (of, accountId, deliveryId) => {
    await expect(addEvent('key', accountId, deliveryId)).rejects.toThrow(`inbound_events_${of}_id_fkey`);
    await addEvent('key', idOf('account'), idOf('delivery'));
  });

  it('outlives its delivery, which retention removes, and keeps its account', async () => {
    const id = await addEvent('key', idOf('account'), idOf('delivery'));
    const db = openDatabase(database.url, 2);
    try {
      expect(await deliveryRetention.remove(db, new Date(), 100)).toBe(1);
    } finally {
      await db.$disconnect();
    }
    expect(await eventOf(id)).toMatchObject({ account_id: idOf('account'), delivery_id: null });
    await expect(client.query('DELETE FROM accounts')).rejects.toThrow(/foreign key/);
  });

  it('is found by its delivery without reading the others', async () => {
    await client.query('SET enable_seqscan = off');
    const { rows } = await client.query(`EXPLAIN SELECT FROM inbound_events WHERE delivery_id = '${idOf('delivery')}'`);
    expect(JSON.stringify(rows)).toContain('inbound_events_delivery_id_idx');
  });
});
