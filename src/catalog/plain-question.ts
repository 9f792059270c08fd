import { normaliseText, wordsOf } from '../text/persian.ts';
import { stemOf } from '../text/word-match.ts';
import type { ShownProduct } from './catalog-reply.ts';
import type { ProductQuestion } from './search/product-question.ts';

/** The question is turned round («تموم شد؟»), or bounded («فقط مشکی داره؟»). */
const TURNED =
  /(?<!\p{L})(?:تم[او]م|ناموجود\p{L}*|فقط|تنها|tamoom|tamum|faghat|sold out|out of stock|gone|only|just|nothing but|غیر|جز|بجز|except|other than)(?!\p{L})/u;

/** A yes or no answers it: every word that names something is a value that is asked for, or stands in what the products are called. */
export function asksPlainly({ query, text }: ProductQuestion, products: readonly ShownProduct[]): boolean {
  const own = products.flatMap(({ title, brand }) => wordsOf(`${title} ${brand ?? ''}`));
  const asked = query.wish.traits.flatMap(({ value, words }) => [value, ...words].flatMap(wordsAndNumbersOf));
  const read = new Set([...own, ...asked, ...query.soft].flatMap((word) => [word, stemOf(word)]));
  const isRead = (word: string) => read.has(word) || read.has(stemOf(word));
  // «۵۱۲ مشکی» of what comes in 128 and 256: a number that is no value of it.
  const numbers = query.maxPrice || query.minPrice ? [] : (normaliseText(text).match(/\d+/g) ?? []);
  return [...query.words, ...numbers].every(isRead) && !TURNED.test(normaliseText(text));
}

/** "256gb" is 256 as well. */
const wordsAndNumbersOf = (text: string): string[] => [...wordsOf(text), ...(normaliseText(text).match(/\d+/g) ?? [])];
