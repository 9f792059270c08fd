import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../../platform/database/client.ts';
import { CONVERSATIONS_QUEUE, CORE_VERSION, coreOfQueue } from '../core/version.ts';
import { type ConversationRef, conversationWorkflowId } from '../gateway.ts';
import type { RecordHooks } from '../record-store.ts';
import type { Conversations } from '../workflow-gateway.ts';
import { type Difference, isAtWork, type Mended, type Overdue, STUCK_ATTEMPTS } from './difference.ts';
import { describeRun, listRuns, type RunningRun, readRunState } from './run-gateway.ts';
import {
  findByContacts,
  findOverdue,
  listOwing,
  noteMended,
  type ReconcileReport,
  readGenerations,
  saveReconcileRun,
} from './store.ts';
import { findLivingCores } from './workers.ts';

export interface ReconcileDeps {
  db: Database;
  client: Client;
  conversations: Pick<Conversations, 'refound' | 'replaceRun'>;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  openTicket: RecordHooks['openTicket'];
}

export interface ReconcileOptions {
  /** Who asks: `schedule`, `start` or `cli`. */
  startedBy: string;
  /** Looks at every run and every row that owes something, not only at what is overdue. */
  isFull?: boolean;
  /** Has every run founded anew, whatever it knows: after the database was set back. */
  isAll?: boolean;
  /** Finds only. */
  isDryRun?: boolean;
  onProgress?: (lookedAt: number) => void;
}

export type Reconcile = (options: ReconcileOptions) => Promise<ReconcileReport>;

/** The same conversation is not mended twice within this time: what did not help will not help a moment later. */
const MEND_AGAIN_MS = 120_000;
/** Runs that are mended at once. */
const CONCURRENCY = 16;

/**
 * Makes the comparison of rows with runs. Rows are the truth: where a run is missing, knows less, fails, or belongs to another
 * core, one is founded on the rows in its place. May run any number of times, also beside itself.
 */
export function createReconcile(deps: ReconcileDeps): Reconcile {
  return async (wanted) => {
    const startedAt = new Date();
    const { ofRows, ofRuns } = await readGenerations(deps.db);
    // Runs that were begun before the rows were set back know what the rows do not.
    const isAll = wanted.isAll || ofRows > ofRuns;
    const options = { ...wanted, isAll, isFull: wanted.isFull || isAll };
    const found = await findDifferences(deps, options, startedAt);
    const differences = options.isDryRun
      ? found.differences.map((difference): Mended => ({ ...difference, outcome: 'later' }))
      : await mendAll(deps, found.differences, found.livingCores);
    const isDone = differences.every(({ outcome }) => outcome === 'mended');
    const generation = isAll && isDone ? ofRows : ofRuns;
    const report = { isFull: options.isFull, generation, lookedAt: found.lookedAt, differences };
    if (!options.isDryRun) await saveReconcileRun(deps.db, options.startedBy, startedAt, report);
    logReport(deps.logger, differences);
    return report;
  };
}

interface Found {
  lookedAt: number;
  differences: Difference[];
  livingCores: ReadonlySet<number>;
}

async function findDifferences(deps: ReconcileDeps, options: ReconcileOptions, now: Date): Promise<Found> {
  const livingCores = await findLivingCores(deps.db, now);
  const differences = new Map<string, Difference>();
  let lookedAt = 0;
  const add = (difference: Difference | null): void => {
    if (difference) differences.set(difference.workflowId, difference);
  };
  const looked = (count: number): void => {
    lookedAt += count;
    options.onProgress?.(lookedAt);
  };
  for (const { ref, overdue, mendedAt } of await findOverdue(deps.db, now)) {
    looked(1);
    // A time far ahead is of before the clock was set back.
    if (mendedAt !== null && Math.abs(now.getTime() - mendedAt.getTime()) < MEND_AGAIN_MS) continue;
    add(await explainOverdue(deps, ref, overdue));
  }
  if (!options.isFull) return { lookedAt, differences: [...differences.values()], livingCores };
  const running = new Set<string>();
  for await (const page of listRuns(deps.client)) {
    looked(page.length);
    for (const { workflowId } of page) running.add(workflowId);
    for (const difference of await compareRuns(deps, page, options.isAll ?? false)) add(difference);
  }
  for await (const page of listOwing(deps.db, now)) {
    looked(page.length);
    for (const ref of page) if (!running.has(conversationWorkflowId(ref))) add(await confirmMissing(deps, ref));
  }
  return { lookedAt, differences: [...differences.values()], livingCores };
}

/** Why something that is overdue did not happen; null when the run is at it, or nobody can tell right now. */
async function explainOverdue(
  { client }: ReconcileDeps,
  ref: ConversationRef,
  overdue: readonly Overdue[],
): Promise<Difference | null> {
  const workflowId = conversationWorkflowId(ref);
  const note = overdue.join(', ');
  const run = await describeRun(client, workflowId);
  if (!run) return { kind: 'missing_run', ref, workflowId, note };
  if (run.taskQueue !== CONVERSATIONS_QUEUE) return otherCore(ref, run);
  if (run.attempt >= STUCK_ATTEMPTS) return { kind: 'stuck_run', ref, workflowId, note };
  const state = await readRunState(client, workflowId);
  return state === null || isAtWork(state) ? null : { kind: 'overdue', ref, workflowId, note };
}

