import type { Database, Queries } from '../database/client.ts';
import { Prisma } from '../database/generated/client.ts';
import type { RetentionRule } from '../database/retention-store.ts';
import type { ReadMedia } from './read-media.ts';

/** A file that was uploaded, without its content. */
export interface Upload {
  id: string;
  businessId: string;
  kind: string;
  type: string;
  extension: string;
  bytes: number;
  width: number | null;
  height: number | null;
  createdAt: Date;
}

const FACTS = {
  id: true,
  businessId: true,
  kind: true,
  type: true,
  extension: true,
  bytes: true,
  width: true,
  height: true,
  createdAt: true,
} as const;

export async function insertUpload(
  db: Queries,
  owner: { id: string; businessId: string; userId: string | null },
  { kind, type, extension, content, width, height }: ReadMedia,
): Promise<Upload> {
  const data = {
    ...owner,
    kind,
    type,
    extension,
    width,
    height,
    bytes: content.length,
    content: new Uint8Array(content),
  };
  return db.upload.create({ data, select: FACTS });
}

/** Of a business, so that another's counts as missing. */
export function findUpload(db: Queries, businessId: string, id: string): Promise<Upload | null> {
  return db.upload.findFirst({ where: { id, businessId }, select: FACTS });
}

/** Whoever's: for an address that proves itself. */
export function findUploadById(db: Queries, id: string): Promise<Upload | null> {
  return db.upload.findUnique({ where: { id }, select: FACTS });
}

/** A part of the content; empty where the file is gone. */
export async function readUploadPart(db: Queries, id: string, from: number, length: number): Promise<Buffer> {
  const [row] = await db.$queryRaw<{ part: Uint8Array }[]>`
    SELECT substring(content FROM ${from + 1}::int FOR ${length}::int) AS part FROM uploads WHERE id = ${id}::uuid`;
  return row ? Buffer.from(row.part) : Buffer.alloc(0);
}

export async function sumUploadBytes(db: Queries, businessId: string): Promise<number> {
  const { _sum } = await db.upload.aggregate({ where: { businessId }, _sum: { bytes: true } });
  return _sum.bytes ?? 0;
}

/**
 * Notes that something is about to refer to an upload, in the transaction in which it does: the retention, which may have chosen
 * the row already, looks again then.
 */
export async function markUploadUsed(db: Queries, id: string): Promise<void> {
  await db.upload.updateMany({ where: { id }, data: { usedAt: new Date() } });
}

/** Where rows refer to uploads: a column, or an expression over one, that gives the reference. */
export interface UploadUse {
  table: string;
  /** SQL over the table's columns; there is an index on it. */
  reference: string;
}

const BATCH = 100;

/** Uploads that nothing refers to go after two days: somebody may still be writing the message they belong to. */
export function createUploadRetention(uses: readonly UploadUse[]): RetentionRule {
  const unused = Prisma.join(
    uses.map(
      ({ table, reference }) =>
        Prisma.sql`NOT EXISTS (SELECT 1 FROM ${Prisma.raw(table)} WHERE ${Prisma.raw(reference)} = 'upload:' || u.id || '.' || u.extension)`,
    ),
    ' AND ',
  );
  return {
    name: 'uploads',
    days: 2,
    count: async (db: Database, before) => {
      const [row] = await db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM uploads u WHERE u.used_at < ${before} AND ${unused}`;
      return row?.count ?? 0;
    },
    remove: async (db: Database, before) => {
      let removed = 0;
      for (let last = BATCH; last === BATCH; removed += last)
        last = await db.$executeRaw`
          DELETE FROM uploads u WHERE u.used_at < ${before} AND u.id IN (
            SELECT u.id FROM uploads u WHERE u.used_at < ${before} AND ${unused} LIMIT ${BATCH})`;
      return removed;
    },
  };
}
