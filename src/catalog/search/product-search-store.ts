import type { Queries } from '../../platform/database/client.ts';
import { Prisma } from '../../platform/database/generated/client.ts';
import type { PriceBound } from '../../replies/reading/budget.ts';
import { CURRENCIES, type Currency } from '../../text/money.ts';
import { valuesOf } from '../attributes/product-facts.ts';
import { findProducts, type Product } from '../product-store.ts';
import { boundIn, type ProductQuery, searchWordsOf } from './product-query.ts';
import { type Ranked, rankProducts, type WordGroup } from './product-ranking.ts';
import { kindsAmong } from './search-synonyms.ts';
import { resolveWords } from './words-store.ts';

export interface SearchOptions {
  limit: number;
}

export interface ProductMatch {
  product: Product;
  /** The share of what was asked for that it answers, colours and sizes aside. */
  coverage: number;
  /** It answers the colours and sizes as well, as far as words tell. */
  isWhole: boolean;
  score: number;
}

export interface SearchResult {
  /** The best first. */
  matches: ProductMatch[];
  /** `good`: the best answers everything asked; `near`: at least half of it; `none`: nothing does. */
  outcome: 'good' | 'near' | 'none';
  /** Words that no product of the shop has. */
  unknownWords: string[];
}

const MAX_CANDIDATES = 200;
const MAX_PARTIAL = 60;
const NEAR = 0.5;
const NOTHING: SearchResult = { matches: [], outcome: 'none', unknownWords: [] };

/**
 * Products that answer a question, the best first. Words are first matched with the words of this shop's catalog (endings,
 * misspellings, synonyms), then looked up as whole words: the time depends on the shop's vocabulary, hardly on its size.
 */
export async function searchProducts(
  db: Queries,
  businessId: string,
  query: ProductQuery,
  { limit }: SearchOptions,
): Promise<SearchResult> {
  const whole = await searchWords(db, businessId, query, limit);
  const isClear = whole.outcome === 'good' || query.alternatives.length === 0;
  return isClear ? whole : searchEither(db, businessId, query, limit, whole);
}

/** «a black mug or any mug»: what answers neither side's words together may answer one side wholly. */
async function searchEither(
  db: Queries,
  businessId: string,
  query: ProductQuery,
  limit: number,
  whole: SearchResult,
): Promise<SearchResult> {
  const sides: SearchResult[] = [];
  for (const words of query.alternatives) sides.push(await searchWords(db, businessId, { ...query, words }, limit));
  const near = whole.outcome === 'near' ? undefined : sides.find(({ outcome }) => outcome === 'near');
  const best = sides.find(({ outcome }) => outcome === 'good') ?? near;
  if (!best) return whole;
  const matches = sides.filter(({ outcome }) => outcome === best.outcome).flatMap((side) => side.matches);
  const once = new Map(matches.map((match) => [match.product.id, match]));
  return { ...best, matches: [...once.values()].slice(0, limit), unknownWords: whole.unknownWords };
}

async function searchWords(db: Queries, businessId: string, query: ProductQuery, limit: number): Promise<SearchResult> {
  const filter = filterOf(businessId, query);
  if (query.words.length === 0)
    return query.minPrice || query.maxPrice ? listByPrice(db, businessId, query, filter, limit) : NOTHING;
  const groups = await resolveWords(db, businessId, query);
  markSoft(groups, query.soft);
  const known = groups.filter((group) => group.found.length > 0);
  const hard = known.filter((group) => !group.isSoft);
  const unknownWords = groups.filter((group) => group.found.length === 0).map((group) => group.asked);
  if (hard.length === 0) return { ...NOTHING, unknownWords };
  // Colours and sizes narrow in the same statement that finds what has none of them.
  const questions = hard.length < known.length ? [known, hard] : [known];
  let candidates = await findCandidates(db, filter, questions, MAX_CANDIDATES);
  if (candidates.length < limit && hard.length > 1)
    candidates = unique([...candidates, ...(await findCandidates(db, filter, partsOf(hard), MAX_PARTIAL))]);
  const ranked = upgrade(orderBy(query, rankProducts(candidates, groups)));
  const chosen = ofKind(choose(ranked, limit), groups);
  const products = await findProducts(
    db,
    businessId,
    chosen.map(({ product }) => product.id),
  );
  const byId = new Map(chosen.map((entry) => [entry.product.id, entry]));
  const matches = products
    .flatMap((product) => toMatch(product, byId.get(product.id)) ?? [])
    .sort((a, b) => Number(b.coverage > 0.99) - Number(a.coverage > 0.99));
  const isGood = matches.some(({ coverage }) => coverage > 0.99);
  return { matches, outcome: matches.length === 0 ? 'none' : isGood ? 'good' : 'near', unknownWords };
}

