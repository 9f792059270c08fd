import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { HttpProblem } from '../problem.ts';

/**
 * Slows guessing down. Attempts count for account and address together (5 in a minute block for a minute, 10 in an
 * hour for a quarter), and for the address alone (60 in a quarter). Never for the account alone: that would let anyone
 * lock anyone out. Counted in this process; with several API processes each allows as many.
 */
export interface LoginLimits {
  /** Call before the password is looked at, so that parallel guesses count. Throws a 429 with Retry-After. */
  countAttempt(username: string, address: string): Promise<void>;
  /** The attempt was right: it and those before it no longer count. */
  forget(username: string, address: string): Promise<void>;
}

export function createLoginLimits(): LoginLimits {
  const byAddress = new RateLimiterMemory({ points: 60, duration: 900, blockDuration: 900 });
  const slow = new RateLimiterMemory({ points: 10, duration: 3600, blockDuration: 900 });
  const quick = new RateLimiterMemory({ points: 5, duration: 60, blockDuration: 60 });
  const pairOf = (username: string, address: string) => `${address} ${username}`;

  async function spend(limiter: RateLimiterMemory, key: string): Promise<void> {
    try {
      await limiter.consume(key);
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
      await spend(byAddress, address);
      await spend(slow, pairOf(username, address));
      await spend(quick, pairOf(username, address));
    },
    async forget(username, address) {
      const pair = pairOf(username, address);
      await Promise.all([quick.delete(pair), slow.delete(pair), byAddress.reward(address)]);
    },
  };
}
