import type { Queries } from '../platform/database/client.ts';
import type { TurnReading } from '../replies/reading/reading.ts';
import { segmentsOf } from '../replies/reading/segments.ts';
import type { ReplyContext } from '../replies/reply-context.ts';
import { detectIntents, GOODS_INTENTS, type Intent, SOCIAL_INTENTS } from '../text/intents.ts';
import { normaliseText, wordsOf } from '../text/persian.ts';
import { stemOf } from '../text/word-match.ts';
import { type Assistance, assist, beyondBudget, findShown } from './assistance/assist.ts';
import { findByFeature } from './assistance/by-feature.ts';
import { asksTotal } from './assistance/total.ts';
import { hasWish, maybeSize } from './attributes/customer-words.ts';
import { measuresIn } from './attributes/measures.ts';
import { readTopics } from './attributes/topics.ts';
import type { CatalogFindings, Consulting } from './findings.ts';
import { readOfProducts, withOpen, withOwnValues, withSizes } from './own-words.ts';
import { consultParts } from './parts.ts';
import { ADDRESS, findPointedAt, POINTING } from './pointed-store.ts';
import { resolvePointed } from './pointing.ts';
import { findProducts, type Product } from './product-store.ts';
import { type ProductQuery, parseProductQuery, searchWordsOf } from './search/product-query.ts';
import { type ProductQuestion, readProductQuestion } from './search/product-question.ts';
import { inWhatWasAsked, isFound, type SearchResult, searchProducts } from './search/product-search-store.ts';
import { kindsAmong, synonymsOf } from './search/search-synonyms.ts';

const MAX_PRODUCTS = 5;
const TALKED_ABOUT_MS = 2 * 3_600_000;

/** Looks up what a turn asks of the catalog. Null when it asks nothing of it. Reads only. */
export async function consultCatalog(db: Queries, turn: Consulting): Promise<CatalogFindings | null> {
  const whole = await consultWhole(db, turn);
  const fresh = turn.context.transcript.filter((line) => line.isNew);
  if (
    turn.context.hasProducts === false ||
    !mayReadParts(turn, fresh) ||
    whole?.assistance ||
    whole?.isPointed ||
    whole?.outcome === 'empty'
  )
    return whole;
  const segments = fresh.flatMap(({ text }, line) => segmentsOf(text).map((one) => ({ text: one, line })));
  let found: Promise<Product[]> | null = null;
  const recent = () => (found ??= findRecent(db, turn));
  const isAmount = fresh.every(({ text }) => asksAmountAlone(text)) && (await recent()).length > 0;
  if (whole?.outcome === 'good' && !isAmount && (whole.question.wantsPictures || segments.length < 2)) return whole;
  const parts = await consultParts(db, turn.context.businessId, segments, recent);
  if (!parts || !whole || whole.outcome !== 'good') return parts ?? whole;
  return isAmount || saysMore(parts, whole) ? parts : whole;
}

/** «نیم کیلو هم می‌دین؟» is of what was spoken of, whatever else of the shop is called by that amount. */
function asksAmountAlone(text: string): boolean {
  const [amount] = measuresIn(text);
  const words = wordsOf(amount?.text ?? '');
  const { words: named, soft } = parseProductQuery(text);
  return words.length > 0 && named.every((word) => soft.has(word) || words.includes(word));
}

/** Lines of text alone, of which none is for a person and none points at what was shown. */
function mayReadParts({ reading }: Consulting, fresh: ReplyContext['transcript']): boolean {
  const isPlain = fresh.every(({ kind, payload, text }) => kind === 'text' && !payload && !ADDRESS.test(text));
  const intents = reading.parts.flatMap((part) => part.intents);
  const points = reading.reference !== null && !MAYBE_POINTING.has(reading.reference.kind);
  return isPlain && !points && !reading.isAngry && !intents.some((intent) => FOR_OTHERS.has(intent));
}

/** They point where something was shown that fits, and else name or ask as any other words do. */
const MAYBE_POINTING: ReadonlySet<string> = new Set(['described', 'measured', 'both']);

const FOR_OTHERS: ReadonlySet<string> = new Set([
  'handoff',
  'complaint',
  'late',
  'cancel_order',
  'bot_question',
  'notify',
  'order_status',
  'booking',
  'order',
]);

