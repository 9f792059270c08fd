import { existsSync } from 'node:fs';
import type { ConfigError } from '../config.ts';
import { ENCRYPTED_COLUMNS } from '../features.ts';
import { readUsedKeyIds } from '../platform/database/backup.ts';
import { openTemporal } from '../platform/temporal/client.ts';
import type { CommandContext, Outcome } from './command.ts';
import * as checks from './doctor-checks.ts';

interface NamedFinding extends checks.Finding {
  name: string;
}

const CHECK_MS = 8000;
const MARKS = { ok: 'ok', warning: 'WARNING', failing: 'FAILING' } as const;

/** Looks at everything that Peyk stands on, and says what to do about what is not well. */
export async function doctor(context: CommandContext): Promise<Outcome> {
  const { config } = context;
  const findings = [
    { name: 'configuration', state: 'ok', message: 'Every variable can be used.', action: '' } as const,
    ...(await lookAtDatabase(context)),
    ...(await lookAtEngine(context)),
  ];
  const disk = existsSync(config.dataDir) ? [await look('disk', () => checks.checkDisk(config.dataDir))] : [];
  return report([...findings, ...disk]);
}

/** The same report when the variables cannot even be read. */
export function reportConfig({ faults }: ConfigError): Outcome {
  const message = `${faults.length} variables cannot be used: ${faults.join('; ')}.`;
  const action = 'Mend them in .env; .env.example explains each.';
  return report([{ name: 'configuration', state: 'failing', message, action }]);
}

async function lookAtDatabase(context: CommandContext): Promise<NamedFinding[]> {
  const { config } = context;
  if (!config.databaseUrl)
    return [notRunning('database', 'Peyk does not run in this folder, and DATABASE_URL is not set.')];
  const url = config.databaseUrl;
  const db = context.database();
  const reached = await look('database', () => checks.checkDatabase(db));
  if (reached.state === 'failing') return [reached];
  const migrations = await look('migrations', () => checks.checkMigrations(url));
  // Without its tables there is nothing to look into.
  if (migrations.state === 'failing') return [reached, migrations];
  return [
    reached,
    migrations,
    await look('rights', () => checks.checkRights(db)),
    await look('role', () => checks.checkRole(db)),
    await look('sending', () => checks.checkSending(db)),
    await look('backlog', () => checks.checkBacklog(db, new Date())),
    await look('encryption', () => checks.checkKeys(config, () => readUsedKeyIds(url, ENCRYPTED_COLUMNS))),
  ];
}

async function lookAtEngine({ config }: CommandContext): Promise<NamedFinding[]> {
  const { address } = config.temporal;
  if (!address) return [notRunning('engine', 'Peyk does not run in this folder, and TEMPORAL_ADDRESS is not set.')];
  const client = openTemporal({ ...config.temporal, address });
  const within = <T>(call: () => Promise<T>) => client.connection.withDeadline(Date.now() + CHECK_MS, call);
  try {
    const reached = await look('engine', () => within(() => checks.checkEngine(client)));
    if (reached.state === 'failing') return [reached];
    return [reached, await look('workers', () => within(() => checks.checkWorkers(client)))];
  } finally {
    await client.connection.close();
  }
}

function notRunning(name: string, message: string): NamedFinding {
  return { name, state: 'failing', message, action: 'Start it with npm start, or name the server.' };
}

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  database: 'Start PostgreSQL, or check DATABASE_URL, its disk and its limit of connections.',
  engine: 'Start Temporal, or check TEMPORAL_ADDRESS, its certificates and TEMPORAL_NAMESPACE.',
};

/** A check that cannot be made fails: what it would have told nobody knows. */
async function look(name: string, check: () => Promise<checks.Finding>): Promise<NamedFinding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('There was no answer in time.')), CHECK_MS);
  });
  try {
    return { name, ...(await Promise.race([check(), late])) };
  } catch (error) {
    // Only the last line: the database's client quotes the call before it says what is wrong.
    const why = (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1) ?? '';
    const action = WHAT_TO_DO[name] ?? 'Read the logs of the API and the worker.';
    return { name, state: 'failing', message: `It cannot be looked at: ${why}`, action };
  } finally {
    clearTimeout(timer);
  }
}

function report(findings: readonly NamedFinding[]): Outcome {
  const lines = findings.flatMap(({ name, state, message, action }) => [
    `${MARKS[state].padEnd(8)}${name.padEnd(14)}${message}`,
    ...(action === '' ? [] : [`${' '.repeat(22)}${action}`]),
  ]);
  const isFailing = findings.some(({ state }) => state === 'failing');
  const worst = isFailing ? 'failing' : findings.some(({ state }) => state === 'warning') ? 'warning' : 'ok';
  return { text: lines.join('\n'), data: { state: worst, checks: findings }, exitCode: isFailing ? 1 : 0 };
}
