import { v7 as uuidv7 } from 'uuid';
import { learnFromTurn } from '../behaviour/store.ts';
import type { ChannelLimits } from '../channels/channel-rules.ts';
import type { Database, Queries } from '../platform/database/client.ts';
import type { DecisionFacts, ProductFact } from '../replies/decision-facts.ts';
import type { ModelUsage, ReplyResult } from '../replies/models/model.ts';
import type { Seen } from '../replies/models/vision.ts';
import type { ReplyContext } from '../replies/reply-context.ts';
import { detectIntents } from '../text/intents.ts';
import type { Language } from '../text/message.ts';
import { formatMoney } from '../text/money.ts';
import type { CatalogReply, CatalogVoice, ShownProduct } from './catalog-reply.ts';
import {
  type CatalogFindings,
  consultCatalog,
  findCompanions,
  findRecent,
  searchSeen,
  toKnownProduct,
} from './context-store.ts';
import type { Product } from './product-store.ts';
import { isPictureAlone } from './search/product-question.ts';

export interface CatalogSettings {
  voice: CatalogVoice;
  /** Companions are shown again to the same customer after this long; null shows none. */
  crossSellCooldownMs: number | null;
  /** Reads pictures; absent: they are not looked at. */
  visionReader?: VisionReader | null;
}

/** Turns a picture of a customer's into words to search for. Null when it cannot be fetched or read. */
export type VisionReader = (url: string, language: Language, signal: AbortSignal) => Promise<Seen | null>;

/** What the catalog makes of a turn. */
export interface CatalogTurn {
  findings: CatalogFindings | null;
  /** The whole answer, of the catalog alone; null when a model answers. */
  answer: CatalogReply | null;
  /** What a model may speak of, and is measured against. */
  products: Product[];
  focusIds: string[];
  facts: DecisionFacts;
  /** Of a model that looked at a picture. */
  usage: ModelUsage[];
  /** Writes what was asked and shown; give it the transaction that stores the decision. Null: there is nothing to write. */
  store: ((tx: Queries, decisionId: string) => Promise<void>) | null;
}

export interface CatalogQuestion {
  db: Database;
  settings: CatalogSettings;
  /** No conversation: somebody only tries what would be answered. */
  owner: { businessId: string; conversationId: string | null };
  context: ReplyContext;
  limits: ChannelLimits;
  language: Language;
}

const MAX_COMPANIONS = 2;

/**
 * Looks the turn up in the catalog, before any model. A question about products alone that finds them is answered at
 * once. `withoutModel`: nobody else can answer, so what is only near, or nothing, is told as well.
 */
export async function takeCatalogTurn(
  asked: CatalogQuestion,
  withoutModel: boolean,
  signal: AbortSignal,
): Promise<CatalogTurn> {
  const { db, owner, context, language } = asked;
  const { businessId, conversationId } = owner;
  const seen = withoutModel ? null : await lookAtPicture(asked, signal);
  const findings = seen
    ? await searchSeen(db, context.businessId, seen.words)
    : await consultCatalog(db, conversationId, context);
  const found = findings?.products ?? [];
  const answers = findings !== null && (seen !== null || mayAnswer(asked, findings, withoutModel));
  const companions = answers ? await companionsOf(asked, findings) : [];
  const reply = answers ? replyOf(asked, findings, companions) : null;
  const products = found.length > 0 || withoutModel || answers ? found : await recentProducts(asked);
  return {
    findings,
    answer: reply,
    products,
    focusIds: findings?.isFocus ? found.map((product) => product.id) : [],
    usage: seen?.usage ?? [],
    facts: factsOf(findings, products, companions, language),
    store:
      conversationId !== null && findings && tells(findings)
        ? (tx, decisionId) => keep(tx, { businessId, conversationId }, context, { decisionId, findings, companions })
        : null,
  };
}

/** The last picture of the turn, when nothing but it says what is meant. Null when it was not looked at. */
async function lookAtPicture(
  { context, settings, language }: CatalogQuestion,
  signal: AbortSignal,
): Promise<Seen | null> {
  const fresh = context.transcript.filter((line) => line.isNew);
  const url = fresh.findLast((line) => line.kind === 'image')?.mediaUrls?.[0];
  if (!settings.visionReader || !url || !isPictureAlone(fresh.map((line) => line.text))) return null;
  return settings.visionReader(url, language, signal);
}

