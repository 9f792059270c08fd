import * as wf from '@temporalio/workflow';
import type { RerunActivities, RerunInput } from '../activities/rerun.activities.ts';

const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;
const records = wf.proxyActivities<RerunActivities>({ startToCloseTimeout: '30s', retry: RETRY });
/** A heartbeat that stays away tells a killed worker within seconds; the next attempt takes what is not answered yet. */
const thinking = wf.proxyActivities<RerunActivities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '15s',
  cancellationType: wf.ActivityCancellationType.TRY_CANCEL,
  retry: { ...RETRY, maximumAttempts: 20 },
});

/** Thinks recorded turns over, some at a time. The turns and their answers are rows; nothing of them comes here. */
export async function rerun({ rerunId }: RerunInput): Promise<string | null> {
  try {
    for (;;) {
      const { done, total, goesOn } = await thinking.rerunTurns({ rerunId });
      if (!goesOn) break;
      wf.setCurrentDetails(`${done} of ${total}`);
    }
  } catch (error) {
    const state = wf.isCancellation(error) ? 'cancelled' : 'failed';
    await wf.CancellationScope.nonCancellable(() => records.finishRerun({ rerunId, state }));
    throw error;
  }
  return records.finishRerun({ rerunId, state: 'done' });
}