/** Beside one that answers everything, those that answer half of it are noise, and so are those of other colours and sizes. */
function choose(ranked: readonly Ranked<Candidate>[], limit: number): Ranked<Candidate>[] {
  const near = ranked.filter(({ coverage }) => coverage >= NEAR);
  const full = near.filter(({ coverage }) => coverage > 0.99);
  const bySize = full.length > 0 ? [] : ranked.filter(({ coverageBySize }) => coverageBySize > 0.99);
  const kept = [...full.filter(({ isWhole }) => isWhole), ...full.filter(({ isWhole }) => !isWhole), ...bySize];
  return [...kept, ...near.filter((entry) => !kept.includes(entry))].slice(0, limit);
}

/** Trousers are nothing like a perfume, though both are for women: what is only near is at least of one kind that was named. */
function ofKind(ranked: Ranked<Candidate>[], groups: readonly WordGroup[]): Ranked<Candidate>[] {
  const kinds = groups.filter(({ asked }) => kindsAmong([asked]).size > 0);
  if (kinds.length === 0) return ranked;
  return ranked.filter(({ product, coverage, coverageBySize }) => {
    if (coverage > 0.99 || coverageBySize > 0.99) return true;
    const own = new Set(product.searchText.split(' ').flatMap((word) => [word, ...searchWordsOf(word)]));
    return kinds.some(({ found }) => found.some(({ words }) => words.every((word) => own.has(word))));
  });
}

/** A number that no word of a product answers may be a size of it; of one without sizes it is another model. */
function toMatch(product: Product, entry: Ranked<Candidate> | undefined): ProductMatch | null {
  if (!entry) return null;
  const isSize = entry.coverage <= 0.99 && entry.coverageBySize > 0.99 && valuesOf(product, 'size').length > 0;
  const coverage = isSize ? 1 : entry.coverage;
  return coverage >= NEAR ? { product, coverage, isWhole: entry.isWhole, score: entry.score } : null;
}

/** Where some come in the colour and size that were asked for, those alone. */
export function inWhatWasAsked(matches: readonly ProductMatch[]): readonly ProductMatch[] {
  const whole = matches.filter(({ isWhole }) => isWhole);
  return whole.length > 0 ? whole : matches;
}

/** Where nothing answers all that was asked: what is named by its whole title is meant, whatever else was said of it. */
function upgrade(ranked: Ranked<Candidate>[]): Ranked<Candidate>[] {
  if (ranked.some(({ coverage }) => coverage > 0.99) || !ranked.some(({ isTitled }) => isTitled)) return ranked;
  return ranked
    .map((entry) => (entry.isTitled ? { ...entry, coverage: 1 } : entry))
    .sort((a, b) => b.coverage - a.coverage);
}

/** Where nothing but colours and sizes was named, they are what is looked for. */
function markSoft(groups: readonly WordGroup[], soft: ReadonlySet<string>): void {
  const narrowing = groups.filter(({ asked }) => soft.has(asked));
  if (narrowing.length === groups.length) return;
  for (const group of narrowing) group.isSoft = true;
}

export interface Candidate {
  id: string;
  title: string;
  searchText: string;
  available: boolean | null;
  price: bigint | null;
}

/** The question without one of its words, each in turn, and each of its words alone. */
function partsOf(groups: readonly WordGroup[]): WordGroup[][] {
  const without = groups.length > 2 ? groups.map((_, at) => groups.filter((__, other) => other !== at)) : [];
  return [...without, ...groups.map((group) => [group])];
}

