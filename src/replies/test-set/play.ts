import { simulator } from '../../channels/simulator/index.ts';
import { MAX_FAQS } from '../../faqs/faq-match.ts';
import type { Database } from '../../platform/database/client.ts';
import { forBusiness, type OfBusiness } from '../../platform/of-business.ts';
import { askStages, contentsOf } from '../ask-stages.ts';
import type { KnownProduct } from '../known-product.ts';
import { createTrialModelStage } from '../model-stage.ts';
import type { Faq, ReplyModel } from '../models/model.ts';
import { ticketOf } from '../plan-decision.ts';
import type { ReplyContext, ShopPrompt } from '../reply-context.ts';
import { toReplyRequest } from '../reply-request.ts';
import { loadShopContext } from '../simulate-reply.ts';
import type { Stage } from '../stage.ts';
import { readTurn, transcriptLeft } from '../turn.ts';
import type { GivenAnswer } from './judge.ts';
import { shownOf } from './shown.ts';

/** A conversation that is played, and what it is played with besides what the shop has published. */
export interface TestPlay {
  businessId: string;
  /** The customer's bursts, one a turn. */
  bursts: readonly (readonly string[])[];
  faqs?: readonly Faq[];
  prompt?: ShopPrompt;
  /** False: the built-in responder answers, whatever the shop has configured, and it costs nothing. */
  withModel: boolean;
}

export interface PlayedAnswer extends GivenAnswer {
  /** What the answer could be made with. */
  known: readonly KnownProduct[];
}

export interface TestPlayer {
  /** The real decision of each turn as a rehearsal: nothing is stored or sent. Throws the model's errors. */
  play(play: TestPlay): Promise<PlayedAnswer[]>;
}

const { limits } = simulator.descriptor;
/** Lists of products that later turns may point at. */
const LISTS_KEPT = 5;

export function createTestPlayer(deps: {
  db: Database;
  model: OfBusiness<ReplyModel>;
  builtin: ReplyModel;
  /** Those of a real turn; the model comes behind them. */
  stages: readonly Stage[];
}): TestPlayer {
  return {
    async play({ businessId, bursts, faqs = [], prompt, withModel }) {
      const context = await loadShopContext(deps.db, businessId);
      context.faqs = [...context.faqs, ...faqs].slice(0, MAX_FAQS);
      if (prompt) context.shopPrompt = prompt;
      const asksModel = withModel && context.aiEnabled;
      const model = asksModel ? await forBusiness(deps.model, businessId) : deps.builtin;
      const heard = [context.businessPrompt];
      const played: PlayedAnswer[] = [];
      for (const burst of bursts) {
        heard.push(...burst);
        const { known, ...given } = await answerBurst({ ...deps, model, context, isRuled: !asksModel }, burst);
        played.push({ ...given, known, heard: heard.join('\n'), before: played.at(-1)?.text ?? '' });
        heard.push(given.text);
      }
      return played;
    },
  };
}

interface Asked {
  context: ReplyContext;
  model: ReplyModel;
  stages: readonly Stage[];
  isRuled: boolean;
}

async function answerBurst({ context, model, stages, isRuled }: Asked, burst: readonly string[]) {
  for (const text of burst) context.transcript.push({ author: 'customer', kind: 'text', text, isNew: true });
  const turn = readTurn({
    conversationId: null,
    context,
    limits: () => limits,
    withoutModel: async () => isRuled,
    isDryRun: true,
    signal: new AbortController().signal,
  });
  const responder = createTrialModelStage(model, (read) =>
    toReplyRequest(
      { ...context, transcript: transcriptLeft(read) },
      limits.maxText,
      read.language,
      read.signal,
      read.known,
    ),
  );
  const { answer, facts } = await askStages([...stages, responder], turn);
  if (!answer) throw new Error('No stage answered.');
  const known = turn.known?.products ?? [];
  if (known.length > 0)
    context.recentLists = [known.map(({ id }) => id), ...(context.recentLists ?? [])].slice(0, LISTS_KEPT);
  for (const line of context.transcript) line.isNew = false;
  if (answer.outcome !== 'silent')
    context.transcript.push({ author: 'shop', kind: 'text', text: answer.text, isNew: false });
  const task = ticketOf(answer, turn)?.reason ?? facts.task;
  return {
    text: contentsOf(answer).map(shownOf).join('\n'),
    outcome: answer.outcome as string,
    tickets: task ? [task] : [],
    order: 'none' as const,
    known,
  };
}
