import { v7 as uuidv7 } from 'uuid';
import type { DecidedTimers } from '../conversations/core/timer.ts';
import { revertOrderTurn } from '../orders/store.ts';
import type { Database, Queries } from '../platform/database/client.ts';
import type { OutboundContent } from '../text/message.ts';
import { openTicket } from '../tickets/store.ts';
import type { DecisionFacts } from './decision-facts.ts';

export interface DecisionRow {
  id: string;
  businessId: string;
  conversationId: string;
  turnId: string;
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
  supersedesTurnIds: string[];
  cancelFollowUpId: string | null;
  /** Its id is the decision's, by which it is found again. */
  followUp: { text: string; dueAtMs: number } | null;
  ticket: { reason: string; note: string } | null;
  /** What else belongs to it, in the same transaction; not run when the turn was stored before. */
  effects?: (tx: Queries) => Promise<void>;
}

export interface CommittedDecision {
  /** As stored: an activity that ran again may have thought of something else. */
  outcome: string;
  outboundIds: string[];
  followUp: { id: string; dueAtMs: number } | null;
  timers: DecidedTimers | null;
}

/** Tokens of micro-dollars spent on models since `since`, for the budgets. */
export interface ModelSpending {
  contactCalls: number;
  businessCalls: number;
}

/**
 * Stores a decision with its planned messages. Null when this turn was superseded meanwhile. The same turn stored twice
 * (an activity that ran again) gives what was stored first.
 */
export async function commitDecision(
  db: Database,
  decision: DecisionRow,
  planned: readonly PlannedRow[],
  extras: DecisionExtras,
): Promise<CommittedDecision | null> {
  const plain =
    extras.supersedesTurnIds.length === 0 &&
    !extras.cancelFollowUpId &&
    !extras.followUp &&
    !extras.ticket &&
    !extras.effects;
  const stored = plain
    ? await insertDecision(db, decision, planned)
    : await db.$transaction(async (tx) => {
        for (const turnId of extras.supersedesTurnIds) await abandonTurn(tx, decision, turnId, 'superseded');
        if (extras.cancelFollowUpId) await cancelFollowUp(tx, extras.cancelFollowUpId, 'the customer wrote');
        if (!(await insertDecision(tx, decision, planned))) return false;
        if (extras.followUp) await insertFollowUp(tx, decision, extras.followUp);
        if (extras.ticket) await openTicket(tx, decision, extras.ticket);
        await extras.effects?.(tx);
        return true;
      });
  if (stored)
    return {
      outcome: decision.outcome,
      outboundIds: planned.map((row) => row.id),
      followUp: extras.followUp && { id: decision.id, dueAtMs: extras.followUp.dueAtMs },
      timers: decision.timers ?? null,
    };
  return loadDecision(db, decision.turnId);
}

async function insertDecision(db: Queries, decision: DecisionRow, planned: readonly PlannedRow[]): Promise<boolean> {
  const { askedMark: _asked, replyMark: _reply, ...row } = decision;
  const changed = await db.$queryRaw<{ id: string }[]>`
    WITH decision AS (
      INSERT INTO decisions (id, business_id, conversation_id, turn_id, state, outcome, intent, purchase_intent, message_ids,
        prompt_name, prompt_version, model, usage, checks, facts, input_tokens, output_tokens, cost_micros, latency_ms, reason, timers, decided_at)
      SELECT id, "businessId", "conversationId", "turnId", 'decided', outcome, intent, "purchaseIntent", "messageIds",
        "promptName", "promptVersion", model, usage, checks, facts, "inputTokens", "outputTokens", "costMicros", "latencyMs", reason, timers, now()
      FROM jsonb_to_record(${JSON.stringify(row)}::jsonb) AS d(id uuid, "businessId" uuid, "conversationId" uuid, "turnId" text,
        outcome text, intent text, "purchaseIntent" boolean, "messageIds" uuid[], "promptName" text, "promptVersion" text,
        model text, usage jsonb, checks jsonb, facts jsonb, "inputTokens" int, "outputTokens" int, "costMicros" bigint, "latencyMs" int, reason text, timers jsonb)
      ON CONFLICT (turn_id) DO NOTHING
      RETURNING id, business_id, conversation_id
    ), planned AS (
      INSERT INTO outbound_messages (id, business_id, conversation_id, decision_id, author, purpose, position, content, text, fingerprint)
      SELECT p.id, decision.business_id, decision.conversation_id, decision.id, 'bot', p.purpose, p.position, p.content, p.text, p.fingerprint
      FROM decision, jsonb_to_recordset(${JSON.stringify(planned)}::jsonb)
        AS p(id uuid, purpose text, position int, content jsonb, text text, fingerprint text)
    )
    SELECT id FROM decision`;
  return changed.length === 1;
}

