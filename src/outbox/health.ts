import { describeHealth, type HealthMessages } from '../platform/health/health-messages.ts';
import type { FeatureHealth, HealthPart } from '../platform/health/health-part.ts';
import { readUnsent, type UnsentBacklog } from './backlog-store.ts';

const MESSAGES = {
  sends_ok: { message: 'What is to be sent leaves at once.', action: '' },
  sends_late: {
    message: '%{count} messages wait to be sent, the oldest for %{seconds} s.',
    action: 'They are tried again by themselves. See whether an account has trouble, and whether a worker runs.',
  },
  sends_settled: { message: 'Every send has an outcome.', action: '' },
  sends_unknown: {
    message: 'Of %{count} messages nobody knows whether they arrived.',
    action: 'Look at them under outbound messages: mark each as sent, or send it again.',
  },
} as const satisfies HealthMessages;

/** What was to leave this long ago waits too long, and when it was longer still, something is broken. */
const LATE_MS = 30_000;
const BROKEN_MS = 300_000;

function sendsPart({ count, oldestAt }: UnsentBacklog, nowMs: number): HealthPart {
  if (oldestAt === null) return { name: 'sends', state: 'ok', ...describeHealth(MESSAGES, 'sends_ok') };
  const waitedMs = nowMs - oldestAt.getTime();
  const words = describeHealth(MESSAGES, 'sends_late', { count, seconds: Math.round(waitedMs / 1000) });
  return { name: 'sends', state: waitedMs > BROKEN_MS ? 'failing' : 'warning', ...words };
}

/** Whether what is to be sent leaves, and has an outcome. */
export const outboxHealth: FeatureHealth = {
  messages: MESSAGES,
  shared: async ({ db, nowMs }) => [sendsPart(await readUnsent(db, new Date(nowMs - LATE_MS)), nowMs)],
  async ofBusiness({ db, businessId }) {
    const count = await db.outboundMessage.count({ where: { businessId, state: 'unknown', settledBy: '' } });
    return count === 0
      ? [{ name: 'unknown-sends', state: 'ok', ...describeHealth(MESSAGES, 'sends_settled') }]
      : [{ name: 'unknown-sends', state: 'warning', ...describeHealth(MESSAGES, 'sends_unknown', { count }) }];
  },
};
