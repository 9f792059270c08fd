import type { Database } from '../database/client.ts';
import { Prisma } from '../database/generated/client.ts';
import type { EncryptedColumn } from './encrypted-column.ts';
import type { KeyRing } from './key-ring.ts';

/** Rows of one transaction: what changes them meanwhile waits no longer than that. */
const CHUNK_ROWS = 100;

export interface Rotation {
  /** Sealed under the first key now. */
  rotated: number;
  /** Could not be opened, and were left as they are. */
  failed: number;
}

/**
 * Seals again, under the first key, what another key has sealed. May be repeated and stopped at any moment: each chunk is a
 * transaction, and what was done is not looked at again. Rows that do not open stay as they are and are counted.
 */
export async function rotateColumn(db: Database, keyRing: KeyRing, column: EncryptedColumn): Promise<Rotation> {
  const total = { rotated: 0, failed: 0 };
  for (let afterId: string | null = null; ; ) {
    const chunk = await rotateChunk(db, keyRing, column, afterId);
    total.rotated += chunk.rotated;
    total.failed += chunk.failed;
    if (chunk.lastId === null) return total;
    afterId = chunk.lastId;
  }
}

function rotateChunk(
  db: Database,
  keyRing: KeyRing,
  { table, column, idColumn }: EncryptedColumn,
  afterId: string | null,
): Promise<Rotation & { lastId: string | null }> {
  const [from, sealed, id] = [table, column, idColumn].map((name) => Prisma.raw(`"${name}"`)) as [
    Prisma.Sql,
    Prisma.Sql,
    Prisma.Sql,
  ];
  const current = `${keyRing.currentPrefix}%`.replaceAll('_', '\\_');
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; sealed: string }[]>`
      SELECT ${id}::text AS id, ${sealed} AS sealed FROM ${from}
      WHERE ${sealed} IS NOT NULL AND ${sealed} NOT LIKE ${current}
        AND (${afterId}::uuid IS NULL OR ${id} > ${afterId}::uuid)
      ORDER BY ${id} LIMIT ${CHUNK_ROWS} FOR UPDATE`;
    let failed = 0;
    for (const row of rows) {
      const place = { table, column, rowId: row.id };
      const text = tryOpen(keyRing, place, row.sealed);
      if (text === null) failed += 1;
      else
        await tx.$executeRaw`
          UPDATE ${from} SET ${sealed} = ${keyRing.seal(place, text)} WHERE ${id} = ${row.id}::uuid`;
    }
    const lastId = rows.length < CHUNK_ROWS ? null : (rows.at(-1)?.id ?? null);
    return { rotated: rows.length - failed, failed, lastId };
  });
}

function tryOpen(keyRing: KeyRing, place: Parameters<KeyRing['open']>[0], sealed: string): string | null {
  try {
    return keyRing.open(place, sealed);
  } catch {
    return null;
  }
}
