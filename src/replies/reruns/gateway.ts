import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { rerun } from '../../../workflows/rerun.workflow.ts';
import { QUEUES } from '../../platform/queues.ts';
import { toEngineError } from '../../platform/temporal/engine-errors.ts';

/** The only way to re-runs. Throws UnavailableError when Temporal cannot be reached. */
export interface Reruns {
  start(rerunId: string): Promise<void>;
  /** Asks it to end. Resolves to false when it is not under way any more. */
  cancel(rerunId: string): Promise<boolean>;
}

const DEADLINE_MS = 8000;

export function createReruns(client: Client): Reruns {
  const workflowId = (rerunId: string) => `rerun:${rerunId}`;
  const ask = <Result>(work: () => Promise<Result>): Promise<Result> =>
    client.connection.withDeadline(Date.now() + DEADLINE_MS, work).catch((error: unknown) => {
      throw toEngineError(error);
    });
  return {
    start: (rerunId) =>
      ask(async () => {
        await client.workflow.start<typeof rerun>('rerun', {
          workflowId: workflowId(rerunId),
          taskQueue: QUEUES.catalog,
          staticSummary: 'Re-run of recorded turns',
          args: [{ rerunId }],
        });
      }),
    cancel: (rerunId) =>
      ask(async () => {
        try {
          await client.workflow.getHandle(workflowId(rerunId)).cancel();
          return true;
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return false;
          throw error;
        }
      }),
  };
}
