import { takeBareTurns } from '../bare/bare-turns.ts';
import { cpuMsOf, residentMbOf } from '../process-usage.ts';
import type { BenchOptions, BenchResult } from '../result.ts';
import { type Stack, withStack } from '../stack.ts';
import { latencyOf, round } from '../statistics.ts';
import { newConversations, ourTurns, runClosedLoop, runSteadily, type TakeTurn } from '../turns.ts';

/** Turns that are measured at each size. */
const STEADY = { count: 100, perSecond: 10 };
const BUSY_TURNS = 256;
const UNDER_WAY = 32;

interface Side {
  take: TakeTurn;
  worker: number;
  /** What is counted as its CPU. */
  processes: number[];
  conversations: string[];
}

/**
 * How latency, throughput and CPU change with the number of conversations that exist and sleep: each has had a turn before,
 * and the measured ones are spread over all of them, so most are no longer in the worker's cache.
 */
export async function growth({ quick, full }: BenchOptions): Promise<BenchResult> {
  const sizes = quick ? [1, 10] : full ? [1, 100, 1000, 10_000] : [1, 100, 1000];
  return withStack(async (stack) => {
    const sides = await openSides(stack);
    const rows: Record<'ours' | 'bare', unknown[]> = { ours: [], bare: [] };
    for (const size of sizes)
      for (const name of ['bare', 'ours'] as const) {
        await grow(sides[name], size);
        rows[name].push({ conversations: size, ...(await measure(sides[name], size, quick)) });
      }
    return { name: 'growth', ours: { sizes: rows.ours }, limit: { sizes: rows.bare }, ratio: {}, aim: {} };
  });
}

async function openSides(stack: Stack): Promise<Record<'ours' | 'bare', Side>> {
  const api = await stack.startApi();
  const worker = await stack.startWorker();
  const bareWorker = await stack.startBareWorker();
  const { pid: temporal } = stack.temporal;
  const ours = [temporal, worker.pid, api.pid, stack.postgres.pid];
  return {
    ours: { take: ourTurns(stack, api.port), worker: worker.pid, processes: ours, conversations: [] },
    bare: {
      take: takeBareTurns(stack, bareWorker),
      worker: bareWorker.pid,
      processes: [temporal, bareWorker.pid],
      conversations: [],
    },
  };
}

/** Makes conversations until there are `size`, each with one turn. */
async function grow(side: Side, size: number): Promise<void> {
  const fresh = newConversations(size - side.conversations.length);
  await runClosedLoop(side.take, { conversations: fresh, turns: 1, underWay: UNDER_WAY });
  side.conversations.push(...fresh);
}

async function measure(side: Side, size: number, quick: boolean) {
  // One conversation has one turn at a time, and the loop breaker's patience; so there it is a few turns in a row.
  const isOne = size === 1;
  const chosen = spread(side.conversations, STEADY.count);
  const times = isOne
    ? (await runClosedLoop(side.take, { conversations: chosen, turns: 16, underWay: 1, firstTurn: 1 })).timesMs
    : (
        await runSteadily(side.take, {
          ...STEADY,
          conversations: chosen,
          firstTurn: 1,
          ...(quick ? { count: 20 } : {}),
        })
      ).later;
  const busy = spread(side.conversations, Math.min(size, quick ? 8 : BUSY_TURNS));
  const turns = isOne ? 8 : Math.max(1, Math.floor((quick ? 8 : BUSY_TURNS) / busy.length));
  const before = cpuOf(side);
  const plan = { conversations: busy, turns, underWay: UNDER_WAY, firstTurn: 17 };
  const { tookMs, timesMs } = await runClosedLoop(side.take, plan);
  return {
    latency: latencyOf(times),
    perSecond: round((timesMs.length / tookMs) * 1000, 1),
    cpuMsPerTurn: round((cpuOf(side) - before) / timesMs.length, 1),
    workerMb: round(residentMbOf(side.worker), 0),
  };
}

const cpuOf = (side: Side): number => side.processes.reduce((sum, pid) => sum + cpuMsOf(pid), 0);

/** At most `count` of them, evenly over the whole list. */
function spread(conversations: readonly string[], count: number): string[] {
  const step = Math.max(1, conversations.length / count);
  const wanted = Math.min(count, conversations.length);
  return Array.from({ length: wanted }, (_, index) => conversations[Math.floor(index * step)] as string);
}
