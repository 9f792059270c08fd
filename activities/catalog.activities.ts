import { Context } from '@temporalio/activity';
import type { Complaint } from '../src/catalog/found-product.ts';
import { type DraftOwner, saveProducts } from '../src/catalog/product-write-store.ts';
import type { CatalogReader } from '../src/catalog/readers/catalog-reader.ts';
import type { SourceSettings } from '../src/catalog/readers/source.ts';
import {
  type CatalogSource,
  closeSource,
  findPriceless,
  forgetPages,
  hasAnyProduct,
  listEnabledSources,
  saveEntries,
} from '../src/catalog/store.ts';
import { type CatalogDeps, readNextPages } from '../src/catalog/sync-pages.ts';
import { outcomeOf, type Reason } from '../src/catalog/sync-run.ts';
import {
  beginRun,
  findRun,
  finishRun,
  noteStep,
  progressOf,
  type SourceProgress,
} from '../src/catalog/sync-run-store.ts';
import type { Database, Queries } from '../src/platform/database/client.ts';
import { FetchFailedError, FetchRefusedError, UnavailableError } from '../src/platform/errors.ts';
import type { Currency } from '../src/text/money.ts';
import { toFailure } from './failures.ts';
import { heartbeatWhile } from './heartbeat.ts';

export interface BeginSyncInput {
  runId: string;
  businessId: string;
  /** Null for all sources of the business. */
  sourceId: string | null;
  startedBy: string;
  workflowId: string;
}

export interface SourceStepInput {
  runId: string;
  sourceId: string;
}

export interface SyncPosition {
  done: number;
  total: number;
}

/** How often a list is asked for before its source counts as down. */
const LIST_ATTEMPTS = 4;

export function createCatalogActivities(deps: CatalogDeps) {
  const { db } = deps;
  return {
    /** Begins the run and names the sources to read, in order. May be repeated. */
    async beginSync(input: BeginSyncInput): Promise<{ sourceIds: string[] }> {
      const { runId, businessId, sourceId, startedBy, workflowId } = input;
      const run = { id: runId, businessId, source: sourceId ?? 'all', startedBy, workflowId };
      await guarded(() => beginRun(db, run));
      const sources = await guarded(() => listEnabledSources(db, businessId, sourceId));
      return { sourceIds: sources.map(({ id }) => id) };
    },

    /**
     * Reads a source's list to its end, part by part; each part is stored with the place behind it, so that an attempt goes
     * on where the last one stopped. Resolves to false when the source cannot be read: the run then says why.
     */
    async listSource(input: SourceStepInput): Promise<boolean> {
      return guarded(() => heartbeatWhile((signal) => listToEnd(deps, input, signal)));
    },

    /** Reads some of the pages that the source named. Resolves to how many are left; null when its host gave up on us. */
    async readPages(input: SourceStepInput): Promise<{ left: number | null } & SyncPosition> {
      return guarded(() =>
        heartbeatWhile(async (signal) => {
          const source = await findSource(db, input.sourceId);
          const left = await readNextPages(deps, ownerOf(source), settingsOf(source), input, signal);
          const { done, total } = await findRun(db, input.runId);
          return { left, done, total };
        }),
      );
    },

    /** Marks what a wholly listed source does not name any more. May be repeated. */
    async closeSource(input: SourceStepInput & { force: boolean }): Promise<void> {
      await guarded(() => close(db, input));
    },

    /** Ends the run and says how it went. May be repeated: the first end stands. */
    async finishSync(input: { runId: string; listed: number; failed: number; cancelled: boolean }): Promise<string> {
      return guarded(async () => {
        const run = await findRun(db, input.runId);
        const state = input.cancelled ? 'cancelled' : outcomeOf(run.reasons as unknown as Reason[], input);
        await finishRun(db, input.runId, state);
        return (await findRun(db, input.runId)).state;
      });
    },
  };
}

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // Whatever a cancellation breaks off is a cancellation, and no failure of the shop's.
    if (Context.current().cancellationSignal.aborted) await Context.current().cancelled;
    throw toFailure(error);
  }
}

async function findSource(db: Database, id: string): Promise<CatalogSource> {
  return db.catalogSource.findUniqueOrThrow({ where: { id } });
}

function settingsOf({ kind, url, currency }: CatalogSource): SourceSettings {
  return { kind: kind as SourceSettings['kind'], url, currency: currency as Currency };
}

function ownerOf({ id, businessId, kind, readPages }: CatalogSource): DraftOwner {
  return { businessId, source: kind as 'torob' | 'sitemap', sourceId: id, readPages };
}

async function listToEnd(
  deps: CatalogDeps,
  { runId, sourceId }: SourceStepInput,
  signal: AbortSignal,
): Promise<boolean> {
  const { db, catalog } = deps;
  const source = await findSource(db, sourceId);
  const settings = settingsOf(source);
  for (;;) {
    const progress = progressOf(await findRun(db, runId), sourceId);
    if (progress.listed) return true;
    try {
      const part = await catalog.list(settings, progress.next ?? null, signal);
      await storePart(db, source, { runId, progress }, part);
    } catch (error) {
      return await failList(db, { runId, sourceId, url: source.url }, error);
    }
    Context.current().heartbeat({ position: progress.position });
  }
}

