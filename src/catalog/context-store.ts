import type { Queries } from '../platform/database/client.ts';
import type { KnownProduct } from '../replies/known-product.ts';
import type { TurnReading } from '../replies/reading/reading.ts';
import { resolveReference } from '../replies/reading/references.ts';
import type { ReplyContext } from '../replies/reply-context.ts';
import type { Turn } from '../replies/turn.ts';
import { normaliseText, wordsOf } from '../text/persian.ts';
import { stemOf } from '../text/word-match.ts';
import { type Assistance, assist, beyondBudget, findShown } from './assistance/assist.ts';
import { attributeLabel } from './attributes/attribute-names.ts';
import { spellingsOf } from './attributes/attribute-values.ts';
import { maybeSize } from './attributes/customer-words.ts';
import { valuesOf } from './attributes/product-facts.ts';
import type { ShownProduct } from './catalog-reply.ts';
import { findLinkedProducts } from './post-link-store.ts';
import { productKey } from './product-key.ts';
import { findProductByKey, findProducts, type Product } from './product-store.ts';
import { type ProductQuery, parseProductQuery, searchWordsOf } from './search/product-query.ts';
import { type ProductQuestion, readProductQuestion } from './search/product-question.ts';
import { inWhatWasAsked, type ProductMatch, type SearchResult, searchProducts } from './search/product-search-store.ts';
import { kindsAmong, synonymsOf } from './search/search-synonyms.ts';

/** What the catalog has to say to a turn. */
export interface CatalogFindings {
  question: ProductQuestion;
  /** `good`: these are it; `near`: like it; `none`: the shop has no such thing; `empty`: there is no catalog. */
  outcome: 'good' | 'near' | 'none' | 'empty';
  products: Product[];
  /** They are the products of a post, a link or the answer before. */
  isFocus: boolean;
  /** They were searched for by what a picture shows, so they are never more than near. */
  isSeen?: boolean;
  /** More than a fact was wanted, and this is what the catalog says to it. */
  assistance?: Assistance;
}

const MAX_PRODUCTS = 5;
const TALKED_ABOUT_MS = 2 * 3_600_000;
/** `product:<id>` is what the button of a card sends back. */
const PRODUCT_PAYLOAD = /^product:([0-9a-f-]{36})$/;
const ADDRESS = /https?:\/\/\S+/g;
const POINTING: ReadonlySet<string> = new Set(['share', 'story_reply']);

/** What is asked of the catalog, and what may have been spoken of before. */
export type Consulting = Pick<Turn, 'context' | 'language' | 'reading' | 'recentProductIds' | 'recentLists'>;

/** Looks up what a turn asks of the catalog. Null when it asks nothing of it. Reads only. */
export async function consultCatalog(db: Queries, turn: Consulting): Promise<CatalogFindings | null> {
  const { context, reading } = turn;
  const fresh = context.transcript.filter((line) => line.isNew);
  // What stands under a shared post is the shop's caption; what stands under a story is the customer's answer to it.
  const words = fresh.map((line) => (line.kind === 'share' ? '' : line.text.replace(ADDRESS, ' ')));
  // «دومی» names nothing, whether or not it is clear what it means.
  const question = readProductQuestion(words.map((line, at) => reading.parts[at]?.pointing?.rest ?? line));
  if (context.hasProducts === false) return question && !question.isAboutFocus ? nothingToFind(question) : null;
  const pointed = await findPointedAt(db, context);
  if (pointed.length > 0 && (!question || question.isAboutFocus || !(await isNamed(db, context, question))))
    return { question: question ?? POINTED_ONLY, outcome: 'good', products: pointed, isFocus: true };
  const helped = pointed.length > 0 ? null : await beyondFacts(db, turn, question);
  if (helped) return helped;
  if (!question) return null;
  const leaning = await leaningOn(db, turn, question);
  if (leaning) return leaning;
  if (question.isAboutFocus) {
    // Under a post that nobody knows, "its price" does not mean what was spoken of before.
    if (fresh.some((line) => POINTING.has(line.kind))) return null;
    const recent = await findRecent(db, turn);
    if (recent.length > 0)
      return {
        question: withOwnNames(withOwnValues(question, recent), recent),
        outcome: 'good',
        products: recent,
        isFocus: true,
      };
    // «مشکی دارید؟» of nothing that was spoken of: what is black.
    if (question.query.words.length === 0) return null;
  }
  const query = await asSibling(db, turn, question.query);
  const searched = await searchProducts(db, context.businessId, query, { limit: MAX_PRODUCTS });
  const { question: asked, matches, outcome } = asNamed(question, searched);
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
  const products = shown.map(({ product }) => product);
  const own =
    products.length === 1 ? withOwnNames(withOwnValues(asked, products), products) : withOwnValues(asked, products);
  return { question: withSizes(own, products), outcome, products, isFocus: false };
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
  const asked = withOwnNames(withSizes(withOwnValues(question, recent), recent), recent);
  const { traits, asked: names } = asked.query.wish;
  if (traits.length === 0 && names.length === 0) return null;
  return { question: { ...asked, isAboutFocus: true }, outcome: 'good', products: recent, isFocus: true };
}

