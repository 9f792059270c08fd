import type { Queries } from '../../platform/database/client.ts';
import { readBudget } from '../../replies/reading/budget.ts';
import { numbersInDigits } from '../../text/number-words.ts';
import { normaliseText, wordsOf } from '../../text/persian.ts';
import { spelledInLatin } from '../../text/persian-latin.ts';
import { measuresIn } from '../attributes/measures.ts';
import { readTopics } from '../attributes/topics.ts';
import { findProducts, type Product } from '../product-store.ts';
import { namesSomething, parseProductQuery, searchWordsOf } from './product-query.ts';
import type { WordGroup } from './product-ranking.ts';
import { type Candidate, filterOf, findCandidates } from './product-search-store.ts';
import { kindsAmong, synonymsOf } from './search-synonyms.ts';
import { resolveWords } from './words-store.ts';

/**
 * Products that a sentence names among other words: «پوست خشک دارم، کرم دست لوکسیتان به دردم می‌خوره؟». What the words around the name
 * say is for others to read; a word that would name another product makes it no name.
 */
export interface Naming {
  /** Of one name, the best first. */
  products: Product[];
  /** The words of the sentence that name them, in matching form. */
  used: ReadonlySet<string>;
  /** Words that neither name nor fill, in matching form. */
  left: readonly string[];
  /** A name of its own, and not only a kind of thing: «آوا», not «مانتو». */
  isOwnName: boolean;
}

const MAX_WORDS = 14;
const MAX_CANDIDATES = 60;
/** A word that more products than these share is a kind or a line of the shop's, and no name. */
const MOST_NAMED = 3;
const SURE = 0.8;
/** «می‌خوره», «نمی‌سوزه», «بذارم»: verbs name nothing, unless the shop has the word. */
const VERB = /^ن?می[\u0600-\u06ff]{2,}$|^(?:بخور|بذار|بزار|بگیر|بشو|ببر|بزن|بیار|بپوش|بنداز|برا|واس)[\u0600-\u06ff]*$/u;
/* biome-ignore format: a table of words. */
const AROUND = new Set(('منظورم منظورمه منظور درمیاد انجام خوبی خوب بد خیلی یکم کمی حالا بالاخره راستش اخه آخه خودتون خودش اصلا واقعا همین اینا اونا شده میشه بشه دارم دارن داشت داشته باشه باشن نبود نیستش بوده رو روی زیر ' +
  'کار کارا بعد بعدش قبل قبلش موقع وقتی چون ولی اما فقط حتی جمعا کلا دقیقا لازم نیاز ندارم داشتن بچه بچم نفر روز ساعت چیز چیزی جور جوری سلام ممنون ممنونم دونه عدد تعداد بسته ' +
  'quick q yet back today really was were they them their will would should before after than then out off into which that it one ones two three total each both really also lasts last long take takes time how').split(' ').flatMap(wordsOf));

/** Null where the sentence names nothing of the shop, or more than one thing could be meant by it. */
export async function findNaming(db: Queries, businessId: string, text: string): Promise<Naming | null> {
  const form = numbersInDigits(readBudget(normaliseText(text.slice(0, 400))).rest);
  const measured = new Set(measuresIn(form).flatMap((measure) => wordsOf(measure.text)));
  const all = searchWordsOf(form);
  const spelled = new Set(spelledInLatin(all).flatMap(({ from, to }) => all.slice(from, to)));
  const asking = new Set([...wordsAsking(text), ...measured]);
  const words = [...new Set(all)]
    .filter((word) => spelled.has(word) || (namesSomething(word) && !AROUND.has(word) && !asking.has(word)))
    .slice(0, MAX_WORDS);
  if (words.length === 0) return null;
  // A name keeps its sound in a sentence of any language; what stands around it is not searched for.
  const latin = parseProductQuery(text).latin === 'persian' ? ('persian' as const) : ('unknown' as const);
  const query = { ...parseProductQuery(''), words, latin };
  const groups = await resolveWords(db, businessId, query, true);
  for (const group of groups) group.found = group.found.filter(({ quality }) => quality >= SURE - 0.06);
  const known = groups.filter(({ found }) => found.length > 0);
  if (known.length === 0) return null;
  const candidates = await findCandidates(
    db,
    filterOf(businessId, query),
    [known, ...known.map((group) => [group])],
    MAX_CANDIDATES,
  );
  const best = chooseNamed(candidates, known);
  if (!best) return null;
  const left = groups.filter((group) => !best.used.has(group.asked) && !measured.has(group.asked) && !isVerb(group));
  const order = new Map(all.map((word, at) => [word, at]));
  const isBeside = ({ asked }: WordGroup) =>
    [...best.used].some((word) => Math.abs((order.get(word) ?? -9) - (order.get(asked) ?? 9)) === 1);
  if (left.some((group) => best.rivals.has(group.asked) || (isBeside(group) && namesAnother(group)))) return null;
  const products = await findProducts(
    db,
    businessId,
    best.chosen.map(({ id }) => id),
  );
  if (products.length === 0) return null;
  return { products, used: best.used, left: left.map(({ asked }) => asked), isOwnName: best.isOwnName };
}

