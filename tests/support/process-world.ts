import { randomInt } from 'node:crypto';
import { appendFileSync, chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { migrate } from '../../src/platform/database/migrate.ts';
import { ensureOwnDatabase, ownDatabaseUrl } from '../../src/start/database.ts';
import { startNodeService } from '../../src/start/node-service.ts';
import { claimPort } from '../../src/start/ports.ts';
import { startPostgres } from '../../src/start/postgres.ts';
import { type Exit, forgetProcess, processBirth, recordProcess } from '../../src/start/processes.ts';
import { startTemporal } from '../../src/start/temporal.ts';
import { findTemporalCli } from '../../src/start/temporal-cli.ts';
import { type FakeDirectam, type FakeDirectamOptions, type ReceivedSend, startFakeDirectam } from './fake-directam.ts';
import { PORTS, type ProductionPrograms, startProductionTemporal } from './production-temporal.ts';
import { processFolder } from './run-folder.ts';
import './services.ts';

export const SHOP = '987654';
export const SECRET = 'tests-only-secret';
const API_KEY = 'tests-only-api-key-of-the-panel';
/** Of the server's superuser. */
const PASSWORD = 'tests-only';
const READY_WITHIN_MS = 60_000;

/** One process of the system: it can be killed as a crash would, asked to end, and started again on its port and data. */
export interface Part {
  pid(): number;
  isAlive(): boolean;
  /** Resolves once it takes work. */
  start(env?: Record<string, string>): Promise<void>;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with how it ended. */
  stop(): Promise<Exit>;
}

/** The whole system as in production, each part a process of its own, with durable stores on the disk. */
export interface ProcessWorld {
  postgres: Part;
  temporal: Part;
  api: Part;
  worker: Part;
  /** Programs that are started from now on are those of another clone; null: of this one. */
  useRelease(root: string | null): void;
  /** A further API on a port of its own, or a further worker; not yet started. */
  addApi(): Promise<Part & { url: string }>;
  addWorker(): Part;
  apiUrl: string;
  databaseUrl: string;
  temporalAddress: string;
  /** What API and worker were started with. */
  env: Readonly<Record<string, string>>;
  /** Where the stores keep their data. */
  folder: string;
  /** Asks the panel's API as an operator does. */
  ask(path: string, init?: { method?: string; body?: unknown }): Promise<Response>;
  /** Every send that arrived at Directam, also before it was started anew. */
  sends: ReceivedSend[];
  directam(): FakeDirectam;
  /** Directam stops listening: connections are refused. */
  closeDirectam(): Promise<void>;
  reopenDirectam(): Promise<void>;
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export interface ProcessWorldOptions {
  env?: Record<string, string>;
  /** Temporal's own server over the world's PostgreSQL, instead of the one for development. */
  production?: ProductionPrograms;
  directam?: FakeDirectamOptions;
}

/** Starts everything. Nothing is shared with other tests, because its parts are going to be killed. */
export async function startProcessWorld(options: ProcessWorldOptions = {}): Promise<ProcessWorld> {
  const { runFolder } = inject('services');
  const folder = mkdtempSync(join(runFolder, 'world-'));
  chmodSync(folder, 0o711);
  const [postgresPort, temporalPort, directamPort] = await findPorts(3);
  const { production } = options;
  const productionOptions = production && {
    programs: production,
    folder,
    ports: [temporalPort as number, ...(await findPorts(PORTS - 1))],
    postgres: { port: postgresPort as number, user: 'peyk', password: PASSWORD },
  };
  const sends: ReceivedSend[] = [];
  const openDirectam = () =>
    startFakeDirectam({ ...options.directam, port: directamPort as number, onReceived: (send) => sends.push(send) });
  let directam = await openDirectam();

  const databaseUrl = ownDatabaseUrl(postgresPort as number, PASSWORD);
  const parts: Part[] = [];
  const add = (name: string, launch: Launch): Part => {
    const part = createPart(runFolder, `${folder.slice(-6)}-${name}`, launch);
    parts.push(part);
    return part;
  };
  const postgres = add('postgres', () => launchPostgres(folder, postgresPort as number));
  const temporal = add('temporal', () =>
    productionOptions ? startProductionTemporal(productionOptions) : launchTemporal(folder, temporalPort as number),
  );
  const started = postgres.start();
  if (production) await started;
  await Promise.all([started, temporal.start()]);
  await migrate(databaseUrl);

  const base = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
    NODE_ENV: 'test',
    PEYK_DATA_DIR: folder,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`,
    DIRECTAM_BASE_URL: directam.url,
    SERVICE_API_KEY: 'tests-only-key',
    WEBHOOK_SECRET: SECRET,
    ADMIN_PASSWORD: 'tests-only-password',
    ADMIN_API_KEY: API_KEY,
    DEBOUNCE_MS: '200',
    DEBOUNCE_MAX_MS: '1000',
    ...options.env,
  };
  let release: string | null = null;
  const program = (name: string, more: Record<string, string>, ready: string): Part =>
    add(name, (env) => launchProgram(folder, name, { ...base, ...more, ...env }, ready, release));
  const addApi = async (): Promise<Part & { url: string }> => {
    const [port] = await findPorts(1);
    const name = parts.length > 2 ? `api-${parts.length}` : 'api';
    return { ...program(name, { PORT: String(port) }, 'api ready'), url: `http://127.0.0.1:${port}` };
  };
  const addWorker = (): Part => program(parts.length > 3 ? `worker-${parts.length}` : 'worker', {}, 'worker ready');
  const api = await addApi();
  const worker = addWorker();
  await Promise.all([api.start(), worker.start()]);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // A killed server breaks idle connections; the next query opens another.
  pool.on('error', () => undefined);

  return {
    postgres,
    temporal,
    api,
    worker,
    addApi,
    addWorker,
    apiUrl: api.url,
    databaseUrl,
    temporalAddress: base.TEMPORAL_ADDRESS,
    env: base,
    folder,
    useRelease: (root) => {
      release = root;
    },
    ask: (path, { method = 'GET', body } = {}) =>
      fetch(`${api.url}${path}`, {
        method,
        headers: { 'x-api-key': API_KEY, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(20_000),
      }),
    sends,
    directam: () => directam,
    closeDirectam: () => directam.close(),
    reopenDirectam: async () => {
      directam = await openDirectam();
    },
    query: async (text, values) => (await pool.query(text, values)).rows,
    close: async () => {
      await pool.end();
      // Those who use the stores leave first.
      for (const part of parts.toReversed()) if (part.isAlive()) await part.kill();
      await directam.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

interface Running {
  pid: number;
  exited: Promise<Exit>;
}
type Launch = (env: Record<string, string>) => Promise<Running>;

/** The process is written down while it lives, so that a test run that is killed itself leaves nothing behind. */
function createPart(runFolder: string, name: string, launch: Launch): Part {
  const records = processFolder(runFolder);
  let running: Running | null = null;
  const current = (): Running => {
    if (!running) throw new Error(`${name} was not started.`);
    return running;
  };
  const end = async (signal: NodeJS.Signals): Promise<Exit> => {
    const { pid, exited } = current();
    process.kill(pid, signal);
    const exit = await exited;
    forgetProcess(records, name);
    return exit;
  };
  return {
    pid: () => current().pid,
    isAlive: () => running !== null && processBirth(running.pid) !== null,
    start: async (env = {}) => {
      running = await launch(env);
      recordProcess(records, name, running.pid);
    },
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

async function launchPostgres(folder: string, port: number): Promise<Running> {
  const server = await startPostgres({
    folder: join(folder, 'postgres'),
    port,
    password: PASSWORD,
    logFile: join(folder, 'postgres.log'),
  });
  await ensureOwnDatabase(server, ownDatabaseUrl(port, PASSWORD));
  return server;
}

async function launchTemporal(folder: string, port: number): Promise<Running> {
  return startTemporal({
    cliPath: await findTemporalCli({ cliPath: process.env.TEMPORAL_CLI_PATH ?? null }),
    port,
    namespace: 'default',
    databaseFile: join(folder, 'temporal.db'),
    logFile: join(folder, 'temporal.log'),
  });
}

/** Starts API or worker and waits for the line that says it takes work. Its lines go to `<folder>/<name>.log`. */
async function launchProgram(
  folder: string,
  name: string,
  env: Record<string, string>,
  ready: string,
  root: string | null,
): Promise<Running> {
  const lines: string[] = [];
  let isReady = false;
  const service = startNodeService({
    name,
    entry: name.startsWith('api') ? 'src/api.ts' : 'src/worker.ts',
    env,
    ...(root === null ? {} : { root }),
    print: (line) => {
      isReady ||= line.includes(ready);
      lines.push(line);
      appendFileSync(join(folder, `${name}.log`), `${line}\n`);
    },
  });
  let ended = false;
  void service.exited.then(() => {
    ended = true;
  });
  const endsAtMs = Date.now() + READY_WITHIN_MS;
  while (!isReady) {
    if (ended || Date.now() > endsAtMs) throw new Error(`${name} does not come up:\n${lines.slice(-20).join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return service;
}

/**
 * Free ports below those that the system hands out by itself: a killed part must find its port free again, though
 * thousands of connections come and go meanwhile.
 */
async function findPorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(12_000, 32_000);
    const isFree = await claimPort(port, 'PORT').then(
      () => true,
      () => false,
    );
    if (isFree) ports.add(port);
  }
  return [...ports];
}
