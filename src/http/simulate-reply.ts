import type { ReplyModel, ReplyRequest, ReplyResult } from '../ai/model.ts';
import { toReplyRequest } from '../ai/reply-request.ts';
import type { Connector } from '../channels/connector.ts';
import { consultCatalog, toKnownProduct } from '../db/catalog-context-store.ts';
import type { Database } from '../db/client.ts';
import { loadReplyContext } from '../db/conversation-store.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { Language } from '../domain/message.ts';
import { languageOf, type ReplyContext, type ShopPrompt } from '../domain/reply-context.ts';

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
  reply: ReplyResult;
}

/** What a turn would be given, and what the model would say to it. Sends and stores nothing. */
export interface ReplySimulator {
  /** @throws NotFoundError when the conversation is not the business's */
  readAiContext(input: SimulateInput): Promise<SimulatedReply['context']>;
  /** @throws NotFoundError, and the model's errors */
  simulateReply(input: SimulateInput): Promise<SimulatedReply>;
}

/** Longest reply where no conversation, and so no channel, was named. */
const DEFAULT_REPLY_BYTES = 1000;

export function createReplySimulator(deps: {
  db: Database;
  model: ReplyModel;
  /** Makes a model of that name; absent: there is only the one. */
  modelNamed?: (name: string) => ReplyModel;
  connectors: ReadonlyMap<string, Connector>;
}): ReplySimulator {
  const readAiContext = async (input: SimulateInput): Promise<ReplyRequest> => {
    const context = await contextFor(deps.db, input);
    if (input.text) context.transcript.push({ author: 'customer', kind: 'text', text: input.text, isNew: true });
    const maxBytes = deps.connectors.get(context.channel)?.limits.maxText ?? DEFAULT_REPLY_BYTES;
    const shopPrompt = input.prompt ?? context.shopPrompt ?? null;
    const catalog = await readCatalog(deps.db, input, context);
    return toReplyRequest({ ...context, shopPrompt }, maxBytes, languageOf(context), input.signal, catalog);
  };
  return {
    readAiContext,
    async simulateReply(input) {
      const context = await readAiContext(input);
      const model = input.model && deps.modelNamed ? deps.modelNamed(input.model) : deps.model;
      return { context, reply: await model.reply(context) };
    },
  };
}

/** The products that a turn would be given; the catalog is asked as it is today. */
async function readCatalog(db: Database, input: SimulateInput, context: ReplyContext) {
  const findings = await consultCatalog(db, input.conversationId ?? null, context);
  const products = findings?.products.map(toKnownProduct) ?? [];
  return { products, focusIds: findings?.isFocus ? products.map(({ id }) => id) : [] };
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
