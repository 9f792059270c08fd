import type { Database, Queries } from '../../platform/database/client.ts';
import { readGeneration } from '../../platform/installation/installation-store.ts';
import { TIMER_KINDS } from '../../timer-kinds.ts';
import type { ConversationRef } from '../gateway.ts';
import type { Mended, Overdue } from './difference.ts';

interface RawRef {
  id: string;
  business_id: string;
  account_id: string;
  contact_id: string;
  channel: string;
}

function toRef({ id, business_id, account_id, contact_id, channel }: RawRef): ConversationRef {
  return {
    conversationId: id,
    businessId: business_id,
    accountId: account_id,
    contactId: contact_id,
    channel,
  };
}

/** A send or a timer is this late before anybody asks why; an answer is somebody's work within a minute. */
const LATE_MS = 60_000;
const ANSWER_LATE_MS = 30_000;
const MAX_CANDIDATES = 500;

/**
 * Conversations of which the rows say that something should have happened by now. Reads partial indexes of what is pending,
 * which is little, whatever the size of the tables.
 */
export async function findOverdue(
  db: Database,
  now: Date,
): Promise<{ ref: ConversationRef; overdue: Overdue[]; mendedAt: Date | null }[]> {
  const late = new Date(now.getTime() - LATE_MS);
  const lateAnswer = new Date(now.getTime() - ANSWER_LATE_MS);
  const rows = await db.$queryRaw<(RawRef & { overdue: Overdue[]; mended_at: Date | null })[]>`
    WITH found AS (
      SELECT id, 'mode_end' AS overdue FROM conversations WHERE mode_until < ${late} AND mode <> 'bot'
      UNION ALL
      SELECT id, 'window_end' FROM conversations WHERE status = 'open' AND window_expires_at < ${late}
      UNION ALL
      SELECT conversation_id, 'follow_up' FROM follow_ups WHERE state = 'pending' AND due_at < ${late}
      UNION ALL
      SELECT conversation_id, 'timer' FROM timers
      WHERE state = 'pending' AND due_at < ${late} AND kind = ANY(${TIMER_KINDS})
      UNION ALL
      SELECT o.conversation_id, 'send' FROM outbound_messages o
      WHERE o.state IN ('planned', 'sending') AND o.updated_at < ${late} AND coalesce(o.send_after < ${late}, true)
        AND NOT EXISTS (SELECT FROM timers t WHERE t.conversation_id = o.conversation_id AND t.state = 'pending'
                        AND o.id = ANY(t.outbound_ids))
      UNION ALL
      SELECT c.id, 'answer' FROM conversations c
      WHERE c.waiting_since < ${lateAnswer} AND c.mode = 'bot' AND c.status = 'open' AND EXISTS (
        SELECT FROM inbound_events e
        WHERE e.conversation_id = c.id AND e.seq > c.settled_seq AND e.dispatched_at < ${lateAnswer}
          AND e.kind IN ('message', 'opt_out') AND NOT EXISTS (
            SELECT FROM decisions d
            WHERE d.conversation_id = c.id AND d.state = 'decided' AND e.message_id = ANY(d.message_ids)))
    )
    SELECT c.id, c.business_id, c.account_id, c.contact_id, c.channel, c.mended_at,
      array_agg(DISTINCT found.overdue) AS overdue
    FROM found JOIN conversations c ON c.id = found.id
    GROUP BY c.id LIMIT ${MAX_CANDIDATES}`;
  return rows.map((row) => ({ ref: toRef(row), overdue: row.overdue, mendedAt: row.mended_at }));
}

/** A conversation is handed over by the relay within this time; until then no run is no difference. */
const SETTLING_MS = 30_000;
const PAGE = 1000;

/** Every conversation that needs a run, by what its rows say; page by page. */
export async function* listOwing(db: Database, now: Date): AsyncGenerator<ConversationRef[]> {
  const settled = new Date(now.getTime() - SETTLING_MS);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await db.$queryRaw<RawRef[]>`
      SELECT c.id, c.business_id, c.account_id, c.contact_id, c.channel FROM conversations c
      LEFT JOIN dispatches d ON d.conversation_id = c.id
      WHERE c.id > ${after}::uuid AND d.due_at IS NULL AND c.updated_at < ${settled} AND (
        (c.status = 'open' AND c.window_expires_at IS NOT NULL)
        OR (c.mode <> 'bot' AND c.mode_until IS NOT NULL)
        OR EXISTS (SELECT FROM follow_ups f WHERE f.conversation_id = c.id AND f.state = 'pending')
        OR EXISTS (SELECT FROM timers t WHERE t.conversation_id = c.id AND t.state = 'pending'
                   AND t.kind = ANY(${TIMER_KINDS}))
        OR EXISTS (SELECT FROM outbound_messages o WHERE o.conversation_id = c.id AND o.state IN ('planned', 'sending')))
      ORDER BY c.id LIMIT ${PAGE}`;
    if (rows.length > 0) yield rows.map(toRef);
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id ?? after;
  }
}

