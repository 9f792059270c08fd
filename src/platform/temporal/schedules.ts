import { createHash } from 'node:crypto';
import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
  type ScheduleOptions,
} from '@temporalio/client';

/** A Schedule that starts a workflow, as a release wants it. */
export interface WantedSchedule {
  scheduleId: string;
  spec: ScheduleOptions['spec'];
  policies: NonNullable<ScheduleOptions['policies']>;
  action: { workflowType: string; workflowId: string; taskQueue: string; args: unknown[] };
  /** Once, when it is made. */
  triggerImmediately?: boolean;
}

/** The name of what is wanted, without arguments: the server shows times in another form than they were given in. */
function shapeOf({ spec, policies, action: { args, ...action } }: WantedSchedule): string {
  return createHash('sha256').update(JSON.stringify({ spec, policies, action })).digest('hex').slice(0, 16);
}

/**
 * Makes the Schedule, or changes one that is not as wanted; the arguments of one that is there stay, and so does a pause. One
 * that is as wanted is only looked at. May be repeated, by any number of processes.
 */
export async function ensureSchedule(client: Client, wanted: WantedSchedule): Promise<'made' | 'changed' | 'kept'> {
  const found = await find(client, wanted.scheduleId);
  if (found === null && (await make(client, wanted))) return 'made';
  if (found?.action.memo?.shape === shapeOf(wanted)) return 'kept';
  await client.schedule.getHandle(wanted.scheduleId).update((now) => ({
    ...now,
    spec: wanted.spec,
    policies: wanted.policies,
    action: actionOf(wanted, now.action.args),
  }));
  return 'changed';
}

async function find(client: Client, scheduleId: string): Promise<ScheduleDescription | null> {
  try {
    return await client.schedule.getHandle(scheduleId).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

/** False when another process was faster. */
async function make(client: Client, wanted: WantedSchedule): Promise<boolean> {
  const { scheduleId, spec, policies, triggerImmediately = false } = wanted;
  try {
    const state = { triggerImmediately };
    await client.schedule.create({ scheduleId, spec, policies, action: actionOf(wanted), state });
    return true;
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return false;
    throw error;
  }
}

function actionOf(wanted: WantedSchedule, kept?: unknown) {
  const { args, ...action } = wanted.action;
  return {
    type: 'startWorkflow' as const,
    ...action,
    args: Array.isArray(kept) && kept.length > 0 ? kept : args,
    memo: { shape: shapeOf(wanted) },
  };
}
