import { Context } from '@temporalio/activity';
import type { Database } from '../src/platform/database/client.ts';
import { ModelUnavailableError, PeykError } from '../src/platform/errors.ts';
import type { ReplyResult } from '../src/replies/models/model.ts';
import type { ShopPrompt } from '../src/replies/reply-context.ts';
import { compareAnswers, type RerunAnswer, type RerunState } from '../src/replies/reruns/rules.ts';
import {
  finishRerun,
  type RerunWork,
  saveRerunResult,
  type TurnEnd,
  takeRerunWork,
} from '../src/replies/reruns/store.ts';
import { toFailure } from './failures.ts';
import { heartbeatWhile } from './heartbeat.ts';

/** A recorded turn to think over. */
export interface TurnQuestion {
  businessId: string;
  conversationId: string;
  answers: readonly string[];
  /** With what was known when they came. */
  asOfThen: boolean;
  prompt?: ShopPrompt;
  model?: string;
  signal: AbortSignal;
}

export interface RerunDeps {
  db: Database;
  /** Thinks of an answer; stores and sends nothing. */
  simulateReply(question: TurnQuestion): Promise<{ reply: ReplyResult }>;
}

export interface RerunInput {
  rerunId: string;
}

export interface RerunProgress {
  done: number;
  total: number;
  /** False when every turn has been thought over, or the re-run was ended. */
  goesOn: boolean;
}

/** So many turns are thought over at the same time: a model takes seconds, and its provider limits the rate. */
const AT_ONCE = 4;
/** A model that stays away this often in a row costs the turn its answer, not the re-run its end. */
const MODEL_ATTEMPTS = 4;

export function createRerunActivities(deps: RerunDeps) {
  return {
    /** Thinks over the next turns of a re-run. What is stored is not thought again, so it may run any number of times. */
    async rerunTurns({ rerunId }: RerunInput): Promise<RerunProgress> {
      try {
        return await heartbeatWhile(async (signal) => {
          const work = await takeRerunWork(deps.db, rerunId, AT_ONCE);
          if (!work) return { done: 0, total: 0, goesOn: false };
          const ends = await Promise.allSettled(work.turns.map((turn) => thinkOver(deps, rerunId, work, turn, signal)));
          const failure = ends.find((end) => end.status === 'rejected');
          if (failure) throw failure.reason;
          const { total, turns } = work;
          return { done: work.done + turns.length, total, goesOn: turns.length > 0 };
        });
      } catch (error) {
        throw toFailure(error);
      }
    },

    /** Ends a re-run in the panel. The first end stands. */
    async finishRerun({ rerunId, state }: RerunInput & { state: RerunState }): Promise<string | null> {
      try {
        return await finishRerun(deps.db, rerunId, state);
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

async function thinkOver(
  { db, simulateReply }: RerunDeps,
  rerunId: string,
  { businessId, prompt, model }: RerunWork,
  turn: RerunWork['turns'][number],
  signal: AbortSignal,
): Promise<void> {
  const startedAtMs = Date.now();
  let end: TurnEnd;
  try {
    const { reply } = await simulateReply({
      businessId,
      conversationId: turn.conversationId,
      answers: turn.messageIds,
      asOfThen: true,
      signal,
      ...(prompt ? { prompt } : {}),
      ...(model === '' ? {} : { model }),
    });
    const after = toAnswer(reply, Date.now() - startedAtMs);
    end = { after, difference: compareAnswers(turn.before, after) };
  } catch (error) {
    if (signal.aborted || !(error instanceof PeykError)) throw error;
    if (error instanceof ModelUnavailableError && Context.current().info.attempt < MODEL_ATTEMPTS) throw error;
    end = { reason: error.code };
  }
  await saveRerunResult(db, rerunId, turn.id, end);
}

function toAnswer({ proposal, usage, ...result }: ReplyResult, latencyMs: number): RerunAnswer {
  const isPriced = usage.every(({ costMicros }) => costMicros !== null);
  const sum = (count: (one: (typeof usage)[number]) => number) => usage.reduce((total, one) => total + count(one), 0);
  return {
    outcome: proposal.action,
    intent: proposal.intent,
    text: proposal.action === 'silent' ? '' : proposal.text,
    promptName: result.promptName,
    promptVersion: result.promptVersion,
    model: usage.at(-1)?.model ?? 'builtin',
    checks: result.checks,
    replaced: result.replaced,
    inputTokens: sum((one) => one.inputTokens),
    outputTokens: sum((one) => one.outputTokens),
    costMicros: isPriced ? Math.round(sum((one) => one.costMicros ?? 0)) : null,
    latencyMs,
  };
}

export type RerunActivities = ReturnType<typeof createRerunActivities>;
