import type { Database, Queries } from '../../platform/database/client.ts';
import type { Prisma } from '../../platform/database/generated/client.ts';
import type { ShopPrompt } from '../reply-context.ts';
import type { Difference, RerunAnswer, RerunState } from './rules.ts';

export interface TurnChoice {
  businessId: string;
  since: Date;
  limit: number;
  conversationId: string | null;
}

/** A turn as it was answered. */
export interface RecordedTurn {
  decisionId: string;
  conversationId: string;
  messageIds: string[];
  question: string;
  before: RerunAnswer;
}

interface RawTurn extends Omit<RecordedTurn, 'before'>, Omit<RerunAnswer, 'replaced' | 'costMicros'> {
  reason: string;
  costMicros: bigint;
}

/**
 * The latest turns that a model or the built-in responder answered; fixed texts and order forms are no matter of prompts.
 * A reply of several messages is given as one text.
 */
export async function findRecordedTurns(db: Queries, choice: TurnChoice): Promise<RecordedTurn[]> {
  const rows = await db.$queryRaw<RawTurn[]>`
    SELECT d.id AS "decisionId", d.conversation_id AS "conversationId", d.message_ids AS "messageIds",
      (SELECT string_agg(coalesce(nullif(m.text, ''), '[' || m.kind || ']'), E'\n' ORDER BY m.sent_at, m.id)
       FROM messages m WHERE m.id = ANY(d.message_ids)) AS question,
      d.outcome, d.intent, d.prompt_name AS "promptName", d.prompt_version AS "promptVersion", d.model, d.checks,
      d.input_tokens AS "inputTokens", d.output_tokens AS "outputTokens", d.cost_micros AS "costMicros",
      d.latency_ms AS "latencyMs", d.reason,
      coalesce((SELECT string_agg(o.text, E'\n' ORDER BY o.position) FROM outbound_messages o
        WHERE o.decision_id = d.id), '') AS text
    FROM decisions d
    WHERE d.business_id = ${choice.businessId}::uuid AND d.created_at >= ${choice.since} AND d.state = 'decided'
      AND (d.prompt_name IN ('reply', 'builtin') OR d.outcome = 'fallback')
      AND EXISTS (SELECT 1 FROM messages m WHERE m.id = ANY(d.message_ids))
      AND (${choice.conversationId}::uuid IS NULL OR d.conversation_id = ${choice.conversationId}::uuid)
    ORDER BY d.created_at DESC, d.id DESC LIMIT ${choice.limit}`;
  return rows.map(({ decisionId, conversationId, messageIds, question, reason, costMicros, ...answer }) => {
    const before = { ...answer, replaced: reason === 'replaced_by_checks', costMicros: Number(costMicros) };
    return { decisionId, conversationId, messageIds, question, before };
  });
}

export interface NewRerun {
  businessId: string;
  promptVersion: string;
  prompt: ShopPrompt | null;
  model: string;
  days: number;
  conversationId: string | null;
  estimatedCostMicros: number | null;
  createdBy: string;
}

/** Writes down what a re-run will do, turn by turn, so that it can go on wherever it was stopped. */
export async function createRerun(db: Queries, rerun: NewRerun, turns: readonly RecordedTurn[]): Promise<string> {
  const { prompt, ...data } = rerun;
  const { id } = await db.rerun.create({
    data: { ...data, total: turns.length, ...(prompt ? { prompt: { ...prompt } } : {}) },
  });
  await db.rerunResult.createMany({
    data: turns.map(({ before, ...turn }, position) => ({
      ...turn,
      businessId: rerun.businessId,
      rerunId: id,
      position,
      before: before as unknown as Prisma.InputJsonObject,
    })),
  });
  return id;
}

/** Forgets a re-run that could not be started. */
export async function dropRerun(db: Queries, id: string): Promise<void> {
  await db.rerun.deleteMany({ where: { id, state: 'queued' } });
}

export interface RerunWork {
  businessId: string;
  prompt: ShopPrompt | null;
  model: string;
  done: number;
  total: number;
  turns: { id: string; conversationId: string; messageIds: string[]; before: RerunAnswer }[];
}

/** What is to be thought over next, at most `count` turns. Null when the re-run has ended or is gone. */
export async function takeRerunWork(db: Queries, id: string, count: number): Promise<RerunWork | null> {
  const begun = { state: 'running', startedAt: new Date() };
  await db.rerun.updateMany({ where: { id, state: 'queued' }, data: begun });
  const rerun = await db.rerun.findUnique({
    where: { id },
    include: { results: { where: { state: 'waiting' }, orderBy: { position: 'asc' }, take: count } },
  });
  if (rerun?.state !== 'running') return null;
  const { businessId, model, done, total } = rerun;
  const turns = rerun.results.map((result) => {
    const { conversationId, messageIds } = result;
    return { id: result.id, conversationId, messageIds, before: result.before as unknown as RerunAnswer };
  });
  return { businessId, prompt: rerun.prompt as unknown as ShopPrompt | null, model, done, total, turns };
}

/** One turn's end: an answer, or why there is none. */
export type TurnEnd = { after: RerunAnswer; difference: Difference } | { reason: string };

/** Stores how a turn ended, once; nothing is stored any more when the re-run was ended meanwhile. */
export async function saveRerunResult(db: Database, rerunId: string, resultId: string, end: TurnEnd): Promise<void> {
  const isDone = 'after' in end;
  await db.$transaction(async (tx) => {
    const isDifferent = isDone && end.difference !== 'same';
    const { count } = await tx.rerun.updateMany({
      where: { id: rerunId, state: 'running', results: { some: { id: resultId, state: 'waiting' } } },
      data: {
        done: { increment: 1 },
        failed: { increment: isDone ? 0 : 1 },
        changed: { increment: isDifferent ? 1 : 0 },
        costMicros: { increment: isDone ? Math.round(end.after.costMicros ?? 0) : 0 },
      },
    });
    if (count === 0) return;
    await tx.rerunResult.update({
      where: { id: resultId },
      data: isDone
        ? { state: 'done', difference: end.difference, after: end.after as unknown as Prisma.InputJsonObject }
        : { state: 'failed', reason: end.reason },
    });
  });
}

/** Ends a re-run. The first end stands. Resolves to the state that it has then; null when it is gone. */
export async function finishRerun(db: Queries, id: string, state: RerunState): Promise<string | null> {
  const open = { id, state: { in: ['queued', 'running'] } };
  await db.rerun.updateMany({ where: open, data: { state, finishedAt: new Date() } });
  return (await db.rerun.findUnique({ where: { id }, select: { state: true } }))?.state ?? null;
}
