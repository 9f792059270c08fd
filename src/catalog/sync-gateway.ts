import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  type ScheduleHandle,
  ScheduleOverlapPolicy,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { type CatalogSyncInput, catalogSyncProgressQuery } from '../../workflows/catalog-sync.messages.ts';
import type { catalogSync, catalogSyncOnSchedule } from '../../workflows/catalog-sync.workflow.ts';
import { ConflictError, NotFoundError } from '../platform/errors.ts';
import { QUEUES } from '../platform/queues.ts';
import { toEngineError } from '../platform/temporal/engine-errors.ts';
import { ensureSchedule } from '../platform/temporal/schedules.ts';

/** A business's schedule as people see it. */
export interface SyncSchedule {
  paused: boolean;
  note: string;
  nextAt: Date[];
  lastAt: Date | null;
}

/** When a shop is read. */
export interface SyncTimes {
  /** Five fields, UTC. */
  cron: string;
  /** The shop chose it, and is read at that time. Else its sync begins anywhere between two times of it. */
  isOwn: boolean;
}

/**
 * The only way to catalog syncs and their schedules. Throws UnavailableError when Temporal cannot be reached, ConflictError
 * when a sync of the business is under way, NotFoundError when there is no schedule.
 */
export interface CatalogSyncs {
  workflowId(businessId: string): string;
  start(input: Omit<CatalogSyncInput, 'carried'>): Promise<void>;
  /** Asks a run to end; what it has read stays. */
  cancel(businessId: string): Promise<void>;
  /** Makes the business's schedule, or sets its time; a paused one stays paused. May be repeated. True when it is new. */
  ensureSchedule(businessId: string, times: SyncTimes): Promise<boolean>;
  describeSchedule(businessId: string): Promise<SyncSchedule>;
  setPaused(businessId: string, paused: boolean, note: string): Promise<void>;
  /** Runs now, as if it were time. Never skipped in silence: ConflictError when a sync is under way. */
  trigger(businessId: string): Promise<void>;
}

/** Shops that chose the same time. */
const JITTER = '3m';
/** Shops that chose none begin anywhere between two times; the server cuts it off at the next one. */
const SPREAD = '24h';
/** A sync that a longer outage swallowed is not made up for: the next one reads the same. */
const CATCH_UP = '10m';
const DEADLINE_MS = 8000;
/** A run's row says that it ended a moment before Temporal does. Who starts the next one in between waits this long for it. */
const CLOSING_MS = 3000;
const CLOSING_LOOK_MS = 100;

export function createCatalogSyncs(client: Client): CatalogSyncs {
  const workflowId = (businessId: string) => `catalog-sync:${businessId}`;
  const scheduleOf = (businessId: string): ScheduleHandle => client.schedule.getHandle(workflowId(businessId));
  const ask = <Result>(work: () => Promise<Result>): Promise<Result> =>
    client.connection.withDeadline(Date.now() + DEADLINE_MS, work).catch((error: unknown) => {
      throw toError(error);
    });
  return {
    workflowId,
    start: (input) =>
      ask(() =>
        whenFree(client, workflowId(input.businessId), async (id) => {
          await client.workflow.start<typeof catalogSync>('catalogSync', {
            workflowId: id,
            taskQueue: QUEUES.catalog,
            staticSummary: 'Catalog sync',
            args: [{ ...input, carried: null }],
          });
        }),
      ),
    cancel: (businessId) =>
      ask(async () => {
        await client.workflow.getHandle(workflowId(businessId)).cancel();
      }),
    ensureSchedule: (businessId, times) => ask(() => ensure(client, workflowId(businessId), businessId, times)),
    describeSchedule: (businessId) =>
      ask(async () => {
        const { state, info } = await scheduleOf(businessId).describe();
        const action = info.recentActions.at(-1);
        return {
          paused: state.paused,
          note: state.note ?? '',
          nextAt: info.nextActionTimes.slice(0, 3),
          lastAt: action?.takenAt ?? null,
        };
      }),
    setPaused: (businessId, paused, note) =>
      ask(() => (paused ? scheduleOf(businessId).pause(note) : scheduleOf(businessId).unpause(note))),
    trigger: (businessId) =>
      ask(() =>
        whenFree(client, workflowId(businessId), async (id) => {
          const schedule = scheduleOf(businessId);
          // The schedule would skip over a run without a word, even over one whose end it has not heard of yet.
          const { info } = await schedule.describe();
          if (info.runningActions.length > 0 || (await isRunning(client, id))) throw underWay();
          await schedule.trigger(ScheduleOverlapPolicy.SKIP);
        }),
      ),
  };
}

/** Begins what only one run at a time may do; waits for a run that has nothing more to do than to close. */
async function whenFree(client: Client, id: string, begin: (id: string) => Promise<void>): Promise<void> {
  const closingUntil = Date.now() + CLOSING_MS;
  for (;;) {
    try {
      await begin(id);
      return;
    } catch (error) {
      const isTaken = error instanceof WorkflowExecutionAlreadyStartedError || error instanceof ConflictError;
      if (!isTaken || Date.now() > closingUntil || !(await isClosing(client, id))) throw error;
      await sleep(CLOSING_LOOK_MS);
    }
  }
}

async function isRunning(client: Client, id: string): Promise<boolean> {
  try {
    return (await client.workflow.getHandle(id).describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Whether the run has nothing more to do than to close. One that cannot answer is taken to be at work. */
async function isClosing(client: Client, id: string): Promise<boolean> {
  const ask = () => client.workflow.getHandle(id).query(catalogSyncProgressQuery);
  const progress = await client.connection.withDeadline(Date.now() + CLOSING_MS, ask).catch(() => null);
  return progress?.phase === 'ended';
}

async function ensure(client: Client, scheduleId: string, businessId: string, times: SyncTimes): Promise<boolean> {
  const args: Parameters<typeof catalogSyncOnSchedule> = [{ businessId }];
  const outcome = await ensureSchedule(client, {
    scheduleId,
    spec: { cronExpressions: [times.cron], jitter: times.isOwn ? JITTER : SPREAD },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP },
    action: {
      workflowType: 'catalogSyncOnSchedule',
      workflowId: `catalog-schedule:${businessId}`,
      taskQueue: QUEUES.catalog,
      args,
    },
  });
  return outcome === 'made';
}

function underWay(): ConflictError {
  return new ConflictError('A sync of this business is under way.');
}

function toError(error: unknown): unknown {
  return toEngineError(error, {
    taken: underWay(),
    notFound: new ConflictError('No sync of this business is under way.'),
    noSchedule: new NotFoundError('There is no schedule: it begins with the first source.'),
  });
}
