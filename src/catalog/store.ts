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
  isProductPage: boolean;
}

/** Marks what a run was shown. Returns how many of them it had not seen before. */
export async function saveEntries(
  db: Queries,
  sourceId: string,
  runId: string,
  position: number,
  items: readonly EntryInput[],
): Promise<number> {
  const unique = [...new Map(items.map((item) => [item.key, item])).values()];
  const rows = unique.map(({ key, url, changedAt, isProductPage }, index) => ({
    key,
    url: url ?? '',
    position: position + index,
    changed_at: changedAt,
    is_product_page: isProductPage,
  }));
  return db.$executeRaw`
    INSERT INTO catalog_entries (source_id, key, url, position, run_id, changed_at, is_product_page)
    SELECT ${sourceId}::uuid, key, url, position, ${runId}::uuid, changed_at, is_product_page
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS given(key text, url text, position int, changed_at timestamptz, is_product_page bool)
    ON CONFLICT (source_id, key) DO UPDATE SET url = excluded.url, position = excluded.position, run_id = excluded.run_id,
      changed_at = excluded.changed_at, is_product_page = excluded.is_product_page
    WHERE catalog_entries.run_id <> excluded.run_id`;
}

export interface PageEntry {
  key: string;
  url: string;
  etag: string;
  lastModified: string;
  /** The key of the product that it showed the last time; null: its own. */
  productKey: string | null;
}

/** A page that its source calls unchanged is taken at its word for so long; a feed's page is only looked at so often. */
const BELIEVED_HOURS = 24;

