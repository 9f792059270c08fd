import { v7 as uuidv7 } from 'uuid';
import type { DecidedTimers } from '../conversations/core/timer.ts';
import { type OutboundToSend, type RawOutbound, SEND_FACTS, SEND_JOINS, toOutboundToSend } from '../outbox/store.ts';
import type { Database, Queries } from '../platform/database/client.ts';
import type { OutboundContent } from '../text/message.ts';
import type { DecisionFacts } from './decision-facts.ts';
import type { DecisionFollowUps, DecisionPorts } from './decision-ports.ts';
import type { ConversationOwner, NewTicket, RevertTurn } from './stage.ts';

export interface DecisionRow {
  id: string;
  businessId: string;
  conversationId: string;
  turnId: string;
  /** Of the run that asked; one of an earlier run cannot be stored any more. */
  runNumber: number;
  outcome: string;
  intent: string;
  purchaseIntent: boolean;
  messageIds: string[];
  promptName: string;
  promptVersion: string;
  model: string;
  usage: unknown;
  checks: unknown;
  facts: DecisionFacts;
  inputTokens: number;
  outputTokens: number;
  costMicros: number;
  latencyMs: number;
  reason: string;
  /** Stored with it, so that an activity that runs again gives the same. */
  timers?: DecidedTimers | null;
  askedMark: string;
  replyMark: string;
}

export interface PlannedRow {
  id: string;
  purpose: string;
  position: number;
  content: OutboundContent;
  text: string;
  fingerprint: string;
}

export interface DecisionExtras {
  cancelFollowUpId: string | null;
  /** Its id is the decision's, by which it is found again. */
  followUp: { text: string; dueAtMs: number } | null;
  ticket: NewTicket | null;
  /** What else belongs to it, in the same transaction; not run when the turn was stored before. */
  effects?: (tx: Queries) => Promise<void>;
}

export interface CommittedDecision {
  /** As stored: an activity that ran again may have thought of something else. */
  outcome: string;
  outboundIds: string[];
  followUp: { id: string; dueAtMs: number } | null;
  timers: DecidedTimers | null;
  /** The first message, claimed for its request in the statement that stored it; null when nobody asked for that. */
  claimed: OutboundToSend | null;
}

/** What others do with a decision, and against one. */
export type CommitPorts = Pick<DecisionPorts, 'openTicket' | 'followUps'>;

/**
 * Stores a decision with its planned messages. Not when this turn was superseded meanwhile, or asked by a run that another has
 * replaced (`outdated`). The same turn stored twice (an activity that ran again) gives what was stored first. With `claimsFirst`
 * the first message is claimed as by `claimOutbound`.
 */
export async function commitDecision(
  db: Database,
  decision: DecisionRow,
  planned: readonly PlannedRow[],
  extras: DecisionExtras,
  ports: CommitPorts,
  claimsFirst = false,
): Promise<CommittedDecision | 'superseded' | 'outdated'> {
  const { followUps } = ports;
  const plain = !extras.cancelFollowUpId && !extras.followUp && !extras.ticket && !extras.effects;
  const stored = plain
    ? await insertDecision(db, decision, planned, claimsFirst)
    : await db.$transaction(async (tx) => {
        if (extras.cancelFollowUpId) await followUps.cancel(tx, extras.cancelFollowUpId, 'the customer wrote');
        const inserted = await insertDecision(tx, decision, planned, claimsFirst);
        if (!inserted) return null;
        if (extras.followUp) await followUps.insert(tx, decision, { id: decision.id, ...extras.followUp });
        if (extras.ticket) await ports.openTicket(tx, decision, extras.ticket);
        await extras.effects?.(tx);
        return inserted;
      });
  if (stored)
    return {
      outcome: decision.outcome,
      outboundIds: planned.map((row) => row.id),
      followUp: extras.followUp && { id: decision.id, dueAtMs: extras.followUp.dueAtMs },
      timers: decision.timers ?? null,
      claimed: stored.claimed,
    };
  return loadDecision(db, decision.turnId, followUps);
}

