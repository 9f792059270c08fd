import * as wf from '@temporalio/workflow';
import type { ReconcileActivities } from '../activities/reconcile.activities.ts';

const { reconcileConversations } = wf.proxyActivities<ReconcileActivities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '30s',
  // The schedule comes back soon.
  retry: { maximumAttempts: 2 },
});

/**
 * What a Schedule starts: compares conversations' rows with their runs, and mends what differs. `scheduleMadeAtMs`: a schedule
 * that is new may stand in a store that has lost every run.
 */
export async function reconcile(scheduleMadeAtMs: number): Promise<string> {
  return reconcileConversations(scheduleMadeAtMs);
}
