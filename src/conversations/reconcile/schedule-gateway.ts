import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { reconcile } from '../../../workflows/reconcile.workflow.ts';
import type { Database } from '../../platform/database/client.ts';
import { QUEUES } from '../../platform/queues.ts';
import { readReconcileHealth } from './store.ts';

const SCHEDULE_ID = 'reconcile';
const EVERY = '30s';

/** Makes the schedule that compares rows with runs, or sets it right. May be repeated, by any number of processes. */
export async function ensureReconcileSchedule(client: Client): Promise<void> {
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

const LOOK_MS = 30_000;
/** Rows and runs are compared every half minute; after so long the schedule is not there any more, or nobody carries it out. */
const SILENT_MS = 90_000;

/**
 * Makes the engine's schedules, and again when nobody compared anything for a while: a store of the engine that was lost takes
 * its schedules with it.
 */
export function keepSchedules(
  db: Database,
  makeSchedules: () => Promise<void>,
  onError: (error: unknown) => void,
): { stop: () => void } {
  const look = async (): Promise<void> => {
    const { finishedAt } = await readReconcileHealth(db);
    if (finishedAt === null || Date.now() - finishedAt.getTime() > SILENT_MS) await makeSchedules();
  };
  void makeSchedules().catch(onError);
  const timer = setInterval(() => void look().catch(onError), LOOK_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