function mayAnswer(asked: CatalogQuestion, findings: CatalogFindings, withoutModel: boolean): boolean {
  const { question, outcome } = findings;
  if (!question.isAlone || outcome === 'empty') return false;
  // The shop's own answer to this very question goes before a list of products.
  if (!findings.isFocus && !(question.isExplicit && outcome === 'good') && hasFaq(asked)) return false;
  if (outcome === 'good') return true;
  return withoutModel && (question.isExplicit || outcome === 'near');
}

function hasFaq({ context, settings }: CatalogQuestion): boolean {
  return context.transcript.some((line) => line.isNew && settings.voice.isAnsweredByShop(line.text, context.faqs));
}

async function companionsOf({ db, owner, settings }: CatalogQuestion, findings: CatalogFindings): Promise<Product[]> {
  const [only] = findings.products;
  if (!only || findings.products.length > 1 || findings.outcome !== 'good' || settings.crossSellCooldownMs === null)
    return [];
  const notSince = new Date(Date.now() - settings.crossSellCooldownMs);
  return findCompanions(db, owner.conversationId, only, { limit: MAX_COMPANIONS, notSince });
}

async function recentProducts({ db, owner, context }: CatalogQuestion): Promise<Product[]> {
  return context.hasProducts === false ? [] : findRecent(db, owner.conversationId, context);
}

/** An answer of the catalog's own in the form of a model's. */
export function toReplyResult({ findings, usage }: CatalogTurn, answer: CatalogReply): ReplyResult {
  const intents = findings?.question.query.intents ?? [];
  const intent = intents.find((found) => ['order', 'price', 'availability'].includes(found)) ?? 'product';
  return {
    proposal: { text: answer.text, action: 'reply', intent, purchaseIntent: intent === 'order' },
    promptName: 'catalog',
    promptVersion: answer.promptVersion,
    usage,
    checks: [],
    replaced: false,
  };
}

function replyOf(
  { settings, limits, language }: CatalogQuestion,
  findings: CatalogFindings,
  companions: readonly Product[],
) {
  if (findings.products.length === 0) return settings.voice.findNothing(language, findings.isSeen);
  return settings.voice.show({
    products: findings.products.map(toShown),
    companions: companions.map(toShown),
    isExact: findings.outcome === 'good',
    limits,
    language,
  });
}

function toShown(product: Product): ShownProduct {
  return { ...toKnownProduct(product), imageUrl: product.imageUrls[0] ?? null };
}

function factsOf(
  findings: CatalogFindings | null,
  products: readonly Product[],
  companions: readonly Product[],
  language: Language,
): DecisionFacts {
  const facts: DecisionFacts = { products: products.map((product) => toFact(product, language)) };
  if (!findings) return products.length > 0 ? facts : {};
  const note = `${findings.outcome}, ${findings.products.length} found${findings.isFocus ? ', of what was pointed at' : ''}`;
  const tools = [{ name: 'product_search', note }];
  if (companions.length === 0) return { ...facts, tools };
  return {
    ...facts,
    suggested: companions.map((product) => toFact(product, language)),
    tools: [...tools, { name: 'cross_sell', note: `${companions.length} suggested` }],
  };
}

function toFact({ id, title, price, url }: Product, language: Language): ProductFact {
  return { id, title, price: price ? formatMoney(price, language) : '', url };
}

/** Where there is no catalog, only who asks to buy or for a price tells of an interest. */
function tells({ outcome, question }: CatalogFindings): boolean {
  return outcome !== 'empty' || question.isExplicit;
}

async function keep(
  tx: Queries,
  owner: { businessId: string; conversationId: string },
  context: ReplyContext,
  {
    decisionId,
    findings,
    companions,
  }: { decisionId: string; findings: CatalogFindings; companions: readonly Product[] },
): Promise<void> {
  const lines = context.transcript.filter((line) => line.isNew).map((line) => line.text);
  const intents = detectIntents(lines.join('\n'));
  if (findings.outcome !== 'empty' && findings.question.query.words.length > 0)
    await tx.productRequest.create({
      data: {
        id: uuidv7(),
        ...owner,
        decisionId,
        words: findings.question.query.words.join(' ').slice(0, 200),
        outcome: findings.outcome,
        productIds: findings.products.map(({ id }) => id),
      },
    });
  if (companions.length > 0)
    await tx.crossSell.create({ data: { ...owner, decisionId, productIds: companions.map(({ id }) => id) } });
  await learnFromTurn(tx, owner, { intents, products: findings.products });
}
