import * as wf from '@temporalio/workflow';
import type { RetentionActivities } from '../activities/retention.activities.ts';

const { removeOldRows } = wf.proxyActivities<RetentionActivities>({
  startToCloseTimeout: '3h',
  heartbeatTimeout: '30s',
  // It goes on where it was; what is left then goes the next night.
  retry: { initialInterval: '30s', maximumAttempts: 10 },
});

/** What a Schedule starts: removes rows that need not be kept. Its result is how many, by kind. */
export async function retention(): Promise<Record<string, number>> {
  return removeOldRows();
}
