import { describeHealth, type HealthMessages } from '../platform/health/health-messages.ts';
import type { FeatureHealth, HealthPart } from '../platform/health/health-part.ts';
import { type ReconcileHealth, readReconcileHealth } from './reconcile/store.ts';

const MESSAGES = {
  runs_new: { message: 'Conversations are compared with their rows for the first time.', action: '' },
  runs_agree: { message: 'Every conversation runs as its rows say.', action: '' },
  runs_differ: {
    message: '%{count} conversations do not run as their rows say; they are being mended.',
    action: 'If the number does not fall, run: npm run peyk -- reconcile',
  },
  runs_stuck: {
    message: '%{count} conversations were stuck and were begun anew.',
    action: 'Read the app log: it names them and their fault. Their customers are marked as waiting for a person.',
  },
  runs_unseen: {
    message: 'Nobody has compared conversations with their rows for %{seconds} s.',
    action: 'See whether Temporal and a worker run; the comparison begins again by itself.',
  },
} as const satisfies HealthMessages;

/** Rows and runs are compared every half minute. */
const UNSEEN_MS = 180_000;

function runsPart({ finishedAt, left, stuck }: ReconcileHealth, nowMs: number): HealthPart {
  const part = (state: HealthPart['state'], code: keyof typeof MESSAGES, params = {}): HealthPart => ({
    name: 'runs',
    state,
    ...describeHealth(MESSAGES, code, params),
  });
  // Whether a worker runs at all is another part's to say.
  if (finishedAt === null) return part('ok', 'runs_new');
  const unseenMs = nowMs - finishedAt.getTime();
  if (unseenMs >= UNSEEN_MS) return part('warning', 'runs_unseen', { seconds: Math.round(unseenMs / 1000) });
  if (stuck > 0) return part('failing', 'runs_stuck', { count: stuck });
  if (left > 0) return part('warning', 'runs_differ', { count: left });
  return part('ok', 'runs_agree');
}

/** Whether conversations run as their rows say. */
export const conversationsHealth: FeatureHealth = {
  messages: MESSAGES,
  shared: async ({ db, nowMs }) => [runsPart(await readReconcileHealth(db, new Date(nowMs)), nowMs)],
};
