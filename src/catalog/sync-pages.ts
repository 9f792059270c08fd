import { Context } from '@temporalio/activity';
import type { Database, Queries } from '../platform/database/client.ts';
import { FetchFailedError, FetchRefusedError } from '../platform/errors.ts';
import type { Complaint } from './found-product.ts';
import { productKey } from './product-key.ts';
import { type DraftOwner, saveProducts } from './product-write-store.ts';
import type { CatalogReader, PageToRead } from './readers/catalog-reader.ts';
import { emptyProduct } from './readers/found-parts.ts';
import type { PageOutcome, SourceSettings } from './readers/source.ts';
import { dropEntry, hasProduct, markPageRead, nextPages, type PageEntry, placePage, reviveProduct } from './store.ts';
import type { SyncCounts } from './sync-run.ts';
import { findRun, noteStep, progressOf } from './sync-run-store.ts';

export interface CatalogDeps {
  db: Database;
  catalog: CatalogReader;
}

/** Pages of one call: some minutes at the slowest, so that a run can be cancelled and its history stays small. */
const BATCH = 100;
const BATCH_MS = 60_000;
const CONCURRENCY = 4;
/** Failures in a row after which a host is left alone until the next run. */
const GIVE_UP_AFTER = 8;
const MAX_PAGES = 60_000;

interface Batch {
  deps: CatalogDeps;
  owner: DraftOwner;
  settings: SourceSettings;
  runId: string;
  sourceId: string;
  signal: AbortSignal;
  failuresInRow: number;
  endsAtMs: number;
}

/**
 * Reads the next pages of a source, a few at a time. Each is stored and marked in one transaction, so a killed worker costs
 * the few that were under way. Resolves to how many are left, or null when the host is left alone.
 */
export async function readNextPages(
  deps: CatalogDeps,
  owner: DraftOwner,
  settings: SourceSettings,
  { runId, sourceId }: { runId: string; sourceId: string },
  signal: AbortSignal,
): Promise<number | null> {
  const { db } = deps;
  if (!owner.readPages) return 0;
  const source = { id: sourceId, kind: settings.kind };
  await countPages(db, source, runId);
  const waiting = await nextPages(db, source, runId, BATCH);
  const endsAtMs = Date.now() + BATCH_MS;
  const batch: Batch = { deps, owner, settings, runId, sourceId, signal, failuresInRow: 0, endsAtMs };
  await Promise.all(Array.from({ length: CONCURRENCY }, () => work(batch, waiting)));
  signal.throwIfAborted();
  if (batch.failuresInRow >= GIVE_UP_AFTER) return giveUp(batch);
  return (await nextPages(db, source, runId, 1)).length;
}

/** The pages to read become part of the run's total, once. */
async function countPages(db: Database, source: { id: string; kind: string }, runId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    if (progressOf(await findRun(tx, runId), source.id).counted) return;
    const total = (await nextPages(tx, source, runId, MAX_PAGES)).length;
    await noteStep(tx, runId, {
      counts: { total },
      phase: 'pages',
      source: { id: source.id, progress: { counted: true } },
    });
  });
}

async function work(batch: Batch, waiting: PageEntry[]): Promise<void> {
  for (;;) {
    if (batch.signal.aborted || batch.failuresInRow >= GIVE_UP_AFTER || Date.now() > batch.endsAtMs) return;
    const page = waiting.shift();
    if (!page) return;
    await readOne(batch, page);
    Context.current().heartbeat({ page: page.key });
  }
}

async function readOne(batch: Batch, page: PageEntry): Promise<void> {
  const { deps, settings, signal } = batch;
  const asked: PageToRead = { url: page.url, source: settings, etag: page.etag, lastModified: page.lastModified };
  try {
    const outcome = await deps.catalog.readPage(asked, signal);
    batch.failuresInRow = 0;
    await store(batch, page, (tx) => takeOver(tx, batch, page, outcome), tagsOf(outcome));
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof FetchFailedError || error instanceof FetchRefusedError)) throw error;
    // A page that is refused says nothing about its neighbours; a server that fails does.
    if (error instanceof FetchFailedError) batch.failuresInRow++;
    const complaint: Complaint = { code: `page_${error.reason}`, at: page.url, detail: error.message };
    await store(batch, page, async () => ({ counts: { rejected: 1 }, complaints: [complaint] }), null);
  }
}

