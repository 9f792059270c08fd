import { takeBareTurns } from '../bare/bare-turns.ts';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { withStack } from '../stack.ts';
import { latencyOf, round } from '../statistics.ts';
import { newConversations, ourTurns, runClosedLoop, runSteadily } from '../turns.ts';

const PER_SECOND = 10;

/**
 * Time from a webhook to the provider request at ten messages a second, without quiet time or a model's, against a bare
 * turn's from the signal to the beginning of its second activity.
 */
export async function latency({ quick }: BenchOptions): Promise<BenchResult> {
  const plan = quick ? { conversations: 10, count: 15, rounds: 1 } : { conversations: 50, count: 200, rounds: 2 };
  return withStack(async (stack) => {
    const api = await stack.startApi();
    await stack.startWorker();
    const bareWorker = await stack.startBareWorker();
    const sides = { bare: takeBareTurns(stack, bareWorker), ours: ourTurns(stack, api.port) };
    const times = { bare: { first: [], later: [] } as Times, ours: { first: [], later: [] } as Times };
    for (const side of ['bare', 'ours'] as const)
      await runClosedLoop(sides[side], { conversations: newConversations(quick ? 2 : 24), turns: 4, underWay: 8 });
    for (let index = 0; index < plan.rounds; index += 1)
      for (const side of ['bare', 'ours'] as const) {
        const conversations = newConversations(plan.conversations);
        const taken = await runSteadily(sides[side], { conversations, count: plan.count, perSecond: PER_SECOND });
        times[side].first.push(...taken.first);
        times[side].later.push(...taken.later);
      }
    return toResult(times.ours, times.bare);
  });
}

/** The first turn of a conversation starts its workflow; the later ones find it. */
interface Times {
  first: number[];
  later: number[];
}

function toResult(ours: Times, bare: Times): BenchResult {
  const show = (times: Times) => ({
    all: latencyOf([...times.first, ...times.later]),
    first: latencyOf(times.first),
    later: latencyOf(times.later),
  });
  const [a, b] = [show(ours), show(bare)];
  const p50 = round(a.all.p50Ms / b.all.p50Ms);
  const p99 = round(a.all.p99Ms / b.all.p99Ms);
  return {
    name: 'latency',
    ours: { perSecond: PER_SECOND, ...a },
    limit: { perSecond: PER_SECOND, ...b },
    ratio: { p50, p99 },
    aim: { p50: aim(p50, '<=', 1.5), p99: aim(p99, '<=', 1.5) },
  };
}
