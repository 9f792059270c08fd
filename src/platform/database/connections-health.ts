import { describeHealth, type HealthMessages } from '../health/health-messages.ts';
import type { HealthPart } from '../health/health-part.ts';
import { type Database, readPoolState } from './client.ts';

export const CONNECTION_MESSAGES = {
  connections_ok: { message: 'PostgreSQL has connections to spare: %{used} of %{allowed} are in use.', action: '' },
  connections_scarce: {
    message: 'Of the %{allowed} connections that PostgreSQL allows, %{used} are in use.',
    action:
      'See who holds them (pg_stat_activity) and end what is not needed, or raise max_connections of PostgreSQL before they run out.',
  },
  connections_short: {
    message:
      'All %{size} connections of this process are taken, and %{waiting} statements wait for one, for %{seconds} s already.',
    action:
      'See what PostgreSQL is busy with (pg_stat_activity): a statement that does not end, a lock, a disk that is too slow.',
  },
} as const satisfies HealthMessages;

/** From this share of the server's connections on they are scarce, and soon there are none. */
const SCARCE = 0.85;
const NEARLY_NONE = 0.95;
/** Waiting for moments is what a pool is for. */
const WAITS_LONG_MS = 5000;
const WAITS_TOO_LONG_MS = 30_000;
const LOOK_MS = 1000;

export interface ConnectionWatch {
  /** Asks the server by a connection of `db`. */
  parts(db: Database): Promise<HealthPart[]>;
  stop(): void;
}

/** Watches the pools of this process, and how many of the server's connections are in use. */
export function watchConnections(pools: readonly Database[], clock: () => number = Date.now): ConnectionWatch {
  /** Since when somebody has been waiting, at each look. */
  const waitsSince = new Map<Database, number>();
  const look = (): void => {
    for (const db of pools) {
      if (readPoolState(db).waiting === 0) waitsSince.delete(db);
      else if (!waitsSince.has(db)) waitsSince.set(db, clock());
    }
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return {
    async parts(db) {
      look();
      return [poolPart(waitsSince, clock()) ?? serverPart(await readServer(db))];
    },
    stop: () => clearInterval(timer),
  };
}

function poolPart(waitsSince: ReadonlyMap<Database, number>, nowMs: number): HealthPart | null {
  const [longest] = [...waitsSince].toSorted(([, one], [, other]) => one - other);
  if (!longest) return null;
  const waitedMs = nowMs - longest[1];
  if (waitedMs < WAITS_LONG_MS) return null;
  const { size, waiting } = readPoolState(longest[0]);
  const words = describeHealth(CONNECTION_MESSAGES, 'connections_short', {
    size,
    waiting,
    seconds: Math.round(waitedMs / 1000),
  });
  return { name: 'connections', state: waitedMs < WAITS_TOO_LONG_MS ? 'warning' : 'failing', ...words };
}

interface ServerConnections {
  used: number;
  /** For those who are no superusers. */
  allowed: number;
}

/** Counted where every role may look. */
async function readServer(db: Database): Promise<ServerConnections> {
  const [row] = await db.$queryRaw<ServerConnections[]>`
    SELECT (SELECT sum(numbackends)::int FROM pg_stat_database) AS used,
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - current_setting('reserved_connections')::int AS allowed`;
  if (!row) throw new Error('The server did not tell its connections.');
  return row;
}

function serverPart({ used, allowed }: ServerConnections): HealthPart {
  const share = used / allowed;
  if (share < SCARCE)
    return {
      name: 'connections',
      state: 'ok',
      ...describeHealth(CONNECTION_MESSAGES, 'connections_ok', { used, allowed }),
    };
  return {
    name: 'connections',
    state: share < NEARLY_NONE ? 'warning' : 'failing',
    ...describeHealth(CONNECTION_MESSAGES, 'connections_scarce', { used, allowed }),
  };
}