/** Read part by part, more is asked of goods than the burst as one query tells. */
function saysMore(parts: CatalogFindings, whole: CatalogFindings): boolean {
  const amount = ({ question: { query } }: CatalogFindings) =>
    query.wish.traits.length + query.wish.asked.length + (query.wish.topics?.length ?? 0);
  const isSame = whole.products.length === 1 && whole.products[0]?.id === parts.products[0]?.id;
  return (
    parts.more !== undefined ||
    amount(parts) > amount(whole) ||
    (isSame && parts.question.covers.length > whole.question.covers.length)
  );
}

async function consultWhole(db: Queries, turn: Consulting): Promise<CatalogFindings | null> {
  const { context, reading } = turn;
  const fresh = context.transcript.filter((line) => line.isNew);
  // What stands under a shared post is the shop's caption; what stands under a story is the customer's answer to it.
  const words = fresh.map((line) => (line.kind === 'share' ? '' : line.text.replace(ADDRESS, ' ')));
  const restOf = (line: string, at: number, isPointed: boolean): string => {
    const pointing = reading.parts[at]?.pointing;
    return pointing && (isPointed || !MAYBE_POINTING.has(pointing.reference.kind)) ? pointing.rest : line;
  };
  // «دومی» names nothing, whether or not it is clear what it means.
  const question = readProductQuestion(words.map((line, at) => restOf(line, at, false)));
  if (context.hasProducts === false) return question && !question.isAboutFocus ? nothingToFind(question) : null;
  const pointed = await findPointedAt(db, context);
  if (
    pointed.length > 0 &&
    (!question || question.isAboutFocus || !(await isFound(db, context.businessId, question.query)))
  )
    return { question: question ?? POINTED_ONLY, outcome: 'good', products: pointed, isFocus: true };
  const beside = () => readProductQuestion(words.map((line, at) => restOf(line, at, true)));
  const helped = pointed.length > 0 ? null : await beyondFacts(db, turn, question, beside);
  if (helped) return helped;
  if (!question) {
    const chosen = await byFeature(db, turn, words.join('\n'));
    return (
      chosen && {
        question: POINTED_ONLY,
        outcome: 'good',
        products: [...chosen.products],
        isFocus: false,
        assistance: chosen,
      }
    );
  }
  const leaning = (await leaningOn(db, turn, question)) ?? (await aboutIt(db, turn, question));
  if (leaning) return leaning;
  const chosen = question.isAlone && !question.isAboutFocus ? await byFeature(db, turn, words.join('\n')) : null;
  if (chosen) return { question, outcome: 'good', products: [...chosen.products], isFocus: false, assistance: chosen };
  if (question.isAboutFocus) {
    // Under a post that nobody knows, "its price" does not mean what was spoken of before.
    if (fresh.some((line) => POINTING.has(line.kind))) return null;
    const recent = await findRecent(db, turn);
    if (recent.length > 0)
      return {
        question: readOfProducts(question, recent),
        outcome: 'good',
        products: recent,
        isFocus: true,
      };
    // «مشکی دارید؟» of nothing that was spoken of: what is black.
    if (question.query.words.length === 0) return null;
  }
  const query = await asSibling(db, turn, question.query);
  const searched = await searchProducts(db, context.businessId, query, { limit: MAX_PRODUCTS });
  const { question: asked, matches, outcome } = asNamed(question, byOwnNumbers(question, searched));
  if (outcome !== 'good') {
    const about = await aboutRecent(db, turn, question);
    if (about) return about;
  }
  if (outcome === 'none' && !(await hasCatalog(db, context.businessId))) return nothingToFind(question);
  const assistance =
    outcome === 'good' ? null : await beyondBudget(helpingOf(db, turn), query, coversOf(question, turn));
  if (assistance) return { question, outcome: 'good', products: [...assistance.about], isFocus: false, assistance };
  // Beside what answers everything that was asked, what answers half of it is noise.
  const shown = outcome === 'good' ? inWhatWasAsked(matches.filter(({ coverage }) => coverage > 0.99)) : matches;
  const products = extremesOf(
    shown.map(({ product }) => product),
    query.sort,
  );
  const own = products.length === 1 ? readOfProducts(asked, products) : withOwnValues(asked, products);
  const sized = withSizes(own, products);
  if (outcome !== 'good') return { question: sized, outcome, products, isFocus: false };
  return { question: besideNames(withOpen(sized, products), words, products), outcome, products, isFocus: false };
}

async function byFeature(
  db: Queries,
  { context, language, reading }: Consulting,
  text: string,
): Promise<Assistance | null> {
  if (reading.parts.some(({ intents }) => intents.some((one) => !GOODS_INTENTS.has(one) && !SOCIAL_INTENTS.has(one))))
    return null;
  const found = await findByFeature(db, context.businessId, text, language);
  if (!found) return null;
  const covers = reading.parts.map((_, position) => position);
  const none = { ticket: null, choices: [], restockOf: null };
  return {
    act: 'features',
    text: found.text,
    products: found.products,
    about: found.products,
    ...none,
    covers,
    isPlain: true,
  };
}

