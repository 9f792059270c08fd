import { startFakeOpenAi } from '../../support/fake-openai.ts';
import { takeBareTurns } from '../bare/bare-turns.ts';
import { cpuMsOf } from '../process-usage.ts';
import type { BenchOptions, BenchResult } from '../result.ts';
import { type Stack, withStack } from '../stack.ts';
import { round } from '../statistics.ts';
import { newConversations, ourTurns, runClosedLoop, type TakeTurn } from '../turns.ts';

const UNDER_WAY = 16;
/** Nothing in it could be a claim that has to be proven. */
const ANSWER = {
  text: 'سلام، در خدمتم. چه کمکی از من برمی‌آید؟',
  action: 'reply',
  purchaseIntent: false,
  intent: 'other',
};

/**
 * CPU milliseconds that one reply costs in each process, of the built-in responder and of a model that answers at once, against a
 * bare turn. Load of other programs moves it little.
 */
export async function cpu({ quick }: BenchOptions): Promise<BenchResult> {
  const plan = quick ? { conversations: 4, turns: 2 } : { conversations: 64, turns: 8 };
  return withStack(async (stack) => {
    const api = await stack.startApi();
    const worker = await stack.startWorker();
    const bareWorker = await stack.startBareWorker();
    const bareTurns = takeBareTurns(stack, bareWorker);
    const turns = ourTurns(stack, api.port);
    const servers = { temporal: stack.temporal.pid, postgres: stack.postgres.pid };
    await measure(bareTurns, { conversations: UNDER_WAY, turns: 2 }, {});
    await measure(turns, { conversations: UNDER_WAY, turns: 2 }, {});
    const bare = await measure(bareTurns, plan, { temporal: servers.temporal, worker: bareWorker.pid });
    const ours = await measure(turns, plan, { ...servers, worker: worker.pid, api: api.pid });
    await worker.stop();
    const withModel = await measureWithModel(stack, async (pid) => {
      await measure(turns, { conversations: UNDER_WAY, turns: 2 }, {});
      return measure(turns, plan, { ...servers, worker: pid, api: api.pid });
    });
    const inTemporal = round((ours.temporal ?? 0) / (bare.temporal ?? 0));
    const all = round((ours.total ?? 0) / (bare.total ?? 0));
    return {
      name: 'cpu',
      ours: { msPerReply: ours, msPerReplyOfModel: withModel, replies: plan.conversations * plan.turns },
      limit: { msPerTurn: bare, note: 'its client, in the benchmark itself, is not counted' },
      ratio: { temporal: inTemporal, total: all, totalOfModel: round((withModel.total ?? 0) / (bare.total ?? 0)) },
      aim: {},
    };
  });
}

/** With a worker whose answers come from a model. The model itself runs in the benchmark and is not counted. */
async function measureWithModel(
  stack: Stack,
  take: (workerPid: number) => Promise<Record<string, number>>,
): Promise<Record<string, number>> {
  const model = await startFakeOpenAi();
  model.always({ kind: 'json', content: ANSWER });
  const worker = await stack.startWorker({
    AI_PROVIDER: 'openai',
    OPENAI_API_KEY: 'bench-key',
    OPENAI_BASE_URL: model.url,
    OPENAI_MODEL: 'bench-model',
  });
  try {
    const used = await take(worker.pid);
    if (model.requests.length === 0) throw new Error('The model was never asked.');
    return used;
  } finally {
    await worker.stop();
    await model.close();
  }
}

async function measure(
  take: TakeTurn,
  plan: { conversations: number; turns: number },
  processes: Record<string, number>,
): Promise<Record<string, number>> {
  const before = Object.entries(processes).map(([name, pid]) => [name, pid, cpuMsOf(pid)] as const);
  const conversations = newConversations(plan.conversations);
  await runClosedLoop(take, { conversations, turns: plan.turns, underWay: UNDER_WAY });
  const count = plan.conversations * plan.turns;
  const used = Object.fromEntries(before.map(([name, pid, ms]) => [name, round((cpuMsOf(pid) - ms) / count)]));
  return { ...used, total: round(Object.values(used).reduce((sum, ms) => sum + ms, 0)) };
}
