import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { reconcile } from '../../../workflows/reconcile.workflow.ts';
import type { Database } from '../../platform/database/client.ts';
import { QUEUES } from '../../platform/queues.ts';
import { readReconcileHealth } from './store.ts';

const SCHEDULE_ID = 'reconcile';
const EVERY = '30s';

/** Makes the schedule that compares rows with runs, or sets it right. May be repeated, by any number of processes. */
async function ensureReconcileSchedule(client: Client): Promise<void> {
  const spec = { intervals: [{ every: EVERY }] };
  const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' };
  const action = {
    type: 'startWorkflow' as const,
    workflowType: 'reconcile',
    workflowId: 'reconcile',
    taskQueue: QUEUES.upkeep,
    args: [] as Parameters<typeof reconcile>,
  };
  try {
    await client.schedule.create({ scheduleId: SCHEDULE_ID, spec, policies, action });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(SCHEDULE_ID).update((now) => ({ ...now, spec, policies, action }));
  }
}

const LOOK_MS = 60_000;
/** The schedule is not there any more, or nobody carries it out. */
const SILENT_MS = 180_000;

/**
 * Makes the schedule, and again when nobody compared anything for minutes: a store of the engine that was lost takes its
 * schedules with it.
 */
export function keepReconcileSchedule(
  client: Client,
  db: Database,
  onError: (error: unknown) => void,
): { stop: () => void } {
  const ensure = (): void => void ensureReconcileSchedule(client).catch(onError);
  const look = async (): Promise<void> => {
    const { finishedAt } = await readReconcileHealth(db);
    if (finishedAt === null || Date.now() - finishedAt.getTime() > SILENT_MS) ensure();
  };
  ensure();
  const timer = setInterval(() => void look().catch(onError), LOOK_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
