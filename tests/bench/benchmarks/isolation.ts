import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '../../../src/platform/database/client.ts';
import { questionOf, webhookBody } from '../customers.ts';
import { type Provider, startProvider } from '../provider.ts';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { withStack } from '../stack.ts';
import { latencyOf, round } from '../statistics.ts';
import { newConversations, ourTurns, runClosedLoop, runSteadily, webhookPoster } from '../turns.ts';

const SLOW_ACCOUNT = 'slow-shop';
const SLOW_MS = 18_000;
const API_KEY = 'bench-only-key-0123456789abcdef';
const PER_SECOND = 5;

/**
 * An account whose provider takes 18 s for each message and whom 240 customers wait for, beside another account: its time from
 * webhook to provider, against its own while it is alone. Both are measured in turns, so that what else the machine does meets
 * both.
 */
export async function isolation({ quick }: BenchOptions): Promise<BenchResult> {
  const plan = quick ? { waiting: 40, count: 20, rounds: 1 } : { waiting: 240, count: 100, rounds: 2 };
  return withStack(async (stack) => {
    const slow = await startProvider({ answersAfterMs: SLOW_MS });
    const db = openDatabase(stack.databaseUrl, 1);
    try {
      const env = { ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`, ADMIN_API_KEY: API_KEY };
      const api = await stack.startApi(env);
      await stack.startWorker(env);
      await connect(api.port, slow);
      const turns = ourTurns(stack, api.port);
      await runClosedLoop(turns, { conversations: newConversations(quick ? 2 : 24), turns: 4, underWay: 8 });
      const measure = async (): Promise<number[]> => {
        const conversations = newConversations(60);
        await runClosedLoop(turns, { conversations, turns: 1, underWay: 4 });
        const taken = await runSteadily(turns, { ...plan, conversations, perSecond: PER_SECOND, firstTurn: 1 });
        return taken.later;
      };
      const times = { alone: [] as number[], beside: [] as number[] };
      const waited: number[] = [];
      for (let round = 0; round < plan.rounds; round += 1) {
        times.alone.push(...(await measure()));
        slow.slowDown();
        await writeTo(api.port, newConversations(plan.waiting));
        await untilWaiting(db, slow, plan.waiting);
        times.beside.push(...(await measure()));
        waited.push(await countWaiting(db));
        slow.speedUp();
        await until(async () => (await countWaiting(db)) === 0);
      }
      return toResult(times.alone, times.beside, { customers: plan.waiting, stillWaiting: waited });
    } finally {
      await db.$disconnect();
      await slow.close();
    }
  });
}

async function connect(port: number, { url }: Provider): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/api/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
    body: JSON.stringify({
      channel: 'directam',
      externalId: SLOW_ACCOUNT,
      credentials: { baseUrl: url, apiKey: 'key' },
    }),
  });
  if (response.status !== 201) throw new Error(`The account was answered ${response.status}: ${await response.text()}`);
}

async function writeTo(port: number, customers: readonly string[]): Promise<void> {
  const post = webhookPoster(port);
  await Promise.all(customers.map((customer) => post(webhookBody(customer, questionOf(0), SLOW_ACCOUNT))));
}

function countWaiting(db: Database): Promise<number> {
  const conversation = { account: { externalId: SLOW_ACCOUNT } };
  return db.outboundMessage.count({ where: { conversation, state: { in: ['planned', 'sending'] } } });
}

/** Everybody has an answer that waits, or that was among the first to be taken. */
async function untilWaiting(db: Database, slow: Provider, waiting: number): Promise<void> {
  const before = slow.count() - slow.underWay();
  await until(async () => (await countWaiting(db)) + slow.count() - slow.underWay() - before >= waiting);
  // Their decisions are over; what goes on from here is waiting.
  await sleep(2000);
}

async function until(isReached: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 180_000;
  while (!(await isReached())) {
    if (Date.now() > deadline) throw new Error('The customers of the slow account were not served.');
    await sleep(250);
  }
}

function toResult(alone: number[], beside: number[], slow: Record<string, unknown>): BenchResult {
  const [a, b] = [latencyOf(beside), latencyOf(alone)];
  const p50 = round(a.p50Ms / b.p50Ms);
  const p95 = round(a.p95Ms / b.p95Ms);
  return {
    name: 'isolation',
    ours: { perSecond: PER_SECOND, ...a, slow },
    limit: { perSecond: PER_SECOND, ...b, note: 'the same account without the slow one' },
    ratio: { p50, p95 },
    aim: { p95: aim(p95, '<=', 1.25) },
  };
}
