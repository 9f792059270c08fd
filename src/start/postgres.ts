import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { findServerUser, type ServerUser } from './postgres-user.ts';
import { type Exit, processBirth, stopProcess, waitForExit } from './processes.ts';
import { reasonOf, StartError } from './start-error.ts';

const USER = 'peyk';
const READY_WITHIN_MS = 60_000;

export interface PostgresOptions {
  /** The cluster's own folder; made when missing, reused when not. */
  folder: string;
  port: number;
  password: string;
  logFile: string;
  /** Server settings beyond ours; tests switch `fsync` off. */
  settings?: Record<string, string>;
}

export interface RunningPostgres {
  pid: number;
  port: number;
  /** Connection string of one database. */
  url(database: string): string;
  exited: Promise<Exit>;
  /** Fast shutdown: open transactions are rolled back, what was committed is on disk. */
  stop(): Promise<void>;
}

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

/** Starts PostgreSQL on the folder and returns once it answers. Throws StartError with the end of its log. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const folder = resolve(options.folder);
  const binaries = findPostgresBinaries();
  mkdirSync(dirname(folder), { recursive: true });
  const user = findServerUser(binaries.postgres, folder);
  if (!existsSync(join(folder, 'PG_VERSION'))) initialise(folder, options.password, binaries, user);
  requireOwner(folder, user);
  await endFormerServer(folder);
  const settings = { ...SETTINGS, port: String(options.port), ...options.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { file, args, ...ids } = user.command(binaries.postgres, ['-D', folder, ...flags]);
  mkdirSync(dirname(options.logFile), { recursive: true, mode: 0o700 });
  const log = openSync(options.logFile, 'a', 0o600);
  // A group of its own: Ctrl-C in the terminal must reach only us, or the database would leave before its users.
  const child = spawn(file, args, { ...ids, cwd: '/', detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const exited = waitForExit(child);
  const pid = child.pid;
  if (pid === undefined) throw new StartError(`${file} could not be started.`);
  const running: RunningPostgres = {
    pid,
    port: options.port,
    url: (database) => connectionString(options, database),
    exited,
    stop: () => stopProcess(pid, 'SIGINT', 10_000),
  };
  try {
    await waitUntilReady(running, options.logFile);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

/** Makes the database unless it exists. */
export async function ensureDatabase(server: RunningPostgres, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function connectionString({ port, password }: PostgresOptions, database: string): string {
  return `postgresql://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/**
 * By which pg_trgm knows letters, the first one that the system has. With the last, C, it knows none but English ones, and
 * a search in Persian reads every row.
 */
const LETTER_LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'UTF-8', 'C'] as const;

/** Builds the cluster beside its place and moves it there when whole, so that a half-made one is never taken. */
function initialise(folder: string, password: string, binaries: PostgresBinaries, user: ServerUser): void {
  if (existsSync(folder)) {
    throw new StartError(`${folder} exists but holds no PostgreSQL data. Move it away, or set PEYK_DATA_DIR.`);
  }
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== null && user.gid !== null) {
    chownSync(draft, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
    // The server's user must be able to pass through our folder; what lies in it has modes of its own.
    chmodSync(dirname(folder), statSync(dirname(folder)).mode | 0o011);
  }
  const flags = [`--pgdata=${draft}`, `--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  // In English, whatever the system speaks: it is read below.
  const env = { ...process.env, LC_ALL: 'C' };
  let fault = '';
  for (const letters of LETTER_LOCALES) {
    const { file, args, ...ids } = user.command(binaries.initdb, [...flags, ...locale, `--lc-ctype=${letters}`]);
    const made = spawnSync(file, args, { ...ids, env, cwd: '/', encoding: 'utf8' });
    fault = made.status === 0 ? '' : (made.error?.message ?? made.stderr.trim());
    if (!fault.includes('invalid locale name')) break;
  }
  rmSync(passwordFile, { force: true });
  if (fault !== '') {
    rmSync(draft, { recursive: true, force: true });
    throw new StartError(`initdb failed: ${fault}`);
  }
  renameSync(draft, folder);
}

function requireOwner(folder: string, user: ServerUser): void {
  const mine = user.uid ?? process.getuid?.();
  const owner = statSync(folder).uid;
  if (mine === undefined || owner === mine) return;
  throw new StartError(
    `${folder} belongs to the user with id ${owner}, and the server would run as ${mine}. ` +
      'Start as the user who made the data, or set PEYK_DATA_DIR to another folder.',
  );
}

/** Stops a server that a killed start left behind, and removes the mark of one that is no more. */
async function endFormerServer(folder: string): Promise<void> {
  const mark = join(folder, 'postmaster.pid');
  let pid: number;
  try {
    pid = Number(readFileSync(mark, 'utf8').split('\n')[0]);
  } catch {
    return;
  }
  if (isServerOf(pid, folder)) await stopProcess(pid, 'SIGINT', 15_000);
  // Someone else may have been given the number since (always so after a restart of a container).
  rmSync(mark, { force: true });
}

function isServerOf(pid: number, folder: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || processBirth(pid) === null) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(folder);
  } catch {
    const listed = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return listed.stdout?.includes(folder) ?? false;
  }
}

async function waitUntilReady(server: RunningPostgres, logFile: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let ended: Exit | null = null;
  void server.exited.then((exit) => {
    ended = exit;
  });
  let reason = 'no answer';
  while (Date.now() < deadline && ended === null) {
    const client = new pg.Client({ connectionString: server.url('postgres'), connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      reason = reasonOf(error);
      if ((error as { code?: string }).code === '28P01') break;
    }
    await sleep(100);
  }
  throw new StartError(`PostgreSQL did not become ready (${reason}). The end of ${logFile}:\n${tailOf(logFile)}`);
}

function tailOf(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
}
