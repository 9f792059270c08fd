import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { questionOf, webhookRequest } from '../customers.ts';
import { type LoadResult, runLoad } from '../http-load.ts';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { type Stack, withStack } from '../stack.ts';
import { median, round } from '../statistics.ts';

const CONNECTIONS = 64;
const CONTACTS = 2000;
/** The longest there is. Nothing becomes due while we measure the intake alone: what is sorted is laid aside before. */
const NOT_DUE_MS = '60000';

interface Plan {
  warmUpMs: number;
  runMs: number;
  rounds: number;
}

/** Acknowledgements a second of signed webhooks, and their times, against a server that does one INSERT for each. */
export async function ack({ quick }: BenchOptions): Promise<BenchResult> {
  const plan = quick ? { warmUpMs: 500, runMs: 500, rounds: 1 } : { warmUpMs: 4000, runMs: 6000, rounds: 3 };
  return withStack(async (stack) => {
    const bare = await stack.startBareHttp();
    const api = await stack.startApi({ DEBOUNCE_MS: NOT_DUE_MS, DEBOUNCE_MAX_MS: NOT_DUE_MS });
    const sorted = () => waitUntilSorted(stack, 'UPDATE dispatches SET due_at = NULL, waiting_since = NULL');
    const intake = await compare({ ours: api.port, bare: bare.port, sorted }, plan);
    await api.stop();
    const whole = await stack.startApi({ DEBOUNCE_MS: '1500', DEBOUNCE_MAX_MS: '8000' });
    await stack.startWorker();
    const withReplies = await compareWhole(whole.port, plan);
    return toResult(intake, withReplies);
  });
}

interface Comparison {
  ours: LoadResult[];
  bare: LoadResult[];
  /** At half of our maximum, both at the same rate; and the bare one at half of its own. */
  oursAtHalf: LoadResult;
  bareAtSame: LoadResult;
  bareAtHalf: LoadResult;
  /** From the first request until all of them were messages of their conversations. */
  sortedPerSecond: number;
}

interface Sides {
  /** Ports. */
  ours: number;
  bare: number;
  /** Until nothing acknowledged waits any more: work that we put off must not fall into the other side's time. */
  sorted: () => Promise<void>;
}

async function compare({ ours: oursPort, bare: barePort, sorted }: Sides, plan: Plan): Promise<Comparison> {
  await load(oursPort, plan.warmUpMs);
  await sorted();
  await load(barePort, plan.warmUpMs);
  const ours: LoadResult[] = [];
  const bare: LoadResult[] = [];
  const sortedPerSecond: number[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    bare.push(await load(barePort, plan.runMs));
    const begunAt = performance.now();
    const run = await load(oursPort, plan.runMs);
    await sorted();
    ours.push(run);
    sortedPerSecond.push(run.latency.count / ((performance.now() - begunAt) / 1000));
  }
  const ourHalf = rateOf(ours) / 2;
  const oursAtHalf = await load(oursPort, plan.runMs, ourHalf);
  await sorted();
  const bareAtSame = await load(barePort, plan.runMs, ourHalf);
  const bareAtHalf = await load(barePort, plan.runMs, rateOf(bare) / 2);
  return { ours, bare, oursAtHalf, bareAtSame, bareAtHalf, sortedPerSecond: Math.round(median(sortedPerSecond)) };
}

async function waitUntilSorted({ databaseUrl }: Stack, then: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const waiting = async () =>
    (await client.query("SELECT FROM inbound_deliveries WHERE state = 'received' LIMIT 1")).rowCount !== 0;
  while (await waiting()) await sleep(20);
  await client.query(then);
  await client.end();
}

/** The same with the relay, Temporal and the worker busy with answering, on the same cores. */
async function compareWhole(port: number, plan: Plan): Promise<{ busy: LoadResult; atRate: LoadResult }> {
  await load(port, plan.warmUpMs);
  const busy = await load(port, plan.runMs);
  await sleep(plan.runMs / 4);
  return { busy, atRate: await load(port, plan.runMs, 200) };
}

async function load(port: number, durationMs: number, ratePerSecond?: number): Promise<LoadResult> {
  let sent = 0;
  const next = () => {
    sent += 1;
    return webhookRequest(`contact-${sent % CONTACTS}`, questionOf(sent));
  };
  const rate = ratePerSecond === undefined ? {} : { ratePerSecond };
  return runLoad({ port, connections: CONNECTIONS, durationMs, next, ...rate });
}

const rateOf = (runs: LoadResult[]): number => median(runs.map((run) => run.perSecond));

function toResult(intake: Comparison, withReplies: { busy: LoadResult; atRate: LoadResult }): BenchResult {
  const { ours, bare, oursAtHalf, bareAtSame, bareAtHalf, sortedPerSecond } = intake;
  const rate = round(rateOf(ours) / rateOf(bare));
  const p99 = round(oursAtHalf.latency.p99Ms / bareAtSame.latency.p99Ms);
  const p99OwnHalf = round(oursAtHalf.latency.p99Ms / bareAtHalf.latency.p99Ms);
  return {
    name: 'ack',
    ours: {
      perSecond: rateOf(ours),
      sortedPerSecond,
      rounds: ours,
      atHalfOfMaximum: oursAtHalf,
      whileReplying: withReplies.busy,
      whileReplyingAt200PerSecond: withReplies.atRate,
    },
    limit: { perSecond: rateOf(bare), rounds: bare, atOurHalf: bareAtSame, atHalfOfItsOwn: bareAtHalf },
    ratio: { rate, p99AtSameRate: p99, p99EachAtHalfOfItsOwn: p99OwnHalf },
    aim: { rate: aim(rate, '>=', 0.7), p99: aim(p99, '<=', 3) },
  };
}