function otherCore(ref: ConversationRef, { workflowId, taskQueue }: RunningRun): Difference {
  return { kind: 'other_core', ref, workflowId, note: String(coreOfQueue(taskQueue)) };
}

async function compareRuns({ db }: ReconcileDeps, runs: readonly RunningRun[], isAll: boolean): Promise<Difference[]> {
  const contactOf = ({ workflowId }: RunningRun): string => workflowId.split(':').at(-1) ?? '';
  const known = await findByContacts(
    db,
    runs.map(contactOf).filter((id) => UUID.test(id)),
  );
  return runs.flatMap((run): Difference[] => {
    const ref = known.get(contactOf(run));
    const { workflowId } = run;
    if (!ref) return [{ kind: 'orphan_run', ref: null, workflowId, note: '' }];
    if (run.taskQueue !== CONVERSATIONS_QUEUE) return [otherCore(ref, run)];
    return isAll ? [{ kind: 'overdue', ref, workflowId, note: 'all' }] : [];
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The engine's list may lag behind by a moment, so a run that is not on it is looked up by itself. */
async function confirmMissing({ client }: ReconcileDeps, ref: ConversationRef): Promise<Difference | null> {
  const workflowId = conversationWorkflowId(ref);
  const run = await describeRun(client, workflowId);
  return run ? null : { kind: 'missing_run', ref, workflowId, note: '' };
}

const STUCK_TICKET = { reason: 'stuck', note: 'The conversation did not go on by itself.' };

/** For whoever learns by himself that a conversation's run is stuck: an operator whose wish it does not carry out. */
export async function mendStuckRun(
  deps: Pick<ReconcileDeps, 'db' | 'conversations' | 'logger' | 'openTicket'>,
  ref: ConversationRef,
): Promise<void> {
  deps.logger.error({ workflowId: conversationWorkflowId(ref) }, 'a conversation was stuck');
  await deps.openTicket(deps.db, ref, STUCK_TICKET);
  await deps.conversations.replaceRun(ref);
  await noteMended(deps.db, ref.conversationId);
}

async function mendAll(
  deps: ReconcileDeps,
  differences: readonly Difference[],
  livingCores: ReadonlySet<number>,
): Promise<Mended[]> {
  const queue = [...differences];
  const mended: Mended[] = [];
  const work = async (): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) mended.push(await mend(deps, next, livingCores));
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, queue.length) }, work));
  return mended;
}

async function mend(deps: ReconcileDeps, difference: Difference, livingCores: ReadonlySet<number>): Promise<Mended> {
  try {
    return { ...difference, outcome: await mendOne(deps, difference, livingCores) };
  } catch (error) {
    deps.logger.error({ err: error, workflowId: difference.workflowId, kind: difference.kind }, 'a run was not mended');
    return { ...difference, outcome: 'failed' };
  }
}

async function mendOne(
  { db, client, conversations, openTicket }: ReconcileDeps,
  { kind, ref, workflowId, note }: Difference,
  livingCores: ReadonlySet<number>,
): Promise<Mended['outcome']> {
  if (ref === null) {
    await client.workflow.getHandle(workflowId).terminate('Its conversation does not exist any more.');
    return 'mended';
  }
  if (kind === 'other_core') {
    const core = Number(note);
    if (livingCores.has(core)) {
      // Its own workers hand it on once nothing is under way; towards an older core only when they are gone.
      if (core < CORE_VERSION) await conversations.refound(ref, CONVERSATIONS_QUEUE);
      return 'later';
    }
    if (await isOver(client, kind, workflowId)) return 'mended';
    await conversations.replaceRun(ref);
  } else if (kind === 'stuck_run') {
    if (await isOver(client, kind, workflowId)) return 'mended';
    await openTicket(db, ref, STUCK_TICKET);
    await conversations.replaceRun(ref);
  } else {
    await conversations.refound(ref);
  }
  await noteMended(db, ref.conversationId);
  return 'mended';
}

/** What was found may be over by now, and a run that works must not be ended. */
async function isOver(client: Client, kind: 'other_core' | 'stuck_run', workflowId: string): Promise<boolean> {
  const run = await describeRun(client, workflowId);
  if (!run) return false;
  return kind === 'other_core' ? run.taskQueue === CONVERSATIONS_QUEUE : run.attempt < STUCK_ATTEMPTS;
}

function logReport(logger: ReconcileDeps['logger'], differences: readonly Mended[]): void {
  for (const { kind, workflowId, note, outcome } of differences)
    if (kind === 'stuck_run') logger.error({ workflowId, note, outcome }, 'a conversation was stuck');
  const counts: Record<string, number> = {};
  for (const { kind, outcome } of differences) counts[`${kind} ${outcome}`] = (counts[`${kind} ${outcome}`] ?? 0) + 1;
  if (differences.length > 0) logger.warn({ counts }, 'conversations differed from their runs');
}
