import { askAudit, settleAudit } from '../../platform/audit/audit-store.ts';
import type { Database } from '../../platform/database/client.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../platform/errors.ts';
import { entryOf, withAudit } from '../../platform/http/resources/audited.ts';
import { forBusiness, type OfBusiness } from '../../platform/of-business.ts';
import { costOf } from '../models/model-prices.ts';
import { findPromptInUse, findPromptVersion, listPromptVersions } from '../prompts/prompt-version-store.ts';
import type { ShopPrompt } from '../reply-context.ts';
import type { Reruns } from './gateway.ts';
import { reruns as rerunResource } from './reruns.resource.ts';
import { estimateTokens } from './rules.ts';
import { createRerun, dropRerun, findRecordedTurns, finishRerun, type RecordedTurn } from './store.ts';

export interface RerunQuestion {
  businessId: string;
  /** A version such as `v2` or `v2.1`; absent: as it is in use. */
  prompt?: string | undefined;
  /** Absent: as configured. */
  model?: string | undefined;
  days: number;
  limit: number;
  /** Only the turns of this conversation. */
  conversationId?: string | undefined;
}

/** What a re-run would do and cost, before anything is asked of a model. */
export interface RerunEstimate {
  turns: number;
  promptVersion: string;
  model: string;
  inputTokens: number;
  outputTokens: number;
  /** Millionths of a dollar; null when the model's price is not known. */
  costMicros: number | null;
  /** The built-in responder answers by rules: a prompt changes nothing. */
  ignoresPrompt: boolean;
}

/** Plans, starts and ends re-runs, for the API and the command line alike. */
export interface RerunPlanner {
  /** @throws InvalidInputError for a prompt or model that there is not */
  estimate(question: RerunQuestion): Promise<RerunEstimate>;
  /** @throws InvalidInputError also when there is no turn to think over; UnavailableError without Temporal */
  start(question: RerunQuestion, actor: string): Promise<{ id: string; estimate: RerunEstimate }>;
  /** @throws NotFoundError, and ConflictError when it has ended already */
  cancel(businessId: string, id: string, actor: string): Promise<void>;
}

interface Deps {
  db: Database;
  reruns: Reruns;
  /** The name of the configured model; `builtin` for the responder that needs none. */
  modelInUse: OfBusiness<string>;
  /** Milliseconds since the epoch. */
  clock?: () => number;
}

const DAY_MS = 86_400_000;
const PROMPT = 'reply';

interface Plan {
  turns: RecordedTurn[];
  prompt: ShopPrompt | null;
  estimate: RerunEstimate;
}

export function createRerunPlanner(deps: Deps): RerunPlanner {
  const { db, reruns } = deps;
  return {
    estimate: async (question) => (await plan(deps, question)).estimate,
    async start(question, actor) {
      const { businessId, model = '', days, conversationId = null } = question;
      const { turns, prompt, estimate } = await plan(deps, question);
      if (turns.length === 0)
        throw new InvalidInputError('No answer of that time is recorded.', { days: 'Nothing was answered.' });
      const { id, auditId } = await db.$transaction(async (tx) => {
        const named = { businessId, prompt, promptVersion: estimate.promptVersion, model, days, conversationId };
        const costs = { estimatedCostMicros: estimate.costMicros, createdBy: actor };
        const made = await createRerun(tx, { ...named, ...costs }, turns);
        const row = { id: made, promptVersion: estimate.promptVersion, model: estimate.model };
        const entry = entryOf(rerunResource, row, { businessId, actor }, 'create');
        return { id: made, auditId: await askAudit(tx, { ...entry, after: { ...estimate, days, conversationId } }) };
      });
      try {
        await reruns.start(id);
      } catch (error) {
        await dropRerun(db, id);
        await settleAudit(db, auditId, { outcome: 'refused' });
        throw error;
      }
      await settleAudit(db, auditId, { outcome: 'done' });
      return { id, estimate };
    },
    async cancel(businessId, id, actor) {
      const rerun = await db.rerun.findFirst({ where: { id, businessId } });
      if (!rerun) throw new NotFoundError('There is nothing of that name here.');
      if (rerun.state !== 'queued' && rerun.state !== 'running') throw new ConflictError('This re-run has ended.');
      const end = async () => {
        await reruns.cancel(id);
        // At once, so that no answer that is still under way is stored after it.
        await finishRerun(db, id, 'cancelled');
      };
      const entry = entryOf(rerunResource, rerun, { businessId, actor }, 'cancel');
      await withAudit(db, { ...entry, before: { state: rerun.state } }, end, () => ({ state: 'cancelled' }));
    },
  };
}

async function plan({ db, clock = Date.now, ...deps }: Deps, question: RerunQuestion): Promise<Plan> {
  const { businessId, days, limit, conversationId = null } = question;
  const modelInUse = await forBusiness(deps.modelInUse, businessId);
  const model = question.model ?? modelInUse;
  if (modelInUse === 'builtin' && model !== 'builtin') {
    const words = 'No provider of models is configured: AI_PROVIDER is builtin.';
    throw new InvalidInputError(words, { model: 'Only builtin.' });
  }
  const prompt = question.prompt ? await findPrompt(db, businessId, question.prompt) : null;
  const shown = prompt ?? (await findPromptInUse(db, businessId, PROMPT));
  const since = new Date(clock() - days * DAY_MS);
  const turns = await findRecordedTurns(db, { businessId, since, limit, conversationId });
  const promptCharacters = shown ? Math.max(shown.fa.length, shown.en.length) : 0;
  const costs = turns.map(({ before }) => before);
  const tokens = estimateTokens(costs, promptCharacters);
  const isFree = model === 'builtin';
  const estimate = {
    turns: turns.length,
    promptVersion: shown?.version ?? '',
    model,
    inputTokens: isFree ? 0 : tokens.inputTokens,
    outputTokens: isFree ? 0 : tokens.outputTokens,
    costMicros: isFree ? 0 : costOf(model, tokens.inputTokens, tokens.outputTokens),
    ignoresPrompt: isFree && prompt !== null,
  };
  return { turns, prompt, estimate };
}

async function findPrompt(db: Database, businessId: string, version: string): Promise<ShopPrompt> {
  const found = await findPromptVersion(db, businessId, PROMPT, version);
  if (found) return found;
  const known = await listPromptVersions(db, businessId, PROMPT);
  const words = `There is no version ${version} of the prompt. There are: ${known.join(', ') || 'none yet'}.`;
  throw new InvalidInputError(words, { prompt: words });
}