/** The conversations of contacts, by the contact's id; one that is gone is not among them. */
export async function findByContacts(
  db: Queries,
  contactIds: readonly string[],
): Promise<Map<string, ConversationRef>> {
  const rows = await db.$queryRaw<RawRef[]>`
    SELECT id, business_id, account_id, contact_id, channel FROM conversations
    WHERE contact_id = ANY(${contactIds}::uuid[])`;
  return new Map(rows.map((row) => [row.contact_id, toRef(row)]));
}

/** Notes that the run was founded anew, so that it is not done again at once. */
export async function noteMended(db: Queries, conversationId: string): Promise<void> {
  await db.$executeRaw`UPDATE conversations SET mended_at = now() WHERE id = ${conversationId}::uuid`;
}

export interface ReconcileReport {
  isFull: boolean;
  /** The installation's generation for which every run is founded on its rows. */
  generation: number;
  lookedAt: number;
  differences: Mended[];
}

/** How many differences a run's row lists. */
const MAX_LISTED = 100;
/** Looks that found nothing are kept this long; they only tell that somebody looks. */
const KEEP_MS = 24 * 3_600_000;

export async function saveReconcileRun(
  db: Database,
  startedBy: string,
  startedAt: Date,
  { isFull, generation, lookedAt, differences }: ReconcileReport,
): Promise<void> {
  const listed = differences.slice(0, MAX_LISTED).map(({ kind, ref, workflowId, note, outcome }) => ({
    ...{ kind, workflowId, note, outcome },
    conversationId: ref?.conversationId ?? null,
    businessId: ref?.businessId ?? null,
  }));
  const mended = differences.filter(({ outcome }) => outcome === 'mended').length;
  const counts = { isFull, generation, lookedAt, found: differences.length, mended };
  await db.reconcileRun.create({
    data: { startedBy, startedAt, finishedAt: new Date(), ...counts, differences: listed },
  });
  await db.reconcileRun.deleteMany({ where: { startedAt: { lt: new Date(Date.now() - KEEP_MS) } } });
}

/** Everything is looked at this often, and again when the last such look left something for later or the schedule is new. */
const FULL_EVERY_MS = 10 * 60_000;

/** The generation of the rows, and the one for which every run was last founded anew. */
export async function readGenerations(db: Database): Promise<{ ofRows: number; ofRuns: number }> {
  const [ofRows, { _max }] = await Promise.all([
    readGeneration(db),
    db.reconcileRun.aggregate({ _max: { generation: true } }),
  ]);
  return { ofRows, ofRuns: _max.generation ?? 0 };
}

/** True when it is time to look at every run and every row that owes something. */
export async function isFullLookDue(db: Database, now: Date, scheduleMadeAt: Date): Promise<boolean> {
  const last = await db.reconcileRun.findFirst({ where: { isFull: true }, orderBy: { startedAt: 'desc' } });
  if (!last || last.startedAt < scheduleMadeAt) return true;
  return last.found > last.mended || now.getTime() - last.startedAt.getTime() > FULL_EVERY_MS;
}

export interface ReconcileHealth {
  finishedAt: Date | null;
  /** Differences that the last look found and did not mend. */
  left: number;
  /** Conversations that were stuck, were begun anew, and still owe what is overdue. */
  stuck: number;
}

/** What was stuck is looked at again within this time, so until then no look tells of it a second time. */
const STUCK_TOLD_MS = 180_000;

/** How the last looks ended; for the health page. */
export async function readReconcileHealth(db: Database, now: Date): Promise<ReconcileHealth> {
  const last = await db.reconcileRun.findFirst({ orderBy: { startedAt: 'desc' } });
  if (!last) return { finishedAt: null, left: 0, stuck: 0 };
  return { finishedAt: last.finishedAt, left: last.found - last.mended, stuck: await countStuck(db, now) };
}

/** What goes on again is nobody's trouble any more, though it was found stuck a moment ago. */
async function countStuck(db: Database, now: Date): Promise<number> {
  const since = new Date(now.getTime() - STUCK_TOLD_MS);
  const looks = await db.reconcileRun.findMany({
    where: { startedAt: { gt: since }, found: { gt: 0 } },
    select: { differences: true },
  });
  const listed = looks.flatMap(({ differences }) => differences as unknown as Listed[]);
  const stuck = new Set(listed.filter(({ kind }) => kind === 'stuck_run').map(({ conversationId }) => conversationId));
  if (stuck.size === 0) return 0;
  const overdue = await findOverdue(db, now);
  return overdue.filter(({ ref }) => stuck.has(ref.conversationId)).length;
}

/** What a run's row keeps of a difference, as far as health reads it. */
interface Listed {
  kind: string;
  conversationId: string | null;
}
