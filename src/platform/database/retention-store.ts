import type { Database } from './client.ts';

/** How long each kind of row is kept, in days. Conversations and the audit log have no limit here. */
export interface RetentionPolicy {
  deliveryDays: number;
  appLogDays: number;
  liveEventDays: number;
}

export interface RetentionCounts {
  deliveries: number;
  appLogs: number;
  liveEvents: number;
  refreshTokens: number;
  logins: number;
  limits: number;
}

const DAY_MS = 86_400_000;

/**
 * Removes what is older than the policy says: raw webhook bodies, app logs, live feed rows, dead refresh tokens and
 * logins, and counters of the rate limiter.
 * With `dryRun` it only counts.
 */
export async function applyRetention(
  db: Database,
  policy: RetentionPolicy,
  { now, dryRun }: { now: Date; dryRun: boolean },
): Promise<RetentionCounts> {
  const before = (days: number) => ({ lt: new Date(now.getTime() - days * DAY_MS) });
  const deliveries = { where: { receivedAt: before(policy.deliveryDays) } };
  const appLogs = { where: { createdAt: before(policy.appLogDays) } };
  const liveEvents = { where: { createdAt: before(policy.liveEventDays) } };
  // A revoked family must be known for as long as one of its access tokens may live; a day is far longer.
  const refreshTokens = { where: { expiresAt: before(1) } };
  const logins = { where: { expiresAt: before(1) } };
  const limits = { where: { expire: { lt: BigInt(now.getTime()) } } };
  if (dryRun) {
    return {
      deliveries: await db.inboundDelivery.count(deliveries),
      appLogs: await db.appLog.count(appLogs),
      liveEvents: await db.liveEvent.count(liveEvents),
      refreshTokens: await db.refreshToken.count(refreshTokens),
      logins: await db.loginSession.count(logins),
      limits: await db.rateLimit.count(limits),
    };
  }
  return {
    deliveries: (await db.inboundDelivery.deleteMany(deliveries)).count,
    appLogs: (await db.appLog.deleteMany(appLogs)).count,
    liveEvents: (await db.liveEvent.deleteMany(liveEvents)).count,
    refreshTokens: (await db.refreshToken.deleteMany(refreshTokens)).count,
    logins: (await db.loginSession.deleteMany(logins)).count,
    limits: (await db.rateLimit.deleteMany(limits)).count,
  };
}
