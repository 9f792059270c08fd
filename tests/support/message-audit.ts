import type { Said } from './customer-traffic.ts';
import type { ProcessWorld } from './process-world.ts';

/**
 * The check of a history, as one looks at a bank's books after a crash: what customers said against what was decided, and
 * what was decided against what arrived at the provider. It reads the database and the provider's own list, never the
 * program's word.
 */
export interface Audit {
  /** What must not be, in words; empty when all promises were kept. */
  violations: string[];
  /** Rows of the ledger by state, without those that were taken back for a newer turn before they were asked for. */
  states: Record<string, number>;
}

interface OpenWork extends Record<string, number> {
  unsorted: number;
  undispatched: number;
  unanswered: number;
  unsent: number;
}

/** Waits until every acknowledged message was decided on and every send has an outcome; throws with what is left. */
export async function untilSettled(world: ProcessWorld, said: readonly Said[], withinMs: number): Promise<void> {
  const endsAtMs = Date.now() + withinMs;
  for (;;) {
    const open = await findOpenWork(world, said);
    if (Object.values(open).every((count) => count === 0)) return;
    if (Date.now() > endsAtMs) throw new Error(`Not settled after ${withinMs} ms: ${JSON.stringify(open)}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

async function findOpenWork(world: ProcessWorld, said: readonly Said[]): Promise<OpenWork> {
  const ids = said.filter((message) => message.acknowledgedAtMs !== null).map((message) => message.id);
  const [row] = await world.query<OpenWork>(
    `WITH mine AS (SELECT id, conversation_id FROM messages WHERE external_id = ANY($1::text[]))
     SELECT cardinality($1::text[]) - (SELECT count(*)::int FROM mine) AS unsorted,
       (SELECT count(*)::int FROM inbound_events WHERE dispatched_at IS NULL
              AND conversation_id IN (SELECT conversation_id FROM mine)) AS undispatched,
       (SELECT count(*)::int FROM mine WHERE NOT EXISTS (SELECT 1 FROM decisions d WHERE d.state = 'decided'
              AND d.conversation_id = mine.conversation_id AND mine.id = ANY(d.message_ids))) AS unanswered,
       (SELECT count(*)::int FROM outbound_messages o WHERE state IN ('planned', 'sending')
              AND conversation_id IN (SELECT conversation_id FROM mine)
              AND NOT EXISTS (SELECT FROM timers t WHERE t.conversation_id = o.conversation_id
                AND t.state = 'pending' AND o.id = ANY(t.outbound_ids))) AS unsent`,
    [ids],
  );
  return row as OpenWork;
}

/** Compares everything about the customers of `said`. */
export async function audit(world: ProcessWorld, said: readonly Said[]): Promise<Audit> {
  const rows = await loadLedger(world, said);
  const violations = [
    ...(await findLostOrDoubled(world, said)),
    ...(await findSilentDecisions(world, said)),
    ...findWrongSends(world, said, rows),
  ];
  const states: Record<string, number> = {};
  for (const row of rows) if (!row.is_taken_back) states[row.state] = (states[row.state] ?? 0) + 1;
  return { violations, states };
}

/** Every acknowledged message is one event, one line of the transcript, and answered by exactly one decision. */
async function findLostOrDoubled(world: ProcessWorld, said: readonly Said[]): Promise<string[]> {
  const acknowledged = said.filter((message) => message.acknowledgedAtMs !== null);
  const found = await world.query<{ external_id: string; lines: number; events: number; decisions: number }>(
    `SELECT m.external_id, count(DISTINCT m.id)::int AS lines, count(DISTINCT e.id)::int AS events,
       count(DISTINCT d.id)::int AS decisions
     FROM messages m LEFT JOIN inbound_events e ON e.message_id = m.id AND e.dispatched_at IS NOT NULL
     LEFT JOIN decisions d ON d.conversation_id = m.conversation_id AND d.state = 'decided' AND m.id = ANY(d.message_ids)
     WHERE m.direction = 'in' AND m.external_id = ANY($1) GROUP BY 1`,
    [acknowledged.map((message) => message.id)],
  );
  const byId = new Map(found.map((row) => [row.external_id, row]));
  return acknowledged.flatMap(({ id }) => {
    const row = byId.get(id);
    if (!row) return [`${id} was acknowledged and lost`];
    const { lines, events, decisions } = row;
    return lines === 1 && events === 1 && decisions === 1
      ? []
      : [`${id}: ${lines} line(s), ${events} dispatched event(s), ${decisions} decision(s)`];
  });
}

/** A decision that answers has planned something. */
async function findSilentDecisions(world: ProcessWorld, said: readonly Said[]): Promise<string[]> {
  const rows = await world.query<{ turn_id: string }>(
    `SELECT d.turn_id FROM decisions d JOIN conversations c ON c.id = d.conversation_id
     JOIN contacts k ON k.id = c.contact_id
     WHERE k.external_id = ANY($1) AND d.state = 'decided' AND d.outcome <> 'silent'
       AND NOT EXISTS (SELECT 1 FROM outbound_messages o WHERE o.decision_id = d.id)`,
    [customersOf(said)],
  );
  return rows.map((row) => `decision ${row.turn_id} planned nothing`);
}

interface LedgerRow {
  customer: string;
  text: string;
  state: string;
  attempts: number;
  lines: number;
  is_taken_back: boolean;
}

function loadLedger(world: ProcessWorld, said: readonly Said[]): Promise<LedgerRow[]> {
  return world.query<LedgerRow>(
    `SELECT k.external_id AS customer, o.text, o.state, o.attempts,
       (o.state = 'blocked' AND EXISTS (SELECT FROM decisions d WHERE d.id = o.decision_id AND d.state = 'superseded')) AS is_taken_back,
       (SELECT count(*)::int FROM messages m WHERE m.outbound_id = o.id) AS lines
     FROM outbound_messages o JOIN conversations c ON c.id = o.conversation_id JOIN contacts k ON k.id = c.contact_id
     WHERE k.external_id = ANY($1)`,
    [customersOf(said)],
  );
}

/**
 * The provider saw each sent row exactly once, each unknown one at most once, and nothing else. Requests that it refused
 * before it did anything do not count.
 */
function findWrongSends(world: ProcessWorld, said: readonly Said[], rows: readonly LedgerRow[]): string[] {
  const customers = new Set(customersOf(said));
  const arrived = new Map<string, number>();
  for (const send of world.sends)
    if (customers.has(send.receiverId) && !REFUSALS.has(send.behaviour)) add(arrived, send.receiverId, send.text ?? '');
  const sent = new Map<string, number>();
  const unknown = new Map<string, number>();
  const violations: string[] = [];
  for (const { customer, text, state, attempts, lines } of rows) {
    if (state === 'sent') add(sent, customer, text);
    if (state === 'unknown') add(unknown, customer, text);
    if (state === 'unknown' && attempts !== 1) violations.push(`${customer}: unknown after ${attempts} attempts`);
    if (lines !== (state === 'sent' ? 1 : 0)) violations.push(`${customer}: ${state} with ${lines} line(s)`);
  }
  for (const key of new Set([...arrived.keys(), ...sent.keys()])) {
    const least = sent.get(key) ?? 0;
    const most = least + (unknown.get(key) ?? 0);
    const times = arrived.get(key) ?? 0;
    if (times < least || times > most) violations.push(`${key} arrived ${times} time(s), not ${least} to ${most}`);
  }
  return violations;
}

const REFUSALS: ReadonlySet<string> = new Set(['rate-limited', 'busy', 'drop-before-read']);

function add(counts: Map<string, number>, customer: string, text: string): void {
  const key = `${customer}: "${text}"`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function customersOf(said: readonly Said[]): string[] {
  return [...new Set(said.map((message) => message.customer))];
}
