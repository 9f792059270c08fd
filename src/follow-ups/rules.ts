import { afterQuietHours, type QuietHours } from '../text/quiet-hours.ts';

export interface FollowUpPolicy {
  enabled: boolean;
  delayMs: number;
  /** The shop's own words; null for ours in the customer's language. */
  message: string | null;
  quietHours: QuietHours | null;
}

/** A follow-up must leave this long before the window closes, so that a slow provider does not carry it past the edge. */
const MARGIN_MS = 60_000;

/**
 * When to remind a customer who wanted to buy and went silent, or null when it may not be: the feature is off, or the
 * time (moved past the shop's quiet hours) is too near the end of the messaging window.
 */
export function followUpDueAtMs(
  policy: FollowUpPolicy,
  timeZone: string,
  nowMs: number,
  windowExpiresAtMs: number | null,
): number | null {
  if (!policy.enabled) return null;
  const dueAtMs = afterQuietHours(policy.quietHours, timeZone, nowMs + policy.delayMs);
  const margin = Math.min(MARGIN_MS, policy.delayMs / 10);
  return windowExpiresAtMs === null || dueAtMs <= windowExpiresAtMs - margin ? dueAtMs : null;
}
