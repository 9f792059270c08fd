import { CHANNEL_FORMS } from '../channels/channel-forms.ts';
import type { ChannelLimits, Connector } from '../channels/connector.ts';
import { loadReplyContext } from '../conversations/store.ts';
import type { Database } from '../platform/database/client.ts';
import { NotFoundError } from '../platform/errors.ts';
import { forBusiness, type OfBusiness } from '../platform/of-business.ts';
import type { Language, OutboundContent } from '../text/message.ts';
import type { KnownProduct } from './known-product.ts';
import type { ReplyModel, ReplyRequest, ReplyResult } from './models/model.ts';
import { languageOf, type ReplyContext, type ShopPrompt } from './reply-context.ts';
import { toReplyRequest } from './reply-request.ts';

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

/** What the catalog says to a turn, before any model. */
export interface CatalogSays {
  /** The whole answer; null when a model answers. */
  answer: { result: ReplyResult; contents: OutboundContent[] } | null;
  /** What a model may speak of. */
  products: KnownProduct[];
  focusIds: string[];
}

/** Takes the catalog's part of a turn, by the very code that decides; writes nothing. */
export type AskCatalog = (turn: {
  conversationId: string | null;
  context: ReplyContext;
  limits: ChannelLimits;
  language: Language;
  /** Nobody else can answer. */
  withoutModel: boolean;
  signal: AbortSignal;
}) => Promise<CatalogSays>;

/** What a turn would be given, and what the model would say to it. Sends and stores nothing. */
export interface ReplySimulator {
  /** @throws NotFoundError when the conversation is not the business's */
  readAiContext(input: SimulateInput): Promise<SimulatedReply['context']>;
  /** @throws NotFoundError, and the model's errors */
  simulateReply(input: SimulateInput): Promise<SimulatedReply>;
}

/** Of a reply where no conversation, and so no channel, was named. */
const { limits: DEFAULT_LIMITS } = CHANNEL_FORMS.simulator;

interface SimulatorDeps {
  db: Database;
  model: OfBusiness<ReplyModel>;
  /** Answers where the shop switched the model off. */
  builtin: ReplyModel;
  /** Makes a model of that name; absent: there is only the one. */
  modelNamed?: (name: string, businessId: string) => ReplyModel | Promise<ReplyModel>;
  connectors: ReadonlyMap<string, Connector>;
  /** Null: answers know no products. */
  askCatalog: AskCatalog | null;
}

export function createReplySimulator(deps: SimulatorDeps): ReplySimulator {
  return {
    readAiContext: async (input) => (await prepare(deps, input)).request,
    async simulateReply(input) {
      const { request, answer, model } = await prepare(deps, input);
      if (answer) return { context: request, reply: { ...answer.result, contents: answer.contents } };
      return { context: request, reply: await model.reply(request) };
    },
  };
}

async function prepare(deps: SimulatorDeps, input: SimulateInput) {
  const context = await contextFor(deps.db, input);
  if (input.text) context.transcript.push({ author: 'customer', kind: 'text', text: input.text, isNew: true });
  const limits = deps.connectors.get(context.channel)?.limits ?? DEFAULT_LIMITS;
  const language = languageOf(context);
  const model = await chooseModel(deps, input, context);
  const catalog = await deps.askCatalog?.({
    conversationId: input.conversationId ?? null,
    context,
    limits,
    language,
    withoutModel: model.name === deps.builtin.name,
    signal: input.signal ?? new AbortController().signal,
  });
  const shopPrompt = input.prompt ?? context.shopPrompt ?? null;
  const request = toReplyRequest({ ...context, shopPrompt }, limits.maxText, language, input.signal, catalog);
  return { request, answer: catalog?.answer ?? null, model };
}

function chooseModel({ model, builtin, modelNamed }: SimulatorDeps, input: SimulateInput, context: ReplyContext) {
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
  const business = await db.business.findUniqueOrThrow({ where: { id: businessId } });
  const faqs = await db.faq.findMany({ where: { businessId: business.id }, select: { question: true, answer: true } });
  const where = { businessId: business.id, name: 'reply', state: 'published' };
  const shopPrompt = await db.promptVersion.findFirst({ where, select: { version: true, fa: true, en: true } });
  return {
    businessId: business.id,
    businessName: business.name,
    businessPrompt: business.prompt,
    businessLanguage: business.language as Language,
    timeZone: business.timeZone,
    aiEnabled: business.aiEnabled,
    channel: '',
    contactLanguage: null,
    optedOut: false,
    transcript: [],
    faqs,
    shopPrompt,
  };
}
