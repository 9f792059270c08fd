import type { Queries } from '../../platform/database/client.ts';
import { Prisma } from '../../platform/database/generated/client.ts';
import type { PriceBound } from '../../replies/reading/budget.ts';
import { persianPattern } from '../../text/latin-persian.ts';
import { CURRENCIES, type Currency } from '../../text/money.ts';
import { differsByYeh, matchWords, stemOf } from '../../text/word-match.ts';
import { valuesOf } from '../attributes/product-facts.ts';
import { findProducts, type Product } from '../product-store.ts';
import { boundIn, type ProductQuery, searchWordsOf } from './product-query.ts';
import { type Ranked, rankProducts, type WordGroup } from './product-ranking.ts';
import { kindsAmong, synonymsOf } from './search-synonyms.ts';

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

const SYNONYM_QUALITY = 0.92;
const LATIN_QUALITY = 0.8;
const MAX_CANDIDATES = 200;
const MAX_PARTIAL = 60;
const MAX_WORDS_PER_GROUP = 12;
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

interface Candidate {
  id: string;
  title: string;
  searchText: string;
  available: boolean | null;
  price: bigint | null;
}

/** Which words of the catalog each word of the question may mean. */
async function resolveWords(
  db: Queries,
  businessId: string,
  { words, latin }: Pick<ProductQuery, 'words' | 'latin'>,
): Promise<WordGroup[]> {
  const pairs = words.slice(1).map((word, at) => `${words[at]}${word}`);
  const splits = new Map(words.map((word) => [word, splitsOf(word)]));
  const asked = unique([...words, ...words.flatMap(meaningsOf), ...pairs]);
  const exactly = unique([...asked, ...words.map(stemOf), ...[...splits.values()].flat(2)]);
  const rows = await db.$queryRaw<{ asked: string; stored: string }[]>`
    SELECT a.word AS asked, w.word AS stored
    FROM unnest(${exactly}::text[]) AS a(word) JOIN product_words w ON w.business_id = ${businessId}::uuid AND w.word = a.word
    UNION
    SELECT a.word, w.word FROM unnest(${[...words, ...pairs].filter(isForgivable)}::text[]) AS a(word)
    JOIN product_words w ON w.word % a.word AND w.word !~ '[0-9]' WHERE w.business_id = ${businessId}::uuid`;
  const stored = new Map<string, string[]>();
  for (const row of rows) stored.set(row.asked, [...(stored.get(row.asked) ?? []), row.stored]);
  const has = (word: string) => stored.get(word)?.includes(word) ?? false;
  const groups = words.map((word): WordGroup => {
    const found = matchesOf(word, stored.get(word) ?? []);
    // «کیفتون»: too unlike «کیف» for its trigrams to find it.
    const stem = stemOf(word);
    const isOther = has(word) && differsByYeh(word, stem);
    if (stem !== word && has(stem) && !isOther && !found.some(({ words: [other] }) => other === stem))
      found.push({ words: [stem], quality: matchWords(word, stem) });
    for (const synonym of meaningsOf(word))
      if (has(synonym)) found.push({ words: [synonym], quality: SYNONYM_QUALITY });
    for (const split of splits.get(word) ?? []) if (split.every(has)) found.push({ words: split, quality: 0.9 });
    return { asked: word, found };
  });
  joinPairs(groups, pairs, stored);
  const lost = groups.filter((group) => group.found.length === 0);
  if (lost.length > 0) await forgiveMore(db, businessId, lost);
  await readAsPersian(db, businessId, groups, latin === 'persian');
  for (const group of groups)
    group.found = group.found.sort((a, b) => b.quality - a.quality).slice(0, MAX_WORDS_PER_GROUP);
  return groups;
}

/** Its synonyms, and those of the word without its ending: «belts», but not «صندلی», which is no form of «صندل». */
function meaningsOf(word: string): string[] {
  const stem = stemOf(word);
  return unique([...synonymsOf(word), ...(differsByYeh(word, stem) ? [] : synonymsOf(stem))]);
}

/** Another digit is another product: codes and numbers are looked up as they are. */
const isForgivable = (word: string): boolean => !/\d/.test(word);

