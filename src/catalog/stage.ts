import { v7 as uuidv7 } from 'uuid';
import type { ChannelLimits } from '../channels/channel-rules.ts';
import { meaningsOf } from '../faqs/meanings.ts';
import type { Database, Queries } from '../platform/database/client.ts';
import type { DecisionFacts, ProductFact } from '../replies/decision-facts.ts';
import type { ModelUsage } from '../replies/models/model.ts';
import type { Seen } from '../replies/models/vision.ts';
import { isDelighted } from '../replies/reading/feelings.ts';
import type { ReplyContext } from '../replies/reply-context.ts';
import type { NewTicket, Stage, StageAnswer, StageResult, StoreWithDecision } from '../replies/stage.ts';
import { answerWith } from '../replies/stage-answer.ts';
import type { Turn } from '../replies/turn.ts';
import type { Language } from '../text/message.ts';
import { formatMoney } from '../text/money.ts';
import { normaliseText } from '../text/persian.ts';
import type { Assistance } from './assistance/assist.ts';
import { answerWish } from './attributes/attribute-answer.ts';
import { attributeLabel } from './attributes/attribute-names.ts';
import { hasWish } from './attributes/customer-words.ts';
import type { CatalogReply, CatalogVoice, ShownProduct } from './catalog-reply.ts';
import { findCompanions } from './companions-store.ts';
import { consultCatalog, findRecent, searchSeen } from './context-store.ts';
import type { CatalogFindings } from './findings.ts';
import { toKnownProduct, toShownProduct } from './known-products.ts';
import { inOneCurrency } from './one-currency.ts';
import { asksPlainly } from './plain-question.ts';
import type { Product } from './product-store.ts';
import { rememberRestock } from './restock/store.ts';
import { isPictureAlone, type ProductQuestion } from './search/product-question.ts';
import { statementsFor } from './statements.ts';

export interface CatalogSettings {
  voice: CatalogVoice;
  /** Companions are shown again to the same customer after this long; null shows none. */
  crossSellCooldownMs: number | null;
  /** Reads pictures; absent: they are not looked at. */
  visionReader?: VisionReader | null;
}

/** Turns a picture of a customer's into words to search for. Null when it cannot be fetched or read. */
export type VisionReader = (url: string, language: Language, signal: AbortSignal) => Promise<Seen | null>;

export interface CatalogStageNeeds {
  db: Database;
  /** Null: answers know no products. */
  catalog: CatalogSettings | null;
}

/**
 * The catalog answers what it can by itself: a question about products alone that finds them. Where nobody but rules can
 * answer, it tells what is only near, or nothing, as well; else a model is given what was found.
 */
export function createCatalogStage({ db, catalog }: CatalogStageNeeds): Stage | null {
  if (!catalog) return null;
  return { name: 'catalog', take: (turn) => takeCatalogTurn({ db, settings: catalog, turn }) };
}

interface Asked {
  db: Database;
  settings: CatalogSettings;
  turn: Readonly<Turn>;
}

const MAX_COMPANIONS = 2;

async function takeCatalogTurn(asked: Asked): Promise<StageResult> {
  const { db, turn } = asked;
  const withoutModel = await turn.withoutModel();
  const seen = withoutModel ? null : await lookAtPicture(asked);
  const findings = seen ? await searchSeen(db, turn.businessId, seen.words) : await consult(asked);
  const found = [findings, ...(findings?.more ?? [])].flatMap((one) => one?.products ?? []);
  const answers = findings !== null && (seen !== null || mayAnswer(asked, findings, withoutModel));
  const said = answers ? (tellAssistance(asked, findings) ?? tellAttributes(asked, findings, withoutModel)) : null;
  const companions = answers && !said ? await companionsOf(asked, findings) : [];
  const reply = said?.reply ?? (answers && !said ? replyOf(asked, findings, companions) : null);
  const task = said?.task ?? (reply && !said ? taskOf(findings) : null);
  const products = found.length > 0 || withoutModel || answers ? found : await recentProducts(asked);
  const store = findings && storeOf(turn, findings, companions);
  return {
    answer: reply && {
      ...toAnswer(findings, reply, { usage: seen?.usage ?? [], task }),
      ...coversOf(findings, turn),
    },
    context: {
      products: inOneCurrency(products.map(toKnownProduct)),
      focusIds: findings?.isFocus ? found.map((product) => product.id) : [],
    },
    facts: factsOf(findings, products, companions, turn.language),
    ...(findings && tells(findings) ? { lesson: { products: found } } : {}),
    ...(store ? { store } : {}),
  };
}

