import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { isNoAnswer } from './database-fault.ts';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { connectionOptions, type DatabaseLimits, LIMITS } from './limits.ts';

export type Database = PrismaClient;
/** A transaction or the database itself: stores take either. */
export type Queries = Prisma.TransactionClient;

const IDLE_TIMEOUT_MS = 30_000;

/** Opens a pool. `poolSize` bounds the connections of this process; nothing in it waits longer than `limits` say. */
export function openDatabase(databaseUrl: string, poolSize = 10, limits: DatabaseLimits = LIMITS.panel): Database {
  return open(new pg.Pool(poolOptions(databaseUrl, poolSize, limits)), limits);
}

/**
 * Opens a pool for the way of a message (inbox, relay, activities), where every statement finds its rows by a key and runs
 * again and again. Each is read and planned once a connection, which costs more than running it; and always by index: a
 * plan made while a table was small must not scan it when it is large. Not for lists of the panel.
 */
export function openKeyedDatabase(
  databaseUrl: string,
  poolSize = 10,
  limits: DatabaseLimits = LIMITS.messages,
): Database {
  const settings = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off';
  const pool = new pg.Pool(poolOptions(databaseUrl, poolSize, limits, settings));
  return open(pool, limits, { statementNameGenerator: createStatementNames() });
}

/** The pools of this process, by what asks through them. */
const POOLS = new WeakMap<Database, pg.Pool>();

type AdapterOptions = NonNullable<ConstructorParameters<typeof PrismaPg>[1]>;

function open(pool: pg.Pool, limits: DatabaseLimits, options: AdapterOptions = {}): Database {
  const adapter = new PrismaPg(pool, { ...options, disposeExternalPool: true });
  const db = new PrismaClient({ adapter, transactionOptions: transactionOptions(limits) });
  POOLS.set(db, pool);
  return db;
}

export interface PoolState {
  inUse: number;
  size: number;
  /** Statements and transactions that wait for a connection. */
  waiting: number;
}

/** How the pool behind `db` is filled now. */
export function readPoolState(db: Database): PoolState {
  const pool = POOLS.get(db);
  if (!pool) return { inUse: 0, size: 0, waiting: 0 };
  return { inUse: pool.totalCount - pool.idleCount, size: pool.options.max, waiting: pool.waitingCount };
}

function poolOptions(databaseUrl: string, poolSize: number, limits: DatabaseLimits, settings = ''): pg.PoolConfig {
  return {
    ...connectionOptions(databaseUrl, limits, settings),
    max: poolSize,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    onConnect: (client) => closeWhenSilent(client as pg.Client),
  };
}

function transactionOptions({ checkoutMs, transactionMs }: DatabaseLimits) {
  return { maxWait: checkoutMs, timeout: transactionMs };
}

/**
 * A connection whose answer did not come in time is closed. The driver alone would give it back: whoever is next would wait
 * behind the statement that hangs or, when the server wakes up, be part of a transaction that nobody ends.
 */
function closeWhenSilent(client: pg.Client): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  client.query = ((...given: unknown[]) => {
    const answer = query(...given);
    if (answer instanceof Promise)
      answer.catch((error: unknown) => {
        if (isNoAnswer(error)) void client.end();
      });
    return answer;
  }) as typeof client.query;
}

/** A prepared statement lives in its connection for good, so texts of ever new shapes must not fill it up. */
const MAX_PREPARED = 200;

function createStatementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql) ?? (names.size < MAX_PREPARED ? `peyk_${names.size}` : '');
    if (known !== '') names.set(sql, known);
    return known;
  };
}
