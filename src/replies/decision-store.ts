import { v7 as uuidv7 } from 'uuid';
import type { DecidedTimers } from '../conversations/core/timer.ts';
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
  supersedesTurnIds: string[];
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
}

/** What others do with a decision, and against one. */
export type CommitPorts = Pick<DecisionPorts, 'openTicket' | 'followUps'> & { reverts: readonly RevertTurn[] };

/**
 * Stores a decision with its planned messages. Null when this turn was superseded meanwhile. The same turn stored twice
 * (an activity that ran again) gives what was stored first.
 */
export async function commitDecision(
  db: Database,
  decision: DecisionRow,
  planned: readonly PlannedRow[],
  extras: DecisionExtras,
  ports: CommitPorts,
): Promise<CommittedDecision | null> {
  const { followUps } = ports;
  const plain =
    extras.supersedesTurnIds.length === 0 &&
    !extras.cancelFollowUpId &&
    !extras.followUp &&
    !extras.ticket &&
    !extras.effects;
  const stored = plain
    ? await insertDecision(db, decision, planned)
    : await db.$transaction(async (tx) => {
        for (const turnId of extras.supersedesTurnIds) await abandonTurn(tx, decision, turnId, 'superseded', ports);
        if (extras.cancelFollowUpId) await followUps.cancel(tx, extras.cancelFollowUpId, 'the customer wrote');
        if (!(await insertDecision(tx, decision, planned))) return false;
        if (extras.followUp) await followUps.insert(tx, decision, { id: decision.id, ...extras.followUp });
        if (extras.ticket) await ports.openTicket(tx, decision, extras.ticket);
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
  return loadDecision(db, decision.turnId, followUps);
}

async function insertDecision(db: Queries, decision: DecisionRow, planned: readonly PlannedRow[]): Promise<boolean> {
  const { askedMark: _asked, replyMark: _reply, ...row } = decision;
  const changed = await db.$queryRaw<{ id: string }[]>`
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
      INSERT INTO outbound_messages (id, business_id, conversation_id, decision_id, author, purpose, position, content, text, fingerprint)
      SELECT p.id, decision.business_id, decision.conversation_id, decision.id, 'bot', p.purpose, p.position, p.content, p.text, p.fingerprint
      FROM decision, jsonb_to_recordset(${JSON.stringify(planned)}::jsonb)
        AS p(id uuid, purpose text, position int, content jsonb, text text, fingerprint text)
    )
    SELECT id FROM decision`;
  return changed.length === 1;
}

async function loadDecision(
  db: Queries,
  turnId: string,
  followUps: DecisionFollowUps,
): Promise<CommittedDecision | null> {
  const row = await db.decision.findUnique({
    where: { turnId },
    include: { outbound: { select: { id: true }, orderBy: { position: 'asc' } } },
  });
  if (row?.state !== 'decided') return null;
  return {
    outcome: row.outcome,
    outboundIds: row.outbound.map((outbound) => outbound.id),
    followUp: await followUps.findPending(db, row.id),
    timers: row.timers as DecidedTimers | null,
  };
}

/** What else is taken back with a turn. */
export interface TurnUndo {
  followUps: Pick<DecisionFollowUps, 'cancel'>;
  reverts: readonly RevertTurn[];
}

/**
 * Takes a turn back: its planned messages are blocked, its follow-up is cancelled, what stages stored with it is undone, and a
 * decision that is still being thought cannot be stored. Needs a transaction. Two statements, because a decision that is being
 * committed beside this one is seen only by a statement that begins after it.
 */
export async function abandonTurn(
  db: Queries,
  owner: ConversationOwner,
  turnId: string,
  reason: string,
  { followUps, reverts }: TurnUndo,
): Promise<void> {
  const { businessId, conversationId } = owner;
  const [taken] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO decisions (id, business_id, conversation_id, turn_id, state, reason)
    VALUES (${uuidv7()}::uuid, ${businessId}::uuid, ${conversationId}::uuid, ${turnId}, 'superseded', ${reason})
    ON CONFLICT (turn_id) DO UPDATE SET state = 'superseded', reason = excluded.reason
    RETURNING id`;
  await db.$executeRaw`
    UPDATE outbound_messages SET state = 'blocked', reason = ${reason}, updated_at = now()
    WHERE decision_id = ${taken?.id}::uuid AND state = 'planned'`;
  await followUps.cancel(db, taken?.id ?? '', reason);
  for (const revert of reverts) await revert(db, { businessId, conversationId }, turnId, reason);
}
