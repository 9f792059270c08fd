import { normaliseText, wordsOf } from '../../text/persian.ts';
import { matchWords } from '../../text/word-match.ts';
import { namesSomething } from '../search/product-query.ts';

/** A question that wants a yes or a no. */
const ASKS_WHETHER =
  /(?<!\p{L})(?:ن?دار(?:ه|د|ن|ند)|توشه|هست(?:ش)?|نیست|می ?خوره|باشه|is|are|does|do|has|have|is there|any|dare|hast)(?!\p{L})|(?:ه|س|ست)[?؟]/u;
const ASKS_WHAT =
  /(?<!\p{L})(?:چند\p{L}*|چقد\p{L}*|چه|چی\p{L}*|کدوم\p{L}*|کجا\p{L}*|کی|how|what|which|when|where|chand|chi|che\p{L}*)(?!\p{L})/u;
/** The question is bounded, or turned round. */
const BOUNDED = /(?<!\p{L})(?:فقط|تنها|غیر از|جز|بجز|only|just|nothing but|except|other than|faghat)(?!\p{L})/u;
/** Behind a word, or before it, these deny it. */
const DENIES_BEFORE: ReadonlySet<string> = new Set(['بدون', 'فاقد', 'غیر', 'ضد', 'no', 'without', 'non', 'not']);
const DENIES_BEHIND: ReadonlySet<string> = new Set(['free', 'ندارد', 'نداره', 'less']);
/** Two denials are read by people. */
const UNCLEAR = /(?<!\p{L})(?:نیست|نمی\p{L}*|شاید|ممکن|ممکنه|may|might|traces?|not)(?!\p{L})/u;

/**
 * Whether values say that what a question asks for is there: «گردو داره؟» of «موز و گردو», «کش داره؟» of «بدون کش». `none`: they do not
 * say it so, nothing asks for a yes or no, or the question names something else besides: neither in the values nor in `known`, the
 * words of what it is asked of. Pure.
 */
export function polarityOf(
  question: string,
  values: readonly string[],
  known: readonly string[] = [],
): 'yes' | 'no' | 'none' {
  const form = normaliseText(question);
  if (
    !ASKS_WHETHER.test(form) ||
    ASKS_WHAT.test(form) ||
    BOUNDED.test(form) ||
    values.some((value) => UNCLEAR.test(normaliseText(value)))
  )
    return 'none';
  const asked = wordsOf(question);
  const readable = [...known, ...values].flatMap(wordsOf);
  const isUnread = (word: string) =>
    word.length > 1 && namesSomething(word) && !readable.some((one) => matchWords(word, one) >= 0.85);
  if (asked.some(isUnread)) return 'none';
  const found = values.flatMap((value) => {
    const words = wordsOf(value);
    return words.flatMap((word, at) => {
      const said = asked.findIndex((one) => one.length > 1 && namesSomething(one) && matchWords(one, word) >= 0.95);
      if (said < 0 || DENIES_BEFORE.has(word)) return [];
      const isDenied = DENIES_BEFORE.has(words[at - 1] ?? '') || DENIES_BEHIND.has(words[at + 1] ?? '');
      const isAskedDenied = DENIES_BEFORE.has(asked[said - 1] ?? '') || DENIES_BEHIND.has(asked[said + 1] ?? '');
      return [isDenied === isAskedDenied ? 'yes' : 'no'] as const;
    });
  });
  const [first] = found;
  return first !== undefined && found.every((one) => one === first) ? first : 'none';
}
