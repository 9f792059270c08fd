import type { Database, Queries } from '../platform/database/client.ts';
import type { CatalogSource } from '../platform/database/generated/client.ts';
import { isSuspiciousList } from './product-content.ts';

export type { CatalogSource };

/** Sources that the environment names. */
export interface SettingsSource {
  kind: 'torob' | 'sitemap';
  url: string;
  readPages: boolean;
}

/** Makes the business's sources from settings what the settings say. Those of the panel are not touched. */
export async function syncSettingsSources(
  db: Database,
  businessId: string,
  sources: readonly SettingsSource[],
): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.catalogSource.updateMany({
      where: { businessId, fromSettings: true, NOT: { url: { in: sources.map(({ url }) => url) } } },
      data: { enabled: false, fromSettings: false },
    });
    for (const { kind, url, readPages } of sources)
      await tx.catalogSource.upsert({
        where: { businessId_kind_url: { businessId, kind, url } },
        create: { businessId, kind, url, readPages, fromSettings: true },
        update: { fromSettings: true, enabled: true, readPages },
      });
  });
}

/** The sources that a run reads: feeds before sitemaps, because they know prices best. */
export async function listEnabledSources(
  db: Queries,
  businessId: string,
  sourceId: string | null,
): Promise<CatalogSource[]> {
  const where = { businessId, enabled: true, ...(sourceId === null ? {} : { id: sourceId }) };
  return db.catalogSource.findMany({ where, orderBy: [{ kind: 'desc' }, { createdAt: 'asc' }] });
}

/** Businesses that have something to read. */
export async function listBusinessesWithSources(db: Queries): Promise<string[]> {
  const rows = await db.catalogSource.findMany({
    where: { enabled: true },
    select: { businessId: true },
    distinct: ['businessId'],
  });
  return rows.map(({ businessId }) => businessId);
}

export interface EntryInput {
  key: string;
  url: string | null;
  changedAt: Date | null;
}

/** Marks what a run was shown. Returns how many of them it had not seen before. */
export async function saveEntries(
  db: Queries,
  sourceId: string,
  runId: string,
  position: number,
  items: readonly EntryInput[],
): Promise<number> {
  const rows = [...new Map(items.map((item) => [item.key, item])).values()].map(({ key, url, changedAt }, index) => ({
    key,
    url: url ?? '',
    position: position + index,
    changed_at: changedAt,
  }));
  return db.$executeRaw`
    INSERT INTO catalog_entries (source_id, key, url, position, run_id, changed_at)
    SELECT ${sourceId}::uuid, key, url, position, ${runId}::uuid, changed_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(key text, url text, position int, changed_at timestamptz)
    ON CONFLICT (source_id, key) DO UPDATE SET url = excluded.url, position = excluded.position, run_id = excluded.run_id,
      changed_at = excluded.changed_at
    WHERE catalog_entries.run_id <> excluded.run_id`;
}

export interface PageEntry {
  key: string;
  url: string;
  etag: string;
  lastModified: string;
}

/** Paths by which shops name product pages. Where a list has any such, the others are not read. */
const PRODUCT_PATH = '/(product|products|p|item|kala|محصول|محصولات|dkp-[0-9]+)(/|-|[?]|$)';
/** A page that its source calls unchanged is taken at its word for so long; a feed's page is only looked at so often. */
const BELIEVED_HOURS = 24;

/** The pages that a run has still to read: the next ones, in the order of the list. */
export async function nextPages(
  db: Queries,
  source: Pick<CatalogSource, 'id' | 'kind'>,
  runId: string,
  limit: number,
): Promise<PageEntry[]> {
  return db.$queryRaw<PageEntry[]>`
    SELECT key, url, etag, last_modified AS "lastModified" FROM catalog_entries e
    WHERE source_id = ${source.id}::uuid AND run_id = ${runId}::uuid AND read_run_id IS DISTINCT FROM ${runId}::uuid
      AND url <> '' AND NOT (read_at IS NOT NULL AND read_at > now() - ${BELIEVED_HOURS} * interval '1 hour'
        AND (${source.kind} = 'torob' OR COALESCE(changed_at < read_at, false)))
      AND (${source.kind} = 'torob' OR key ~ ${PRODUCT_PATH} OR NOT EXISTS (
        SELECT 1 FROM catalog_entries WHERE source_id = ${source.id}::uuid AND run_id = ${runId}::uuid AND key ~ ${PRODUCT_PATH}))
    ORDER BY position LIMIT ${limit}`;
}