/** «عالی بود، بازم ازتون خرید می‌کنم» asks for nothing. */
const AGAIN = /(?<!\p{L})(?:باز(?:م|هم)|دوباره|again|next time|bazam)(?!\p{L})/u;

async function consult({ db, turn }: Asked): Promise<CatalogFindings | null> {
  const { texts, intents } = turn;
  const asksGoods = intents.includes('price') || intents.includes('availability');
  const orders = intents.includes('order') && !texts.some((text) => AGAIN.test(normaliseText(text)));
  const isPraise = texts.length > 0 && texts.every(isDelighted) && !asksGoods && !orders;
  return isPraise ? null : consultCatalog(db, turn);
}

/** What somebody has to look for: nothing of the catalog is it. */
function taskOf(findings: CatalogFindings | null): NewTicket | null {
  if (!findings || findings.isSeen || findings.products.length > 0) return null;
  return { reason: 'unanswered', note: 'The customer asks for what the shop does not tell.' };
}

/** The last picture of the turn, when nothing but it says what is meant. Null when it was not looked at. */
async function lookAtPicture({ settings, turn }: Asked): Promise<Seen | null> {
  const fresh = turn.context.transcript.filter((line) => line.isNew);
  const url = fresh.findLast((line) => line.kind === 'image')?.mediaUrls?.[0];
  if (!settings.visionReader || !url || !isPictureAlone(turn.texts)) return null;
  return settings.visionReader(url, turn.language, turn.signal);
}

function mayAnswer(asked: Asked, findings: CatalogFindings, withoutModel: boolean): boolean {
  const { question, outcome, assistance } = findings;
  if (outcome === 'empty' || asksHowToOrder(asked, findings)) return false;
  if (assistance) return mayAssist(asked, assistance, withoutModel);
  // Several questions, and what no rule has a name for, are for a model to answer in one breath.
  if (findings.isByParts && !withoutModel) return false;
  // Beside other questions it answers its own lines; a model does that in one breath with the rest.
  if (!question.isAlone) return withoutModel && question.isExplicit && outcome === 'good' && question.covers.length > 0;
  // The shop's own answer to this very question goes before a list of products.
  if (!findings.isFocus && !(question.isExplicit && outcome === 'good') && hasFaq(asked, question)) return false;
  if (outcome === 'good') return true;
  // «پارکینگ دارید؟»: no product is asked for, but a service of the shop's.
  if (outcome === 'none' && asksService(asked, question)) return false;
  return withoutModel && (question.isExplicit || outcome === 'near');
}

function asksService({ turn: { texts } }: Asked, { isAlone, covers }: ProductQuestion): boolean {
  return texts.some((text, line) => (isAlone || covers.includes(line)) && meaningsOf(text).size > 0);
}

/** «چجوری سفارش بدم؟» asks for no product, whichever was spoken of before. */
function asksHowToOrder({ turn: { texts } }: Asked, { question, isFocus, outcome }: CatalogFindings): boolean {
  const namesOne = outcome === 'good' && !isFocus && !question.isAboutFocus;
  return !namesOne && texts.some((text) => meaningsOf(text).has('ordering'));
}

/** A model says it better where words count more than facts, and in one breath with the rest. The shop's own answer goes before both. */
function mayAssist({ settings, turn }: Asked, { covers, isPlain }: Assistance, withoutModel: boolean): boolean {
  const { texts, context, intents } = turn;
  if (intents.some((intent) => FOR_PEOPLE.has(intent))) return false;
  if (covers.some((position) => settings.voice.isAnsweredByShop(texts[position] ?? '', context.faqs))) return false;
  return withoutModel || (isPlain && covers.length === texts.length);
}

/** A person looks after these, whatever else is asked. */
const FOR_PEOPLE: ReadonlySet<string> = new Set(['handoff', 'complaint', 'late', 'cancel_order']);

/** Only the lines that it answers, where others ask for something else. */
function coversOf(findings: CatalogFindings | null, { texts }: Readonly<Turn>): Pick<StageAnswer, 'covers'> {
  const own = findings?.assistance?.covers;
  const covers = own ?? (findings?.question.isAlone === false ? findings.question.covers : []);
  return covers.length > 0 && covers.length < texts.length ? { covers } : {};
}

