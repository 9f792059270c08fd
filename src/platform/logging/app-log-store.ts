import type { Database } from '../database/client.ts';
import type { Prisma } from '../database/generated/client.ts';

/** A line, or several that said the same within a minute. */
export interface AppLogEntry {
  id: string;
  level: string;
  message: string;
  fields: Prisma.InputJsonObject;
  /** Null: the business that the installation began with, whose admins look after the machine. */
  businessId: string | null;
  /** When it was said first. */
  at: Date;
  /** How often it was said, and when last. */
  count: number;
  lastAt: Date;
}

/** What nobody has looked into for two months is not looked into any more; `npm run peyk -- retention` takes less. */
const KEPT_DAYS = 60;
/** Old lines taken away with each batch: more than a batch brings, so that the table shrinks back by itself. */
const MAX_TRIMMED = 200;

/**
 * Writes log lines in one statement, and takes some away that are too old. One that is there already gets its new count and last
 * time. A business that does not exist loses nothing: the line goes to the first one.
 */
export async function saveAppLogs(db: Database, entries: readonly AppLogEntry[]): Promise<void> {
  const rows = JSON.stringify(entries);
  await db.$executeRaw`
    INSERT INTO app_logs (id, business_id, level, message, fields, created_at, count, last_at)
    SELECT e.id, COALESCE(b.id, (SELECT id FROM businesses WHERE slug = 'default')), e.level, e.message, e.fields, e.at,
      e.count, e."lastAt"
    FROM jsonb_to_recordset(${rows}::jsonb)
      AS e(id uuid, level text, message text, fields jsonb, "businessId" uuid, at timestamptz, count int, "lastAt" timestamptz)
    LEFT JOIN businesses b ON b.id = e."businessId"
    ON CONFLICT (id) DO UPDATE SET count = EXCLUDED.count, last_at = EXCLUDED.last_at`;
  await db.$executeRaw`
    DELETE FROM app_logs WHERE id IN (
      SELECT id FROM app_logs WHERE created_at < now() - make_interval(days => ${KEPT_DAYS}::int)
      ORDER BY created_at LIMIT ${MAX_TRIMMED}::int)`;
}
