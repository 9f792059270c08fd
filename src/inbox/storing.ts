import { isDiskFull } from '../platform/database/database-fault.ts';
import { HealthFault } from '../platform/health/health.ts';

/** A refusal says for so long that webhooks cannot be stored, unless one is stored meanwhile. */
const HOLDS_MS = 60_000;

export interface StoringWatch {
  /** A webhook was stored. */
  stored(): void;
  /** A webhook was answered 503, because it could not be stored; `error` says why not. */
  refused(error?: unknown): void;
  /** For the health of this process. Throws HealthFault while the last webhooks could not be stored. */
  check(): Promise<void>;
  /** Whether they could not, because the disk of the database is full. */
  isDiskFull(): boolean;
}

/**
 * Remembers whether webhooks are being stored. A database may answer questions and still take nothing (a full disk), so what
 * became of the last webhooks says more than any question.
 */
export function createStoringWatch(clock: () => number = Date.now): StoringWatch {
  let refused: { atMs: number; isDiskFull: boolean } | null = null;
  const lately = () => (refused !== null && clock() - refused.atMs < HOLDS_MS ? refused : null);
  return {
    stored() {
      refused = null;
    },
    refused(error) {
      refused = { atMs: clock(), isDiskFull: isDiskFull(error) };
    },
    async check() {
      const last = lately();
      if (last) throw new HealthFault(last.isDiskFull ? 'storing_full' : 'storing_down');
    },
    isDiskFull: () => lately()?.isDiskFull ?? false,
  };
}
