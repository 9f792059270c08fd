import type { Database } from '../database/client.ts';

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