type Part = Awaited<ReturnType<CatalogReader['list']>>;

async function storePart(
  db: Database,
  source: CatalogSource,
  { runId, progress }: { runId: string; progress: SourceProgress },
  part: Part,
): Promise<void> {
  const { id: sourceId } = source;
  const { items, unread } = part;
  await db.$transaction(
    async (tx) => {
      const fresh = await saveEntries(tx, sourceId, runId, progress.position, items);
      const drafts = items.flatMap(({ key, product }) => (product ? [{ key, found: product }] : []));
      const { counts, silenced } = await saveProducts(tx, ownerOf(source), drafts, 'list');
      await forgetPages(tx, sourceId, silenced);
      // A part of a feed that names nothing new is its end: some shops give their last page for ever.
      const isRepeated = source.kind === 'torob' && items.length > 0 && fresh === 0;
      const next = standAfter(progress, part, isRepeated);
      await noteStep(tx, runId, {
        counts: { ...counts, rejected: unread, done: items.length + unread, total: items.length + unread },
        complaints: [...part.complaints, ...complaintsOf(next, source.url)],
        phase: 'listing',
        source: { id: sourceId, progress: next },
      });
    },
    { timeout: 120_000, maxWait: 10_000 },
  );
}

/** Where a source stands after a part of its list. */
function standAfter(before: SourceProgress, part: Part, isRepeated: boolean): SourceProgress {
  const isOver = part.next === null || isRepeated;
  const position = before.position + (isRepeated ? 0 : part.items.length);
  const unread = (before.unread ?? 0) + part.unread;
  const total = part.total ?? before.total ?? null;
  return {
    ...before,
    position,
    unread,
    total,
    next: isOver ? null : { ...part.next },
    listed: isOver,
    isTorn: before.isTorn === true || part.isTorn,
    isShort: isOver && total !== null && position + unread < total,
  };
}

function complaintsOf(
  { listed, isTorn, isShort, position, unread = 0, total }: SourceProgress,
  url: string,
): Complaint[] {
  if (!listed) return [];
  if (isTorn) return [{ code: 'list_torn', at: url, detail: '' }];
  return isShort ? [{ code: 'feed_short', at: url, detail: `${position + unread} of ${total}` }] : [];
}

/** What may pass is tried again by the workflow's engine; what will not pass is written down, and the others go on. */
async function failList(
  db: Database,
  { runId, sourceId, url }: { runId: string; sourceId: string; url: string },
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof FetchRefusedError || error instanceof FetchFailedError)) throw error;
  if (error instanceof FetchFailedError && Context.current().info.attempt < LIST_ATTEMPTS)
    throw new UnavailableError(error.message);
  const code = /^(?:feed|sitemap|torob)_/.test(error.reason)
    ? `source_${error.reason}`
    : `source_fetch_${error.reason}`;
  await db.$transaction((tx) =>
    noteStep(tx, runId, {
      complaints: [{ code, at: url, detail: error.message }],
      source: { id: sourceId, progress: {} },
    }),
  );
  return false;
}

/** Examples of products without a price that a run names. */
const PRICELESS_SHOWN = 20;

async function close(db: Database, { runId, sourceId, force }: SourceStepInput & { force: boolean }): Promise<void> {
  const source = await findSource(db, sourceId);
  await db.$transaction(async (tx) => {
    const progress = progressOf(await findRun(tx, runId), sourceId);
    if (progress.closed || !progress.listed) return;
    // Of a list that was not read to its end nobody can say that it is right; of one that counts wrongly, somebody can.
    const mayClose = !progress.isTorn && (force || !progress.isShort);
    const closed = mayClose ? await closeSource(tx, sourceId, runId, { force, unread: progress.unread ?? 0 }) : null;
    const guard = closed?.guarded;
    const detail = guard
      ? `${guard.vanished} of ${guard.alive} products are not named any more; nothing was removed.`
      : '';
    await noteStep(tx, runId, {
      counts: { missing: closed?.missing ?? 0, removed: closed?.removed ?? 0 },
      complaints: [
        ...(guard ? [{ code: 'vanish_guard', at: source.url, detail }] : []),
        ...(await complainOfContent(tx, source, runId)),
      ],
      phase: 'closing',
      source: { id: sourceId, progress: { closed: true } },
    });
  });
}

/** What a source that was read leaves open. */
async function complainOfContent(
  tx: Queries,
  { id, businessId, url }: CatalogSource,
  runId: string,
): Promise<Complaint[]> {
  if (!(await hasAnyProduct(tx, { businessId, sourceId: id, runId })))
    return [{ code: 'source_without_products', at: url, detail: '' }];
  const { count, samples } = await findPriceless(tx, id, PRICELESS_SHOWN);
  return samples.map(({ at, title }, index) => ({
    code: 'without_price',
    at,
    detail: title,
    // The first one stands for all that are not shown.
    times: index === 0 ? count - samples.length + 1 : 1,
  }));
}
