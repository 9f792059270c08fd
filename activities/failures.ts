import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { PeykError } from '../src/platform/errors.ts';

/** Codes that a repetition can help with. Everything else of ours fails at once. */
const RETRYABLE: ReadonlySet<string> = new Set([
  'account_busy',
  'channel_unavailable',
  'model_unavailable',
  'sending_paused',
  'unavailable',
]);

/** What waits for somebody else is no fault of ours: it fills no log. */
const EXPECTED: ReadonlySet<string> = new Set(['account_busy', 'channel_unavailable', 'sending_paused']);

/**
 * The one map from our errors to Temporal's failures: `type` is the error's code. Messages stay out of histories, because
 * a provider's words may hold what a customer said; what is no error of ours keeps only its class name.
 */
export function toFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof PeykError) {
    const retryAfterMs = 'retryAfterMs' in error ? (error.retryAfterMs as number | null) : null;
    return ApplicationFailure.create({
      type: error.code,
      message: error.code,
      nonRetryable: !RETRYABLE.has(error.code),
      ...(retryAfterMs === null ? {} : { nextRetryDelay: retryAfterMs }),
      ...(EXPECTED.has(error.code) ? { category: ApplicationFailureCategory.BENIGN } : {}),
    });
  }
  const name = error instanceof Error ? error.name : 'Error';
  return ApplicationFailure.create({ type: name, message: 'An activity failed; its log has the details.' });
}
