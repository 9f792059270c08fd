import { ModelOutputError, ModelRejectedError, ModelUnavailableError } from '../platform/errors.ts';
import { FIXED_TEXTS } from './fixed-texts.ts';
import type { ReplyModel, ReplyRequest, ReplyResult } from './models/model.ts';
import { toReplyRequest } from './reply-request.ts';
import type { RetryBudget } from './retry-budget.ts';
import type { Stage, StageAnswer } from './stage.ts';
import { answerOf, answerWith } from './stage-answer.ts';
import { type Turn, transcriptLeft } from './turn.ts';

interface ModelStageDeps {
  model: ReplyModel;
  /** Answers when no model may be asked, and knows who asks for a person. */
  builtin: ReplyModel;
  retryBudget: RetryBudget;
}

/** The last stage: it answers whatever is left, in the worst case with a safe sentence and a ticket for a person. */
export function createModelStage(deps: ModelStageDeps): Stage {
  return { name: 'model', take: async (turn) => ({ answer: await askModel(deps, turn) }) };
}

/** A model as it is, for whoever only tries what would be answered: its failures are theirs to see. */
export function createTrialModelStage(model: ReplyModel, requestOf: (turn: Readonly<Turn>) => ReplyRequest): Stage {
  return { name: 'model', take: async (turn) => ({ answer: answerOf(await model.reply(requestOf(turn))) }) };
}

async function askModel({ model, builtin, retryBudget }: ModelStageDeps, turn: Readonly<Turn>): Promise<StageAnswer> {
  const { context, language, known, limits, signal } = turn;
  const chosen = (await turn.withoutModel()) ? builtin : model;
  const left = { ...context, transcript: transcriptLeft(turn) };
  const request = toReplyRequest(left, limits.maxText, language, retryBudget.signal, known);
  try {
    const result = await chosen.reply(request);
    return answerOf(result.replaced ? await orByRules(builtin, request, result) : result);
  } catch (error) {
    if (signal.aborted) throw error;
    const code = codeOfFailure(error, retryBudget);
    const ticket = { reason: 'model_failed', note: `No model answered (${code}).` };
    const text = FIXED_TEXTS.modelFailed[language];
    return answerWith({ text, intent: 'unanswered', outcome: 'fallback', ticket, reason: code });
  }
}

/** A model whose words may not be sent must not keep a customer from a person: the rules know who asks for one. */
async function orByRules(builtin: ReplyModel, request: ReplyRequest, replaced: ReplyResult): Promise<ReplyResult> {
  const byRules = await builtin.reply(request);
  return byRules.proposal.action === 'handoff' ? { ...replaced, proposal: byRules.proposal } : replaced;
}

/** Why no model answers this turn any more. Throws what is no failure of a model's, or what asking again may mend. */
function codeOfFailure(error: unknown, retryBudget: RetryBudget): string {
  if (retryBudget.isOver()) return 'model_unavailable';
  if (error instanceof ModelRejectedError || error instanceof ModelOutputError) return error.code;
  if (!(error instanceof ModelUnavailableError)) throw error;
  const delayMs = retryBudget.nextDelayMs(error);
  if (delayMs === null) return error.code;
  throw new ModelUnavailableError(error.message, delayMs);
}
