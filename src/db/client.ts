import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;
/** A transaction or the database itself: stores take either. */
export type Queries = Prisma.TransactionClient;

/** Opens a pool. `poolSize` bounds the connections of this process; waiting for one ends after `connectTimeoutMs`. */
export function openDatabase(databaseUrl: string, poolSize = 10, connectTimeoutMs = 5000): Database {
  const adapter = new PrismaPg({
    connectionString: databaseUrl,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 30_000,
  });
  return new PrismaClient({ adapter });
}
