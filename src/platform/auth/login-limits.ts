import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { addressGroup } from '../http/client-address.ts';
import { HttpProblem } from '../http/problem.ts';
import { LIMIT_TABLE, type LimitStore } from './rate-limit-store.ts';
import { createSpacing } from './spacing.ts';

/** Who tries. */
export interface Attempt {
  /** As it is compared: see `normaliseUsername`. */
  username: string;
  address: string;
  /** The browser, when this very user has logged in with it before. */
  deviceId?: string | null | undefined;
}

/**
 * Slows guessing down. Attempts count for account and address together (5 in a minute block for a minute, 10 in an hour for
 * a quarter); a browser in which the account has logged in before counts by itself, so that strangers at the same address lock
 * nobody out. Beyond 60 attempts of one address in a quarter, or 60 on one account, strangers wait for their turn, a second
 * apart: behind a proxy that is not trusted everybody has one address, so that alone may block nobody. Counted in the
 * database, so several API processes allow no more than one, and a restart forgets nothing.
 */
export interface LoginLimits {
  /**
   * Call before the password is looked at, so that parallel guesses count. Resolves when the attempt may be made; throws a 429
   * with Retry-After.
   */
  countAttempt(attempt: Attempt): Promise<void>;
  /** The attempt was right: it and those before it no longer count. */
  forget(attempt: Attempt): Promise<void>;
  /** The attempt was wrong. Whether it is to be written down: not every one of somebody who tries without end. */
  countFailure(address: string): Promise<boolean>;
  /** An admin lets somebody try again, from wherever they tried. */
  unlock(username: string): Promise<void>;
}

/** Names and addresses are personal data, and longer than a key may be. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

const HOUR_S = 3600;
const QUARTER_S = 900;
/** Turns of strangers beyond the free attempts, and the longest wait for one. */
const TURN_GAP_MS = 1000;
const TURN_WAIT_MS = 10_000;

function tooMany(waitMs: number): HttpProblem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new HttpProblem(429, 'Too many attempts. Wait, then try again.', {
    headers: { 'Retry-After': String(seconds) },
  });
}

export function createLoginLimits(
  store: LimitStore,
  turns: { gapMs: number; maxWaitMs: number } = { gapMs: TURN_GAP_MS, maxWaitMs: TURN_WAIT_MS },
): LoginLimits {
  const limiter = (keyPrefix: string, points: number, duration: number, blockDuration = 0) =>
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
  const quick = limiter('login-quick', 5, 60, 60);
  const slow = limiter('login-slow', 10, HOUR_S, QUARTER_S);
  const byAddress = limiter('login-address', 60, QUARTER_S);
  const byAccount = limiter('login-account', 60, QUARTER_S);
  const failures = limiter('login-failures', 100, HOUR_S);
  const spacing = createSpacing(turns);

  const pairOf = ({ username, address, deviceId }: Attempt) =>
    `${digest(username)}:${deviceId ? `d${digest(deviceId)}` : digest(addressGroup(address))}`;

  /** Null, or how long until the next one is free. */
  async function spend(limit: RateLimiterPostgres, key: string): Promise<number | null> {
    try {
      await limit.consume(key);
      return null;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return error.msBeforeNext;
    }
  }

  async function spendOrThrow(limit: RateLimiterPostgres, key: string): Promise<void> {
    const waitMs = await spend(limit, key);
    if (waitMs !== null) throw tooMany(waitMs);
  }

  async function spendOrWait(limit: RateLimiterPostgres, key: string): Promise<void> {
    if ((await spend(limit, key)) === null) return;
    const queue = `${limit.keyPrefix}:${key}`;
    if (!(await spacing.takeTurn(queue))) throw tooMany(spacing.waitOf(queue));
  }

  return {
    async countAttempt(attempt) {
      const pair = pairOf(attempt);
      await spendOrThrow(slow, pair);
      await spendOrThrow(quick, pair);
      if (attempt.deviceId) return;
      await spendOrWait(byAddress, digest(addressGroup(attempt.address)));
      await spendOrWait(byAccount, digest(attempt.username));
    },
    async forget(attempt) {
      const pair = pairOf(attempt);
      const strangers = attempt.deviceId
        ? []
        : [byAddress.reward(digest(addressGroup(attempt.address))), byAccount.reward(digest(attempt.username))];
      await Promise.all([quick.delete(pair), slow.delete(pair), ...strangers]);
    },
    async countFailure(address) {
      return (await spend(failures, digest(addressGroup(address)))) === null;
    },
    async unlock(username) {
      const account = digest(username);
      await Promise.all([
        ...['login-slow', 'login-quick'].map((prefix) => store.forget(`${prefix}:${account}:`)),
        byAccount.delete(account),
      ]);
    },
  };
}