/** The pages that a run has still to read: the next ones, in the order of the list. Where it names products, only those. */
export async function nextPages(
  db: Queries,
  source: Pick<CatalogSource, 'id' | 'kind'>,
  runId: string,
  limit: number,
): Promise<PageEntry[]> {
  return db.$queryRaw<PageEntry[]>`
    SELECT key, url, etag, last_modified AS "lastModified", product_key AS "productKey" FROM catalog_entries e
    WHERE source_id = ${source.id}::uuid AND run_id = ${runId}::uuid AND read_run_id IS DISTINCT FROM ${runId}::uuid
      AND url <> '' AND NOT (read_at IS NOT NULL AND read_at > now() - ${BELIEVED_HOURS} * interval '1 hour'
        AND (${source.kind} = 'torob' OR COALESCE(changed_at < read_at, false)))
      AND (is_product_page OR NOT EXISTS (
        SELECT 1 FROM catalog_entries WHERE source_id = ${source.id}::uuid AND run_id = ${runId}::uuid AND is_product_page))
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

/** Has pages read anew, whatever they said of themselves: what they are asked for is not known any more. */
export async function forgetPages(db: Queries, sourceId: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db.catalogEntry.updateMany({
    where: { sourceId, key: { in: [...keys] } },
    data: { readAt: null, etag: '', lastModified: '' },
  });
}

/**
 * The key of the product that a page shows which led to `finalKey`: a product that is listed or known there, else the one that
 * another page of the run which led to the same place shows, else its own. Keeps it for the end of the run.
 */
export async function placePage(
  db: Queries,
  { businessId, sourceId, runId }: { businessId: string; sourceId: string; runId: string },
  key: string,
  finalKey: string,
): Promise<string> {
  if (finalKey === key) {
    await db.catalogEntry.updateMany({
      where: { sourceId, key, finalKey: { not: null } },
      data: { finalKey: null, productKey: null },
    });
    return key;
  }
  const [twin] = await db.$queryRaw<{ key: string }[]>`
    SELECT ${finalKey}::text AS key
    WHERE EXISTS (SELECT 1 FROM catalog_entries
        WHERE source_id = ${sourceId}::uuid AND run_id = ${runId}::uuid AND key = ${finalKey})
      OR EXISTS (SELECT 1 FROM products
        WHERE business_id = ${businessId}::uuid AND source_key = ${finalKey} AND removed_at IS NULL)
    UNION ALL
    (SELECT key FROM catalog_entries
      WHERE source_id = ${sourceId}::uuid AND run_id = ${runId}::uuid AND final_key = ${finalKey} AND product_key IS NULL
        AND key < ${key}
      ORDER BY key LIMIT 1)
    LIMIT 1`;
  await db.catalogEntry.updateMany({ where: { sourceId, key }, data: { finalKey, productKey: twin?.key ?? null } });
  return twin?.key ?? key;
}

/** A page that says nothing new says that its product is still there. */
export async function reviveProduct(db: Queries, sourceId: string, key: string): Promise<void> {
  await db.product.updateMany({
    where: { sourceId, sourceKey: key, OR: [{ missingSince: { not: null } }, { removedAt: { not: null } }] },
    data: { missingSince: null, removedAt: null },
  });
}

/** Products of a source that can be bought and have no price, whoever might have stated it, with some of them. */
export async function findPriceless(
  db: Queries,
  sourceId: string,
  limit: number,
): Promise<{ count: number; samples: { at: string; title: string }[] }> {
  const where = { sourceId, price: null, removedAt: null, missingSince: null, NOT: { available: false } };
  const some = await db.product.findMany({ where, take: limit, select: { url: true, externalId: true, title: true } });
  const count = some.length < limit ? some.length : await db.product.count({ where });
  return { count, samples: some.map(({ url, externalId, title }) => ({ at: url ?? externalId, title })) };
}

/** Whether anything that a run was shown is a product, whichever source keeps it. */
export async function hasAnyProduct(
  db: Queries,
  { businessId, sourceId, runId }: { businessId: string; sourceId: string; runId: string },
): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM catalog_entries e
    JOIN products p ON p.business_id = ${businessId}::uuid AND p.source_key = COALESCE(e.product_key, e.key)
    WHERE e.source_id = ${sourceId}::uuid AND e.run_id = ${runId}::uuid AND p.removed_at IS NULL LIMIT 1`;
  return rows.length > 0;
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
 * Does nothing when so many are gone that the list is more likely broken (`force`: somebody says that it is right), or no more
 * than the list's lines that could not be read, which may be theirs.
 */
export async function closeSource(
  db: Queries,
  sourceId: string,
  runId: string,
  { force, unread }: { force: boolean; unread: number },
): Promise<ClosedSource> {
  const [counts] = await db.$queryRaw<{ alive: number; vanished: number; listed: number }[]>`
    WITH listed AS (
      SELECT DISTINCT COALESCE(product_key, key) AS key FROM catalog_entries
      WHERE source_id = ${sourceId}::uuid AND run_id = ${runId}::uuid)
    SELECT count(*)::int AS alive, count(*) FILTER (WHERE l.key IS NULL)::int AS vanished,
      (SELECT count(*)::int FROM listed) AS listed
    FROM products p LEFT JOIN listed l ON l.key = p.source_key
    WHERE p.source_id = ${sourceId}::uuid AND p.removed_at IS NULL`;
  const { alive, vanished, listed } = counts ?? { alive: 0, vanished: 0, listed: 0 };
  if (!force && isSuspiciousList({ alive, vanished })) return { missing: 0, removed: 0, guarded: { alive, vanished } };
  const mayBeUnread = !force && vanished <= unread;
  const gone = mayBeUnread ? [] : await markVanished(db, sourceId, runId);
  await markListed(db, sourceId, runId);
  await db.catalogSource.update({ where: { id: sourceId }, data: { listedCount: listed, listedAt: new Date() } });
  const removed = gone.filter(({ isRemoved }) => isRemoved).length;
  return { missing: gone.length - removed, removed, guarded: null };
}

async function markVanished(db: Queries, sourceId: string, runId: string): Promise<{ isRemoved: boolean }[]> {
  return db.$queryRaw`
    UPDATE products p SET
      removed_at = CASE WHEN p.missing_since < now() - ${REMOVE_AFTER_HOURS} * interval '1 hour' THEN now() END,
      missing_since = COALESCE(p.missing_since, now()), updated_at = now()
    WHERE p.source_id = ${sourceId}::uuid AND p.removed_at IS NULL
      AND (p.missing_since IS NULL OR p.missing_since < now() - ${REMOVE_AFTER_HOURS} * interval '1 hour')
      AND NOT EXISTS (SELECT 1 FROM catalog_entries e
        WHERE e.source_id = p.source_id AND COALESCE(e.product_key, e.key) = p.source_key AND e.run_id = ${runId}::uuid)
    RETURNING p.removed_at IS NOT NULL AS "isRemoved"`;
}

/** What is named again is not missing, though its page was not read anew. */
async function markListed(db: Queries, sourceId: string, runId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE products p SET missing_since = NULL, updated_at = now()
    WHERE p.source_id = ${sourceId}::uuid AND p.removed_at IS NULL AND p.missing_since IS NOT NULL
      AND EXISTS (SELECT 1 FROM catalog_entries e
        WHERE e.source_id = p.source_id AND COALESCE(e.product_key, e.key) = p.source_key AND e.run_id = ${runId}::uuid)`;
}

/** The business's own sync time; null when the server's counts. */
export async function readSyncCron(db: Queries, businessId: string): Promise<string | null> {
  return (await db.business.findUniqueOrThrow({ where: { id: businessId }, select: { syncCron: true } })).syncCron;
}

export async function saveSyncCron(db: Queries, businessId: string, syncCron: string | null): Promise<void> {
  await db.business.update({ where: { id: businessId }, data: { syncCron } });
}
