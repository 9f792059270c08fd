import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase, openKeyedDatabase } from '../../src/platform/database/client.ts';
import { classifyDatabaseFault } from '../../src/platform/database/database-fault.ts';
import { type DatabaseLimits, LIMITS } from '../../src/platform/database/limits.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { type SilentNetwork, startSilentNetwork } from '../support/silent-network.ts';

/** As short as a test likes it. */
const SHORT: DatabaseLimits = {
  checkoutMs: 1000,
  statementMs: 800,
  lockMs: 300,
  idleInTransactionMs: 600,
  transactionMs: 10_000,
};

let database: TestDatabase;
let network: SilentNetwork;
/** Not by the network. */
let direct: Database;
const opened: Database[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  network = await startSilentNetwork(database.url);
  direct = openDatabase(database.url, 3, LIMITS.bulk);
  await direct.business.create({ data: { slug: 'default', name: 'Shop' } });
});
afterEach(async () => {
  network.flow();
  await Promise.all(opened.splice(0).map((db) => db.$disconnect()));
});
afterAll(async () => {
  await direct?.$disconnect();
  await network?.close();
  await database?.drop();
});

/** By the network, with one connection unless told otherwise. */
function open(limits: DatabaseLimits = SHORT, poolSize = 1): Database {
  const db = openKeyedDatabase(network.url, poolSize, limits);
  opened.push(db);
  return db;
}

/** How a failure is classified; null for what did not fail. */
async function faultOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return classifyDatabaseFault(error) ?? `unknown: ${error}`;
  }
}

const rename = (db: Pick<Database, '$executeRaw'>, name: string) =>
  db.$executeRaw`UPDATE businesses SET name = ${name} WHERE slug = 'default'`;
const nameNow = async () => (await direct.business.findFirstOrThrow({ where: { slug: 'default' } })).name;

describe('a pool', () => {
  it('gives a statement up that takes too long, and lets a quick one and one within longer limits pass', async () => {
    const db = open();
    expect(await faultOf(db.$queryRaw`SELECT pg_sleep(3)::text`)).toBe('unavailable');
    expect(await faultOf(db.$queryRaw`SELECT pg_sleep(0.01)::text`)).toBeNull();
    expect(await faultOf(open(LIMITS.bulk).$queryRaw`SELECT pg_sleep(1.2)::text`)).toBeNull();
  });

  it('does not wait for ever for a lock, and takes it once it is free', async () => {
    const db = open();
    await direct.$transaction(async (tx) => {
      await rename(tx, 'locked');
      expect(await faultOf(rename(db, 'waiting'))).toBe('unavailable');
    });
    expect(await faultOf(rename(db, 'free'))).toBeNull();
  });

  it('takes the locks from a transaction that asks nothing more', async () => {
    const db = open();
    let resting: Promise<string | null> = Promise.resolve(null);
    await new Promise<void>((resolve) => {
      resting = faultOf(
        db.$transaction(async (tx) => {
          await rename(tx, 'resting');
          resolve();
          await new Promise((end) => setTimeout(end, 2000));
          await rename(tx, 'too late');
        }),
      );
    });
    expect(await faultOf(rename(direct, 'others'))).toBeNull();
    expect(await resting).toBe('unavailable');
    expect(await nameNow()).toBe('others');
    expect(await faultOf(db.business.count())).toBeNull();
  });

  it('refuses who waits too long for a connection, and serves who comes when one is free', async () => {
    const db = open({ ...SHORT, statementMs: 5000, checkoutMs: 300 });
    const busy = faultOf(db.$queryRaw`SELECT pg_sleep(1.5)::text`);
    expect(await faultOf(db.business.count())).toBe('unavailable');
    expect(await busy).toBeNull();
    expect(await faultOf(db.business.count())).toBeNull();
  });
});

describe('a network that drops everything', () => {
  it('ends statements in time, also on new connections, and goes on by itself', async () => {
    const db = open(SHORT, 2);
    expect(await faultOf(db.business.count())).toBeNull();
    network.stop();
    expect(await faultOf(db.business.count())).toBe('unavailable');
    expect(await faultOf(db.$queryRaw`SELECT 1`)).toBe('unavailable');
    network.flow();
    expect(await faultOf(db.business.count())).toBeNull();
  });

  it('leaves nobody in a transaction that another one began', async () => {
    const db = open();
    await rename(direct, 'before');
    const hanging = faultOf(
      db.$transaction(async (tx) => {
        await rename(tx, 'hanging');
        network.stopOpen();
        await rename(tx, 'unheard');
      }),
    );
    expect(await hanging).toBe('unavailable');
    // What was held back reaches the server only now.
    network.flow();
    expect(await faultOf(rename(db, 'mine'))).toBeNull();
    expect(await nameNow()).toBe('mine');
  });

  it('is told from a fault of the statement', async () => {
    const db = open();
    expect(await faultOf(db.$queryRaw`SELECT 'x'::int`)).toBe('invalid');
  });
});
