import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { CONVERSATIONS_QUEUE } from '../../src/conversations/core/version.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { QUEUES } from '../../src/platform/queues.ts';
import { findFreePort } from '../../src/start/ports.ts';
import { ensureDatabase, type RunningPostgres, startPostgres } from '../../src/start/postgres.ts';
import { type RunningTemporal, startTemporal } from '../../src/start/temporal.ts';
import { findTemporalCli } from '../../src/start/temporal-cli.ts';
import { type Child, firstMessage, startChild, tail } from './child.ts';
import { SHOP_ANSWERS, WEBHOOK_SECRET } from './customers.ts';
import { type Provider, startProvider } from './provider.ts';

/** The whole system on this machine, each part a process of its own, as `npm start` runs it. */
export interface Stack {
  folder: string;
  postgres: RunningPostgres;
  databaseUrl: string;
  temporal: RunningTemporal;
  client: Client;
  provider: Provider;
  /** Webhooks and relay; listens on `port`. `env` overrides what the stack sets. */
  startApi(env?: Record<string, string>): Promise<Child & { port: number }>;
  startWorker(env?: Record<string, string>): Promise<Child>;
  startBareHttp(): Promise<Child & { port: number }>;
  startBareWorker(): Promise<Child>;
  stop(): Promise<void>;
}

const DATABASE = 'peyk';
/** Loaded into the worker as in production, and not into the bare one, which is as Temporal's SDK makes it. */
const WORKFLOW_THREADS = './src/platform/temporal/workflow-threads.ts';
/** Set to a folder to have Node write CPU profiles of API and worker there. */
const PROFILE_FOLDER = process.env.PEYK_BENCH_PROFILE;

/** Starts servers with durability as in production: every commit reaches the disk, Temporal keeps its state in a file. */
export async function startHouse(): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'peyk-bench-'));
  chmodSync(folder, 0o711);
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
    if (process.env.PEYK_BENCH_KEEP) process.stderr.write(`kept ${folder}\n`);
    else rmSync(folder, { recursive: true, force: true });
  };
  try {
    const postgres = await openPostgres(folder);
    stops.push(() => postgres.stop());
    const temporal = await openTemporalServer(folder);
    stops.push(() => temporal.stop());
    const provider = await startProvider();
    stops.push(() => provider.close());
    const connection = await Connection.connect({ address: temporal.address });
    stops.push(() => connection.close());
    const client = new Client({ connection });
    const stack = { folder, postgres, databaseUrl: postgres.url(DATABASE), temporal, client, provider };
    return { ...stack, ...starters(stack, stops), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs `work` in a stack of its own and clears it away. */
export async function withStack<Result>(work: (stack: Stack) => Promise<Result>): Promise<Result> {
  const stack = await startHouse();
  try {
    return await work(stack);
  } finally {
    await stack.stop();
  }
}

/** Runs `work` over a migrated database of its own, and no other server. Gives it the connection string. */
export async function withPostgres<Result>(work: (databaseUrl: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'peyk-bench-'));
  chmodSync(folder, 0o711);
  let postgres: RunningPostgres | null = null;
  try {
    postgres = await openPostgres(folder);
    return await work(postgres.url(DATABASE));
  } finally {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openPostgres(folder: string): Promise<RunningPostgres> {
  const postgres = await startPostgres({
    folder: join(folder, 'postgres'),
    port: await findFreePort(),
    password: 'bench-only',
    logFile: join(folder, 'postgres.log'),
    settings: { shared_preload_libraries: 'pg_stat_statements' },
  });
  await ensureDatabase(postgres, DATABASE);
  await migrate(postgres.url(DATABASE));
  return postgres;
}

async function openTemporalServer(folder: string): Promise<RunningTemporal> {
  return startTemporal({
    cliPath: await findTemporalCli({ cliPath: process.env.TEMPORAL_CLI_PATH ?? null }),
    port: await findFreePort(),
    namespace: 'default',
    databaseFile: join(folder, 'temporal.db'),
    logFile: join(folder, 'temporal.log'),
  });
}

type Servers = Pick<Stack, 'folder' | 'databaseUrl' | 'temporal' | 'client' | 'provider'>;

function starters(servers: Servers, stops: (() => Promise<void>)[]) {
  const { folder, databaseUrl, temporal, provider, client } = servers;
  const env = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    PEYK_DATA_DIR: folder,
    DIRECTAM_BASE_URL: provider.url,
    SERVICE_API_KEY: 'bench-key',
    WEBHOOK_SECRET,
    DEBOUNCE_MS: '0',
    DEBOUNCE_MAX_MS: '0',
    ADMIN_PASSWORD: 'bench-only-password',
  };
  const start = (name: string, entry: string, more: Record<string, string>): Child => {
    const profile = PROFILE_FOLDER ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE_FOLDER}`] : [];
    const companions = ['./src/start/exit-with-parent.ts', ...(name === 'worker' ? [WORKFLOW_THREADS] : [])];
    const nodeFlags = [...companions.flatMap((file) => ['--import', file]), ...profile];
    const child = startChild({ entry, env: { ...env, ...more }, nodeFlags, logFile: join(folder, `${name}.log`) });
    stops.push(() => child.stop());
    return child;
  };
  return {
    startApi: async (more: Record<string, string> = {}) => {
      const port = await findFreePort();
      const child = start('api', 'src/api.ts', { PORT: String(port), ...more });
      await waitFor(() => answers(`http://127.0.0.1:${port}/healthz`), child, join(folder, 'api.log'));
      await writeAnswers(databaseUrl);
      return { ...child, port };
    },
    startBareHttp: async () => {
      const child = start('bare-http', 'tests/bench/bare/http.main.ts', {});
      return { ...child, ...(await firstMessage<{ port: number }>(child, join(folder, 'bare-http.log'))) };
    },
    startWorker: async (more: Record<string, string> = {}) => {
      const child = start('worker', 'src/worker.ts', more);
      await waitFor(() => hasPollers(client), child, join(folder, 'worker.log'));
      return child;
    },
    startBareWorker: async () => {
      const child = start('bare-worker', 'tests/bench/bare/worker.main.ts', {});
      await firstMessage(child, join(folder, 'bare-worker.log'));
      return child;
    },
  };
}

/** Once: the first API has made the business. */
async function writeAnswers(databaseUrl: string): Promise<void> {
  const db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  for (const [question, answer] of SHOP_ANSWERS)
    await db.query(
      `INSERT INTO faqs (business_id, question, answer, updated_at) SELECT b.id, $1, $2, now() FROM businesses b
       WHERE NOT EXISTS (SELECT FROM faqs f WHERE f.business_id = b.id AND f.question = $1)`,
      [question, answer],
    );
  await db.end();
}

const WORKFLOW_QUEUE = 1;
const ACTIVITY_QUEUE = 2;

async function waitFor(isReady: () => Promise<boolean>, child: Child, logFile: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isReady())) {
    if (child.process.exitCode !== null || Date.now() > deadline)
      throw new Error(`${logFile}: a part does not come up:\n${tail(logFile)}`);
    await sleep(100);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function hasPollers(client: Client): Promise<boolean> {
  const ask = async (name: string, taskQueueType: number): Promise<boolean> => {
    const request = { namespace: 'default', taskQueue: { name }, taskQueueType };
    return ((await client.workflowService.describeTaskQueue(request)).pollers ?? []).length > 0;
  };
  return (await ask(CONVERSATIONS_QUEUE, WORKFLOW_QUEUE)) && (await ask(QUEUES.sends, ACTIVITY_QUEUE));
}
