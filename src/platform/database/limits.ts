import type pg from 'pg';

/**
 * How long anything may wait for PostgreSQL, in one place. A server that is frozen, or a network that drops what it carries,
 * says nothing at all: without an end of ours a statement would wait for it for ever, and hold its connection.
 */
export interface DatabaseLimits {
  /** For a connection: a free one of the pool, or a new one. */
  checkoutMs: number;
  /** For one statement, by the server's clock; 0: as long as it takes. */
  statementMs: number;
  /** For a lock, within a statement's time; 0: as long as the statement may take. */
  lockMs: number;
  /** Between two statements of a transaction: whoever keeps it open and asks nothing loses it, with its locks; 0: for ever. */
  idleInTransactionMs: number;
  /** For a transaction that sets no time of its own. */
  transactionMs: number;
}

export const LIMITS = {
  /** The way of a message: inbox, relay, activities. Each statement finds its rows by a key. */
  messages: { checkoutMs: 3000, statementMs: 8000, lockMs: 5000, idleInTransactionMs: 10_000, transactionMs: 10_000 },
  /** What people ask for: lists, searches, figures. */
  panel: { checkoutMs: 5000, statementMs: 20_000, lockMs: 10_000, idleInTransactionMs: 30_000, transactionMs: 20_000 },
  /** What nobody waits for: catalogs, retention, comparing rows with runs, operators' commands. */
  bulk: {
    checkoutMs: 10_000,
    statementMs: 600_000,
    lockMs: 60_000,
    idleInTransactionMs: 120_000,
    transactionMs: 60_000,
  },
  /** Migrations, backups and restores: they end when they are done. */
  maintenance: { checkoutMs: 10_000, statementMs: 0, lockMs: 0, idleInTransactionMs: 0, transactionMs: 0 },
} as const satisfies Record<string, DatabaseLimits>;

/** A webhook is answered this soon, stored or not: whoever posted it waits, and sends it again. */
export const ACKNOWLEDGE_WITHIN_MS = 4000;

/** The server ends a statement in time; when nothing was heard this much later, nothing will be. */
const ANSWER_GRACE_MS = 2000;

/** A connection on which nothing moves is tried this soon, so that a peer that is gone is noticed; by us and by the server. */
const KEEP_ALIVE_AFTER_MS = 10_000;
const SERVER_KEEP_ALIVE = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

/** The options of a connection that keeps to the limits. `settings`: of its session, as `-c name=value`. */
export function connectionOptions(
  databaseUrl: string,
  { checkoutMs, statementMs, lockMs, idleInTransactionMs }: DatabaseLimits,
  settings = '',
): pg.ClientConfig {
  return {
    connectionString: databaseUrl,
    connectionTimeoutMillis: checkoutMs,
    statement_timeout: statementMs,
    ...(statementMs === 0 ? {} : { query_timeout: statementMs + ANSWER_GRACE_MS }),
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    options: `${SERVER_KEEP_ALIVE} ${settings}`.trim(),
  };
}
