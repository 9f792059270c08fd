import { describeHealth, type HealthMessages } from '../platform/health/health-messages.ts';
import type { FeatureHealth } from '../platform/health/health-part.ts';

const MESSAGES = {
  sends_settled: { message: 'Every send has an outcome.', action: '' },
  sends_unknown: {
    message: 'Of %{count} messages nobody knows whether they arrived.',
    action: 'Look at them under outbound messages: mark each as sent, or send it again.',
  },
} as const satisfies HealthMessages;

/** Whether every send has an outcome. */
export const outboxHealth: FeatureHealth = {
  messages: MESSAGES,
  async ofBusiness({ db, businessId }) {
    const count = await db.outboundMessage.count({ where: { businessId, state: 'unknown', settledBy: '' } });
    return count === 0
      ? [{ name: 'unknown-sends', state: 'ok', ...describeHealth(MESSAGES, 'sends_settled') }]
      : [{ name: 'unknown-sends', state: 'warning', ...describeHealth(MESSAGES, 'sends_unknown', { count }) }];
  },
};
