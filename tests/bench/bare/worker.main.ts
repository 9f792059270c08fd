/** The worker of the bare turns: the settings of our own worker, activities that do nothing. */
import { fileURLToPath } from 'node:url';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { nowMs } from '../statistics.ts';
import { BARE_QUEUE, BARE_SECOND_QUEUE } from './queues.ts';

/** `src/worker.ts` has the same. */
const MAX_CACHED_WORKFLOWS = 500;
const MAX_ACTIVITIES = 60;

const activities = {
  first: async (_id: string): Promise<void> => {},
  /** Where ours would ask the provider: tells the benchmark that the turn came this far. */
  second: async (id: string): Promise<void> => {
    process.send?.({ id, atMs: nowMs() });
  },
};
export type BareActivities = typeof activities;

Runtime.install({ shutdownSignals: ['SIGTERM'] });
const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS ?? '' });
const shared = { connection, activities, maxConcurrentActivityTaskExecutions: MAX_ACTIVITIES };
const turns = await Worker.create({
  ...shared,
  taskQueue: BARE_QUEUE,
  workflowsPath: fileURLToPath(new URL('turn.workflow.ts', import.meta.url)),
  maxCachedWorkflows: MAX_CACHED_WORKFLOWS,
});
const second = await Worker.create({ ...shared, taskQueue: BARE_SECOND_QUEUE });
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
await Promise.all([turns.run(), second.run()]);
await connection.close();
