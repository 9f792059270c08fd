import type { Queries } from '../../platform/database/client.ts';
import { persianPattern } from '../../text/latin-persian.ts';
import { latinInitials, latinPattern, persianInitials, spelledInLatin } from '../../text/persian-latin.ts';
import { differsByYeh, matchWords, stemOf } from '../../text/word-match.ts';
import type { ProductQuery } from './product-query.ts';
import type { WordGroup } from './product-ranking.ts';
import { phrasesOf, synonymsOf } from './search-synonyms.ts';

const SYNONYM_QUALITY = 0.92;
const LATIN_QUALITY = 0.8;
const MAX_WORDS_PER_GROUP = 12;
const MAX_SOUNDING = 3000;

/** Which words of the catalog each word of the question may mean. */
export async function resolveWords(
  db: Queries,
  businessId: string,
  { words, latin }: Pick<ProductQuery, 'words' | 'latin'>,
  bySound = false,
): Promise<WordGroup[]> {
  const pairs = words.slice(1).map((word, at) => `${words[at]}${word}`);
  const splits = new Map(words.map((word) => [word, splitsOf(word)]));
  const asked = unique([...words, ...words.flatMap(meaningsOf), ...pairs]);
  const phrases = words.flatMap(phrasesOf).flat();
  const exactly = unique([...asked, ...words.map(stemOf), ...[...splits.values()].flat(2), ...phrases]);
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
    for (const phrase of phrasesOf(word))
      if (phrase.every(has)) found.push({ words: phrase, quality: SYNONYM_QUALITY });
    for (const split of splits.get(word) ?? []) if (split.every(has)) found.push({ words: split, quality: 0.9 });
    return { asked: word, found };
  });
  joinPairs(groups, pairs, stored);
  const lost = groups.filter((group) => group.found.length === 0);
  if (lost.length > 0) await forgiveMore(db, businessId, lost);
  await readAsPersian(db, businessId, groups, latin === 'persian');
  await readBySound(db, businessId, groups, bySound);
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

/** Names across the two scripts: «ساندکور» in a catalog that writes "Soundcore", and the other way. */
async function readBySound(
  db: Queries,
  businessId: string,
  groups: readonly WordGroup[],
  fromLatin: boolean,
): Promise<void> {
  // What sounds like Persian may be a word of any language: only where a name is looked for, it may be one.
  const lost = groups.filter(
    ({ asked, found }) => found.length === 0 && asked.length >= 2 && (fromLatin || !/^[a-z]/.test(asked)),
  );
  if (lost.length === 0) return;
  const spelled = spelledInLatin(groups.map(({ asked }) => asked));
  const sounding = lost.map(({ asked }) => asked).filter((word) => /^\p{L}{3,}$/u.test(word));
  const initials = unique(
    sounding.flatMap((word) => (/^[a-z]/.test(word) ? persianInitials(word) : latinInitials(word))),
  );
  const codes = unique(spelled.flatMap((one) => one.codes));
  if (initials.length === 0 && codes.length === 0) return;
  const rows = await db.$queryRaw<{ word: string }[]>`
    SELECT w.word FROM product_words w WHERE w.business_id = ${businessId}::uuid
      AND (w.word = ANY(${codes}::text[]) OR (left(w.word, 1) = ANY(${initials}::text[]) AND w.word !~ '[0-9]' AND length(w.word) > 2))
    LIMIT ${MAX_SOUNDING}`;
  for (const group of lost) {
    const isLatin = /^[a-z]/.test(group.asked);
    // Short Latin words sound like too many Persian ones.
    if (isLatin && group.asked.length < 5) continue;
    for (const { word } of rows)
      if (isLatin ? latinPattern(word)?.test(group.asked) : latinPattern(group.asked)?.test(word))
        group.found.push({ words: [word], quality: LATIN_QUALITY });
  }
  for (const { codes: own, from, to } of spelled)
    for (const { word } of rows.filter((row) => own.includes(row.word)))
      for (const group of groups.slice(from, to)) group.found.push({ words: [word], quality: LATIN_QUALITY });
}

const unique = (words: readonly string[]): string[] => [...new Set(words)];
