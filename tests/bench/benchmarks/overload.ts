import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { questionOf, SHOP_ACCOUNT, webhookRequest } from '../customers.ts';
import { type LoadResult, runLoad } from '../http-load.ts';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { type Stack, withStack } from '../stack.ts';
import { percentile, round } from '../statistics.ts';
import { newConversations, ourTurns, runClosedLoop, runSteadily } from '../turns.ts';

/** Customers of the shop that is flooded; all of them are known before the flood. */
const CUSTOMERS = 256;
const UNDER_WAY = 32;
const OTHER_ACCOUNT = '987655';
const OTHER_PER_SECOND = 4;

interface Plan {
  customers: number;
  floodMs: number;
  others: number;
}

interface Flood {
  factor: number;
  /** Messages a second that came. */
  messagesPerSecond: number;
  acknowledged: LoadResult;
  /** While the flood lasted. What a customer wrote meanwhile is answered together, so a reply may answer several messages. */
  repliesPerSecond: number;
  /** Messages of the flood that had their answer when it ended, a second. */
  answeredPerSecond: number;
  /** The longest that a message waited for its conversation's turn, milliseconds. */
  oldestWaitMs: number;
  /** From the end of the flood until nothing waited any more, seconds. */
  drainedAfterSeconds: number;
  /** Of acknowledged messages: a burst may hold several. */
  unanswered: number;
}

/**
 * More comes in than can be answered: at twice and four times the best rate, how many replies leave, how soon webhooks are
 * acknowledged, how long the oldest message waits, and what the flood of one shop costs the customers of another.
 */
export async function overload({ quick }: BenchOptions): Promise<BenchResult> {
  const plan = quick
    ? { customers: 16, floodMs: 2000, others: 4 }
    : { customers: CUSTOMERS, floodMs: 15_000, others: 80 };
  return withStack(async (stack) => {
    let api = await stack.startApi();
    await stack.startWorker();
    const customers = newConversations(plan.customers);
    const turns = ourTurns(stack, api.port);
    await runClosedLoop(turns, { conversations: customers, turns: 1, underWay: UNDER_WAY });
    const { tookMs, timesMs } = await runClosedLoop(turns, {
      conversations: customers,
      turns: quick ? 2 : 5,
      underWay: UNDER_WAY,
      firstTurn: 1,
    });
    const best = (timesMs.length / tookMs) * 1000;
    const floods = [];
    for (const factor of [2, 4]) floods.push(await flood(stack, api.port, customers, factor * best, factor, plan));
    await api.stop();
    api = await stack.startApi({ DEBOUNCE_MS: '1500', DEBOUNCE_MAX_MS: '8000' });
    const neighbours = await measureNeighbours(stack, api.port, customers, best, plan);
    return toResult(best, floods, neighbours);
  });
}

async function flood(
  stack: Stack,
  port: number,
  customers: string[],
  ratePerSecond: number,
  factor: number,
  plan: Plan,
): Promise<Flood> {
  const before = stack.provider.count();
  const [begun] = await ask(stack, 'SELECT clock_timestamp() AS at');
  const watching = watchOldest(stack);
  const acknowledged = await writeSteadily(port, customers, ratePerSecond, plan.floodMs);
  const repliesPerSecond = round(((stack.provider.count() - before) / plan.floodMs) * 1000, 1);
  const [answered] = await ask(stack, ANSWERED, [begun?.at]);
  const endedAt = performance.now();
  const unanswered = await waitUntilAnswered(stack);
  const drainedAfterSeconds = round((performance.now() - endedAt) / 1000, 1);
  const oldestWaitMs = await watching.stop();
  return {
    factor,
    messagesPerSecond: round(ratePerSecond, 1),
    acknowledged,
    repliesPerSecond,
    answeredPerSecond: round((Number(answered?.n) / plan.floodMs) * 1000, 1),
    oldestWaitMs,
    drainedAfterSeconds,
    unanswered,
  };
}

let said = 0;

function writeSteadily(port: number, customers: string[], ratePerSecond: number, durationMs: number) {
  const next = () => {
    said += 1;
    return webhookRequest(customers[said % customers.length] as string, questionOf(said % 39));
  };
  return runLoad({ port, connections: 64, durationMs, next, ratePerSecond });
}