/** «تعویض باتری آیفون ۱۲ چنده؟» asks for no return: the words of a title tell of no other wish. */
function besideNames(
  question: ProductQuestion,
  lines: readonly string[],
  products: readonly Product[],
): ProductQuestion {
  if (question.isAlone) return question;
  const named = new Set(products.flatMap(({ title }) => wordsOf(title).flatMap((word) => [word, stemOf(word)])));
  const isNamed = (word: string) => named.has(word) || named.has(stemOf(word));
  const rest = lines.map(
    (line) =>
      readTopics(
        wordsOf(line)
          .filter((word) => !isNamed(word))
          .join(' '),
      ).rest,
  );
  const asks = (intent: Intent) => !GOODS_INTENTS.has(intent) && !SOCIAL_INTENTS.has(intent);
  if (rest.some((line) => detectIntents(line).some(asks))) return question;
  return { ...question, isAlone: true, covers: lines.map((_, position) => position) };
}

/** "Does it need a lot of water?" is of what was spoken of, unless a name stands there as well. */
const PRONOUN = /(?<!\p{L})(?:it|its|they|them|this one|that one|these|those)(?!\p{L})/u;

async function aboutIt(db: Queries, turn: Consulting, question: ProductQuestion): Promise<CatalogFindings | null> {
  const { query, text, isAlone, isAboutFocus } = question;
  if (isAboutFocus || !isAlone || query.minPrice || query.maxPrice || !PRONOUN.test(wordsOf(text).join(' ')))
    return null;
  const recent = await findRecent(db, turn);
  const [product, ...others] = recent;
  if (!product || others.length > 0 || kindsAmong(query.words).size > 0) return null;
  const { matches } = await searchProducts(db, turn.context.businessId, query, { limit: 1 });
  const own = new Set(matches.flatMap(({ product: { title } }) => searchWordsOf(title).map(stemOf)));
  if (query.words.filter((word) => own.has(stemOf(word))).length > 1) return null;
  const asked = withOpen(readOfProducts(question, recent), recent);
  return { question: { ...asked, isAboutFocus: true }, outcome: 'good', products: recent, isFocus: true };
}

/** «a15 128 چنده؟»: what is near but for a number is it where that is the amount of one of its options. */
function byOwnNumbers(question: ProductQuestion, searched: SearchResult): SearchResult {
  const numbers = searched.unknownWords.filter((word) => /^\d+$/.test(word));
  if (searched.outcome !== 'near' || numbers.length === 0) return searched;
  const hard = question.query.words.filter((word) => !question.query.soft.has(word));
  const has = (product: Product) =>
    withOwnValues(question, [product]).query.wish.traits.filter(({ words }) =>
      words.some((word) => numbers.includes(word)),
    ).length === numbers.length;
  const matches = searched.matches.map((match) => {
    const least = (hard.length - numbers.length * 1.5) / hard.length - 0.01;
    return match.coverage >= least && has(match.product) ? { ...match, coverage: 1 } : match;
  });
  return matches.some(({ coverage }) => coverage === 1) ? { ...searched, matches, outcome: 'good' } : searched;
}

/** "Your cheapest haircut" is one of them. */
function extremesOf(products: readonly Product[], sort: ProductQuery['sort']): Product[] {
  const [first] = products;
  const amount = first?.price?.amount;
  if (sort === null || amount === undefined) return [...products];
  return products.filter(({ price }) => price?.amount === amount);
}

/** «۴۲ نداره؟», «کرم ۴۲ چی» after a coat: nothing but what may be a size or colour of it is named, so it is meant. */
async function leaningOn(db: Queries, turn: Consulting, question: ProductQuestion): Promise<CatalogFindings | null> {
  const { words } = question.query;
  if (question.isAboutFocus || words.length === 0 || words.length > 4) return null;
  if (question.query.minPrice || question.query.maxPrice) return null;
  if (kindsAmong(words).size > 0 && !words.some((word) => maybeSize(word))) return null;
  const recent = await findRecent(db, turn);
  const [product, ...others] = recent;
  if (!product || others.length > 0) return null;
  const asked = withSizes(withOwnValues(question, recent), recent);
  const narrowed = new Set(asked.query.wish.traits.flatMap((trait) => trait.words.flatMap(searchWordsOf)));
  if (!words.every((word) => narrowed.has(word) || question.query.soft.has(word))) return null;
  return { question: { ...asked, isAboutFocus: true }, outcome: 'good', products: recent, isFocus: true };
}

