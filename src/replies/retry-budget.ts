import type { ModelUnavailableError } from '../platform/errors.ts';

/** How much longer a customer waits for a model, over all attempts of one decision. */
export interface RetryBudget {
  /** Ends what is being asked, for whatever reason it should end. */
  signal: AbortSignal;
  /** The time is up: nobody is asked any more. */
  isOver(): boolean;
  /** When to ask again after a failure that may pass; null when there is no time left for it. */
  nextDelayMs(error: ModelUnavailableError): number | null;
}

/** One of the times that a decision is tried. */
export interface DecideAttempt {
  /** From 1. */
  attempt: number;
  /** Ends it: a newer message came, or the process stops. */
  signal: AbortSignal;
}

/** After this many attempts a model that stays away is replaced by a safe answer and a ticket for a person. */
export const MODEL_ATTEMPTS = 4;
const FIRST_DELAY_MS = 1000;
/**
 * The share of the whole time that an attempt has at least. A later attempt begins only while that much is left; one that an
 * outage of ours held up has it all the same, because the model is not to blame for that.
 */
const LEAST_SHARE = 0.25;

/**
 * The time left of `budgetMs`, counted from `begunAtMs`, when the first attempt began: retries share it, and what a decision waited
 * for a worker before is no fault of the model. A provider's own time to wait is kept to: where it does not fit, the model is not
 * asked earlier but given up.
 */
export function createRetryBudget(
  budgetMs: number | null,
  begunAtMs: number,
  { attempt, signal: cancelled }: DecideAttempt,
): RetryBudget {
  if (budgetMs === null)
    return { signal: cancelled, isOver: () => false, nextDelayMs: (error) => nextDelayMs(error, attempt) };
  const leastMs = budgetMs * LEAST_SHARE;
  const endsAtMs = Math.max(begunAtMs + budgetMs, Date.now() + leastMs);
  const limit = AbortSignal.timeout(Math.ceil(endsAtMs - Date.now()));
  return {
    signal: AbortSignal.any([cancelled, limit]),
    isOver: () => limit.aborted,
    nextDelayMs: (error) => {
      const delayMs = nextDelayMs(error, attempt);
      return delayMs === null || Date.now() + delayMs + leastMs > endsAtMs ? null : delayMs;
    },
  };
}

function nextDelayMs({ retryAfterMs }: ModelUnavailableError, attempt: number): number | null {
  if (attempt >= MODEL_ATTEMPTS) return null;
  return retryAfterMs ?? FIRST_DELAY_MS * 2 ** (attempt - 1);
}
