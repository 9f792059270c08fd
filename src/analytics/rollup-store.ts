import { HELD_BACK_RIGHTLY } from '../outbox/undelivered.ts';
import type { Database, Queries } from '../platform/database/client.ts';
import { TURN_OUTCOME } from '../replies/turn-outcome-store.ts';
import { keywordsOf, questionKey, stepOf } from '../text/keywords.ts';
import { type FinishedTurn, NOT_JUDGED, resultOf, type TurnResult } from './turn-result.ts';

/**
 * Adds up what happened, row by row as it came, into sums by day. Each stream of rows has a mark; a batch and the moving of
 * its mark are one transaction, so nothing is counted twice or left out.
 */

/** Rows younger than this wait: a transaction that began before them may still commit. */
const SETTLE_SECONDS = 20;
const BATCH = 2000;
/** The name of the prompt that turns of an order form bear. */
const FORM = 'order_form';

interface Slot {
  id: string;
  at: Date;
  /** By the shop's own clock. */
  day: string;
  hour: number;
}

interface MessageSlot extends Slot {
  direction: 'in' | 'out';
  author: string;
  text: string;
  /** Of the ledger's row behind an outgoing message. */
  outboundAuthor: string | null;
  /** When the oldest message that it answers was stored. */
  heardAt: Date | null;
  /** Of the message before it. */
  beforeAuthor: string | null;
  /** It told an order form a name, a phone number or an address: none of that is counted. */
  isForForm: boolean;
}

interface DecisionSlot extends Slot {
  state: string;
  outcome: string;
  intent: string;
  purchaseIntent: boolean;
  reason: string;
  model: string;
  latencyMs: number;
  costMicros: number;
  question: string | null;
  /** The customer's words before the turn. */
  before: string | null;
  failedChecks: string[];
}

/** Adds to a sum: `day`, `hour` (-1 for the whole day), metric, key. */
type Add = (
  slot: Slot,
  metric: string,
  key?: string,
  options?: { hourly?: boolean; sum?: number; count?: number },
) => void;

interface Stream<Row extends Slot> {
  read(db: Queries, businessId: string, after: { at: Date; id: string }): Promise<Row[]>;
  count(row: Row, add: Add): void;
}

const MESSAGES: Stream<MessageSlot> = {
  read: (db, businessId, after) => db.$queryRaw<MessageSlot[]>`
    SELECT m.id, m.created_at AS at, to_char(m.created_at AT TIME ZONE b.time_zone, 'YYYY-MM-DD') AS day,
      extract(hour FROM m.created_at AT TIME ZONE b.time_zone)::int AS hour, m.direction, m.author, m.text,
      o.author AS "outboundAuthor",
      m.direction = 'in' AND EXISTS (SELECT 1 FROM decisions f
        WHERE f.conversation_id = m.conversation_id AND f.created_at >= m.created_at AND f.created_at < m.created_at + interval '1 hour'
          AND f.prompt_name = ${FORM} AND m.id = ANY(f.message_ids)) AS "isForForm",
      (SELECT min(h.created_at) FROM messages h WHERE h.id = ANY(d.message_ids)) AS "heardAt",
      CASE WHEN m.direction = 'in' THEN (
        SELECT (SELECT author FROM outbound_messages WHERE id = p.outbound_id) FROM messages p
        WHERE p.conversation_id = m.conversation_id AND (p.sent_at, p.id) < (m.sent_at, m.id)
        ORDER BY p.sent_at DESC, p.id DESC LIMIT 1) END AS "beforeAuthor"
    FROM messages m JOIN businesses b ON b.id = m.business_id
    LEFT JOIN outbound_messages o ON o.id = m.outbound_id LEFT JOIN decisions d ON d.id = o.decision_id
    WHERE m.business_id = ${businessId}::uuid AND m.created_at >= ${after.at}
      AND (m.created_at, m.id) > (${after.at}, ${after.id}::uuid)
      AND m.created_at < now() - ${SETTLE_SECONDS} * interval '1 second'
    ORDER BY m.created_at, m.id LIMIT ${BATCH}`,
  count(row, add) {
    if (row.direction === 'in') {
      add(row, 'incoming', '', { hourly: true });
      if (!row.isForForm) for (const word of keywordsOf(row.text)) add(row, 'keyword', word);
      if (row.beforeAuthor === 'follow-up') add(row, 'follow_up', 'answered');
      return;
    }
    add(row, 'outgoing', '', { hourly: true });
    add(row, 'said', row.author);
    if (row.outboundAuthor === 'follow-up') add(row, 'follow_up', 'sent');
    if (row.heardAt) add(row, 'reply_ms', stepOf(row.at.getTime() - row.heardAt.getTime()));
  },
};

