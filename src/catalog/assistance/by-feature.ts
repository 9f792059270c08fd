import type { Queries } from '../../platform/database/client.ts';
import { normaliseText, wordsOf } from '../../text/persian.ts';
import { attributeLabel } from '../attributes/attribute-names.ts';
import { digitsIn } from '../attributes/attribute-values.ts';
import { WITH_VARIANTS } from '../product-row.ts';
import { type Product, toProduct } from '../product-store.ts';
import { isAround } from '../search/naming.ts';
import { namesSomething } from '../search/product-query.ts';
import { kindsAmong } from '../search/search-synonyms.ts';
import { type SaidWord, type Statement, saidWord, statementOf } from '../statements.ts';
import { sayTo } from './texts.ts';

/** Products by what the shop says of them: «اونایی که عسل دارن», "which plants are pet safe?", «چی بدون شکر دارید؟». */

/* biome-ignore format: a table of patterns. */
const LISTS =
  /(?<!\p{L})(?:کدوم\p{L}*|کدام\p{L}*|(?:اون|این)ا(?:یی)? که|چی(?:ا|زی|زایی)? (?:\p{L}+ ){0,4}(?:دار|هست)\p{L}*|بدون \p{L}+|فاقد|which|any(?:thing)?(?: \p{L}+){0,2} (?:with|without|that|free)|without|(?:\p{L}+) free|(?:what|do) (?:\p{L}+ ){0,4}(?:with|without|has|have|contains?)|(?:ones|those) (?:with|that|which)|kodoom\p{L}*|kodum\p{L}*|oonayi ke|bedoone?)(?!\p{L})/u;
const DENIES_BEFORE: ReadonlySet<string> = new Set(['بدون', 'فاقد', 'without', 'no', 'bedoon', 'bedoone']);
const DENIES_BEHIND: ReadonlySet<string> = new Set(['free', 'نداره', 'ندارن', 'نداشته', 'ندارد', 'nadare', 'nadaran']);
/* biome-ignore format: a table of words. */
const FILLING = new Set(('اونایی اونا ایناایی اینایی کدوما کدومان کدومشون کدوماش کدومه کدوماشون بدون فاقد توش توشون داخلش هستن باشن نداره ندارن نداشته باشه دارن توشه کسی برای مناسبه گزینه ' +
  'without free ones those contain contains containing has have with that which come comes things services options products plants safe do does well kodoom kodum kodoma oonayi bedoon bedoone dare daran nadare hastan').split(' ').flatMap(wordsOf).filter((word) => word !== 'safe' && word !== 'plants'));
/** A shop with more is searched, and not looked through. */
const MOST = 200;
const MAX_SHOWN = 5;

interface Feature {
  word: string;
  said: SaidWord;
  isDenied: boolean;
}

/** The products that are so, with what says it; null where none is, or all are, or nothing is asked so. */
export async function findByFeature(
  db: Queries,
  businessId: string,
  text: string,
  language: 'fa' | 'en',
): Promise<{ text: string; products: Product[] } | null> {
  // How much of something is another question: «بالای ۳۰۰ صفحه».
  if (!LISTS.test(normaliseText(text)) || /\d/.test(normaliseText(text))) return null;
  const words = wordsOf(text);
  const asked = words.flatMap((word, at): Feature[] => {
    if (word.length < 2 || /\d/.test(word) || !namesSomething(word) || isAround(word) || FILLING.has(word)) return [];
    const isDenied = DENIES_BEFORE.has(words[at - 1] ?? '') || DENIES_BEHIND.has(words[at + 1] ?? '');
    return [{ word, said: saidWord(word), isDenied }];
  });
  if (asked.length === 0 || asked.length > 4) return null;
  const where = { businessId, removedAt: null, title: { not: '' } };
  const rows = await db.product.findMany({ where, include: WITH_VARIANTS, take: MOST + 1 });
  if (rows.length > MOST) return null;
  const products = rows.map(toProduct);
  const isKind = ({ word, said, isDenied }: Feature) =>
    !isDenied &&
    (products.some(({ categories }) => categories.some((category) => wordsOf(category).some(said))) ||
      (kindsAmong([word]).size > 0 && products.some(({ title }) => wordsOf(title).some(said))));
  const kinds = asked.filter(isKind);
  const features = asked.filter((one) => !kinds.includes(one));
  if (features.length === 0) return null;
  const ofKind = products.filter((product) => kinds.every(({ said }) => isOfKind(product, said)));
  const fitting = ofKind.flatMap((product) => {
    const statements = features.map(({ said, isDenied }) => fits(product, said, isDenied));
    return statements.every((one) => one !== null) ? [{ product, statements }] : [];
  });
  if (fitting.length === 0 || (fitting.length === ofKind.length && ofKind.length > 1)) return null;
  const shown = fitting.slice(0, MAX_SHOWN);
  const lines = shown.flatMap(({ product, statements }) =>
    statements.flatMap((statement) => (statement ? lineOf(product, statement, language) : [])),
  );
  return { text: [...new Set(lines)].join('\n'), products: shown.map(({ product }) => product) };
}

const isOfKind = ({ title, categories }: Product, said: SaidWord): boolean =>
  [title, ...categories].some((text) => wordsOf(text).some(said));

/** What says that a product is so; null where the shop does not say it. */
function fits(product: Product, said: SaidWord, isDenied: boolean): Statement | null {
  const statement = statementOf(product, said);
  return statement !== null && statement.says === (isDenied ? 'no' : 'yes') ? statement : null;
}

function lineOf({ title }: Product, { name, text }: Statement, language: 'fa' | 'en'): string[] {
  if (name === null) return text === title ? [] : [`${title}: ${text}`];
  return [sayTo(language, 'fact', { name: attributeLabel(name, language), title, value: digitsIn(text, language) })];
}
