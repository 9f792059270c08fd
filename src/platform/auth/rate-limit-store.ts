import type { Database } from '../database/client.ts';

/** Statements as the rate limiter makes them: its own texts, with their values apart. */
interface LimitQuery {
  text: string;
  values?: unknown[];
}

/** What the rate limiter needs of a pool. */
export interface LimitStore {
  query(query: LimitQuery): Promise<{ rows: Record<string, unknown>[]; rowCount: number }>;
  /** Forgets every counter whose key begins so. */
  forget(prefix: string): Promise<void>;
}

export const LIMIT_TABLE = 'rate_limits';

/** Counters in the database: shared by all API processes, and still there after a restart. */
export function createLimitStore(db: Database): LimitStore {
  return {
    async query({ text, values = [] }) {
      if (/^\s*DELETE\b/i.test(text)) return { rows: [], rowCount: await db.$executeRawUnsafe(text, ...values) };
      const rows = await db.$queryRawUnsafe<Record<string, unknown>[]>(text, ...values);
      // It reckons with plain numbers; a time in milliseconds fits one.
      const plain = rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([k, v]) => [k, typeof v === 'bigint' ? Number(v) : v])),
      );
      return { rows: plain, rowCount: plain.length };
    },
    async forget(prefix) {
      await db.rateLimit.deleteMany({ where: { key: { startsWith: prefix } } });
    },
  };
}