async function loadDecision(db: Queries, turnId: string): Promise<CommittedDecision | null> {
  const row = await db.decision.findUnique({
    where: { turnId },
    include: { outbound: { select: { id: true }, orderBy: { position: 'asc' } } },
  });
  if (row?.state !== 'decided') return null;
  const followUp = await db.followUp.findFirst({ where: { id: row.id, state: 'pending' } });
  return {
    outcome: row.outcome,
    outboundIds: row.outbound.map((outbound) => outbound.id),
    followUp: followUp && { id: followUp.id, dueAtMs: followUp.dueAt.getTime() },
    timers: row.timers as DecidedTimers | null,
  };
}

interface Owner {
  businessId: string;
  conversationId: string;
}

/**
 * Takes a turn back: its planned messages are blocked, its follow-up is cancelled, and a decision that is still being
 * thought cannot be stored. Needs a transaction. Two statements, because a decision that is being committed beside this
 * one is seen only by a statement that begins after it.
 */
export async function abandonTurn(db: Queries, owner: Owner, turnId: string, reason: string): Promise<void> {
  const [taken] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO decisions (id, business_id, conversation_id, turn_id, state, reason)
    VALUES (${uuidv7()}::uuid, ${owner.businessId}::uuid, ${owner.conversationId}::uuid, ${turnId}, 'superseded', ${reason})
    ON CONFLICT (turn_id) DO UPDATE SET state = 'superseded', reason = excluded.reason
    RETURNING id`;
  await db.$executeRaw`
    UPDATE outbound_messages SET state = 'blocked', reason = ${reason}, updated_at = now()
    WHERE decision_id = ${taken?.id}::uuid AND state = 'planned'`;
  await cancelFollowUp(db, taken?.id ?? '', reason);
  await revertOrderTurn(db, owner.conversationId, turnId, reason);
}

export async function cancelFollowUp(db: Queries, followUpId: string, reason: string): Promise<void> {
  await db.$executeRaw`
    WITH cancelled AS (
      UPDATE follow_ups SET state = 'cancelled', reason = ${reason}, updated_at = now()
      WHERE id = ${followUpId}::uuid AND state = 'pending' RETURNING conversation_id
    )
    UPDATE conversations c SET follow_up_due_at = NULL, updated_at = now() FROM cancelled WHERE c.id = cancelled.conversation_id`;
}

/** One that a run of the workflow left behind (it was terminated) gives way: a conversation has one pending at most. */
async function insertFollowUp(
  db: Queries,
  decision: DecisionRow,
  followUp: { text: string; dueAtMs: number },
): Promise<void> {
  const dueAt = new Date(followUp.dueAtMs);
  await db.followUp.updateMany({
    where: { conversationId: decision.conversationId, state: 'pending' },
    data: { state: 'cancelled', reason: 'replaced' },
  });
  await db.followUp.create({
    data: {
      id: decision.id,
      businessId: decision.businessId,
      conversationId: decision.conversationId,
      text: followUp.text,
      dueAt,
    },
  });
  await db.conversation.update({ where: { id: decision.conversationId }, data: { followUpDueAt: dueAt } });
}

/** Model calls since `since`, for one contact's conversation and for the whole business. */
export async function countModelCalls(db: Queries, owner: Owner, since: Date): Promise<ModelSpending> {
  const [row] = await db.$queryRaw<{ contact: bigint; business: bigint }[]>`
    SELECT count(*) FILTER (WHERE conversation_id = ${owner.conversationId}::uuid) AS contact, count(*) AS business
    FROM decisions WHERE business_id = ${owner.businessId}::uuid AND created_at > ${since} AND input_tokens > 0`;
  return { contactCalls: Number(row?.contact ?? 0), businessCalls: Number(row?.business ?? 0) };
}
