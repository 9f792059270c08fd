import type { Database } from './client.ts';
import type { Prisma } from './generated/client.ts';

export interface AppLogEntry {
  level: string;
  message: string;
  fields: Prisma.InputJsonObject;
  /** Null: the business that the installation began with, whose admins look after the machine. */
  businessId: string | null;
  at: Date;
}

/** Writes log lines in one statement. A business that does not exist loses nothing: the line goes to the first one. */
export async function saveAppLogs(db: Database, entries: readonly AppLogEntry[]): Promise<void> {
  const rows = JSON.stringify(entries);
  await db.$executeRaw`
    INSERT INTO app_logs (business_id, level, message, fields, created_at)
    SELECT COALESCE(b.id, (SELECT id FROM businesses WHERE slug = 'default')), e.level, e.message, e.fields, e.at
    FROM jsonb_to_recordset(${rows}::jsonb)
      AS e(level text, message text, fields jsonb, "businessId" uuid, at timestamptz)
    LEFT JOIN businesses b ON b.id = e."businessId"`;
}
