import type { Database } from '../database/client.ts';
import { classifyDatabaseFault, hasNoConnectionLeft } from '../database/database-fault.ts';
import type { FoundParts } from './health.ts';

/**
 * Whether the database answers (`db`), and whether at least one migration is there and none is half-applied (`migrations`):
 * of one that cannot be asked, nobody can tell.
 */
export async function readDatabaseParts(db: Database): Promise<FoundParts> {
  try {
    const [row] = await db.$queryRaw<{ applied: bigint; broken: bigint }[]>`
      SELECT count(*) FILTER (WHERE finished_at IS NOT NULL) AS applied,
             count(*) FILTER (WHERE finished_at IS NULL AND rolled_back_at IS NULL) AS broken
      FROM _prisma_migrations`;
    return { db: true, migrations: row !== undefined && row.applied > 0n && row.broken === 0n };
  } catch (error) {
    if (hasNoConnectionLeft(error)) return { db: 'db_connections' };
    return classifyDatabaseFault(error) === 'unavailable' ? { db: false } : { db: true, migrations: false };
  }
}