const DECISIONS: Stream<DecisionSlot> = {
  read: (db, businessId, after) => db.$queryRaw<DecisionSlot[]>`
    SELECT d.id, d.created_at AS at, to_char(d.created_at AT TIME ZONE b.time_zone, 'YYYY-MM-DD') AS day,
      extract(hour FROM d.created_at AT TIME ZONE b.time_zone)::int AS hour, d.state, d.outcome, d.intent,
      d.purchase_intent AS "purchaseIntent", d.reason, d.model, d.latency_ms AS "latencyMs", d.cost_micros::float8 AS "costMicros",
      CASE WHEN d.prompt_name <> ${FORM} THEN q.text END AS question,
      (SELECT p.text FROM messages p WHERE p.conversation_id = d.conversation_id AND p.direction = 'in'
         AND (p.sent_at, p.id) < (q.sent_at, q.id) ORDER BY p.sent_at DESC, p.id DESC LIMIT 1) AS before,
      ARRAY(SELECT c->>'name' FROM jsonb_array_elements(d.checks) AS c WHERE c->>'passed' = 'false') AS "failedChecks"
    FROM decisions d JOIN businesses b ON b.id = d.business_id LEFT JOIN messages q ON q.id = d.message_ids[1]
    WHERE d.business_id = ${businessId}::uuid AND d.created_at >= ${after.at}
      AND (d.created_at, d.id) > (${after.at}, ${after.id}::uuid)
      AND d.created_at < now() - ${SETTLE_SECONDS} * interval '1 second'
    ORDER BY d.created_at, d.id LIMIT ${BATCH}`,
  count(row, add) {
    if (row.costMicros > 0) add(row, 'model', row.model, { sum: Math.round(row.costMicros) });
    if (row.state !== 'decided') return;
    add(row, 'outcome', row.outcome);
    add(row, 'intent', row.intent || 'unknown', { hourly: true });
    if (row.costMicros <= 0) add(row, 'model', row.model);
    if (row.purchaseIntent) add(row, 'wants_to_buy');
    add(row, 'think_ms', stepOf(row.latencyMs));
    for (const check of row.failedChecks) add(row, 'failed_check', check);
    const key = row.question === null ? null : questionKey(row.question);
    if (key === null) return;
    add(row, 'question', key);
    if (row.before !== null && questionKey(row.before) === key) add(row, 'repeated', key);
  },
};

/** A person mends an answer, and a customer asks again, within this time, or it says nothing about the answer. */
const AFTERMATH_MINUTES = 30;
const RIGHTLY = [...HELD_BACK_RIGHTLY];

type ResultSlot = Slot & FinishedTurn;

const RESULTS: Stream<ResultSlot> = {
  read: (db, businessId, after) => readTurns(db, businessId, after, { settleMinutes: AFTERMATH_MINUTES, limit: BATCH }),
  count: countResult,
};

function countResult(row: ResultSlot, add: Add): void {
  const result = resultOf(row);
  add(row, 'result', result);
  const { task, intent, question } = row;
  if (result === 'handed_over' || result === 'wanted_person') add(row, 'handed_over', task ?? intent);
  const key = question === null ? null : questionKey(question);
  if (key !== null && !FINE.has(result)) add(row, 'not_answered', key);
}

/** Nothing is to be written down for these. */
const FINE: ReadonlySet<TurnResult> = new Set([...NOT_JUDGED, 'answered', 'wanted_person', 'not_delivered']);