/** What this very product is described by, in the shop's words: «آستر داره؟», «گردو داره؟». */
function withOwnNames(question: ProductQuestion, products: readonly Product[]): ProductQuestion {
  const { query } = question;
  const said = new Set(wordsOf(question.text).flatMap((word) => [word, stemOf(word)]));
  const isSaid = (text: string) => {
    const words = wordsOf(text);
    return words.length > 0 && words.every((word) => said.has(word) || said.has(stemOf(word)));
  };
  const taken = new Set([...query.wish.asked, ...query.wish.traits.map(({ name }) => name)]);
  const named = products.flatMap(({ title, attributes }) =>
    attributes
      .filter(({ name }) => !taken.has(name))
      .filter(({ name, values }) => {
        const labels = [attributeLabel(name, 'fa'), attributeLabel(name, 'en')];
        const parts = values.flatMap((value) => wordsOf(value)).filter((word) => word.length > 3 && !/\d/.test(word));
        return labels.some(isSaid) || parts.some((word) => said.has(word) && !wordsOf(title).includes(word));
      })
      .map(({ name }) => name),
  );
  if (named.length === 0) return question;
  return { ...question, query: { ...query, wish: { ...query.wish, asked: [...query.wish.asked, ...new Set(named)] } } };
}

const OWN_NAMES = ['colour', 'size', 'volume', 'capacity', 'weight', 'pattern'];

/** A word that is a colour of this very product means that colour, whatever else it may mean: «کرم سایز ۴۴ش». */
function withOwnValues(question: ProductQuestion, products: readonly Product[]): ProductQuestion {
  const { query } = question;
  const said = query.words;
  const free = OWN_NAMES.filter((name) => !query.wish.traits.some((trait) => trait.name === name));
  const traits = free.flatMap((name) => {
    const all = products.flatMap((product) =>
      valuesOf(product, name).map((value) => ({ value, title: searchWordsOf(product.title) })),
    );
    for (const { value, title } of all)
      for (const spelling of spellingsOf(name, value)) {
        const isSaid = spelling.every((word) => said.includes(word) && !/^[sm]$/.test(word));
        if (isSaid && !spelling.every((word) => title.includes(word))) return [{ name, value, words: spelling }];
      }
    return [];
  });
  if (traits.length === 0) return question;
  return { ...question, query: { ...query, wish: { ...query.wish, traits: [...query.wish.traits, ...traits] } } };
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
): Promise<CatalogFindings | null> {
  const { context, reading } = turn;
  if (reading.reference === null && !wantsHelp(reading)) return null;
  const shown = await findShown(db, context.businessId, await turn.recentLists(TALKED_ABOUT_MS));
  const meant = reading.reference && resolveReference(reading.reference, shown);
  if (meant && mayMean(question, meant)) {
    const asked = question ?? POINTED_ONLY;
    const own = withOwnValues({ ...asked, isAboutFocus: true }, [meant]);
    return { question: own, outcome: 'good', products: [meant], isFocus: true };
  }
  const assistance = await assist({ ...helpingOf(db, turn), shown });
  if (!assistance) return null;
  const products = [...(assistance.products.length > 0 ? assistance.products : assistance.about)];
  return { question: question ?? POINTED_ONLY, outcome: 'good', products, isFocus: false, assistance };
}

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

