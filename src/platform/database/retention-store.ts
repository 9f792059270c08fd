import type { Database } from './client.ts';

/** One kind of row that need not be kept for ever. */
export interface RetentionRule {
  /** The kind, as counts name it. */
  name: string;
  /** Days after which a row goes, unless the caller says otherwise. */
  days: number;
  count(db: Database, before: Date): Promise<number>;
  remove(db: Database, before: Date): Promise<number>;
}

const DAY_MS = 86_400_000;

/** What the platform itself keeps for a while: app logs, the live feed, dead logins and tokens, the rate limiter's counters. */
export const PLATFORM_RETENTION: readonly RetentionRule[] = [
  {
    name: 'appLogs',
    days: 60,
    count: (db, before) => db.appLog.count({ where: { createdAt: { lt: before } } }),
    remove: async (db, before) => (await db.appLog.deleteMany({ where: { createdAt: { lt: before } } })).count,
  },
  {
    name: 'liveEvents',
    days: 7,
    count: (db, before) => db.liveEvent.count({ where: { createdAt: { lt: before } } }),
    remove: async (db, before) => (await db.liveEvent.deleteMany({ where: { createdAt: { lt: before } } })).count,
  },
  {
    // A revoked family must be known for as long as one of its access tokens may live; a day is far longer.
    name: 'refreshTokens',
    days: 1,
    count: (db, before) => db.refreshToken.count({ where: { expiresAt: { lt: before } } }),
    remove: async (db, before) => (await db.refreshToken.deleteMany({ where: { expiresAt: { lt: before } } })).count,
  },
  {
    name: 'logins',
    days: 1,
    count: (db, before) => db.loginSession.count({ where: { expiresAt: { lt: before } } }),
    remove: async (db, before) => (await db.loginSession.deleteMany({ where: { expiresAt: { lt: before } } })).count,
  },
  {
    name: 'limits',
    days: 0,
    count: (db, before) => db.rateLimit.count({ where: { expire: { lt: BigInt(before.getTime()) } } }),
    remove: async (db, before) =>
      (await db.rateLimit.deleteMany({ where: { expire: { lt: BigInt(before.getTime()) } } })).count,
  },
];

/**
 * Removes what is older than the rules say, or than `days` says by a rule's name. With `dryRun` it only counts. Conversations
 * and the audit log have no rule. Returns the number of rows by name.
 */
export async function applyRetention(
  db: Database,
  rules: readonly RetentionRule[],
  { now, dryRun, days = {} }: { now: Date; dryRun: boolean; days?: Readonly<Record<string, number>> },
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const rule of rules) {
    const before = new Date(now.getTime() - (days[rule.name] ?? rule.days) * DAY_MS);
    counts[rule.name] = await (dryRun ? rule.count(db, before) : rule.remove(db, before));
  }
  return counts;
}