interface Taken {
  counts: Partial<SyncCounts>;
  complaints: readonly Complaint[];
}

async function store(
  { deps, runId, sourceId }: Batch,
  page: PageEntry,
  take: (tx: Queries) => Promise<Taken>,
  tags: { etag: string; lastModified: string } | null,
): Promise<void> {
  await deps.db.$transaction(
    async (tx) => {
      const { counts, complaints } = await take(tx);
      await markPageRead(tx, sourceId, page.key, runId, tags);
      await noteStep(tx, runId, { counts: { ...counts, done: 1 }, complaints });
    },
    { timeout: 30_000, maxWait: 10_000 },
  );
}

function tagsOf(outcome: PageOutcome): { etag: string; lastModified: string } | null {
  return 'etag' in outcome ? { etag: outcome.etag, lastModified: outcome.lastModified } : null;
}

async function takeOver(tx: Queries, batch: Batch, page: PageEntry, outcome: PageOutcome): Promise<Taken> {
  const { owner, sourceId } = batch;
  switch (outcome.state) {
    case 'unchanged':
      await reviveProduct(tx, sourceId, page.productKey ?? page.key);
      return { counts: { unchanged: 1 }, complaints: [] };
    case 'forbidden':
      return { counts: { rejected: 1 }, complaints: [{ code: 'page_robots', at: page.url, detail: '' }] };
    case 'product':
      return takeProduct(tx, batch, page, outcome);
    case 'gone':
    case 'no_product': {
      // Of a feed's product the feed decides; of a site's own, the page was all there was.
      const key = page.productKey ?? page.key;
      const wasProduct = owner.source === 'sitemap' && (await hasProduct(tx, sourceId, key));
      if (wasProduct) await dropEntry(tx, sourceId, page.key);
      if (owner.source === 'torob') await takeBack(tx, batch, page);
      const more: Complaint[] =
        outcome.state === 'gone' ? [{ code: 'page_gone', at: page.url, detail: '' }] : [...outcome.complaints];
      return { counts: {}, complaints: more };
    }
  }
}

async function takeProduct(
  tx: Queries,
  { owner, sourceId, runId }: Batch,
  page: PageEntry,
  { product, url, complaints }: Extract<PageOutcome, { state: 'product' }>,
): Promise<Taken> {
  const { businessId } = owner;
  // A feed says what is one product. A site's list names addresses, old ones too, which lead to the product's own.
  const finalKey = owner.source === 'sitemap' ? (productKey(url) ?? page.key) : page.key;
  const key = await placePage(tx, { businessId, sourceId, runId }, page.key, finalKey);
  const { counts } = await saveProducts(tx, owner, [{ key, found: product }], 'page');
  const note: Complaint = { code: 'page_redirected', at: page.url, detail: url };
  return { counts, complaints: key === page.key ? complaints : [...complaints, note] };
}

/** What the page of a feed's product stated is not stated any more. */
async function takeBack(tx: Queries, { owner, settings }: Batch, { key }: PageEntry): Promise<void> {
  await saveProducts(tx, owner, [{ key, found: emptyProduct(settings.currency) }], 'page');
}

async function giveUp({ deps, runId, settings }: Batch): Promise<null> {
  const detail = `${GIVE_UP_AFTER} requests in a row failed; the rest is read in the next run.`;
  await deps.db.$transaction((tx) =>
    noteStep(tx, runId, { complaints: [{ code: 'host_gave_up', at: settings.url, detail }] }),
  );
  return null;
}
