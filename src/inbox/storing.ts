/** A refusal says for so long that webhooks cannot be stored, unless one is stored meanwhile. */
const HOLDS_MS = 60_000;

export interface StoringWatch {
  /** A webhook was stored. */
  stored(): void;
  /** A webhook was answered 503, because it could not be stored. */
  refused(): void;
  /** For the health of this process. Throws while the last webhooks could not be stored. */
  check(): Promise<void>;
}

/**
 * Remembers whether webhooks are being stored. A database may answer questions and still take nothing (a full disk), so what
 * became of the last webhooks says more than any question.
 */
export function createStoringWatch(clock: () => number = Date.now): StoringWatch {
  let refusedAtMs: number | null = null;
  return {
    stored() {
      refusedAtMs = null;
    },
    refused() {
      refusedAtMs = clock();
    },
    async check() {
      if (refusedAtMs !== null && clock() - refusedAtMs < HOLDS_MS) throw new Error('Webhooks are refused with 503.');
    },
  };
}
