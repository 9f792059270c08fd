import { describeHealth, type HealthMessages } from '../platform/health/health-messages.ts';
import type { FeatureHealth, HealthPart } from '../platform/health/health-part.ts';
import type { Reason } from './sync-run.ts';
import { findLastReading, type SyncRun } from './sync-run-store.ts';

const MESSAGES = {
  shop_unread: { message: 'The shop was not read yet.', action: '' },
  shop_read: { message: 'The shop was read whole.', action: '' },
  shop_partial: {
    message: 'The last reading of the shop left something open: %{rejected} not taken, %{priceless} without a price.',
    action: 'Look at the readings of the shop: each says what was not taken, and why.',
  },
  shop_failed: {
    message: 'The last reading of the shop failed; answers go by what was read before.',
    action: 'Look at the readings of the shop: the last one says why.',
  },
} as const satisfies HealthMessages;

/** How the last reading of a shop went; null when there was none. */
export function shopPart(last: Pick<SyncRun, 'state' | 'rejected' | 'reasons'> | null): HealthPart {
  if (!last) return { name: 'shop', state: 'ok', ...describeHealth(MESSAGES, 'shop_unread') };
  if (last.state === 'failed') return { name: 'shop', state: 'failing', ...describeHealth(MESSAGES, 'shop_failed') };
  if (last.state === 'done') return { name: 'shop', state: 'ok', ...describeHealth(MESSAGES, 'shop_read') };
  const reasons = last.reasons as unknown as Reason[];
  const priceless = reasons.find(({ code }) => code === 'without_price')?.count ?? 0;
  const described = describeHealth(MESSAGES, 'shop_partial', { rejected: last.rejected, priceless });
  return { name: 'shop', state: 'warning', ...described };
}

/** Whether a shop's sources can be read, and say what answers need. Nothing for a shop without sources. */
export const catalogHealth: FeatureHealth = {
  messages: MESSAGES,
  ofBusiness: async ({ db, businessId }) => {
    if ((await db.catalogSource.count({ where: { businessId, enabled: true } })) === 0) return [];
    return [shopPart(await findLastReading(db, businessId))];
  },
};
