import {
  type Client,
  type ScheduleDescription,
  ScheduleNotFoundError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { describeHealth, type HealthMessages } from '../health/health-messages.ts';
import type { HealthPart } from '../health/health-part.ts';

export const SCHEDULE_MESSAGES = {
  schedules_ok: { message: 'Everything that happens by the clock is planned, and happens.', action: '' },
  schedules_new: { message: 'What happens by the clock is looked at for the first time.', action: '' },
  schedules_unseen: {
    message: 'For %{seconds} s nobody could ask Temporal for its Schedules.',
    action: 'Start Temporal, or check TEMPORAL_ADDRESS; they are looked at again by themselves.',
  },
  schedules_missing: {
    message: 'Temporal lacks these Schedules, so their work is not done: %{names}.',
    action: 'They are made again within a minute. When that fails, the log of the API says why.',
  },
  schedules_paused: {
    message: 'These Schedules were paused in Temporal, so their work is not done: %{names}.',
    action: 'Unpause them in the Temporal Web UI, or with: temporal schedule toggle --unpause --schedule-id <name>',
  },
  schedules_failed: {
    message: 'The last runs of these Schedules failed: %{names}.',
    action: 'Open the run in the Temporal Web UI and read the log of the worker: they say why.',
  },
  schedules_late: {
    message: 'These Schedules should have run and did not: %{names}.',
    action: 'See whether Temporal and a worker run, and what the Temporal Web UI says of them.',
  },
} as const satisfies HealthMessages;

/** Schedules that there must be. */
export interface WantedSchedules {
  /** Of the installation: few, looked at one by one, their runs too. Nobody has a reason to pause them. */
  own: readonly string[];
  /** Of shops: many. The panel may pause them. */
  ofShops: () => Promise<string[]>;
  /** Makes all that are missing, and sets right the others. May be repeated. */
  make: () => Promise<void>;
}

export interface ScheduleWatch {
  parts(): Promise<HealthPart[]>;
  stop(): void;
}

const LOOK_MS = 15_000;
const ASK_MS = 10_000;
/** When nobody could look for so long, something is wrong. */
const UNSEEN_MS = 60_000;
/** A run that is so late will not come by itself. */
const LATE_MS = 10 * 60_000;
/** Names that are told; more would fill the page. */
const NAMED = 5;
/** The panel pauses with such a note. */
const PAUSED_BY_PERSON = /^by /;

type Trouble = 'missing' | 'paused' | 'failed' | 'late';
/** The first that there is, is told. */
const ORDER: readonly Trouble[] = ['missing', 'paused', 'failed', 'late'];

/**
 * Makes the engine's schedules, and again when one is gone: a store of the engine that was lost takes them with it. Tells
 * what is wrong with them.
 */
export function watchSchedules(
  client: Client,
  wanted: WantedSchedules,
  onError: (error: unknown) => void,
  { lookMs = LOOK_MS, clock = Date.now }: { lookMs?: number; clock?: () => number } = {},
): ScheduleWatch {
  let seen: { atMs: number; troubles: ReadonlyMap<string, Trouble> } | null = null;
  const startedAtMs = clock();
  let isLooking = false;

  const look = async (): Promise<void> => {
    let troubles = await findTroubles(client, wanted, clock());
    // What is missing is told before it is made: making it may fail.
    seen = { atMs: clock(), troubles };
    if (![...troubles.values()].includes('missing')) return;
    await wanted.make();
    troubles = await findTroubles(client, wanted, clock());
    seen = { atMs: clock(), troubles };
  };
  const lookOnce = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    await look()
      .catch(onError)
      .finally(() => {
        isLooking = false;
      });
  };
  const begin = async (): Promise<void> => {
    await wanted.make().catch(onError);
    await lookOnce();
  };
  void begin();
  const timer = setInterval(() => void lookOnce(), lookMs);
  timer.unref();
  return {
    parts: async () => [schedulePart(seen, startedAtMs, clock())],
    stop: () => clearInterval(timer),
  };
}

