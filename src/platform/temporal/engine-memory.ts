import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError } from '@temporalio/client';
import { UnavailableError } from '../errors.ts';
import type { EngineMemory } from '../installation/check.ts';
import { isAhead, type Progress } from '../installation/rules.ts';
import { QUEUES } from '../queues.ts';

const CALL_MS = 3000;
const NOTE = /^generation (\d+), watermark (\d+)$/;

/**
 * Keeps it in the note of a Schedule that is paused and never starts anything. The note is durable, is read and written by
 * one call each, needs no worker, no timer and no history of ours, and people can read it in the engine's own pages.
 */
export function createEngineMemory(client: Client): EngineMemory {
  const within = <T>(call: () => Promise<T>): Promise<T> =>
    rejectAfter(CALL_MS, client.connection.withDeadline(Date.now() + CALL_MS, call));
  const handleOf = (installationId: string) => client.schedule.getHandle(scheduleIdOf(installationId));

  async function recall(installationId: string): Promise<Progress | null> {
    try {
      const { state } = await within(() => handleOf(installationId).describe());
      return readNote(state.note ?? '');
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return null;
      throw error;
    }
  }

  async function create(installationId: string, progress: Progress): Promise<void> {
    await client.schedule.create({
      scheduleId: scheduleIdOf(installationId),
      spec: {},
      state: { paused: true, note: writeNote(progress) },
      action: {
        type: 'startWorkflow',
        workflowType: 'installation',
        workflowId: scheduleIdOf(installationId),
        taskQueue: QUEUES.upkeep,
        workflowRunTimeout: '1s',
      },
    });
  }

  async function update(installationId: string, progress: Progress): Promise<void> {
    await handleOf(installationId).update((found) => {
      const known = readNote(found.state.note ?? '');
      const furthest = known && isAhead(known, progress) ? known : progress;
      return { ...found, state: { ...found.state, note: writeNote(furthest) } };
    });
  }

  return {
    recall,
    async remember(installationId, progress) {
      await within(async () => {
        try {
          await update(installationId, progress);
        } catch (error) {
          if (!(error instanceof ScheduleNotFoundError)) throw error;
          await create(installationId, progress).catch(ignoreRunning);
        }
      });
    },
  };
}

/** The first call also connects, for which the deadline of calls does not hold. */
async function rejectAfter<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new UnavailableError('Temporal does not answer.')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Another process was faster, with a number that is as good. */
function ignoreRunning(error: unknown): void {
  if (!(error instanceof ScheduleAlreadyRunning)) throw error;
}

function scheduleIdOf(installationId: string): string {
  return `installation-${installationId}`;
}

function writeNote({ generation, watermark }: Progress): string {
  return `generation ${generation}, watermark ${watermark}`;
}

/** Null when somebody has written something else there. */
function readNote(note: string): Progress | null {
  const [, generation, watermark] = NOTE.exec(note) ?? [];
  if (generation === undefined || watermark === undefined) return null;
  return { generation: Number(generation), watermark: BigInt(watermark) };
}
