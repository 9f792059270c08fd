import { type Client, ScheduleOverlapPolicy } from '@temporalio/client';
import type { reconcile } from '../../../workflows/reconcile.workflow.ts';
import { QUEUES } from '../../platform/queues.ts';
import { ensureSchedule } from '../../platform/temporal/schedules.ts';

export const RECONCILE_SCHEDULE = 'reconcile';
const EVERY = '30s';

/** Makes the schedule that compares rows with runs, or sets it right. May be repeated, by any number of processes. */
export async function ensureReconcileSchedule(client: Client): Promise<void> {
  // Its arguments stay once it is made: it is not new then, and workers look at everything when they start.
  const args: Parameters<typeof reconcile> = [Date.now()];
  await ensureSchedule(client, {
    scheduleId: RECONCILE_SCHEDULE,
    spec: { intervals: [{ every: EVERY }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
    action: { workflowType: 'reconcile', workflowId: 'reconcile', taskQueue: QUEUES.upkeep, args },
    triggerImmediately: true,
  });
}
