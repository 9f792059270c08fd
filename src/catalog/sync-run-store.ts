import type { Database, Queries } from '../platform/database/client.ts';
import type { Prisma, SyncRun } from '../platform/database/generated/client.ts';
import type { Complaint } from './found-product.ts';
import { addComplaints, type Reason, type SyncCounts, type SyncState } from './sync-run.ts';

export type { SyncRun };

/** Where a source stands within a run. */
export interface SourceProgress {
  /** The next part of its list; absent before the first, null after the last. */
  next?: Record<string, unknown> | null;
  /** Items listed so far, which number the entries. */
  position: number;
  /** Its list was read as far as it goes, so that what it does not name has vanished, unless it is torn or short. */
  listed: boolean;
  /** Some of its parts could not be read to their ends. */
  isTorn?: boolean;
  /** It gave fewer lines than it counts. */
  isShort?: boolean;
  /** How many lines it counts; null when it does not say. */
  total?: number | null;
  /** Lines of which nothing could be taken. */
  unread?: number;
  /** Its pages are counted into the run's total. */
  counted: boolean;
  closed: boolean;
}

export type SyncCursor = Record<string, SourceProgress>;

const UNTOUCHED: SourceProgress = { position: 0, listed: false, counted: false, closed: false };

export function progressOf(run: Pick<SyncRun, 'cursor'>, sourceId: string): SourceProgress {
  return (run.cursor as SyncCursor | null)?.[sourceId] ?? UNTOUCHED;
}

/** A run that waits to be started. */
export async function createRun(
  db: Queries,
  run: { id: string; businessId: string; source: string; startedBy: string; workflowId: string },
): Promise<SyncRun> {
  return db.syncRun.create({ data: run });
}

/** Begins a run, or takes up one that was begun; a schedule's run has no row yet. May be repeated. */
export async function beginRun(
  db: Database,
  run: { id: string; businessId: string; source: string; startedBy: string; workflowId: string },
): Promise<SyncRun> {
  await db.$executeRaw`
    WITH begun AS (
      INSERT INTO sync_runs (id, business_id, source, state, started_by, workflow_id, started_at)
      VALUES (${run.id}::uuid, ${run.businessId}::uuid, ${run.source}, 'running', ${run.startedBy}, ${run.workflowId}, now())
      ON CONFLICT (id) DO UPDATE SET state = 'running', started_at = COALESCE(sync_runs.started_at, now()), updated_at = now()
      WHERE sync_runs.state IN ('queued', 'running')
      RETURNING id, business_id
    )
    INSERT INTO live_events (business_id, type, resource, resource_id)
    SELECT business_id, 'sync.started', 'sync-runs', id::text FROM begun`;
  const begun = await db.syncRun.findUniqueOrThrow({ where: { id: run.id } });
  // A workflow works on one run at a time: what it left running before, somebody terminated. A queued one may yet begin.
  const { workflowId, createdAt } = begun;
  if (workflowId !== '') await endLost(db, { workflowId, createdAt: { lt: createdAt } });
  return begun;
}

/** Longer than an import takes between two steps. */
const IMPORT_SILENCE_MS = 5 * 60_000;

/** Ends the imports whose process was killed. */
export async function endLostImports(db: Queries, now: Date): Promise<void> {
  await endLost(db, { source: 'import', updatedAt: { lt: new Date(now.getTime() - IMPORT_SILENCE_MS) } });
}

/** What nobody works on any more must not look as if it were under way. */
async function endLost(db: Queries, where: Prisma.SyncRunWhereInput): Promise<void> {
  for (const { id } of await db.syncRun.findMany({ where: { ...where, state: 'running' }, select: { id: true } }))
    await finishRun(db, id, 'failed', [{ code: 'interrupted', at: '', detail: '' }]);
}

export async function findRun(db: Queries, id: string): Promise<SyncRun> {
  return db.syncRun.findUniqueOrThrow({ where: { id } });
}

/** The last reading of a business's sources that came to an end by itself; tables that people imported are none. */
export async function findLastReading(db: Queries, businessId: string): Promise<SyncRun | null> {
  return db.syncRun.findFirst({
    where: { businessId, source: { not: 'import' }, state: { in: ['done', 'partial', 'failed'] } },
    orderBy: { createdAt: 'desc' },
  });
}

/** Steps of one page after which watchers are told. */
const SHOWN_EVERY = 10;

export interface RunStep {
  counts?: Partial<SyncCounts>;
  complaints?: readonly Complaint[];
  phase?: string;
  /** The source that went on, and how far. */
  source?: { id: string; progress: Partial<SourceProgress> };
}

/**
 * Adds what a step did. Give it the transaction in which the step itself is stored: then a step that is repeated after a
 * crash counts once.
 */
export async function noteStep(tx: Queries, runId: string, { counts = {}, complaints = [], phase, source }: RunStep) {
  const [row] = await tx.$queryRaw<{ reasons: Reason[]; cursor: SyncCursor | null }[]>`
    SELECT reasons, cursor FROM sync_runs WHERE id = ${runId}::uuid FOR UPDATE`;
  if (!row) throw new Error(`There is no run ${runId}.`);
  const cursor: SyncCursor = { ...row.cursor };
  if (source) cursor[source.id] = { ...(cursor[source.id] ?? UNTOUCHED), ...source.progress };
  const data: Prisma.SyncRunUpdateInput = {
    ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, { increment: count }])),
    ...(complaints.length > 0 ? { reasons: addComplaints(row.reasons, complaints) as object } : {}),
    ...(phase === undefined ? {} : { phase }),
    ...(source ? { cursor: cursor as unknown as Prisma.InputJsonObject } : {}),
  };
  const run = await tx.syncRun.update({ where: { id: runId }, data, select: { businessId: true, done: true } });
  // A bar that moves now and then is enough; a row for every page would be most of the feed.
  if (counts.done === 1 && run.done % SHOWN_EVERY !== 0) return;
  await tx.liveEvent.create({
    data: { businessId: run.businessId, type: 'sync.progress', resource: 'sync-runs', resourceId: runId },
  });
}

/** Ends a run once; later calls change nothing. */
export async function finishRun(db: Queries, runId: string, state: SyncState, complaints: readonly Complaint[] = []) {
  const isOver = (await db.syncRun.count({ where: { id: runId, state: { in: ['queued', 'running'] } } })) === 0;
  if (isOver) return;
  if (complaints.length > 0) await noteStep(db, runId, { complaints });
  await db.$executeRaw`
    WITH ended AS (
      UPDATE sync_runs SET state = ${state}, phase = '', finished_at = now(), updated_at = now()
      WHERE id = ${runId}::uuid AND state IN ('queued', 'running') RETURNING id, business_id
    )
    INSERT INTO live_events (business_id, type, resource, resource_id)
    SELECT business_id, 'sync.ended', 'sync-runs', id::text FROM ended`;
}
