import type { Intent } from '../text/intents.ts';
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

/** What a turn shows of a wish to buy. */
export interface BuyingSigns {
  /** What the customer's words want, by rules. */
  intents: readonly Intent[];
  /** Whether products were found that the words mean. */
  hasProducts: boolean;
}

/** Beside these words a price is one of the goods', not of a delivery or a return. */
const AROUND_A_PRICE: ReadonlySet<Intent> = new Set([
  'picture',
  'order',
  'discount',
  'payment',
  'price',
  'availability',
  'help',
  'thanks',
  'goodbye',
  'greeting',
]);

/**
 * Tells by rules whether a turn's customer wants to buy: they ask to, ask what something costs, or whether the shop has
 * what it has. Whoever complains or speaks of an order that exists does not.
 */
export function showsWishToBuy({ intents, hasProducts }: BuyingSigns): boolean {
  if (!intents.every((intent) => AROUND_A_PRICE.has(intent))) return false;
  return intents.includes('order') || intents.includes('price') || (hasProducts && intents.includes('availability'));
}