/** «کفش نایک ۴۳»: of products with sizes, a bare number is one. */
function withSizes(question: ProductQuestion, products: readonly Product[]): ProductQuestion {
  const { query } = question;
  const bare = query.words.filter((word) => !query.soft.has(word)).flatMap((word) => maybeSize(word) ?? []);
  const sized = bare.filter(({ value }) => products.some((product) => isSizeOf(product, value)));
  if (sized.length === 0 || query.wish.traits.some(({ name }) => name === 'size')) return question;
  return { ...question, query: { ...query, wish: { ...query.wish, traits: [...query.wish.traits, ...sized] } } };
}

function isSizeOf(product: Product, value: string): boolean {
  return valuesOf(product, 'size').length > 0 && !wordsOf(product.title).includes(value);
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

async function isNamed(db: Queries, context: ReplyContext, question: ProductQuestion): Promise<boolean> {
  const found = await searchProducts(db, context.businessId, question.query, { limit: 1 });
  return found.outcome === 'good';
}

/** Products like what a picture shows. A picture never proves that it is this very product. */
export async function searchSeen(db: Queries, businessId: string, words: string): Promise<CatalogFindings> {
  const question = { ...POINTED_ONLY, query: parseProductQuery(words) };
  const { matches } = await searchProducts(db, businessId, question.query, { limit: MAX_PRODUCTS });
  const products = matches.map(({ product }) => product);
  return { question, outcome: products.length > 0 ? 'near' : 'none', products, isFocus: false, isSeen: true };
}

/** The product whose card's button was tapped just now, or that a post or link of the new lines names beyond doubt. */
export async function findTapped(db: Queries, businessId: string, context: ReplyContext): Promise<Product[]> {
  const fresh = context.transcript.filter((line) => line.isNew);
  const found: Product[] = [];
  for (const line of fresh) found.push(...(await findNamed(db, businessId, line)));
  const isTap = fresh.some((line) => PRODUCT_PAYLOAD.test(line.payload ?? ''));
  return isTap ? found.slice(-1) : [...new Map(found.map((product) => [product.id, product])).values()];
}

/**
 * The products of tapped cards, links, ads and shared posts or stories: in the new lines, else in the last one that points.
 * What people linked to a post goes before what its caption seems to say.
 */
async function findPointedAt(db: Queries, context: ReplyContext): Promise<Product[]> {
  const fresh = context.transcript.filter((line) => line.isNew);
  const before = context.transcript.slice(0, -fresh.length || undefined).slice(-4);
  const pointing = fresh.some(points)
    ? fresh.filter(points)
    : before.filter((line) => POINTING.has(line.kind)).slice(-1);
  // An ad or a button may carry a word of the shop's own, which points only where somebody linked it.
  const tapped = fresh.filter((line) => line.payload && !points(line));
  const found: Product[] = await findLinkedProducts(db, context.businessId, tapped.flatMap(namesOf));
  for (const line of found.length > 0 ? [] : pointing) found.push(...(await findOfLine(db, context.businessId, line)));
  return [...new Map(found.map((product) => [product.id, product])).values()].slice(0, MAX_PRODUCTS);
}

type Line = ReplyContext['transcript'][number];

async function findOfLine(db: Queries, businessId: string, line: Line): Promise<Product[]> {
  const named = await findNamed(db, businessId, line);
  return named.length === 0 && POINTING.has(line.kind) ? findByCaption(db, businessId, line.text) : named;
}

/** Products that a line names by a card's payload, an address of the shop's, or a post that people linked. */
async function findNamed(db: Queries, businessId: string, line: Line): Promise<Product[]> {
  const id = PRODUCT_PAYLOAD.exec(line.payload ?? '')?.[1];
  if (id) return findProducts(db, businessId, [id]);
  const names = namesOf(line);
  const found = await findLinkedProducts(db, businessId, names);
  for (const name of names) {
    const key = productKey(name);
    const product = key === null ? null : await findProductByKey(db, businessId, key);
    if (product) found.push(product);
  }
  return found;
}

/** What a line may call a post or page by: its addresses, and the payload of what was tapped. */
function namesOf(line: Line): string[] {
  return [...(line.mediaUrls ?? []), ...(line.text.match(ADDRESS) ?? []), ...(line.payload ? [line.payload] : [])];
}

function points(line: Line): boolean {
  return POINTING.has(line.kind) || PRODUCT_PAYLOAD.test(line.payload ?? '') || ADDRESS.test(line.text);
}

/** A post whose caption holds the whole title of a product shows that product. */
async function findByCaption(db: Queries, businessId: string, caption: string): Promise<Product[]> {
  const query = { ...parseProductQuery(caption), minPrice: null, maxPrice: null, available: false, sort: null };
  if (query.words.length === 0) return [];
  const said = new Set(searchWordsOf(caption));
  const { matches } = await searchProducts(db, businessId, query, { limit: MAX_PRODUCTS });
  const isWhole = ({ product, coverage }: ProductMatch) =>
    coverage > 0.99 || searchWordsOf(product.title).every((word) => said.has(word));
  return matches
    .filter(isWhole)
    .map(({ product }) => product)
    .slice(0, 1);
}

async function hasCatalog(db: Queries, businessId: string): Promise<boolean> {
  return (await db.product.findFirst({ where: { businessId, removedAt: null }, select: { id: true } })) !== null;
}

/** Products that go with one: of a common category and another kind, that can be bought, the nearest in price first. */
export async function findCompanions(
  db: Queries,
  conversationId: string | null,
  product: Product,
  { limit, notSince }: { limit: number; notSince: Date },
): Promise<Product[]> {
  if (product.categories.length === 0) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM products p
    WHERE p.business_id = ${product.businessId}::uuid AND p.removed_at IS NULL AND p.available AND p.price IS NOT NULL
      AND p.currency = ${product.currency} AND p.id <> ${product.id}::uuid AND p.categories && ${product.categories}::text[]
      AND split_part(p.search_text, ' ', 1) <> split_part((SELECT s.search_text FROM products s WHERE s.id = ${product.id}::uuid), ' ', 1)
      AND NOT EXISTS (SELECT 1 FROM cross_sells x WHERE x.conversation_id = ${conversationId}::uuid AND x.created_at > ${notSince})
    ORDER BY abs(p.price - ${product.price?.amount ?? 0n}), p.id LIMIT ${limit}`;
  return findProducts(
    db,
    product.businessId,
    rows.map(({ id }) => id),
  );
}

/** A product as answers speak of it: its variants and categories are what may be said besides its title. */
export function toKnownProduct(product: Product): KnownProduct {
  const { id, title, brand, available, price, oldPrice, url, categories, variants, attributes } = product;
  const details = [...categories, ...variants.map((variant) => variant.title)].filter(Boolean).slice(0, 20);
  const stated = attributes.map(({ name, values }) => ({ name, values }));
  const kinds = variants.map(({ options, title: called, price: own, available: there }) => ({
    options,
    title: called,
    price: own,
    available: there,
  }));
  const known = { id, title, brand: brand || null, available, price, oldPrice, url, details };
  return { ...known, attributes: stated, variants: kinds };
}

/** A product as a customer is shown it: with its pictures. */
export function toShownProduct(product: Product): ShownProduct {
  const { imageUrls } = product;
  return { ...toKnownProduct(product), imageUrl: imageUrls[0] ?? null, imageUrls };
}