export async function findCandidates(
  db: Queries,
  filter: Prisma.Sql,
  questions: readonly (readonly WordGroup[])[],
  limit: number,
): Promise<Candidate[]> {
  const parts = questions.map(
    (groups) => Prisma.sql`(SELECT p.id, p.title, p.search_text AS "searchText", p.available, p.price FROM products p
      WHERE to_tsvector('simple', p.search_text) @@ ${toTsQuery(groups)}::tsquery AND ${filter} LIMIT ${limit})`,
  );
  return unique(await db.$queryRaw<Candidate[]>`${Prisma.join(parts, ' UNION ALL ')}`);
}

/** `('a' | 'b') & 'c'`, each lexeme quoted, so that no sign in it has a meaning. */
function toTsQuery(groups: readonly WordGroup[]): string {
  const quote = (word: string) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  const one = (words: readonly string[]) => `(${words.map(quote).join(' & ')})`;
  return groups.map((group) => `(${group.found.map(({ words }) => one(words)).join(' | ')})`).join(' & ');
}

export function filterOf(businessId: string, query: ProductQuery): Prisma.Sql {
  const parts = [
    Prisma.sql`p.business_id = ${businessId}::uuid`,
    Prisma.sql`p.removed_at IS NULL`,
    Prisma.sql`p.title <> ''`,
  ];
  if (query.maxPrice) parts.push(boundSql(query.maxPrice, '<='));
  if (query.minPrice) parts.push(boundSql(query.minPrice, '>='));
  return Prisma.join(parts, ' AND ');
}

/** A product in a currency that the bound cannot be told in is left out: it cannot be proven to keep it. */
function boundSql(bound: PriceBound, sign: '<=' | '>='): Prisma.Sql {
  const cases = Object.entries(CURRENCIES).flatMap(([currency, { digits }]) => {
    const amount = boundIn(bound, currency as Currency, digits);
    if (amount === null) return [];
    return [Prisma.sql`(p.currency = ${currency} AND p.price ${Prisma.raw(sign)} ${amount})`];
  });
  return cases.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(cases, ' OR ')})`;
}

/** Only a price was named: what can be bought for it, the dearest first, or the cheapest above a lower bound. */
async function listByPrice(
  db: Queries,
  businessId: string,
  query: ProductQuery,
  filter: Prisma.Sql,
  limit: number,
): Promise<SearchResult> {
  const direction = query.sort === 'cheapest' || !query.maxPrice ? Prisma.raw('ASC') : Prisma.raw('DESC');
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM products p WHERE ${filter} AND p.price IS NOT NULL
    ORDER BY (p.available IS FALSE), p.price ${direction}, p.id LIMIT ${limit}`;
  const products = await findProducts(
    db,
    businessId,
    rows.map(({ id }) => id),
  );
  const matches = products.map((product) => ({ product, coverage: 1, isWhole: true, score: 1 }));
  return { matches, outcome: matches.length > 0 ? 'good' : 'none', unknownWords: [] };
}

function orderBy(query: ProductQuery, ranked: Ranked<Candidate>[]): Ranked<Candidate>[] {
  if (!query.sort) return ranked;
  const direction = query.sort === 'cheapest' ? 1 : -1;
  const priceOf = ({ product }: Ranked<Candidate>) =>
    Number(product.price ?? (direction > 0 ? Number.MAX_SAFE_INTEGER : -1));
  return [...ranked].sort((a, b) => b.coverage - a.coverage || direction * (priceOf(a) - priceOf(b)));
}

function unique<T extends string | { id: string }>(items: readonly T[]): T[] {
  const keyOf = (item: T) => (typeof item === 'string' ? item : item.id);
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** Whether the shop has what is asked for, and not only something like it. */
export async function isFound(db: Queries, businessId: string, query: ProductQuery): Promise<boolean> {
  return (await searchProducts(db, businessId, query, { limit: 1 })).outcome === 'good';
}
