import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { type Exit, stopProcess, waitForExit } from './processes.ts';
import { reasonOf, StartError } from './start-error.ts';

const READY_WITHIN_MS = 60_000;
const STEP_MS = 3000;

/** What operators can filter by in Temporal's Web UI. Low in number and free of personal data. */
export const SEARCH_ATTRIBUTES = ['PeykChannel', 'PeykAccount', 'PeykBusiness', 'PeykMode'] as const;

const DYNAMIC_CONFIG = [
  // The server keeps everything in one shard, and by default a shard looks for new tasks at most twenty times a second, which
  // is meant for hundreds of them: ten replies a second then wait 50 ms at each of their steps.
  'history.transferProcessorMaxPollRPS=500',
  'history.timerProcessorMaxPollRPS=200',
  // A queue is cut into four partitions for many hosts; on one, tasks only wander between them.
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
  // Tasks that wait are handed out by business in turn.
  'matching.useNewMatcher=true',
  'matching.enableFairness=true',
];

/** The server clears its memory away when it has grown this many per cent: four times as seldom as by default, for 100 MB more. */
const GOGC_PERCENT = '400';
/** Threads that run at once. On every core they would stand in the way of PostgreSQL, worker and API, and a quarter dearer each. */
const THREADS = String(Math.max(1, Math.floor(availableParallelism() / 2)));

/** Each commit still reaches the disk, but with one write of the log instead of two files' worth: 1.7 times the replies. */
const SQLITE_PRAGMAS = ['journal_mode=wal', 'synchronous=full'].flatMap((pragma) => ['--sqlite-pragma', pragma]);

export interface TemporalOptions {
  cliPath: string;
  port: number;
  /** Absent: no Web UI. */
  uiPort?: number;
  namespace: string;
  /** The SQLite file; absent: in memory. */
  databaseFile?: string;
  logFile: string;
  /** What it knows from its start; ours unless told. */
  searchAttributes?: readonly string[];
}

export interface RunningTemporal {
  pid: number;
  address: string;
  exited: Promise<Exit>;
  stop(): Promise<void>;
}

/** Starts a dev server and returns once its namespace answers. Throws StartError with the end of its log. */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  mkdirSync(dirname(options.logFile), { recursive: true, mode: 0o700 });
  if (options.databaseFile) mkdirSync(dirname(options.databaseFile), { recursive: true, mode: 0o700 });
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn(options.cliPath, serverArguments(options), {
    detached: true,
    stdio: ['ignore', log, log],
    env: { GOGC: GOGC_PERCENT, GOMAXPROCS: THREADS, ...process.env },
  });
  closeSync(log);
  const exited = waitForExit(child);
  const pid = child.pid;
  if (pid === undefined) throw new StartError(`${options.cliPath} could not be started.`);
  const address = `127.0.0.1:${options.port}`;
  const running = { pid, address, exited, stop: () => stopProcess(pid, 'SIGTERM', 8000) };
  try {
    await waitForTemporal(address, options.namespace, READY_WITHIN_MS, exited);
  } catch (error) {
    await running.stop();
    const tail = readFileSync(options.logFile, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
    throw new StartError(`${reasonOf(error)} The end of ${options.logFile}:\n${tail}`);
  }
  return running;
}

function serverArguments(options: TemporalOptions): string[] {
  const { port, uiPort, namespace, databaseFile, searchAttributes = SEARCH_ATTRIBUTES } = options;
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--namespace', namespace],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(databaseFile ? ['--db-filename', databaseFile, ...SQLITE_PRAGMAS] : []),
    ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ...DYNAMIC_CONFIG.flatMap((setting) => ['--dynamic-config-value', setting]),
    ...['--log-level', 'error'],
  ];
}

/**
 * Waits until the server answers for the namespace. Throws StartError when it does not within `withinMs`, or when
 * `exited` settles first.
 */
export async function waitForTemporal(
  address: string,
  namespace: string,
  withinMs: number,
  exited?: Promise<Exit>,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  let ended: Exit | null = null;
  void exited?.then((exit) => {
    ended = exit;
  });
  let reason = 'no answer';
  while (Date.now() < deadline && ended === null) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: STEP_MS });
      try {
        await connection.withDeadline(Date.now() + STEP_MS, () =>
          connection.workflowService.describeNamespace({ namespace }),
        );
        return;
      } finally {
        await connection.close();
      }
    } catch (error) {
      reason = reasonOf(error);
    }
    await sleep(100);
  }
  throw new StartError(`Temporal at ${address} did not answer for namespace "${namespace}" (${reason}).`);
}
