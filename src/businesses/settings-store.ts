import type { Database, Queries } from '../platform/database/client.ts';
import { Prisma } from '../platform/database/generated/client.ts';

/** What a business has set; null: as the variables say. */
export type SettingsRow = Prisma.BusinessSettingsGetPayload<object>;

/** The rows of those businesses that have set anything. */
export async function readSettingsRows(
  db: Database,
  businessIds: readonly string[],
): Promise<Map<string, SettingsRow>> {
  const rows = await db.businessSettings.findMany({ where: { businessId: { in: [...businessIds] } } });
  return new Map(rows.map((row) => [row.businessId, row]));
}

export function findSettingsRow(db: Queries, businessId: string): Promise<SettingsRow | null> {
  return db.businessSettings.findUnique({ where: { businessId } });
}

export type SettingsChanges = Partial<Omit<SettingsRow, 'businessId' | 'updatedAt'>>;

/** Sets what is given and leaves the rest. */
export async function saveSettings(
  db: Queries,
  businessId: string,
  { businessHours, ...changes }: SettingsChanges,
): Promise<void> {
  const hours = businessHours === undefined ? {} : { businessHours: businessHours ?? Prisma.DbNull };
  const data = { ...changes, ...hours };
  await db.businessSettings.upsert({ where: { businessId }, create: { businessId, ...data }, update: data });
}
