import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';

/** One kind of row that need not be kept for ever. */
export interface RetentionRule {
  /** The kind, as counts name it. */
  name: string;
  /** Days after which a row goes, unless the caller says otherwise. */
  days: number;
  count(db: Database, before: Date): Promise<number>;
  /** Removes `atMost` of them in one statement, or all of them in small ones. Returns how many; fewer than `atMost`: none is left. */
  remove(db: Database, before: Date, atMost: number): Promise<number>;
}

const DAY_MS = 86_400_000;
/** Rows of one statement: it holds its locks for some tens of milliseconds, and what reads and writes beside it goes on. */
const AT_ONCE = 2000;

/** Rows of a table whose `column` is before the time; a table that grows has an index on it. `toValue`: the time as the column has it. */
function olderThan(
  { name, days }: Pick<RetentionRule, 'name' | 'days'>,
  table: string,
  column: string,
  toValue: (before: Date) => Date | bigint = (before) => before,
): RetentionRule {
  const [rows, time] = [Prisma.raw(table), Prisma.raw(column)];
  return {
    name,
    days,
    async count(db, before) {
      const [row] = await db.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) AS count FROM ${rows} WHERE ${time} < ${toValue(before)}`;
      return Number(row?.count ?? 0);
    },
    remove: (db, before, atMost) => db.$executeRaw`
      DELETE FROM ${rows} WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM ${rows} WHERE ${time} < ${toValue(before)} ORDER BY ${time} LIMIT ${atMost}))`,
  };
}

/** What the platform itself keeps for a while: app logs, the live feed, dead logins and tokens, the rate limiter's counters. */
export const PLATFORM_RETENTION: readonly RetentionRule[] = [
  olderThan({ name: 'appLogs', days: 60 }, 'app_logs', 'created_at'),
  olderThan({ name: 'liveEvents', days: 7 }, 'live_events', 'created_at'),
  // A revoked family must be known for as long as one of its access tokens may live; a day is far longer.
  olderThan({ name: 'refreshTokens', days: 1 }, 'refresh_tokens', 'expires_at'),
  olderThan({ name: 'logins', days: 1 }, 'login_sessions', 'expires_at'),
  olderThan({ name: 'limits', days: 0 }, 'rate_limits', 'expire', (before) => BigInt(before.getTime())),
];

export interface RetentionOptions {
  now: Date;
  dryRun: boolean;
  /** By a rule's name, instead of its own. */
  days?: Readonly<Record<string, number>>;
  atOnce?: number;
  /** Ends it between two statements. */
  signal?: AbortSignal;
}

/**
 * Removes what is older than the rules say, or than `days` says by a rule's name, some rows a statement. With `dryRun` it only
 * counts. Conversations and the audit log have no rule. Returns the number of rows by name. May be stopped and repeated.
 */
export async function applyRetention(
  db: Database,
  rules: readonly RetentionRule[],
  { now, dryRun, days = {}, atOnce = AT_ONCE, signal }: RetentionOptions,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const rule of rules) {
    const before = new Date(now.getTime() - (days[rule.name] ?? rule.days) * DAY_MS);
    let removed = dryRun ? await rule.count(db, before) : 0;
    for (let last = dryRun ? 0 : atOnce; last >= atOnce; removed += last) {
      signal?.throwIfAborted();
      last = await rule.remove(db, before, atOnce);
    }
    counts[rule.name] = removed;
  }
  return counts;
}