/** Null when the turn is stored already, or of an earlier run. */
async function insertDecision(
  db: Queries,
  decision: DecisionRow,
  planned: readonly PlannedRow[],
  claimsFirst: boolean,
): Promise<{ claimed: OutboundToSend | null } | null> {
  const { askedMark: _asked, replyMark: _reply, ...row } = decision;
  const claimedPosition = claimsFirst ? 0 : null;
  const [stored] = await db.$queryRaw<({ id: null } | RawOutbound)[]>`
    WITH decision AS (
      INSERT INTO decisions (id, business_id, conversation_id, turn_id, state, outcome, intent, purchase_intent, message_ids,
        prompt_name, prompt_version, model, usage, checks, facts, input_tokens, output_tokens, cost_micros, latency_ms, reason, timers, decided_at)
      SELECT id, "businessId", "conversationId", "turnId", 'decided', outcome, intent, "purchaseIntent", "messageIds",
        "promptName", "promptVersion", model, usage, checks, facts, "inputTokens", "outputTokens", "costMicros", "latencyMs", reason, timers, now()
      FROM jsonb_to_record(${JSON.stringify(row)}::jsonb) AS d(id uuid, "businessId" uuid, "conversationId" uuid, "turnId" text, "runNumber" int,
        outcome text, intent text, "purchaseIntent" boolean, "messageIds" uuid[], "promptName" text, "promptVersion" text,
        model text, usage jsonb, checks jsonb, facts jsonb, "inputTokens" int, "outputTokens" int, "costMicros" bigint, "latencyMs" int, reason text, timers jsonb)
      WHERE d."runNumber" >= (SELECT c.run_number FROM conversations c WHERE c.id = d."conversationId")
      ON CONFLICT (turn_id) DO NOTHING
      RETURNING id, business_id, conversation_id
    ), planned AS (
      INSERT INTO outbound_messages (id, business_id, conversation_id, decision_id, author, purpose, position, content, text, fingerprint,
        state, attempts, sending_at)
      SELECT p.id, decision.business_id, decision.conversation_id, decision.id, 'bot', p.purpose, p.position, p.content, p.text, p.fingerprint,
        CASE WHEN p.position = ${claimedPosition}::int THEN 'sending' ELSE 'planned' END,
        CASE WHEN p.position = ${claimedPosition}::int THEN 1 ELSE 0 END,
        CASE WHEN p.position = ${claimedPosition}::int THEN now() END
      FROM decision, jsonb_to_recordset(${JSON.stringify(planned)}::jsonb)
        AS p(id uuid, purpose text, position int, content jsonb, text text, fingerprint text)
      RETURNING *
    )
    SELECT ${SEND_FACTS} FROM decision
    JOIN conversations c ON c.id = decision.conversation_id
    LEFT JOIN planned o ON o.position = ${claimedPosition}::int
    ${SEND_JOINS}`;
  if (!stored) return null;
  return { claimed: stored.id === null ? null : toOutboundToSend(stored) };
}

async function loadDecision(
  db: Queries,
  turnId: string,
  followUps: DecisionFollowUps,
): Promise<CommittedDecision | 'superseded' | 'outdated'> {
  const row = await db.decision.findUnique({
    where: { turnId },
    include: { outbound: { select: { id: true }, orderBy: { position: 'asc' } } },
  });
  if (!row) return 'outdated';
  if (row.state !== 'decided') return 'superseded';
  return {
    outcome: row.outcome,
    outboundIds: row.outbound.map((outbound) => outbound.id),
    followUp: await followUps.findPending(db, row.id),
    timers: row.timers as DecidedTimers | null,
    claimed: null,
  };
}

/** What else is taken back with a turn. */
export interface TurnUndo {
  followUps: Pick<DecisionFollowUps, 'cancel'>;
  reverts: readonly RevertTurn[];
}

/**
 * Takes a turn back: its planned messages are blocked, its follow-up is cancelled, what stages stored with it is undone, and a
 * decision that is still being thought cannot be stored. False, and nothing is changed, once the sending of its messages has
 * begun: that is the border. Needs a transaction: the locks on the decision and its messages hold until it ends, so that whoever
 * is about to claim one of them finds it blocked.
 */
export async function abandonTurn(
  db: Queries,
  owner: ConversationOwner,
  turnId: string,
  reason: string,
  { followUps, reverts }: TurnUndo,
): Promise<boolean> {
  const { businessId, conversationId } = owner;
  const [decision] = await db.$queryRaw<{ id: string; state: string }[]>`
    INSERT INTO decisions (id, business_id, conversation_id, turn_id, state, reason)
    VALUES (${uuidv7()}::uuid, ${businessId}::uuid, ${conversationId}::uuid, ${turnId}, 'superseded', ${reason})
    ON CONFLICT (turn_id) DO UPDATE SET turn_id = excluded.turn_id
    RETURNING id, state`;
  const { id, state } = decision as { id: string; state: string };
  if (state !== 'superseded') {
    const rows = await db.$queryRaw<{ state: string }[]>`
      SELECT state FROM outbound_messages WHERE decision_id = ${id}::uuid ORDER BY position FOR UPDATE`;
    if (rows.some((row) => row.state !== 'planned')) return false;
    await db.$executeRaw`
      WITH superseded AS (UPDATE decisions SET state = 'superseded', reason = ${reason} WHERE id = ${id}::uuid)
      UPDATE outbound_messages SET state = 'blocked', reason = ${reason}, updated_at = now() WHERE decision_id = ${id}::uuid`;
  }
  await followUps.cancel(db, id, reason);
  for (const revert of reverts) await revert(db, { businessId, conversationId }, turnId, reason);
  return true;
}

/** How many conversations of a business were given the safe answer since then, because no model gave one. */
export async function countUnanswered(db: Queries, businessId: string, since: Date): Promise<number> {
  const rows = await db.decision.findMany({
    where: { businessId, createdAt: { gte: since }, outcome: 'fallback', reason: { startsWith: 'model_' } },
    select: { conversationId: true },
    distinct: ['conversationId'],
  });
  return rows.length;
}
