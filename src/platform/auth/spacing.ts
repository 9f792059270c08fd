import { setTimeout as sleep } from 'node:timers/promises';

/** Keys that are remembered at a time; those whose turn is over are forgotten first. */
const MAX_KEYS = 10_000;

export interface Spacing {
  /**
   * Waits for one's turn among those who came with the same key. Returns false at once, without taking a turn, when that
   * would last too long.
   */
  takeTurn(key: string): Promise<boolean>;
  /** Milliseconds until whoever comes now would have a turn. */
  waitOf(key: string): number;
}

/** Lets those of one key pass one after another, `gapMs` apart, and nobody wait longer than `maxWaitMs`. Of this process only. */
export function createSpacing({ gapMs, maxWaitMs }: { gapMs: number; maxWaitMs: number }): Spacing {
  /** When the next one may pass, by key. */
  const next = new Map<string, number>();

  function forgetOld(nowMs: number): void {
    for (const [key, atMs] of next) if (atMs <= nowMs) next.delete(key);
    for (const key of next.keys()) {
      if (next.size <= MAX_KEYS) return;
      next.delete(key);
    }
  }

  const waitOf = (key: string): number => Math.max(0, (next.get(key) ?? 0) - performance.now());
  return {
    waitOf,
    async takeTurn(key) {
      const waitMs = waitOf(key);
      if (waitMs > maxWaitMs) return false;
      const nowMs = performance.now();
      next.set(key, nowMs + waitMs + gapMs);
      if (next.size > MAX_KEYS) forgetOld(nowMs);
      if (waitMs > 0) await sleep(waitMs);
      return true;
    },
  };
}
