import { takeBareTurns } from '../bare/bare-turns.ts';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { withStack } from '../stack.ts';
import { type Latency, latencyOf, median, round } from '../statistics.ts';
import { newConversations, ourTurns, runClosedLoop, type TakeTurn } from '../turns.ts';

/** Conversations with a turn under way at any time. */
const UNDER_WAY = 32;

interface Round {
  perSecond: number;
  latency: Latency;
}

/** Replies a second from webhook to provider request, against as many bare turns of two activities on the same Temporal. */
export async function replies({ quick }: BenchOptions): Promise<BenchResult> {
  const plan = quick ? { conversations: 8, turns: 2, rounds: 1 } : { conversations: 96, turns: 8, rounds: 2 };
  return withStack(async (stack) => {
    const api = await stack.startApi();
    await stack.startWorker();
    const bareWorker = await stack.startBareWorker();
    const sides = { bare: takeBareTurns(stack, bareWorker), ours: ourTurns(stack, api.port) };
    const rounds: Record<keyof typeof sides, Round[]> = { bare: [], ours: [] };
    for (const side of ['bare', 'ours'] as const) await warmUp(sides[side], quick);
    for (let index = 0; index < plan.rounds; index += 1)
      for (const side of ['bare', 'ours'] as const) rounds[side].push(await measure(sides[side], plan));
    const ours = median(rounds.ours.map((run) => run.perSecond));
    const bare = median(rounds.bare.map((run) => run.perSecond));
    const ratio = round(ours / bare);
    return {
      name: 'replies',
      ours: { perSecond: round(ours, 1), rounds: rounds.ours, underWay: UNDER_WAY, turnsEach: plan.turns },
      limit: { perSecond: round(bare, 1), rounds: rounds.bare },
      ratio: { rate: ratio },
      aim: { rate: aim(ratio, '>=', 0.8) },
    };
  });
}

async function warmUp(take: TakeTurn, quick: boolean): Promise<void> {
  const conversations = newConversations(quick ? 2 : 32);
  await runClosedLoop(take, { conversations, turns: quick ? 1 : 4, underWay: UNDER_WAY });
}

async function measure(take: TakeTurn, plan: { conversations: number; turns: number }): Promise<Round> {
  const conversations = newConversations(plan.conversations);
  const { tookMs, timesMs } = await runClosedLoop(take, { conversations, turns: plan.turns, underWay: UNDER_WAY });
  return { perSecond: round((timesMs.length / tookMs) * 1000, 1), latency: latencyOf(timesMs) };
}