function readTurns(
  db: Queries,
  businessId: string,
  after: { at: Date; id: string },
  { settleMinutes, limit }: { settleMinutes: number; limit: number },
): Promise<ResultSlot[]> {
  return db.$queryRaw<ResultSlot[]>`
    SELECT d.id, d.created_at AS at, to_char(d.created_at AT TIME ZONE b.time_zone, 'YYYY-MM-DD') AS day,
      extract(hour FROM d.created_at AT TIME ZONE b.time_zone)::int AS hour, ${TURN_OUTCOME},
      CASE WHEN d.prompt_name <> ${FORM} THEN (SELECT q.text FROM messages q WHERE q.id = d.message_ids[1]) END AS question,
      (SELECT n.text FROM messages n WHERE n.conversation_id = d.conversation_id AND n.direction = 'in'
         AND n.sent_at > d.created_at AND n.sent_at < d.created_at + ${AFTERMATH_MINUTES} * interval '1 minute'
         ORDER BY n.sent_at, n.id LIMIT 1) AS next,
      EXISTS (SELECT FROM outbound_messages o WHERE o.decision_id = d.id
         AND o.state = 'blocked' AND o.reason = ANY(${RIGHTLY}::text[])) AS "isHeldBack",
      EXISTS (SELECT FROM outbound_messages o WHERE o.decision_id = d.id
         AND (o.state IN ('rejected', 'unknown') OR (o.state = 'blocked' AND o.reason <> ALL(${RIGHTLY}::text[])))) AS "isUndelivered",
      EXISTS (SELECT FROM messages p
         WHERE p.conversation_id = d.conversation_id AND p.direction = 'out' AND p.author IN ('human', 'page')
         AND p.sent_at > d.created_at AND p.sent_at < least(d.created_at + ${AFTERMATH_MINUTES} * interval '1 minute',
           (SELECT min(x.created_at) FROM decisions x WHERE x.conversation_id = d.conversation_id
              AND x.created_at > d.created_at AND x.outcome = 'reply'))) AS "isCorrected"
    FROM decisions d JOIN businesses b ON b.id = d.business_id
    WHERE d.business_id = ${businessId}::uuid AND d.state = 'decided' AND d.created_at >= ${after.at}
      AND (d.created_at, d.id) > (${after.at}, ${after.id}::uuid)
      AND d.created_at < now() - ${settleMinutes} * interval '1 minute'
    ORDER BY d.created_at, d.id LIMIT ${limit}`;
}

/**
 * What became of the turns that are too young to be added up: their figures, by metric and key. At most of `LATEST` turns; while
 * older ones are still being added up, those come first.
 */
export async function readLatestResults(db: Database, businessId: string): Promise<Map<string, Map<string, number>>> {
  const where = { businessId_stream: { businessId, stream: 'results' } };
  const mark = (await db.figureMark.findUnique({ where })) ?? NOTHING_YET;
  const counts = new Map<string, Map<string, number>>();
  const add: Add = (_slot, metric, key = '') => {
    const byKey = counts.get(metric) ?? new Map<string, number>();
    counts.set(metric, byKey.set(key, (byKey.get(key) ?? 0) + 1));
  };
  for (const row of await readTurns(db, businessId, mark, { settleMinutes: 0, limit: LATEST })) countResult(row, add);
  return counts;
}

const LATEST = 5000;

/** What is asked for is counted by its beginning. */
export const ASKED_KEY_LENGTH = 80;

interface RequestSlot extends Slot {
  words: string;
  outcome: string;
  /** The catalog answered the turn: another's answer says that no product was meant. */
  isOfCatalog: boolean;
}

const REQUESTS: Stream<RequestSlot> = {
  read: (db, businessId, after) => db.$queryRaw<RequestSlot[]>`
    SELECT r.id, r.created_at AS at, to_char(r.created_at AT TIME ZONE b.time_zone, 'YYYY-MM-DD') AS day,
      extract(hour FROM r.created_at AT TIME ZONE b.time_zone)::int AS hour, r.words, r.outcome,
      EXISTS (SELECT FROM decisions d WHERE d.id = r.decision_id AND d.prompt_name = 'catalog') AS "isOfCatalog"
    FROM product_requests r JOIN businesses b ON b.id = r.business_id
    WHERE r.business_id = ${businessId}::uuid AND r.created_at >= ${after.at}
      AND (r.created_at, r.id) > (${after.at}, ${after.id}::uuid)
      AND r.created_at < now() - ${SETTLE_SECONDS} * interval '1 second'
    ORDER BY r.created_at, r.id LIMIT ${BATCH}`,
  count(row, add) {
    const key = row.words.slice(0, ASKED_KEY_LENGTH);
    if (key === '') return;
    if (row.outcome === 'good') add(row, 'asked_for', key);
    else if (row.isOfCatalog) add(row, 'not_found', key);
  },
};

