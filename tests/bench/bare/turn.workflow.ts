import * as wf from '@temporalio/workflow';
import { BARE_SECOND_QUEUE } from './queues.ts';
import type { BareActivities } from './worker.main.ts';

const turnSignal = wf.defineSignal<[string]>('turn');

const first = wf.proxyActivities<BareActivities>({ startToCloseTimeout: '1m' });
const second = wf.proxyActivities<BareActivities>({ startToCloseTimeout: '1m', taskQueue: BARE_SECOND_QUEUE });

/** The limit of a durable turn on this machine: one signal, then two activities that do nothing. Lives on for the next. */
export async function bareTurns(): Promise<void> {
  const waiting: string[] = [];
  wf.setHandler(turnSignal, (id) => void waiting.push(id));
  for (;;) {
    await wf.condition(() => waiting.length > 0);
    const id = waiting.shift() as string;
    await first.first(id);
    await second.second(id);
    if (waiting.length === 0 && wf.workflowInfo().continueAsNewSuggested) await wf.continueAsNew<typeof bareTurns>();
  }
}