/** «جنسش چیه؟ چروک میشه؟» after a coat: words that find nothing else are asked of what was spoken of. */
async function aboutRecent(db: Queries, turn: Consulting, question: ProductQuestion): Promise<CatalogFindings | null> {
  const { words, minPrice, maxPrice } = question.query;
  if (minPrice || maxPrice || kindsAmong(words).size > 0) return null;
  const recent = await findRecent(db, turn);
  if (recent.length !== 1) return null;
  const asked = readOfProducts(question, recent);
  if (!hasWish(asked.query.wish)) return null;
  return { question: { ...asked, isAboutFocus: true }, outcome: 'good', products: recent, isFocus: true };
}

/** A word in matching form as the customer wrote it: «آستر». */
function asWritten(text: string, word: string): string {
  return text.split(/[^\p{L}\p{M}]+/u).find((one) => normaliseText(one) === word) ?? word;
}

/** Asks for something that one product may have: «پونه آستر داره؟». */
const HAS = /(?<!\p{L})(?:داره|دارد|دارن|نداره|هست|has|have|come with|comes with|dare)(?!\p{L})/u;

/** Words of another model, and of what it looks like: «زرافه‌ای», "max". */
const DESCRIBES = /\d|^(?:pro|max|plus|mini|ultra|lite|air|se|fe|new)$|^[\u0600-\u06ff]{3,}ی$/u;

/** A word that no product of the shop has says something besides: "back yet", «لطف». A kind, a colour or a maker would name another. */
function isBeside(word: string, text: string): boolean {
  const isDescription = DESCRIBES.test(word) || normaliseText(text).includes(`${word} ای`);
  return !isDescription && synonymsOf(word).length === 0 && kindsAmong([word]).size === 0;
}

/**
 * A word that no product of the shop has does not hide the one that the others name where it only asks what that one has: it is not
 * stated. Elsewhere it may describe another product.
 */
function asNamed(
  question: ProductQuestion,
  { matches, outcome, unknownWords }: SearchResult,
): Pick<SearchResult, 'matches' | 'outcome'> & { question: ProductQuestion } {
  const { words, soft, wish } = question.query;
  const hard = words.filter((word) => !soft.has(word));
  const [asked, ...others] = hard.filter((word) => unknownWords.includes(word));
  const known = hard.filter((word) => !unknownWords.includes(word));
  const named = matches.filter(({ coverage }) => coverage >= known.length / Math.max(hard.length, 1) - 0.01);
  const names = (word: string) => kindsAmong([word]).size === 0 && synonymsOf(word).length === 0;
  const isPlain = asked !== undefined && /^[\u0600-\u06ff]+$/u.test(asked) && names(asked);
  const asksIt = isPlain && others.length === 0 && HAS.test(normaliseText(question.text));
  if (outcome !== 'near' || !known.some(names)) return { question, matches, outcome };
  if (asked !== undefined && named.length <= 3 && [asked, ...others].every((word) => isBeside(word, question.text))) {
    const found = named.map((match) => ({ ...match, coverage: 1 }));
    if (!asksIt || named.length > 1) return { question, matches: found, outcome: 'good' };
  }
  if (!asksIt || named.length !== 1) return { question, matches, outcome };
  const wanted = { ...wish, asked: [...wish.asked, asWritten(question.text, asked)] };
  const found = named.map((match) => ({ ...match, coverage: 1 }));
  return { question: { ...question, query: { ...question.query, wish: wanted } }, matches: found, outcome: 'good' };
}

function helpingOf(db: Queries, { context, language, reading }: Consulting) {
  return { db, turn: { businessId: context.businessId, language, reading } };
}

/** The lines that a question is all of; where it is all there is, every line. */
function coversOf({ isAlone, covers }: ProductQuestion, { reading }: Consulting): readonly number[] {
  return isAlone ? reading.parts.map((_, position) => position) : covers;
}

