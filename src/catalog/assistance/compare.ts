import type { Queries } from '../../platform/database/client.ts';
import type { Language } from '../../text/message.ts';
import { formatMoney } from '../../text/money.ts';
import { attributeLabel } from '../attributes/attribute-names.ts';
import { digitsIn, valueIn } from '../attributes/attribute-values.ts';
import { valuesOf } from '../attributes/product-facts.ts';
import type { Product } from '../product-store.ts';
import { parseProductQuery } from '../search/product-query.ts';
import { searchProducts } from '../search/product-search-store.ts';
import { kindsAmong } from '../search/search-synonyms.ts';
import { sayTo } from './texts.ts';

export type Pair = readonly [Product, Product];

/** What parts two things that are compared. */
const BETWEEN = /(?<!\p{L})(?:یا|با|و|or|and|vs|versus|than|with|from|to|از|ya|ba)(?!\p{L})/giu;
/* biome-ignore format: a table of words. */
const COMPARING =
  /(?<!\p{L})(?:فرق\p{L}*|تفاوت\p{L}*|اختلاف\p{L}*|قیمت\p{L}*|(?:ارزون|ارزان|گرون|گران)[\u200c ]?تر\p{L}*|cheaper|pricier|dearer|more expensive|less expensive|price|cost|in|مقایسه\p{L}*|بهتر\p{L}*|خوبه|کدوم\p{L}*|کدام\p{L}*|بین|دو|دوتا|چیه|چه|داره|دارن|بخرم|بگیرم|پیشنهاد|می[\u200c ]?دید|می[\u200c ]?کنید|کنید|difference|differences|differ|compare|comparison|better|which|between|one|should|buy|get|what|is|the|best|fargh\p{L}*|behtar\p{L}*|kodoom\p{L}*|kodum\p{L}*|chie|chiye)(?!\p{L})/giu;

/** The two products that a line compares: named by it, else the last two that were shown. Null where it is not clear which. */
export async function findCompared({
  db,
  businessId,
  text,
  shown,
}: {
  db: Queries;
  businessId: string;
  text: string;
  shown: readonly (readonly Product[])[];
}): Promise<Pair | null> {
  const plain = text.replace(COMPARING, ' ');
  const cuts = [...plain.matchAll(BETWEEN)].map(({ index, 0: word }) => [index, index + word.length] as const);
  for (const [from, to] of cuts) {
    const sides = [plain.slice(0, from), plain.slice(to)].map((side) => wordsIn(side));
    const [first, second] = sides;
    if (!first?.length || !second?.length) continue;
    const pair = await findPair(db, businessId, first, second);
    if (pair) return pair;
  }
  const words = wordsIn(plain);
  if (words.length > 0) return twoOf(db, businessId, words);
  const list = shown.find(({ length }) => length > 1) ?? [];
  const spokenOf = [
    ...new Map(
      shown
        .filter(({ length }) => length === 1)
        .flat()
        .map((one) => [one.id, one]),
    ).values(),
  ];
  const [first, second] = list.length === 2 ? list : spokenOf;
  return first && second && first.id !== second.id ? [first, second] : null;
}

/** «فرق دوتا کمربند چیه؟»: of a kind that the shop has just two of. */
async function twoOf(db: Queries, businessId: string, words: readonly string[]): Promise<Pair | null> {
  const query = { ...parseProductQuery(''), words: [...words] };
  const { matches, outcome } = await searchProducts(db, businessId, query, { limit: 3 });
  const [first, second, ...others] = matches.filter(({ coverage }) => coverage > 0.99).map(({ product }) => product);
  return outcome === 'good' && first && second && others.length === 0 ? [first, second] : null;
}

const wordsIn = (text: string): string[] => parseProductQuery(text.replace(BETWEEN, ' ')).words;

async function findPair(
  db: Queries,
  businessId: string,
  first: readonly string[],
  second: readonly string[],
): Promise<Pair | null> {
  const kind = first.filter((word) => kindsAmong([word]).size > 0);
  const one = await best(db, businessId, first);
  // «گوشی سامسونگ با شیائومی»: the kind is said once.
  const other = (await best(db, businessId, [...kind, ...second])) ?? (await best(db, businessId, second));
  return one && other && one.id !== other.id ? [one, other] : null;
}

async function best(db: Queries, businessId: string, words: readonly string[]): Promise<Product | null> {
  const query = { ...parseProductQuery(''), words: [...words] };
  const { matches, outcome } = await searchProducts(db, businessId, query, { limit: 1 });
  return outcome === 'good' ? (matches[0]?.product ?? null) : null;
}

const MAX_ATTRIBUTES = 6;

/** Two products beside each other, by what the shop says of them. Pure. */
export function compareProducts(pair: Pair, language: Language): string {
  const names = [
    ...new Set(
      pair.flatMap(({ attributes, variants }) => [
        ...attributes.map(({ name }) => name),
        ...variants.flatMap(({ options }) => options.map(({ name }) => name)),
      ]),
    ),
  ].slice(0, MAX_ATTRIBUTES);
  const lines = pair.map((product) => {
    const price = product.price ? [formatMoney(product.price, language)] : [];
    const said = names.flatMap((name) => {
      const values = valuesOf(product, name).map((value) => digitsIn(valueIn(name, value, language), language));
      return values.length > 0
        ? [`${attributeLabel(name, language)} ${values.join(language === 'fa' ? '، ' : ', ')}`]
        : [];
    });
    const stock = product.available === false ? [language === 'fa' ? 'فعلا ناموجود' : 'currently unavailable'] : [];
    return sayTo(language, 'compared', { title: product.title, facts: [...price, ...said, ...stock].join(' · ') });
  });
  return [...lines, differenceOf(pair, language), sayTo(language, 'chooseBetween')].filter(Boolean).join('\n');
}

function differenceOf([first, second]: Pair, language: Language): string {
  if (!first.price || !second.price || first.price.currency !== second.price.currency) return '';
  if (first.price.amount === second.price.amount) return sayTo(language, 'samePrice');
  const [dearer, other] = first.price.amount > second.price.amount ? [first, second] : [second, first];
  const amount = (dearer.price?.amount ?? 0n) - (other.price?.amount ?? 0n);
  const price = formatMoney({ amount, currency: first.price.currency }, language);
  return sayTo(language, 'difference', { title: dearer.title, price });
}
