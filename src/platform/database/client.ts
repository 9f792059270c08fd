import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;
/** A transaction or the database itself: stores take either. */
export type Queries = Prisma.TransactionClient;

const IDLE_TIMEOUT_MS = 30_000;

/** Opens a pool. `poolSize` bounds the connections of this process; waiting for one ends after `connectTimeoutMs`. */
export function openDatabase(databaseUrl: string, poolSize = 10, connectTimeoutMs = 5000): Database {
  const adapter = new PrismaPg({
    connectionString: databaseUrl,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
  });
  return new PrismaClient({ adapter });
}

/**
 * Opens a pool for the way of a message (inbox, relay, activities), where every statement finds its rows by a key and runs
 * again and again. Each is read and planned once a connection, which costs more than running it; and always by index: a
 * plan made while a table was small must not scan it when it is large. Not for lists of the panel.
 */
export function openKeyedDatabase(databaseUrl: string, poolSize = 10, connectTimeoutMs = 5000): Database {
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl,
      max: poolSize,
      connectionTimeoutMillis: connectTimeoutMs,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      options: '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off',
    },
    { statementNameGenerator: createStatementNames() },
  );
  return new PrismaClient({ adapter });
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
