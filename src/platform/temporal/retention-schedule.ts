import { type Client, ScheduleOverlapPolicy } from '@temporalio/client';
import { QUEUES } from '../queues.ts';
import { ensureSchedule } from './schedules.ts';

export const RETENTION_SCHEDULE = 'retention';

/** At night, by most shops' clocks, and not for every installation in the same minute. */
const CRON = '30 0 * * *';
const JITTER = '45m';

/** Makes the Schedule that removes old rows, or sets it right. May be repeated, by any number of processes. */
export async function ensureRetentionSchedule(client: Client): Promise<void> {
  await ensureSchedule(client, {
    scheduleId: RETENTION_SCHEDULE,
    spec: { cronExpressions: [CRON], jitter: JITTER },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12h' },
    action: { workflowType: 'retention', workflowId: 'retention', taskQueue: QUEUES.upkeep, args: [] },
  });
}
