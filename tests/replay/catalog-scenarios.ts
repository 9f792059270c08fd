import type { Client, WorkflowHandle } from '@temporalio/client';
import { QUEUES } from '../../src/platform/queues.ts';
import type { CatalogSyncInput } from '../../workflows/catalog-sync.messages.ts';
import { hang } from '../support/workflow-lab.ts';

type Played = (...given: never[]) => Promise<unknown>;

interface CatalogScenario {
  /** What the activities answer; every other one answers nothing. */
  activities: Record<string, Played>;
  /** Resolves to the workflow, and the run of it, whose history is kept. */
  play(client: Client, until: (check: () => Promise<boolean>) => Promise<void>): Promise<WorkflowHandle>;
}

const input: CatalogSyncInput = {
  businessId: 'shop',
  sourceId: null,
  startedBy: 'test',
  runId: 'run-1',
  force: false,
  carried: null,
};
const on = (workflowId: string) => ({ workflowId, taskQueue: QUEUES.catalog });

/** A shop of two sources of which one is away; its pages take `batches` calls. */
function playShop(batches: number): Record<string, Played> {
  let left = batches;
  return {
    beginSync: async () => ({ sourceIds: ['feed', 'away'] }),
    listSource: async ({ sourceId }: { sourceId: string }) => sourceId === 'feed',
    readPages: async () => ({ left: --left, done: batches - left, total: batches }),
    closeSource: async () => undefined,
    finishSync: async () => 'partial',
  };
}

/** Lives of syncs and re-runs whose histories are kept beside those of conversations. */
export const CATALOG_SCENARIOS: Record<string, CatalogScenario> = {
  'reads-a-shop': {
    activities: playShop(2),
    play: async (client) => {
      const handle = await client.workflow.start('catalogSync', { ...on('sync-1'), args: [input] });
      await handle.result();
      return handle;
    },
  },
  'reads-a-large-shop-in-several-runs': {
    activities: playShop(4),
    play: async (client) => {
      const handle = await client.workflow.start('catalogSync', {
        ...on('sync-2'),
        args: [{ ...input, maxHistoryEvents: 5 }],
      });
      await handle.result();
      // The second run is kept: it was handed on to, and hands on itself.
      const first = client.workflow.getHandle('sync-2', handle.firstExecutionRunId);
      const last = (await first.fetchHistory()).events?.at(-1);
      const runId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
      return client.workflow.getHandle('sync-2', runId as string);
    },
  },
  'is-told-to-stop-reading': {
    activities: { ...playShop(2), readPages: hang, finishSync: async () => 'cancelled' },
    play: async (client, until) => {
      const handle = await client.workflow.start('catalogSync', { ...on('sync-3'), args: [input] });
      await until(async () => ((await handle.describe()).raw.pendingActivities?.length ?? 0) > 0);
      await handle.cancel();
      await handle.result().catch(() => undefined);
      return handle;
    },
  },
  'reads-a-shop-on-schedule': {
    activities: playShop(1),
    play: async (client) => {
      const handle = await client.workflow.start('catalogSyncOnSchedule', {
        ...on('schedule-1'),
        args: [{ businessId: 'shop' }],
      });
      await handle.result();
      return handle;
    },
  },
  'thinks-turns-over': {
    activities: {
      rerunTurns: (() => {
        let done = 0;
        return async () => ({ done: ++done, total: 2, goesOn: done < 2 });
      })(),
      finishRerun: async () => 'done',
    },
    play: async (client) => {
      const handle = await client.workflow.start('rerun', { ...on('rerun-1'), args: [{ rerunId: 'one' }] });
      await handle.result();
      return handle;
    },
  },
  'is-told-to-stop-thinking-over': {
    activities: { rerunTurns: hang, finishRerun: async () => 'cancelled' },
    play: async (client, until) => {
      const handle = await client.workflow.start('rerun', { ...on('rerun-2'), args: [{ rerunId: 'two' }] });
      await until(async () => ((await handle.describe()).raw.pendingActivities?.length ?? 0) > 0);
      await handle.cancel();
      await handle.result().catch(() => undefined);
      return handle;
    },
  },
};