/** Marks a page as read by the run. */
export async function markPageRead(
  db: Queries,
  sourceId: string,
  key: string,
  runId: string,
  tags: { etag: string; lastModified: string } | null,
): Promise<void> {
  await db.catalogEntry.updateMany({
    where: { sourceId, key },
    data: { readRunId: runId, ...(tags ? { ...tags, readAt: new Date() } : {}) },
  });
}

/** A page that the shop does not have any more: what it showed counts as not listed. */
export async function dropEntry(db: Queries, sourceId: string, key: string): Promise<void> {
  await db.catalogEntry.deleteMany({ where: { sourceId, key } });
}

/** Whether a page showed a product of this source before. */
export async function hasProduct(db: Queries, sourceId: string, key: string): Promise<boolean> {
  return (
    (await db.product.findFirst({ where: { sourceId, sourceKey: key, removedAt: null }, select: { id: true } })) !==
    null
  );
}

export interface ClosedSource {
  missing: number;
  removed: number;
  /** Set when nothing was changed, because the list cannot be believed. */
  guarded: { alive: number; vanished: number } | null;
}

/** A product that stays away from two whole lists this far apart is not sold any more. */
const REMOVE_AFTER_HOURS = 1;

/**
 * After a whole list: products of the source that it does not name are missing, and removed when they were missing already.
 * Does nothing when so many are gone that the list is more likely broken (`force`: somebody says that it is right).
 */
export async function closeSource(
  db: Queries,
  sourceId: string,
  runId: string,
  { force }: { force: boolean },
): Promise<ClosedSource> {
  const [counts] = await db.$queryRaw<{ alive: number; vanished: number; listed: number }[]>`
    SELECT count(*)::int AS alive, count(*) FILTER (WHERE e.key IS NULL)::int AS vanished,
      (SELECT count(*)::int FROM catalog_entries WHERE source_id = ${sourceId}::uuid AND run_id = ${runId}::uuid) AS listed
    FROM products p
    LEFT JOIN catalog_entries e ON e.source_id = p.source_id AND e.key = p.source_key AND e.run_id = ${runId}::uuid
    WHERE p.source_id = ${sourceId}::uuid AND p.removed_at IS NULL`;
  const { alive, vanished, listed } = counts ?? { alive: 0, vanished: 0, listed: 0 };
  if (!force && isSuspiciousList({ alive, vanished })) return { missing: 0, removed: 0, guarded: { alive, vanished } };
  const gone = await db.$queryRaw<{ isRemoved: boolean }[]>`
    UPDATE products p SET
      removed_at = CASE WHEN p.missing_since < now() - ${REMOVE_AFTER_HOURS} * interval '1 hour' THEN now() END,
      missing_since = COALESCE(p.missing_since, now()), updated_at = now()
    WHERE p.source_id = ${sourceId}::uuid AND p.removed_at IS NULL
      AND (p.missing_since IS NULL OR p.missing_since < now() - ${REMOVE_AFTER_HOURS} * interval '1 hour')
      AND NOT EXISTS (SELECT 1 FROM catalog_entries e
        WHERE e.source_id = p.source_id AND e.key = p.source_key AND e.run_id = ${runId}::uuid)
    RETURNING p.removed_at IS NOT NULL AS "isRemoved"`;
  await db.catalogSource.update({ where: { id: sourceId }, data: { listedCount: listed, listedAt: new Date() } });
  const removed = gone.filter(({ isRemoved }) => isRemoved).length;
  return { missing: gone.length - removed, removed, guarded: null };
}

/** The business's own sync time; null when the server's counts. */
export async function readSyncCron(db: Queries, businessId: string): Promise<string | null> {
  return (await db.business.findUniqueOrThrow({ where: { id: businessId }, select: { syncCron: true } })).syncCron;
}

export async function saveSyncCron(db: Queries, businessId: string, syncCron: string | null): Promise<void> {
  await db.business.update({ where: { id: businessId }, data: { syncCron } });
}
