import type { Channel } from '../channels/channel.ts';
import { simulator } from '../channels/simulator/index.ts';
import { MAX_FAQS } from '../faqs/faq-match.ts';
import type { Database } from '../platform/database/client.ts';
import { NotFoundError } from '../platform/errors.ts';
import { forBusiness, type OfBusiness } from '../platform/of-business.ts';
import type { Language, OutboundContent } from '../text/message.ts';
import { askStages } from './ask-stages.ts';
import { loadReplyContext } from './context-store.ts';
import { createTrialModelStage } from './model-stage.ts';
import type { ReplyModel, ReplyRequest, ReplyResult } from './models/model.ts';
import type { OpeningHours, ReplyContext, ShopPrompt } from './reply-context.ts';
import { toReplyRequest } from './reply-request.ts';
import type { Stage } from './stage.ts';
import { toReplyResult } from './stage-answer.ts';
import { findTalkedAbout } from './talked-about-store.ts';
import { readTurn, type Turn, transcriptLeft } from './turn.ts';

export interface SimulateInput {
  businessId: string;
  conversationId?: string;
  /** What the customer would write next. */
  text?: string;
  /** Stored messages that are to be answered now, as if they had just come. Needs the conversation. */
  answers?: readonly string[];
  /** With what was known when they came: a recorded turn. */
  asOfThen?: boolean;
  /** In the place of the prompt in use. */
  prompt?: ShopPrompt;
  /** Beside the shop's own, as if they were published. */
  faqs?: readonly { question: string; answer: string }[];
  /** In the place of the configured model; `builtin` for the responder that needs none. */
  model?: string;
  signal?: AbortSignal;
}

export interface SimulatedReply {
  /** Exactly what a model is given. */
  context: Omit<ReplyRequest, 'signal'>;
  /** `contents` stand in the place of the text alone: cards or buttons. */
  reply: ReplyResult & { contents?: OutboundContent[] };
}

/** What a turn would be given, and what the model would say to it. Sends and stores nothing. */
export interface ReplySimulator {
  /** @throws NotFoundError when the conversation is not the business's */
  readAiContext(input: SimulateInput): Promise<SimulatedReply['context']>;
  /** @throws NotFoundError, and the model's errors */
  simulateReply(input: SimulateInput): Promise<SimulatedReply>;
}

/** Of a reply where no conversation, and so no channel, was named. */
const DEFAULT_LIMITS = simulator.descriptor.limits;

interface SimulatorDeps {
  db: Database;
  model: OfBusiness<ReplyModel>;
  /** Answers where the shop switched the model off. */
  builtin: ReplyModel;
  /** Makes a model of that name; absent: there is only the one. */
  modelNamed?: (name: string, businessId: string) => ReplyModel | Promise<ReplyModel>;
  channels: ReadonlyMap<string, Channel>;
  /** Those of a real turn; the model comes behind them. */
  stages: readonly Stage[];
}

export function createReplySimulator(deps: SimulatorDeps): ReplySimulator {
  return {
    readAiContext: async (input) => {
      const { turn, requestOf } = await prepare(deps, input);
      await askStages(deps.stages, turn);
      return requestOf(turn);
    },
    async simulateReply(input) {
      const { turn, requestOf, model } = await prepare(deps, input);
      const { answer } = await askStages([...deps.stages, createTrialModelStage(model, requestOf)], turn);
      if (!answer) throw new Error('No stage answered.');
      return { context: requestOf(turn), reply: toReplyResult(answer) };
    },
  };
}

async function prepare(deps: SimulatorDeps, input: SimulateInput) {
  const { conversationId = null, text, signal, prompt } = input;
  const context = await contextFor(deps.db, input);
  if (input.faqs) context.faqs = [...context.faqs, ...input.faqs].slice(0, MAX_FAQS);
  if (text) context.transcript.push({ author: 'customer', kind: 'text', text, isNew: true });
  const limits = deps.channels.get(context.channel)?.limits ?? DEFAULT_LIMITS;
  const model = await chooseModel(deps, input, context);
  const turn = readTurn({
    conversationId,
    context,
    limits: () => limits,
    withoutModel: async () => model.name === deps.builtin.name,
    ...(conversationId === null ? {} : { findTalkedAbout: (since) => findTalkedAbout(deps.db, conversationId, since) }),
    isDryRun: true,
    signal: signal ?? new AbortController().signal,
  });
  const asked = prompt ? { ...context, shopPrompt: prompt } : context;
  const requestOf = (read: Readonly<Turn>) =>
    toReplyRequest({ ...asked, transcript: transcriptLeft(read) }, limits.maxText, read.language, signal, read.known);
  return { turn, requestOf, model };
}

function chooseModel({ model, builtin, modelNamed }: SimulatorDeps, input: SimulateInput, context: ReplyContext) {
  if (input.model === builtin.name) return builtin;
  if (input.model && modelNamed) return modelNamed(input.model, input.businessId);
  return context.aiEnabled ? forBusiness(model, input.businessId) : builtin;
}

async function contextFor(db: Database, input: SimulateInput): Promise<ReplyContext> {
  if (input.conversationId) {
    const { answers = [], asOfThen = false } = input;
    const context = await loadReplyContext(db, input.conversationId, answers, { asOfThen });
    if (context?.businessId === input.businessId) return context;
    throw new NotFoundError('No conversation of that id.');
  }
  return loadShopContext(db, input.businessId);
}

/** The shop's own words and facts, with nobody writing yet. */
export async function loadShopContext(db: Database, businessId: string): Promise<ReplyContext> {
  const business = await db.business.findUniqueOrThrow({ where: { id: businessId }, include: { settings: true } });
  const faqs = await db.faq.findMany({
    where: { businessId: business.id },
    select: { question: true, answer: true },
    orderBy: { id: 'asc' },
    take: MAX_FAQS,
  });
  const where = { businessId: business.id, name: 'reply', state: 'published' };
  const shopPrompt = await db.promptVersion.findFirst({ where, select: { version: true, fa: true, en: true } });
  return {
    businessId: business.id,
    businessName: business.name,
    businessPrompt: business.prompt,
    businessLanguage: business.language as Language,
    timeZone: business.timeZone,
    businessHours: (business.settings?.businessHours ?? null) as OpeningHours[] | null,
    aiEnabled: business.aiEnabled,
    channel: '',
    contactLanguage: null,
    optedOut: false,
    transcript: [],
    faqs,
    shopPrompt,
  };
}