/** The customers of another business write now and then: alone, and while the first shop is flooded at four times the best. */
async function measureNeighbours(stack: Stack, port: number, customers: string[], best: number, plan: Plan) {
  await openOtherShop(stack);
  const take = ourTurns(stack, port, questionOf, OTHER_ACCOUNT);
  const write = async () => {
    const times = await runSteadily(take, {
      conversations: newConversations(plan.others),
      count: plan.others,
      perSecond: OTHER_PER_SECOND,
    });
    const ascending = [...times.first, ...times.later].sort((a, b) => a - b);
    return { p50Ms: round(percentile(ascending, 0.5)), p95Ms: round(percentile(ascending, 0.95)) };
  };
  await write();
  const alone = await write();
  const durationMs = (plan.others / OTHER_PER_SECOND) * 1000 + 2000;
  const flooding = writeSteadily(port, customers, 4 * best, durationMs);
  await sleep(1000);
  const beside = await write();
  await flooding;
  return { alone, beside };
}

async function openOtherShop(stack: Stack): Promise<void> {
  await ask(
    stack,
    `WITH shop AS (INSERT INTO businesses (slug, name, updated_at) VALUES ('other', 'Other shop', now()) RETURNING id)
     INSERT INTO accounts (business_id, channel, external_id, updated_at) SELECT id, 'directam', '${OTHER_ACCOUNT}', now() FROM shop`,
  );
}

async function ask(stack: Stack, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Samples how long the oldest message waits that its workflow has not got yet. */
function watchOldest(stack: Stack): { stop(): Promise<number> } {
  let oldestMs = 0;
  let isOver = false;
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  const watching = (async () => {
    await client.connect();
    while (!isOver) {
      const { rows } = await client.query(
        `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(waiting_since)) * 1000, 0)::float8 AS ms
         FROM dispatches WHERE due_at IS NOT NULL`,
      );
      oldestMs = Math.max(oldestMs, Number(rows[0]?.ms ?? 0));
      await sleep(250);
    }
    await client.end();
  })();
  return {
    stop: async () => {
      isOver = true;
      await watching;
      return Math.round(oldestMs);
    },
  };
}

const ANSWERED = `
  SELECT count(*) AS n FROM messages m JOIN conversations c ON c.id = m.conversation_id
  WHERE m.direction = 'in' AND m.created_at >= $1
    AND EXISTS (SELECT FROM messages a WHERE a.conversation_id = c.id AND a.direction = 'out' AND a.created_at > m.created_at)`;

const WAITING = `
  SELECT (SELECT count(*) FROM inbound_deliveries WHERE state = 'received')
    + (SELECT count(*) FROM dispatches WHERE due_at IS NOT NULL)
    + (SELECT count(*) FROM conversations WHERE waiting_since IS NOT NULL AND mode = 'bot') AS n`;

/** Resolves with what is left after three minutes: nothing, unless answers are lost. */
async function waitUntilAnswered(stack: Stack): Promise<number> {
  const endsAt = performance.now() + 180_000;
  for (;;) {
    const left = Number((await ask(stack, WAITING))[0]?.n);
    if (left === 0 || performance.now() > endsAt) return left;
    await sleep(200);
  }
}

function toResult(
  best: number,
  floods: Flood[],
  neighbours: Awaited<ReturnType<typeof measureNeighbours>>,
): BenchResult {
  const [twice, fourTimes] = floods as [Flood, Flood];
  const ratio = {
    repliesAtTwice: round(twice.repliesPerSecond / best),
    repliesAtFourTimes: round(fourTimes.repliesPerSecond / best),
    neighboursP95: round(neighbours.beside.p95Ms / neighbours.alone.p95Ms),
  };
  const slowestAckMs = Math.max(...floods.map((one) => one.acknowledged.latency.p99Ms));
  return {
    name: 'overload',
    ours: { floods, neighbours: { account: OTHER_ACCOUNT, ...neighbours }, floodedAccount: SHOP_ACCOUNT },
    limit: { bestRepliesPerSecond: round(best, 1) },
    ratio,
    aim: {
      acknowledgementP99Ms: aim(slowestAckMs, '<=', 100),
      repliesAtTwice: aim(ratio.repliesAtTwice, '>=', 0.9),
      repliesAtFourTimes: aim(ratio.repliesAtFourTimes, '>=', 0.9),
      neighboursP95: aim(ratio.neighboursP95, '<=', 1.25),
    },
  };
}
