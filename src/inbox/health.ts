import type { HealthMessages } from '../platform/health/health-messages.ts';
import { describeHealth } from '../platform/health/health-messages.ts';
import type { FeatureHealth, HealthPart } from '../platform/health/health-part.ts';
import { countTurnsOfLastMinute, readBacklog, readUnsorted } from './backlog-store.ts';
import { SIGNING_MESSAGES } from './webhook-signing.ts';

const MESSAGES = {
  ...SIGNING_MESSAGES,
  inbox_ok: { message: 'What the channels sent is sorted into conversations at once.', action: '' },
  inbox_late: {
    message: '%{count} deliveries of the channels wait to be sorted into conversations, the oldest for %{seconds} s.',
    action: 'They are safe. When the number does not fall, read the log of the API.',
  },
  relay_ok: { message: 'What is due is handed to Temporal at once.', action: '' },
  relay_late: {
    message: '%{count} conversations wait to be handed to Temporal, the oldest for %{seconds} s.',
    action: 'See whether Temporal and a worker run; what waits is handed over by itself.',
  },
  relay_busy: {
    message:
      '%{count} conversations wait for their turn, the oldest for %{seconds} s. At the pace of the last minute all are answered in about %{leftSeconds} s.',
    action:
      'Nothing is lost, and the oldest comes first. When this comes often, run another worker or a larger machine.',
  },
  events_none: { message: 'No event waits.', action: '' },
  events_waiting: { message: 'The oldest event that waits was stored %{seconds} s ago.', action: '' },
  events_stuck: {
    message: 'An event waits since %{seconds} s, longer than it should.',
    action: 'If Temporal and a worker run, look at the inbound events without a time of hand-over.',
  },
} as const satisfies HealthMessages;

/** What should have been sorted or handed over this long ago waits too long. */
const LATE_MS = 30_000;

function toSeconds(since: Date | null, nowMs: number): number {
  return since === null ? 0 : Math.max(0, Math.round((nowMs - since.getTime()) / 1000));
}

function sortingPart({ count, oldestAt }: Awaited<ReturnType<typeof readUnsorted>>, nowMs: number): HealthPart {
  const seconds = toSeconds(oldestAt, nowMs);
  if (seconds * 1000 <= LATE_MS) return { name: 'inbox', state: 'ok', ...describeHealth(MESSAGES, 'inbox_ok') };
  return { name: 'inbox', state: 'warning', ...describeHealth(MESSAGES, 'inbox_late', { count, seconds }) };
}

function relayParts(
  backlog: Awaited<ReturnType<typeof readBacklog>>,
  turnsPerMinute: number,
  nowMs: number,
): HealthPart[] {
  const { due, oldestDueAt, oldestWaitingSince, quietMs } = backlog;
  const lagSeconds = toSeconds(oldestDueAt, nowMs);
  const waitSeconds = toSeconds(oldestWaitingSince, nowMs);
  const isLate = lagSeconds * 1000 > LATE_MS;
  const isStuck = waitSeconds * 1000 > LATE_MS + quietMs;
  const late = { count: due, seconds: lagSeconds };
  const leftSeconds = Math.ceil((due / turnsPerMinute) * 60);
  const relay = !isLate
    ? describeHealth(MESSAGES, 'relay_ok')
    : turnsPerMinute > 0
      ? describeHealth(MESSAGES, 'relay_busy', { ...late, leftSeconds })
      : describeHealth(MESSAGES, 'relay_late', late);
  const events =
    oldestWaitingSince === null
      ? describeHealth(MESSAGES, 'events_none')
      : describeHealth(MESSAGES, isStuck ? 'events_stuck' : 'events_waiting', { seconds: waitSeconds });
  return [
    { name: 'relay', state: isLate ? 'warning' : 'ok', ...relay },
    { name: 'oldest-event', state: isStuck ? 'warning' : 'ok', ...events },
  ];
}

/** Whether what came in is sorted and handed over in time. */
export const inboxHealth: FeatureHealth = {
  messages: MESSAGES,
  async shared({ db, nowMs }) {
    const [unsorted, backlog, turnsPerMinute] = await Promise.all([
      readUnsorted(db),
      readBacklog(db, new Date(nowMs)),
      countTurnsOfLastMinute(db),
    ]);
    return [sortingPart(unsorted, nowMs), ...relayParts(backlog, turnsPerMinute, nowMs)];
  },
};