function schedulePart(
  seen: { atMs: number; troubles: ReadonlyMap<string, Trouble> } | null,
  startedAtMs: number,
  nowMs: number,
): HealthPart {
  const part = (state: HealthPart['state'], code: keyof typeof SCHEDULE_MESSAGES, params = {}): HealthPart => ({
    name: 'schedules',
    state,
    ...describeHealth(SCHEDULE_MESSAGES, code, params),
  });
  const unseenMs = nowMs - (seen?.atMs ?? startedAtMs);
  if (unseenMs > UNSEEN_MS) return part('warning', 'schedules_unseen', { seconds: Math.round(unseenMs / 1000) });
  if (!seen) return part('ok', 'schedules_new');
  for (const trouble of ORDER) {
    const names = [...seen.troubles].flatMap(([name, one]) => (one === trouble ? [name] : []));
    if (names.length === 0) continue;
    const more = names.length > NAMED ? `, … (${names.length})` : '';
    const state = trouble === 'missing' || trouble === 'paused' ? 'failing' : 'warning';
    return part(state, `schedules_${trouble}`, { names: `${names.slice(0, NAMED).join(', ')}${more}` });
  }
  return part('ok', 'schedules_ok');
}

/** What is wrong, by the schedule's id. Rejects while the engine cannot be asked. */
async function findTroubles(client: Client, wanted: WantedSchedules, nowMs: number): Promise<Map<string, Trouble>> {
  const ofShops = await wanted.ofShops();
  return client.connection.withDeadline(Date.now() + ASK_MS, async () => {
    const troubles = new Map<string, Trouble>();
    for (const id of wanted.own) {
      const trouble = await findTrouble(client, id, nowMs);
      if (trouble) troubles.set(id, trouble);
    }
    if (ofShops.length > 0) await addTroublesOfShops(client, ofShops, troubles, nowMs);
    return troubles;
  });
}

async function describe(client: Client, id: string): Promise<ScheduleDescription | null> {
  try {
    return await client.schedule.getHandle(id).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

async function findTrouble(client: Client, id: string, nowMs: number): Promise<Trouble | null> {
  const found = await describe(client, id);
  if (!found) return 'missing';
  if (found.state.paused) return 'paused';
  const last = found.info.recentActions.at(-1)?.action.workflow;
  if (last && (await hasFailed(client, last.workflowId, last.firstExecutionRunId))) return 'failed';
  return isLate(found.info.nextActionTimes, nowMs) ? 'late' : null;
}

const FAILED = new Set(['FAILED', 'TIMED_OUT', 'TERMINATED']);

async function hasFailed(client: Client, workflowId: string, runId: string): Promise<boolean> {
  try {
    return FAILED.has((await client.workflow.getHandle(workflowId, runId).describe()).status.name);
  } catch (error) {
    // Its history was removed after its time.
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** In one list, which the engine writes a moment later than it acts: one that is not on it is looked at by itself. */
async function addTroublesOfShops(
  client: Client,
  ids: readonly string[],
  troubles: Map<string, Trouble>,
  nowMs: number,
): Promise<void> {
  const missing = new Set(ids);
  for await (const { scheduleId, state, info } of client.schedule.list()) {
    if (!missing.delete(scheduleId)) continue;
    if (state.paused && !PAUSED_BY_PERSON.test(state.note ?? '')) troubles.set(scheduleId, 'paused');
    else if (!state.paused && isLate(info?.nextActionTimes ?? [], nowMs)) troubles.set(scheduleId, 'late');
  }
  for (const id of missing) if (!(await describe(client, id))) troubles.set(id, 'missing');
}

function isLate([next]: readonly Date[], nowMs: number): boolean {
  return next !== undefined && nowMs - next.getTime() > LATE_MS;
}
