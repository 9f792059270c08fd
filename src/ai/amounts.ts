import { normaliseText } from '../domain/text-fa.ts';

/** An amount of money as a text states it. Tomans are told in rials, so that both ways of saying it are one amount. */
export interface Amount {
  value: number;
  /** `irr`, `usd`, …; null for a number without a currency. */
  unit: string | null;
  /** Its value before tomans became rials. */
  spoken: number;
}

/* biome-ignore format: a table of words. */
const CURRENCIES: ReadonlyArray<[RegExp, string, number]> = [
  [/^(?:تومان|تومن|tomans?$|toomans?$|irt$)/, 'irr', 10],
  [/^(?:ریال|rials?$|riyals?$|irr$)/, 'irr', 1],
  [/^(?:\$|دلار|usd$|dollars?$|bucks$)/, 'usd', 1],
  [/^(?:€|یورو|eur$|euros?$)/, 'eur', 1],
  [/^(?:£|پوند|gbp$)/, 'gbp', 1],
  [/^(?:درهم|aed$|dirhams?$)/, 'aed', 1],
  [/^(?:لیر$|لیره|liras?$)/, 'try', 1],
];
/* biome-ignore format: a table of words. */
const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(Object.entries({
  صفر: 0, یک: 1, یه: 1, دو: 2, سه: 3, چهار: 4, چار: 4, پنج: 5, شش: 6, شیش: 6, هفت: 7, هشت: 8, نه: 9, ده: 10,
  یازده: 11, دوازده: 12, سیزده: 13, چهارده: 14, پانزده: 15, پونزده: 15, شانزده: 16, شونزده: 16, هفده: 17, هجده: 18,
  نوزده: 19, بیست: 20, سی: 30, چهل: 40, پنجاه: 50, شصت: 60, هفتاد: 70, هشتاد: 80, نود: 90, صد: 100, یکصد: 100,
  دویست: 200, سیصد: 300, چهارصد: 400, پانصد: 500, پونصد: 500, ششصد: 600, شیشصد: 600, هفتصد: 700, هشتصد: 800,
  نهصد: 900, zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10,
  eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18,
  nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
}));
const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    هزار: 1e3,
    میلیون: 1e6,
    ملیون: 1e6,
    میلیارد: 1e9,
    hundred: 100,
    thousand: 1e3,
    k: 1e3,
    million: 1e6,
  }),
);
const JOINERS = new Set(['و', 'and']);
const RANGE = new Set(['تا', 'الی', 'to']);
const TOKEN = /\d+(?:[,٬،.'’/]\d{3})+(?!\d)(?:[.٫]\d+)?|\d+(?:[.٫]\d+)?|\p{L}+|[$€£]/gu;

/** Every amount and number that a text states, in digits or words, Persian or English. Pure. */
export function readAmounts(text: string): Amount[] {
  const tokens: string[] = normaliseText(text).match(TOKEN) ?? [];
  const amounts: Amount[] = [];
  const used = new Set<number>();
  tokens.forEach((token, at) => {
    const currency = currencyOf(token);
    if (!currency) return;
    let phrase = phraseBefore(tokens, at, used);
    if (!phrase && at + 1 < tokens.length) phrase = phraseAfter(tokens, at);
    if (!phrase) return;
    amounts.push(amountOf(phrase.value, currency));
    for (let index = phrase.from; index < phrase.to; index++) used.add(index);
    // «۱۰۰ تا ۲۰۰ هزار تومان»: the lower bound has the unit and, when it is the smaller number, the scale of the upper.
    if (!RANGE.has(tokens[phrase.from - 1] ?? '')) return;
    const lower = phraseBefore(tokens, phrase.from - 1, used);
    if (!lower) return;
    const scale = SCALES.get(tokens[phrase.to - 1] ?? '') ?? 1;
    amounts.push(amountOf(lower.value < scale ? lower.value * scale : lower.value, currency));
    for (let index = lower.from; index < lower.to; index++) used.add(index);
  });
  tokens.forEach((token, at) => {
    if (used.has(at) || !/^\d/.test(token)) return;
    let to = at + 1;
    while (to < tokens.length && !used.has(to) && SCALES.get(tokens[to] ?? '') !== undefined) to++;
    const value = numberOf(tokens.slice(at, to));
    amounts.push({ value, unit: null, spoken: value });
  });
  return amounts;
}

/**
 * The amounts with a currency in `text` that none of the sources states. A source's number without a currency vouches
 * for
 * any currency; one with a currency only for its own.
 */
export function findUnknownAmounts(text: string, sources: readonly string[]): Amount[] {
  const stated = readAmounts(text).filter((amount) => amount.unit !== null);
  if (stated.length === 0) return [];
  const known = sources.flatMap(readAmounts);
  return stated.filter(
    (amount) =>
      !known.some((source) =>
        source.unit === null
          ? source.value === amount.spoken
          : source.unit === amount.unit && source.value === amount.value,
      ),
  );
}

interface Phrase {
  value: number;
  from: number;
  to: number;
}

function phraseBefore(tokens: string[], end: number, used: ReadonlySet<number>): Phrase | null {
  let from = end;
  while (from > 0 && !used.has(from - 1) && continues(tokens[from - 1] ?? '', tokens[from] ?? '', from === end)) from--;
  while (from < end && JOINERS.has(tokens[from] ?? '')) from++;
  return from === end ? null : { value: numberOf(tokens.slice(from, end)), from, to: end };
}

function phraseAfter(tokens: string[], at: number): Phrase | null {
  // Only signs and codes stand before their number; «تومان ۲» is the end of one phrase and the beginning of another.
  if (!/^(?:[$€£]|usd|eur|gbp|aed|irr|irt)$/.test(tokens[at] ?? '')) return null;
  let to = at + 1;
  if (!/^\d/.test(tokens[to] ?? '')) return null;
  to++;
  while (SCALES.get(tokens[to] ?? '') !== undefined) to++;
  return { value: numberOf(tokens.slice(at + 1, to)), from: at + 1, to };
}

/** Whether a token belongs to the number that begins with the token on its right. */
function continues(token: string, right: string, last: boolean): boolean {
  if (/^\d/.test(token)) return last || !/^\d/.test(right);
  if (JOINERS.has(token)) return !last;
  return NUMBER_WORDS.has(token) || SCALES.has(token);
}

function numberOf(tokens: string[]): number {
  let total = 0;
  let current = 0;
  for (const token of tokens) {
    const scale = SCALES.get(token);
    if (scale === 100) current = (current || 1) * 100;
    else if (scale !== undefined) {
      total += (current || 1) * scale;
      current = 0;
    } else current += NUMBER_WORDS.get(token) ?? digitsOf(token);
  }
  return Math.round((total + current) * 100) / 100;
}

function digitsOf(token: string): number {
  if (!/^\d/.test(token)) return 0;
  const grouped = /^(\d+(?:[,٬،.'’/]\d{3})+)([.٫]\d+)?$/.exec(token);
  if (grouped) return Number((grouped[1] as string).replace(/\D/g, '') + (grouped[2] ?? '').replace('٫', '.'));
  return Number(token.replace('٫', '.'));
}

function currencyOf(token: string): [string, number] | null {
  const found = CURRENCIES.find(([pattern]) => pattern.test(token));
  return found ? [found[1], found[2]] : null;
}

function amountOf(spoken: number, [unit, factor]: [string, number]): Amount {
  return { value: Math.round(spoken * factor * 100) / 100, unit, spoken };
}
