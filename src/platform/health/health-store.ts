import type { Database } from '../database/client.ts';
import { readSending } from '../installation/installation-store.ts';

/** Resolves when the database answers. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}

/** Throws unless at least one migration is there and none is half-applied. */
export async function checkMigrations(db: Database): Promise<void> {
  const [row] = await db.$queryRaw<{ applied: bigint; broken: bigint }[]>`
    SELECT count(*) FILTER (WHERE finished_at IS NOT NULL) AS applied,
           count(*) FILTER (WHERE finished_at IS NULL AND rolled_back_at IS NULL) AS broken
    FROM _prisma_migrations`;
  if (!row || row.applied === 0n || row.broken > 0n) throw new Error('Migrations are missing or half-applied.');
}

/** Throws while messages are held back. A database that is away is another part's to tell. */
export async function checkSending(db: Database): Promise<void> {
  const sending = await readSending(db).catch(() => null);
  if (sending?.pausedAt) throw new Error('Sending is paused.');
}

/** What the relay still owes, over all businesses. */
export interface Backlog {
  /** Conversations whose burst should have been handed over by now. */
  due: number;
  oldestDueAt: Date | null;
  /** When the oldest waiting event of any conversation was stored. */
  oldestWaitingSince: Date | null;
  /** How long that one may still wait for its customer to finish. */
  quietMs: number;
}

/** Reads the relay's partial index only: what waits is little, whatever the size of the table. */
export async function readBacklog(db: Database, now: Date): Promise<Backlog> {
  const [row] = await db.$queryRaw<
    { due: bigint; oldest_due: Date | null; oldest_waiting: Date | null; quiet_ms: number | null }[]
  >`
    SELECT count(*) FILTER (WHERE due_at <= ${now}) AS due, min(due_at) AS oldest_due,
           min(waiting_since) AS oldest_waiting,
           (extract(epoch FROM max(due_at - waiting_since)) * 1000)::float8 AS quiet_ms
    FROM dispatches WHERE due_at IS NOT NULL`;
  return {
    due: Number(row?.due ?? 0),
    oldestDueAt: row?.oldest_due ?? null,
    oldestWaitingSince: row?.oldest_waiting ?? null,
    quietMs: Math.max(0, row?.quiet_ms ?? 0),
  };
}

/** What was acknowledged and is not yet sorted into conversations. Reads a partial index, which is nearly empty. */
export async function readUnsorted(db: Database): Promise<{ count: number; oldestAt: Date | null }> {
  const [row] = await db.$queryRaw<{ count: bigint; oldest: Date | null }[]>`
    SELECT count(*) AS count, min(received_at) AS oldest FROM inbound_deliveries WHERE state = 'received'`;
  return { count: Number(row?.count ?? 0), oldestAt: row?.oldest ?? null };
}

/** What a business should look at. */
export async function readBusinessHealth(
  db: Database,
  businessId: string,
): Promise<{ unknownSends: number; brokenAccounts: string[] }> {
  const [unknownSends, accounts] = await Promise.all([
    db.outboundMessage.count({ where: { businessId, state: 'unknown', settledBy: '' } }),
    db.account.findMany({
      where: { businessId, status: 'needs_reconnect' },
      select: { name: true, externalId: true, channel: true },
      take: 20,
    }),
  ]);
  const brokenAccounts = accounts.map(({ name, externalId, channel }) => `${name || externalId} (${channel})`);
  return { unknownSends, brokenAccounts };
}
