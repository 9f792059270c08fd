import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import type { reconcile } from '../../../workflows/reconcile.workflow.ts';
import { QUEUES } from '../../platform/queues.ts';

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
    args: [Date.now()] as Parameters<typeof reconcile>,
  };
  try {
    const state = { triggerImmediately: true };
    await client.schedule.create({ scheduleId: SCHEDULE_ID, spec, policies, action, state });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    // Its arguments stay: it is not new, and workers look at everything when they start.
    const keepArgs = (args: unknown) => (Array.isArray(args) && args.length > 0 ? args : action.args);
    await client.schedule.getHandle(SCHEDULE_ID).update((now) => ({
      ...now,
      spec,
      policies,
      action: { ...action, args: keepArgs(now.action.args) },
    }));
  }
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