/** One of the lines that a question is of is answered by the shop's own words. */
function hasFaq({ settings, turn: { texts, context } }: Asked, { isAlone, covers }: ProductQuestion): boolean {
  return texts.some(
    (text, line) => (isAlone || covers.includes(line)) && settings.voice.isAnsweredByShop(text, context.faqs),
  );
}

async function companionsOf({ db, settings, turn }: Asked, findings: CatalogFindings): Promise<Product[]> {
  const [only] = findings.products;
  if (
    !only ||
    findings.products.length > 1 ||
    findings.outcome !== 'good' ||
    settings.crossSellCooldownMs === null ||
    findings.question.wantsPictures
  )
    return [];
  const notSince = new Date(Date.now() - settings.crossSellCooldownMs);
  return findCompanions(db, turn.conversationId, only, { limit: MAX_COMPANIONS, notSince });
}

async function recentProducts({ db, turn }: Asked): Promise<Product[]> {
  return turn.context.hasProducts === false ? [] : findRecent(db, turn);
}

interface Told {
  /** Null: nothing but a model can tell. */
  reply: CatalogReply | null;
  /** What a person has to do. */
  task: NewTicket | null;
}

function tellAssistance({ settings, turn }: Asked, { assistance }: CatalogFindings): Told | null {
  if (!assistance) return null;
  const { language, limits } = turn;
  const { text, ticket } = assistance;
  if (assistance.products.length === 0)
    return { reply: settings.voice.tell(text, language, assistance.choices), task: ticket };
  const products = inOneCurrency(assistance.products.map(toShownProduct));
  return {
    reply: settings.voice.show({ products, companions: [], isExact: true, lead: text, limits, language }),
    task: ticket,
  };
}

/** What is asked of sizes, colours, warranty and the like. Null: nothing is, or what is shown says it. */
function tellAttributes(asked: Asked, findings: CatalogFindings, withoutModel: boolean): Told | null {
  const { settings, turn } = asked;
  const { limits, language } = turn;
  const all = [findings, ...(findings.more ?? [])];
  if (all.every((one) => !tellsAttributes(one)))
    return all.length > 1 ? { reply: showAll(asked, all), task: null } : null;
  const shown = all.map((one) => inOneCurrency(one.products.map(toShownProduct)));
  const answers = all.map((one, at) => {
    const { wish, intents } = one.question.query;
    const asksPrice = intents.includes('price');
    const products = shown[at] ?? [];
    const isPlain = asksPlainly(one.question, products);
    const whole = new Map(one.products.map((product) => [product.id, product]));
    const statementsOf = ({ id }: ShownProduct) => {
      const product = whole.get(id);
      return product ? statementsFor(product, wish.said ?? one.question.text) : [];
    };
    return tellsAttributes(one)
      ? answerWish(products, wish, { language, asksPrice, isPlain, isFocus: one.isFocus, statementsOf })
      : null;
  });
  const told = answers.flatMap((answer) => answer ?? []);
  const [first] = told;
  if (!first) return null;
  const unknown = told.flatMap((answer) => answer.unknown ?? []);
  // The shop's own questions and notes may say what its catalog does not; only a model can read the notes.
  if (unknown.length > 0 && all.some(({ question }) => hasFaq(asked, question))) return { reply: null, task: null };
  if (unknown.length > 0 && !withoutModel && all.some(({ question }) => needsModel(turn.context, question)))
    return { reply: null, task: null };
  const text = told.map((answer) => answer.text).join('\n');
  const task = unknown.length === 0 ? null : { reason: 'unknown_attribute', note: unknown.join(' ') };
  if (findings.isFocus && all.length === 1 && first.products.length === 1)
    return { reply: settings.voice.tell(text, language), task };
  const products = once(answers.flatMap((answer, at) => answer?.products ?? shown[at] ?? []));
  const input = { products: inOneCurrency(products), companions: [], isExact: true, lead: text, limits, language };
  return { reply: settings.voice.show(input), task };
}

function tellsAttributes({ question, outcome, products }: CatalogFindings): boolean {
  return outcome === 'good' && products.length > 0 && !question.wantsPictures && hasWish(question.query.wish);
}