/** What needs what was shown before: one of it is pointed at, or more is wanted than a fact. */
async function beyondFacts(
  db: Queries,
  turn: Consulting,
  question: ProductQuestion | null,
  beside: () => ProductQuestion | null,
): Promise<CatalogFindings | null> {
  const { context, reading } = turn;
  const isTotal = reading.parts.some(({ text }) => asksTotal(text));
  if (reading.reference === null && !isTotal && !wantsHelp(reading)) return null;
  const shown = await findShown(db, context.businessId, await turn.recentLists(TALKED_ABOUT_MS));
  const meant = reading.reference ? resolvePointed(reading.reference, shown) : [];
  const rest = meant.length > 0 ? beside() : null;
  // "Which one is lighter?" wants to be told why; "how much is the lighter one?" only which. What compares, compares with it.
  const isTold =
    reading.acts.has('compare') || isTotal || (reading.reference?.kind === 'measured' && !(rest && asksOf(rest)));
  const isMeant = meant.length > 0 && meant.every((one) => mayMean(rest, one));
  const assistance = isMeant && !isTold ? null : await assist({ ...helpingOf(db, turn), shown });
  if (isMeant && !assistance) {
    const asked = { ...(rest ?? POINTED_ONLY), isAboutFocus: true };
    const own = meant.length === 1 ? readOfProducts(asked, meant) : withOwnValues(asked, meant);
    return { question: own, outcome: 'good', products: meant, isFocus: true, isPointed: true };
  }
  if (!assistance) return null;
  const products = [...(assistance.products.length > 0 ? assistance.products : assistance.about)];
  return { question: question ?? POINTED_ONLY, outcome: 'good', products, isFocus: false, assistance };
}

const asksOf = ({ query: { wish, intents } }: ProductQuestion): boolean =>
  hasWish(wish) || intents.some((intent) => intent === 'price' || intent === 'order');

/** Those are answered by others. */
const OF_OTHERS: ReadonlySet<string> = new Set(['deadline']);

function wantsHelp({ acts, parts }: TurnReading): boolean {
  return [...acts].some((act) => !OF_OTHERS.has(act)) || parts.some(({ intents }) => intents.includes('notify'));
}

/** «دومی» beside the name of something else is a word of another sentence. */
function mayMean(question: ProductQuestion | null, { title }: Product): boolean {
  const named = question?.query.words.filter((word) => !question.query.soft.has(word)) ?? [];
  const own = new Set(searchWordsOf(title));
  return named.length < 2 || named.some((word) => own.has(word));
}

/* biome-ignore format: a table of words. */
const AUDIENCES = new Set(['زنانه', 'زنونه', 'مردانه', 'مردونه', 'دخترانه', 'دخترونه', 'پسرانه', 'پسرونه', 'بچگانه', 'بچگونه', 'women', 'womens', 'ladies', 'men', 'mens', 'kids', 'girls', 'boys'].flatMap(wordsOf));

/** «زنونه‌اش چی؟» after a shoe for men: the same kind of thing for somebody else. A title begins with its kind in Persian alone. */
async function asSibling(db: Queries, turn: Consulting, query: ProductQuery): Promise<ProductQuery> {
  if (query.words.length === 0 || !query.words.every((word) => AUDIENCES.has(word))) return query;
  const [last] = await findRecent(db, turn);
  const kind = searchWordsOf(last?.title ?? '')[0] ?? '';
  return /^[\u0600-\u06ff]/.test(kind) ? { ...query, words: [kind, ...query.words] } : query;
}

/** What was spoken of last: a model may come back to it, and its prices must then still be true. */
export async function findRecent(db: Queries, { context, recentProductIds }: Consulting): Promise<Product[]> {
  const ids = await recentProductIds(TALKED_ABOUT_MS);
  return ids.length === 0 ? [] : findProducts(db, context.businessId, ids);
}

function nothingToFind(question: ProductQuestion): CatalogFindings {
  return { question, outcome: 'empty', products: [], isFocus: false };
}

const POINTED_ONLY: ProductQuestion = {
  query: parseProductQuery(''),
  text: '',
  isExplicit: false,
  isAboutFocus: true,
  isAlone: true,
  covers: [],
  wantsPictures: false,
};

/** Products like what a picture shows. A picture never proves that it is this very product. */
export async function searchSeen(db: Queries, businessId: string, words: string): Promise<CatalogFindings> {
  const question = { ...POINTED_ONLY, query: parseProductQuery(words) };
  const { matches } = await searchProducts(db, businessId, question.query, { limit: MAX_PRODUCTS });
  const products = matches.map(({ product }) => product);
  return { question, outcome: products.length > 0 ? 'near' : 'none', products, isFocus: false, isSeen: true };
}

async function hasCatalog(db: Queries, businessId: string): Promise<boolean> {
  return (await db.product.findFirst({ where: { businessId, removedAt: null }, select: { id: true } })) !== null;
}