/** With the very word in the catalog, only its other forms count: «کفش» does not mean «کشو» where there are shoes. */
function matchesOf(word: string, stored: readonly string[]): WordGroup['found'] {
  const isThere = stored.includes(word);
  const all = stored
    .filter((other) => !(isThere && differsByYeh(word, other)))
    .map((other) => ({ words: [other], quality: matchWords(word, other) }))
    .filter(({ quality }) => quality > 0);
  const isKnown = all.some(({ quality }) => quality >= 0.95);
  return isKnown ? all.filter(({ quality }) => quality >= 0.85) : all;
}

/** «نیم بوت» in a catalog that writes «نیمبوت»: the pair answers both words. */
function joinPairs(groups: WordGroup[], pairs: readonly string[], stored: ReadonlyMap<string, string[]>): void {
  for (const [at, pair] of pairs.entries()) {
    const found = (stored.get(pair) ?? [])
      .map((other) => ({ words: [other], quality: matchWords(pair, other) * 0.95 }))
      .filter(({ quality }) => quality >= 0.9);
    for (const group of [groups[at], groups[at + 1]]) group?.found.push(...found);
  }
}

/** Ways to read a word as two that the catalog writes apart. */
function splitsOf(word: string): string[][] {
  if (word.length < 5 || word.length > 20) return [];
  return Array.from({ length: word.length - 3 }, (_, at) => [word.slice(0, at + 2), word.slice(at + 2)]).filter(
    ([, second]) => (second ?? '').length >= 2,
  );
}

/** Words so misspelt that their trigrams hardly agree: compared with all of the same beginning or end. */
async function forgiveMore(db: Queries, businessId: string, groups: WordGroup[]): Promise<void> {
  const words = groups.map((group) => group.asked).filter((word) => word.length >= 3 && isForgivable(word));
  if (words.length === 0) return;
  const rows = await db.$queryRaw<{ asked: string; stored: string }[]>`
    SELECT a.word AS asked, w.word AS stored FROM unnest(${words}::text[]) AS a(word)
    JOIN product_words w ON w.business_id = ${businessId}::uuid
      AND length(w.word) BETWEEN length(a.word) - 1 AND length(a.word) + 1 AND left(w.word, 1) = left(a.word, 1)
      AND w.word !~ '[0-9]'`;
  for (const group of groups)
    group.found = matchesOf(
      group.asked,
      rows.filter((row) => row.asked === group.asked).map((row) => row.stored),
    );
}

/** «kif zanane» in a catalog that writes «کیف زنانه». */
async function readAsPersian(
  db: Queries,
  businessId: string,
  groups: readonly WordGroup[],
  isPersian: boolean,
): Promise<void> {
  const lost = groups.filter((group) => group.found.length === 0);
  const patterns = new Map(
    lost.flatMap(({ asked }) => {
      const pattern = persianPattern(asked);
      return pattern === null ? [] : [[asked, pattern] as const];
    }),
  );
  if (patterns.size === 0) return;
  const rows = await db.$queryRaw<{ asked: string; stored: string }[]>`
    SELECT a.word AS asked, w.word AS stored
    FROM unnest(${[...patterns.keys()]}::text[], ${[...patterns.values()]}::text[]) AS a(word, pattern)
    JOIN product_words w ON w.business_id = ${businessId}::uuid AND length(w.word) > 1 AND w.word ~ a.pattern`;
  for (const { asked, stored } of rows)
    lost.find((group) => group.asked === asked)?.found.push({ words: [stored], quality: LATIN_QUALITY });
  // One word that sounds like another proves nothing: «band», «game». Several that all do are Persian.
  const isProven = isPersian || (groups.length > 1 && groups.every((group) => group.found.length > 0));
  if (!isProven) for (const group of lost) group.found = [];
}

/** The question without one of its words, each in turn, and each of its words alone. */
function partsOf(groups: readonly WordGroup[]): WordGroup[][] {
  const without = groups.length > 2 ? groups.map((_, at) => groups.filter((__, other) => other !== at)) : [];
  return [...without, ...groups.map((group) => [group])];
}

async function findCandidates(
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

function filterOf(businessId: string, query: ProductQuery): Prisma.Sql {
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
