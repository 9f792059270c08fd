import { takeBareTurns } from '../bare/bare-turns.ts';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { withStack } from '../stack.ts';
import { latencyOf, round } from '../statistics.ts';
import { newConversations, ourTurns, runClosedLoop, runSteadily, type TakeTurn } from '../turns.ts';

const PER_SECOND = 10;
/** Nearly all that a small machine can answer. */
const BUSY_PER_SECOND = 25;

/**
 * Time from a webhook to the provider request at ten messages a second, without quiet time or a model's, against a bare
 * turn's from the signal to the beginning of its second activity; and of known customers at 25 a second.
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
    const busy = { bare: [] as number[], ours: [] as number[] };
    for (let index = 0; index < plan.rounds; index += 1)
      for (const side of ['bare', 'ours'] as const) busy[side].push(...(await takeBusily(sides[side], plan.count)));
    return toResult(times, busy);
  });
}

/** Each of `count` known customers writes once. */
async function takeBusily(take: TakeTurn, count: number): Promise<number[]> {
  const conversations = newConversations(count);
  await runClosedLoop(take, { conversations, turns: 1, underWay: 8 });
  const { later } = await runSteadily(take, { conversations, count, perSecond: BUSY_PER_SECOND, firstTurn: 1 });
  return later;
}

/** The first turn of a conversation starts its workflow; the later ones find it. */
interface Times {
  first: number[];
  later: number[];
}

function toResult(times: { ours: Times; bare: Times }, busy: { ours: number[]; bare: number[] }): BenchResult {
  const show = (times: Times) => ({
    all: latencyOf([...times.first, ...times.later]),
    first: latencyOf(times.first),
    later: latencyOf(times.later),
  });
  const [a, b] = [show(times.ours), show(times.bare)];
  const p50 = round(a.all.p50Ms / b.all.p50Ms);
  const p99 = round(a.all.p99Ms / b.all.p99Ms);
  return {
    name: 'latency',
    ours: { perSecond: PER_SECOND, ...a, busy: { perSecond: BUSY_PER_SECOND, ...latencyOf(busy.ours) } },
    limit: { perSecond: PER_SECOND, ...b, busy: { perSecond: BUSY_PER_SECOND, ...latencyOf(busy.bare) } },
    ratio: { p50, p99 },
    aim: { p50: aim(p50, '<=', 1.5), p99: aim(p99, '<=', 1.5) },
  };
}
