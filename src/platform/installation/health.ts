import { CONNECTION_MESSAGES } from '../database/connections-health.ts';
import { ROLE_MESSAGES } from '../database/role-health.ts';
import { describeHealth, type HealthMessages } from '../health/health-messages.ts';
import type { FeatureHealth, HealthPart } from '../health/health-part.ts';
import { SCHEDULE_MESSAGES } from '../temporal/schedule-watch.ts';
import { DISK_MESSAGES } from './disk-health.ts';
import { readSending, type SendingState } from './installation-store.ts';
import { RESTORED } from './rules.ts';

const MESSAGES = {
  ...CONNECTION_MESSAGES,
  ...DISK_MESSAGES,
  ...ROLE_MESSAGES,
  ...SCHEDULE_MESSAGES,
  sending_ok: { message: 'Messages leave.', action: '' },
  sending_restored: {
    message:
      'No message leaves since %{since}: these rows are a restored copy, and some of it may have been sent before.',
    action:
      'Look at the sends without an outcome and at the tickets of the restore, then let messages leave again: by the button of the notice, or with: npm run peyk -- resume-sending',
  },
  sending_down: {
    message: 'No message leaves since %{since}: %{reason}',
    action:
      'When nothing stands against it any more, let messages leave again: by the button of the notice, or with: npm run peyk -- resume-sending',
  },
} as const satisfies HealthMessages;

/** Messages that are held back are nobody's outage, but nothing reaches a customer. */
export function sendingPart({ pausedAt, reason }: SendingState): HealthPart {
  if (pausedAt === null) return { name: 'sending', state: 'ok', ...describeHealth(MESSAGES, 'sending_ok') };
  const since = pausedAt.toISOString();
  const described =
    reason === RESTORED
      ? describeHealth(MESSAGES, 'sending_restored', { since })
      : describeHealth(MESSAGES, 'sending_down', { since, reason });
  return { name: 'sending', state: 'failing', ...described };
}

/** Whether messages may leave. */
export const installationHealth: FeatureHealth = {
  messages: MESSAGES,
  shared: async ({ db }) => [sendingPart(await readSending(db))],
};