/** What several parts name, where none asks more than its price. */
function showAll({ settings, turn }: Asked, all: readonly CatalogFindings[]): CatalogReply {
  const { limits, language } = turn;
  const products = inOneCurrency(once(all.flatMap((one) => one.products.map(toShownProduct))));
  return settings.voice.show({ products, companions: [], isExact: true, limits, language });
}

const once = <P extends { id: string }>(products: readonly P[]): P[] => [
  ...new Map(products.map((product) => [product.id, product])).values(),
];

/** Only a model can read the shop's notes, and what is asked in words that no rule has a name for. */
function needsModel(context: ReplyContext, { query: { wish } }: ProductQuestion): boolean {
  const names = [...wish.traits.map(({ name }) => name), ...wish.asked];
  return wish.isOpen === true || (wish.topics ?? []).length > 0 || isInNotes(context, names);
}

function isInNotes({ businessPrompt, faqs }: ReplyContext, names: readonly string[]): boolean {
  const notes = normaliseText(
    [businessPrompt, ...faqs.flatMap(({ question, answer }) => [question, answer])].join('\n'),
  );
  return names.some((name) =>
    [attributeLabel(name, 'fa'), attributeLabel(name, 'en')].some((label) => notes.includes(normaliseText(label))),
  );
}

interface Besides {
  usage: ModelUsage[];
  task: NewTicket | null;
}

function toAnswer(findings: CatalogFindings | null, reply: CatalogReply, { usage, task }: Besides): StageAnswer {
  const intents = findings?.question.query.intents ?? [];
  const intent =
    findings?.assistance?.act ??
    intents.find((found) => ['order', 'price', 'availability'].includes(found)) ??
    'product';
  const { text, contents, promptVersion } = reply;
  const promptName = 'catalog';
  const purchaseIntent = intent === 'order' || showsWhatWasAskedFor(findings);
  return answerWith({ text, contents, intent, purchaseIntent, promptName, promptVersion, usage, ticket: task });
}

/** Who names a product, or sends its picture, and is shown it has an interest, whatever the words were. */
function showsWhatWasAskedFor(findings: CatalogFindings | null): boolean {
  return findings !== null && findings.products.length > 0 && (findings.outcome === 'good' || findings.isSeen === true);
}

function replyOf(
  { settings, turn: { limits, language } }: Asked,
  findings: CatalogFindings,
  companions: readonly Product[],
) {
  if (findings.products.length === 0) return settings.voice.findNothing(language, findings.isSeen);
  const products = inOneCurrency(findings.products.map(toShownProduct));
  const isExact = findings.outcome === 'good';
  if (findings.question.wantsPictures && isExact && canShowPictures(products, limits))
    return settings.voice.showPictures({ products, limits, language });
  return settings.voice.show({ products, companions: companions.map(toShownProduct), isExact, limits, language });
}

/** Where a channel carries none, or the shop has none, the link leads to them. */
function canShowPictures(products: readonly ShownProduct[], { mediaKinds }: ChannelLimits): boolean {
  return mediaKinds.includes('image') && products.some(({ imageUrl }) => imageUrl !== null);
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
  const task = findings.assistance?.restockOf ? { task: 'restock' } : {};
  if (companions.length === 0) return { ...facts, ...task, tools };
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

/** Writes what was asked for and what was suggested. Null: there is nothing to write. */
function storeOf(
  { businessId, conversationId, language }: Readonly<Turn>,
  { outcome, question, products, assistance }: CatalogFindings,
  companions: readonly Product[],
): StoreWithDecision | null {
  const words = question.query.words.join(' ').slice(0, 200);
  const isRequest = outcome !== 'empty' && words !== '';
  const wanted = assistance?.restockOf ?? null;
  if (conversationId === null || (!isRequest && !wanted && companions.length === 0)) return null;
  const owner = { businessId, conversationId };
  const idsOf = (some: readonly Product[]) => some.map(({ id }) => id);
  return async (tx: Queries, decisionId: string): Promise<void> => {
    if (isRequest)
      await tx.productRequest.create({
        data: { id: uuidv7(), ...owner, decisionId, words, outcome, productIds: idsOf(products) },
      });
    if (wanted) await rememberRestock(tx, { ...owner, productId: wanted.id, language });
    if (companions.length > 0)
      await tx.crossSell.create({ data: { ...owner, decisionId, productIds: idsOf(companions) } });
  };
}
