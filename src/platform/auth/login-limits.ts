import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { HttpProblem } from '../http/problem.ts';
import { LIMIT_TABLE, type LimitStore } from './rate-limit-store.ts';

/**
 * Slows guessing down. Attempts count for account and address together (5 in a minute block for a minute, 10 in an
 * hour for a quarter), and for the address alone (60 in a quarter). Never for the account alone: that would let anyone
 * lock anyone out. Counted in the database, so several API processes allow no more than one, and a restart forgets
 * nothing.
 */
export interface LoginLimits {
  /** Call before the password is looked at, so that parallel guesses count. Throws a 429 with Retry-After. */
  countAttempt(username: string, address: string): Promise<void>;
  /** The attempt was right: it and those before it no longer count. */
  forget(username: string, address: string): Promise<void>;
  /** An admin lets somebody try again, from wherever they tried. */
  unlock(username: string): Promise<void>;
}

/** Names and addresses are personal data, and longer than a key may be. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

export function createLoginLimits(store: LimitStore): LoginLimits {
  const limiter = (keyPrefix: string, points: number, duration: number, blockDuration: number) =>
    new RateLimiterPostgres({
      storeClient: store,
      storeType: 'pool',
      tableName: LIMIT_TABLE,
      tableCreated: true,
      keyPrefix,
      points,
      duration,
      blockDuration,
    });
  const byAddress = limiter('login-address', 60, 900, 900);
  const slow = limiter('login-slow', 10, 3600, 900);
  const quick = limiter('login-quick', 5, 60, 60);
  const pairOf = (username: string, address: string) => `${digest(username)}:${digest(address)}`;

  async function spend(limit: RateLimiterPostgres, key: string): Promise<void> {
    try {
      await limit.consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      throw new HttpProblem(429, 'Too many attempts. Wait, then try again.', {
        headers: { 'Retry-After': String(seconds) },
      });
    }
  }

  return {
    async countAttempt(username, address) {
      await spend(byAddress, digest(address));
      const pair = pairOf(username, address);
      await spend(slow, pair);
      await spend(quick, pair);
    },
    async forget(username, address) {
      const pair = pairOf(username, address);
      await Promise.all([quick.delete(pair), slow.delete(pair), byAddress.reward(digest(address))]);
    },
    async unlock(username) {
      const account = digest(username);
      await Promise.all([store.forget(`login-slow:${account}:`), store.forget(`login-quick:${account}:`)]);
    },
  };
}
