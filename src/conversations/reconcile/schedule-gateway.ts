import { type Client, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import type { reconcile } from '../../../workflows/reconcile.workflow.ts';
import { QUEUES } from '../../platform/queues.ts';
import { ensureSchedule } from '../../platform/temporal/schedules.ts';

const SCHEDULE_ID = 'reconcile';
const EVERY = '30s';

/** Makes the schedule that compares rows with runs, or sets it right. May be repeated, by any number of processes. */
export async function ensureReconcileSchedule(client: Client): Promise<void> {
  // Its arguments stay once it is made: it is not new then, and workers look at everything when they start.
  const args: Parameters<typeof reconcile> = [Date.now()];
  await ensureSchedule(client, {
    scheduleId: SCHEDULE_ID,
    spec: { intervals: [{ every: EVERY }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
    action: { workflowType: 'reconcile', workflowId: 'reconcile', taskQueue: QUEUES.upkeep, args },
    triggerImmediately: true,
  });
}

const LOOK_MS = 15_000;

async function isScheduleThere(client: Client): Promise<boolean> {
  try {
    await client.schedule.getHandle(SCHEDULE_ID).describe();
    return true;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}

/** Makes the engine's schedules, and again when they are gone: a store of the engine that was lost takes them with it. */
export function keepSchedules(
  client: Client,
  makeSchedules: () => Promise<void>,
  onError: (error: unknown) => void,
): { stop: () => void } {
  const look = async (): Promise<void> => {
    if (!(await isScheduleThere(client))) await makeSchedules();
  };
  void makeSchedules().catch(onError);
  const timer = setInterval(() => void look().catch(onError), LOOK_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
