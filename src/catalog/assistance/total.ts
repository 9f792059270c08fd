import type { Queries } from '../../platform/database/client.ts';
import { formatMoney, type Money } from '../../text/money.ts';
import { numbersInDigits } from '../../text/number-words.ts';
import { normaliseText } from '../../text/persian.ts';
import { judge, priceOf } from '../attributes/product-facts.ts';
import { withOwnValues } from '../own-words.ts';
import type { Product } from '../product-store.ts';
import { parseProductQuery } from '../search/product-query.ts';
import { readProductQuestion } from '../search/product-question.ts';
import { inWhatWasAsked, searchProducts } from '../search/product-search-store.ts';
import { sayTo } from './texts.ts';

/** "Two snake plants and a large pot, how much all together?": what several things cost, each by its own price. */

/* biome-ignore format: a table of words. */
const TOTAL =
  /(?<!\p{L})(?:جمعا|سر ?جمع|روی ?هم|رو ?هم|با ?هم|کلا|مجموع\p{L}*|جمعش|total|all ?together|altogether|in total|together|jaman|majmoo?\p{L}*|ba ?ham)(?!\p{L})/u;
const ASKS_PRICE =
  /(?<!\p{L})(?:چند\p{L}*|چقدر\p{L}*|چقد|قیمت\p{L}*|how much|price|total|cost|chand\p{L}*|cheghadr\p{L}*)(?!\p{L})/u;
const JOINT = /(?<!\p{L})(?:و|با|هم|and|plus|with|va|ba)(?!\p{L})|[،,+&؛;]/gu;
const COUNT = /(?<![\p{L}\d.])(\d{1,2}) ?(?:تا|عدد|دونه|دانه|جفت|بسته|ta|pcs|pieces?|x|of)?(?= )/u;
const ONE_COUNT = /(?<!\p{L})(?:دوتا|دو تا)(?!\p{L})/u;
/* biome-ignore format: a table of words. */
const ENGLISH: ReadonlyMap<string, string> = new Map([['two', '2'], ['three', '3'], ['four', '4'], ['five', '5'], ['six', '6']]);
const MOST = 30;

export interface TotalPart {
  product: Product;
  count: number;
  price: Money;
}

/** True for a text that asks what several things cost together. */
export function asksTotal(text: string): boolean {
  const form = normaliseText(text);
  return TOTAL.test(form) && ASKS_PRICE.test(form);
}

/** What each of the things that a text names costs; null where it is not clear which they are, or one has no price. */
export async function findTotal(
  db: Queries,
  businessId: string,
  text: string,
  shown: readonly Product[],
): Promise<TotalPart[] | null> {
  const form = numbersInDigits(
    normaliseText(text)
      .replace(TOTAL, ' ')
      .replace(ONE_COUNT, ' 2 تا ')
      .replace(/(?<!\p{L})(?:two|three|four|five|six)(?!\p{L})/gu, (word) => ENGLISH.get(word) ?? word),
  );
  const parts: TotalPart[] = [];
  for (const piece of form.split(JOINT)) {
    const count = Number(COUNT.exec(`${piece} `)?.[1] ?? 1);
    const name = piece.replace(COUNT, ' ');
    const query = { ...parseProductQuery(name), minPrice: null, maxPrice: null, sort: null };
    if (query.words.every((word) => query.soft.has(word))) continue;
    const { matches, outcome } = await searchProducts(db, businessId, query, { limit: 4 });
    const found = inWhatWasAsked(matches.filter(({ coverage }) => coverage > 0.99)).map(({ product }) => product);
    const known = found.filter(({ id }) => shown.some((one) => one.id === id));
    const product = found.length === 1 ? found[0] : known.length === 1 ? known[0] : undefined;
    if (outcome !== 'good' || !product || count < 1 || count > MOST) return null;
    const price = pricedAs(product, name);
    if (price === null) return null;
    parts.push({ product, count, price });
  }
  const pointed = parts.length > 0 ? parts : together(shown);
  const [first] = pointed;
  const isSum = pointed.length > 1 || (first !== undefined && first.count > 1);
  return first && isSum && pointed.every(({ price }) => price.currency === first.price.currency) ? pointed : null;
}

/** «با هم چند می‌شن؟» of the few that were shown. */
function together(shown: readonly Product[]): TotalPart[] {
  if (shown.length < 2 || shown.length > 3) return [];
  const parts = shown.flatMap((product) => {
    const price = pricedAs(product, '');
    return price ? [{ product, count: 1, price }] : [];
  });
  return parts.length === shown.length ? parts : [];
}

/** Of the variant that is named; null where it is not clear which price is meant. */
function pricedAs(product: Product, text: string): Money | null {
  const question = text === '' ? null : readProductQuestion([text]);
  const traits = question ? withOwnValues(question, [product]).query.wish.traits : [];
  const { verdict, variants } = judge(product, traits);
  if (verdict === 'no' || verdict === 'sold_out' || product.available === false) return null;
  const price = priceOf(product, variants.length > 0 ? variants : (product.variants ?? []));
  return price?.isOne ? price.from : null;
}

export function tellTotal(parts: readonly TotalPart[], language: 'fa' | 'en'): string {
  const count = (number: number) => (language === 'fa' ? number.toLocaleString('fa-IR') : String(number));
  const lines = parts.map(({ product, count: many, price }) =>
    sayTo(language, 'piece', { count: count(many), title: product.title, price: formatMoney(price, language) }),
  );
  const amount = parts.reduce((sum, { count: many, price }) => sum + BigInt(many) * price.amount, 0n);
  const currency = parts[0]?.price.currency ?? 'IRT';
  return [...lines, sayTo(language, 'total', { price: formatMoney({ amount, currency }, language) })].join('\n');
}
