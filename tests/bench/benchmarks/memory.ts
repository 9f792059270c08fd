import { setTimeout as sleep } from 'node:timers/promises';
import { residentMbOf } from '../process-usage.ts';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { withStack } from '../stack.ts';
import { round } from '../statistics.ts';
import { newConversations, ourTurns, runClosedLoop } from '../turns.ts';

const UNDER_WAY = 32;
const TURNS_OF_FEW = 10;

/**
 * Memory of the worker with conversations that sleep: as many as its cache holds, and ten times as many. What does not
 * sleep in the cache sleeps in Temporal, so the second must not need more than the first, but for what a heap floats. The
 * few take many turns each, for a heap also grows with work done, up to its bound.
 */
export async function memory({ quick }: BenchOptions): Promise<BenchResult> {
  const [few, many] = quick ? [5, 20] : [500, 5000];
  return withStack(async (stack) => {
    const api = await stack.startApi();
    const worker = await stack.startWorker();
    const take = ourTurns(stack, api.port);
    const read = async () => {
      await sleep(quick ? 200 : 5000);
      return { workerMb: round(residentMbOf(worker.pid), 0), apiMb: round(residentMbOf(api.pid), 0) };
    };
    const atRest = await read();
    await runClosedLoop(take, { conversations: newConversations(few), turns: TURNS_OF_FEW, underWay: UNDER_WAY });
    const withFew = await read();
    const rest = newConversations(many - few);
    await runClosedLoop(take, { conversations: rest, turns: 1, underWay: UNDER_WAY });
    const withMany = await read();
    const ratio = round(withMany.workerMb / withFew.workerMb);
    return {
      name: 'memory',
      ours: { atRest, [`sleeping${few}`]: withFew, [`sleeping${many}`]: withMany },
      limit: {},
      ratio: { worker: ratio },
      aim: { worker: aim(ratio, '<=', 1.3) },
    };
  });
}
