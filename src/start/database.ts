import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { ensureApplicationRole } from '../platform/database/application-role.ts';
import { connectionOptions, LIMITS } from '../platform/database/limits.ts';
import { migrate } from '../platform/database/migrate.ts';
import { claimPort } from './ports.ts';
import { type RunningPostgres, startPostgres } from './postgres.ts';
import { reasonOf, StartError } from './start-error.ts';
import type { Service } from './supervisor.ts';

const DATABASE = 'peyk';
/** The first version with uuidv7(), which makes our keys. */
const OLDEST_SERVER = 18;

/** Peyk's own role there: ordinary, and owner of its database. */
const ROLE = 'peyk_app';

/** Another than the superuser's, and the same at each start. */
function rolePassword(serverPassword: string): string {
  return createHmac('sha256', serverPassword).update('role of the application').digest('base64url');
}

/** Makes the database and the role that works in it, or sets them right: folders of earlier releases know one role only. */
export async function ensureOwnDatabase(server: RunningPostgres, url: string): Promise<void> {
  await ensureApplicationRole(server.url('postgres'), url);
}

/** The address of the database on a server of ours, for the role that works in it. */
export function ownDatabaseUrl(port: number, serverPassword: string): string {
  return `postgresql://${ROLE}:${rolePassword(serverPassword)}@127.0.0.1:${port}/${DATABASE}`;
}

/** The embedded server as a service, always on the same port and folder; `url` is its database's address. */
export async function embeddedDatabase(
  dataFolder: string,
  wantedPort: number,
  password: string,
): Promise<{ service: Service; url: string }> {
  const port = await claimPort(wantedPort, 'POSTGRES_PORT');
  const logFile = join(dataFolder, 'logs/postgres.log');
  const url = ownDatabaseUrl(port, password);
  const start = async (): Promise<RunningPostgres> => {
    const server = await startPostgres({ folder: join(dataFolder, 'postgres'), port, password, logFile });
    await ensureOwnDatabase(server, url);
    return server;
  };
  return { service: { name: 'postgres', start }, url };
}

const BLIND_TO_PERSIAN =
  'The database was made with LC_CTYPE C, so searches in Persian work but read every row. ' +
  'A database that is made anew (LC_CTYPE C.UTF-8) has indexes for them.';

/**
 * Checks that the database answers and is new enough, and migrates it. With `adminUrl`, the role of `url` is made first, or made an
 * ordinary one. Returns whether any user is in it yet.
 */
export async function prepareDatabase(
  url: string,
  adminUrl: string | null,
  say: (line: string) => void,
): Promise<{ hasUsers: boolean }> {
  if (adminUrl !== null)
    await ensureApplicationRole(adminUrl, url).catch((error: unknown) => {
      throw new StartError(`The role of DATABASE_URL could not be made by DATABASE_ADMIN_URL: ${reasonOf(error)}`);
    });
  await requireServer(url);
  const applied = await migrate(url).catch((error: unknown) => {
    throw new StartError(`The database could not be migrated: ${reasonOf(error)}`, { cause: error });
  });
  if (applied.length > 0) say(`Applied ${applied.length} migration(s): ${applied.join(', ')}`);
  const [letters] = await ask(url, "select show_trgm('پیک') <> '{}' as known");
  if (letters?.known !== true) say(BLIND_TO_PERSIAN);
  const [row] = await ask(url, 'select exists (select 1 from users) as users');
  return { hasUsers: row?.users === true };
}

async function requireServer(url: string): Promise<void> {
  const { host } = new URL(url);
  const [row] = await ask(url, 'show server_version_num').catch((error: unknown) => {
    throw new StartError(`PostgreSQL at ${host} (DATABASE_URL) cannot be used: ${reasonOf(error)}`);
  });
  const major = Math.floor(Number(row?.server_version_num) / 10_000);
  if (major < OLDEST_SERVER) {
    throw new StartError(`PostgreSQL at ${host} is version ${major}; Peyk needs ${OLDEST_SERVER} or newer.`);
  }
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connectionOptions(url, LIMITS.bulk));
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