interface OrderSlot extends Slot {
  currency: string;
  total: number | null;
}

const ORDERS: Stream<OrderSlot> = {
  read: (db, businessId, after) => db.$queryRaw<OrderSlot[]>`
    SELECT o.id, o.created_at AS at, to_char(o.created_at AT TIME ZONE b.time_zone, 'YYYY-MM-DD') AS day,
      extract(hour FROM o.created_at AT TIME ZONE b.time_zone)::int AS hour, o.currency, o.total::float8 AS total
    FROM orders o JOIN businesses b ON b.id = o.business_id
    WHERE o.business_id = ${businessId}::uuid AND o.created_at >= ${after.at}
      AND (o.created_at, o.id) > (${after.at}, ${after.id}::uuid)
      AND o.created_at < now() - ${SETTLE_SECONDS} * interval '1 second'
    ORDER BY o.created_at, o.id LIMIT ${BATCH}`,
  count: (row, add) => add(row, 'order', row.currency, { sum: row.total ?? 0 }),
};

const STREAMS = {
  messages: MESSAGES,
  decisions: DECISIONS,
  results: RESULTS,
  requests: REQUESTS,
  orders: ORDERS,
} as const;

const NOTHING_YET = { at: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

/** Adds up what is new for a business, for at most about `budgetMs`. Returns whether everything is counted. */
export async function rollUpFigures(db: Database, businessId: string, budgetMs = 2000): Promise<boolean> {
  const endMs = performance.now() + budgetMs;
  for (const [name, stream] of Object.entries(STREAMS) as [string, Stream<Slot>][]) {
    while (await rollUpBatch(db, businessId, name, stream)) if (performance.now() > endMs) return false;
  }
  return true;
}

/** True when there may be more. Two that work at once: the second finds the mark taken, and leaves. */
function rollUpBatch(db: Database, businessId: string, name: string, stream: Stream<Slot>): Promise<boolean> {
  return db.$transaction(
    async (tx) => {
      const [lock] = await tx.$queryRaw<{ taken: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtextextended(${`figures:${name}:${businessId}`}, 0)) AS taken`;
      if (!lock?.taken) return false;
      const where = { businessId_stream: { businessId, stream: name } };
      const mark = (await tx.figureMark.findUnique({ where })) ?? NOTHING_YET;
      const rows = await stream.read(tx, businessId, mark);
      const last = rows.at(-1);
      if (!last) return false;
      await addFigures(tx, businessId, rows, stream);
      const { at, id } = last;
      await tx.figureMark.upsert({ where, create: { businessId, stream: name, at, id }, update: { at, id } });
      return rows.length === BATCH;
    },
    { timeout: 30_000 },
  );
}

async function addFigures(tx: Queries, businessId: string, rows: Slot[], stream: Stream<Slot>): Promise<void> {
  const sums = new Map<
    string,
    { day: string; hour: number; metric: string; key: string; count: number; sum: number }
  >();
  const add: Add = ({ day, hour }, metric, key = '', { hourly = false, sum = 0 } = {}) => {
    const slot = hourly ? hour : -1;
    const name = JSON.stringify([day, slot, metric, key]);
    const figure = sums.get(name) ?? { day, hour: slot, metric, key, count: 0, sum: 0 };
    figure.count += 1;
    figure.sum += sum;
    sums.set(name, figure);
  };
  for (const row of rows) stream.count(row, add);
  await tx.$executeRaw`
    INSERT INTO daily_figures AS f (business_id, day, hour, metric, key, count, sum)
    SELECT ${businessId}::uuid, n.day, n.hour, n.metric, n.key, n.count, n.sum
    FROM jsonb_to_recordset(${JSON.stringify([...sums.values()])}::jsonb)
      AS n(day date, hour smallint, metric text, key text, count bigint, sum bigint)
    ORDER BY 2, 3, 4, 5
    ON CONFLICT (business_id, metric, day, hour, key) DO UPDATE SET count = f.count + excluded.count, sum = f.sum + excluded.sum`;
}
