import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import type { CatalogActivities } from '../activities/index.ts';
import {
  type CatalogSyncInput,
  type CatalogSyncProgress,
  type CatalogSyncState,
  catalogSyncProgressQuery,
} from './catalog-sync.messages.ts';

const RETRY = { initialInterval: '2s', backoffCoefficient: 3, maximumInterval: '1m' } as const;
/** Small writes. */
const records = wf.proxyActivities<CatalogActivities>({
  startToCloseTimeout: '1m',
  retry: { ...RETRY, maximumAttempts: 20 },
});
/**
 * Reading a shop lasts as long as the shop lets it; a heartbeat that stays away tells a killed worker within seconds, and the
 * next attempt goes on where the rows say. The attempts bound a shop that is slow for ever.
 */
const reading = wf.proxyActivities<CatalogActivities>({
  startToCloseTimeout: '30m',
  heartbeatTimeout: '20s',
  cancellationType: wf.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { ...RETRY, maximumAttempts: 12 },
});

const MAX_HISTORY_EVENTS = 4000;

/** Reads a business's sources, one after the other. What it did is in its row of `sync_runs`; bodies never come here. */
export async function catalogSync(input: CatalogSyncInput): Promise<string> {
  let progress: CatalogSyncProgress = { runId: '', phase: 'beginning', source: 0, sources: 0, done: 0, total: 0 };
  wf.setHandler(catalogSyncProgressQuery, () => progress);
  const state = input.carried ?? newState(input.runId ?? wf.uuid4());
  const show = (changes: Partial<CatalogSyncProgress>) => {
    progress = { ...progress, runId: state.runId, source: state.at, sources: state.sourceIds.length, ...changes };
    wf.setCurrentDetails(
      `${progress.phase}, source ${progress.source + 1} of ${progress.sources}, ${progress.done}/${progress.total}`,
    );
  };
  try {
    if (!input.carried) {
      const { businessId, sourceId, startedBy } = input;
      const workflowId = wf.workflowInfo().workflowId;
      const begun = await records.beginSync({ runId: state.runId, businessId, sourceId, startedBy, workflowId });
      state.sourceIds = begun.sourceIds;
    }
    for (; state.at < state.sourceIds.length; state.at++) await readSource(input, state, show);
  } catch (error) {
    if (error instanceof wf.ContinueAsNew) throw error;
    show({ phase: 'ended' });
    await wf.CancellationScope.nonCancellable(() => endEarly(state, wf.isCancellation(error)));
    throw error;
  }
  show({ phase: 'ended' });
  return records.finishSync({ runId: state.runId, listed: state.listed, failed: state.failed, cancelled: false });
}

function newState(runId: string): CatalogSyncState {
  return { runId, sourceIds: [], at: 0, inPages: false, listed: 0, failed: 0 };
}

async function readSource(
  input: CatalogSyncInput,
  state: CatalogSyncState,
  show: (changes: Partial<CatalogSyncProgress>) => void,
): Promise<void> {
  const step = { runId: state.runId, sourceId: state.sourceIds[state.at] as string };
  if (!state.inPages) {
    show({ phase: 'listing' });
    const isListed = await reading.listSource(step);
    state[isListed ? 'listed' : 'failed']++;
    if (!isListed) return;
    state.inPages = true;
  }
  show({ phase: 'pages' });
  for (;;) {
    const { left, done, total } = await reading.readPages(step);
    show({ done, total });
    if (!left) break;
    const info = wf.workflowInfo();
    if (info.continueAsNewSuggested || info.historyLength > (input.maxHistoryEvents ?? MAX_HISTORY_EVENTS))
      await wf.continueAsNew<typeof catalogSync>({ ...input, carried: state });
  }
  show({ phase: 'closing' });
  await records.closeSource({ ...step, force: input.force });
  state.inPages = false;
}

/** A run that was cancelled, or that failed for a reason of ours, must not look as if it were under way. */
async function endEarly({ runId }: CatalogSyncState, cancelled: boolean): Promise<void> {
  await records.finishSync({ runId, listed: 0, failed: 1, cancelled });
}

/**
 * What a Schedule starts. The sync itself is a child with the one id that a business's sync has, so that a scheduled and a
 * manual run never work at the same time.
 */
export async function catalogSyncOnSchedule({ businessId }: { businessId: string }): Promise<string> {
  try {
    return await wf.executeChild(catalogSync, {
      workflowId: `catalog-sync:${businessId}`,
      workflowIdReusePolicy: wf.WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      args: [{ businessId, sourceId: null, startedBy: 'schedule', runId: null, force: false, carried: null }],
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'skipped';
    throw error;
  }
}