/** Words that ask for an attribute, a colour or a size: they name nothing. */
function wordsAsking(text: string): string[] {
  const { wish } = parseProductQuery(text);
  const rest = new Set(wordsOf(readTopics(text).rest));
  const asked = wordsOf(text).filter((word) => !rest.has(word));
  const sizes = wish.traits.filter(({ name }) => name === 'size').flatMap((trait) => trait.words);
  return [...wish.asking, ...sizes, ...asked];
}

const isVerb = ({ asked, found }: WordGroup): boolean => found.length === 0 && VERB.test(asked);

/** True for words that stand around a name and say nothing of it. In matching form. */
export const isAround = (word: string): boolean => AROUND.has(word) || VERB.test(word);

/** A model, a maker, a colour or another kind of thing that the chosen ones are not: beside a name it makes another of it. */
function namesAnother({ asked, found }: WordGroup): boolean {
  if (/\d/.test(asked)) return true;
  if (found.some(({ quality }) => quality >= 0.95)) return true;
  return kindsAmong([asked]).size > 0 || synonymsOf(asked).length > 0;
}

interface Chosen {
  chosen: Candidate[];
  used: ReadonlySet<string>;
  isOwnName: boolean;
  /** Words that are names of others, as good as those that were used. */
  rivals: ReadonlySet<string>;
}

/** The products that the most, and the rarest, of the words name. Pure. */
export function chooseNamed(candidates: readonly Candidate[], groups: readonly WordGroup[]): Chosen | null {
  const wordsOfProduct = new Map(
    candidates.map(({ id, title, searchText }) => [
      id,
      new Set([...searchWordsOf(title), ...searchText.split(' '), ...searchWordsOf(searchText)]),
    ]),
  );
  const titles = new Map(candidates.map(({ id, title }) => [id, new Set(searchWordsOf(title))]));
  const matches = (group: WordGroup, id: string): number => {
    const own = wordsOfProduct.get(id) ?? new Set();
    const title = titles.get(id) ?? new Set();
    const best = group.found.filter(({ words }) => words.every((word) => own.has(word)));
    return Math.max(
      0,
      ...best.map(({ words, quality }) => quality * (words.every((word) => title.has(word)) ? 1 : 0.9)),
    );
  };
  const shares = groups.map((group) => candidates.filter(({ id }) => matches(group, id) > 0).length);
  const scored = candidates.map((candidate) => {
    const score = groups.reduce(
      (sum, group, at) => sum + matches(group, candidate.id) / (1 + Math.log2(Math.max(shares[at] ?? 1, 1))),
      0,
    );
    return { candidate, score };
  });
  const top = Math.max(0, ...scored.map(({ score }) => score));
  if (top === 0) return null;
  const chosen = scored.filter(({ score }) => score >= top - 0.05).map(({ candidate }) => candidate);
  const used = new Set(
    groups.filter((group) => chosen.every(({ id }) => matches(group, id) > 0)).map(({ asked }) => asked),
  );
  if (used.size === 0) return null;
  const isName = (group: WordGroup, at: number) =>
    (shares[at] ?? 0) <= MOST_NAMED &&
    (group.found[0]?.quality ?? 0) >= SURE &&
    kindsAmong([group.asked]).size === 0 &&
    synonymsOf(group.asked).length === 0;
  const names = groups.filter(isName).map(({ asked }) => asked);
  const isOwnName = names.some((word) => used.has(word));
  const rivals = new Set(names.filter((word) => !used.has(word) && /^\p{L}{3,}$/u.test(word)));
  return { chosen: chosen.slice(0, 5), used, isOwnName, rivals };
}
