import { normaliseText } from '../text/persian.ts';

/** A number as a text states it, with the currency that belongs to it. */
export interface Figure {
  /** As spoken, with its scale: «۴۵۰ هزار» is 450000. */
  value: number;
  /** `irr` (also for tomans), `usd`, …; `other` for a currency that no shop uses; null without one. */
  unit: string | null;
  /** How many of the smaller unit one of the spoken unit is: 10 for tomans, else 1. */
  factor: number;
  /** A scale such as «هزار» or k belongs to it. */
  scaled: boolean;
  /** No digit in it. */
  inWords: boolean;
  /** False when its digits stand so that no single number can be told from them, or a currency has no number. */
  readable: boolean;
  /** Its scale is left unsaid: «یک و پونصد» and «یه تومن و نیم» are 1.5 (of millions, or of thousands). */
  shortened: boolean;
  /** Place in `matchingForm(text)`. */
  from: number;
  to: number;
  /** The word before it and the word after it, in matching form; empty at an end. */
  before: string;
  after: string;
}

interface Token {
  text: string;
  from: number;
  to: number;
  /** What stands between it and the token before it. */
  gap: string;
}

/* biome-ignore format: a table of words. */
const CURRENCIES: ReadonlyArray<[RegExp, string, number]> = [
  [/^(?:تومان|تومن|تومون|تمن|tomans?$|toomans?$|tomaan$|tmn$|irt$)/, 'irr', 10],
  [/^(?:ریال|rials?$|riyals?$|rls$|irr$)/, 'irr', 1],
  [/^(?:\$|دلار|usd$|cad$|dollars?$|bucks$)/, 'usd', 1],
  [/^(?:€|یورو|eur$|euros?$)/, 'eur', 1],
  [/^(?:£|پوند|gbp$|pounds?$|quid$)/, 'gbp', 1],
  [/^(?:درهم|aed$|dirhams?$)/, 'aed', 1],
  [/^(?:₺|لیر$|لیره|liras?$|try$|lbp$)/, 'lira', 1],
  [/^(?:دینار|iqd$|dinars?$)/, 'iqd', 1],
  [/^(?:افغانی$|afn$|afghanis?$)/, 'afn', 1],
  [/^(?:\p{Sc}|سنت$|cents?$|rupees?$|yuan$|yen$|rmb$|btc$|bitcoin|usdt$|تتر$)/u, 'other', 1],
];
/** Stand for tomans behind a number only. */
const SHORT_TOMAN = new Set(['ت', 't']);
/* biome-ignore format: a table of words. */
const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(Object.entries({
  صفر: 0, یک: 1, یه: 1, دو: 2, سه: 3, چهار: 4, چار: 4, پنج: 5, شش: 6, شیش: 6, هفت: 7, هشت: 8, نه: 9, ده: 10,
  یازده: 11, دوازده: 12, سیزده: 13, چهارده: 14, پانزده: 15, پونزده: 15, شانزده: 16, شونزده: 16, هفده: 17, هیفده: 17,
  هجده: 18, هیجده: 18, هژده: 18, نوزده: 19, بیست: 20, سی: 30, چهل: 40, پنجاه: 50, شصت: 60, هفتاد: 70, هشتاد: 80,
  نود: 90, صد: 100, یکصد: 100, دویست: 200, سیصد: 300, چهارصد: 400, چارصد: 400, پانصد: 500, پونصد: 500, ششصد: 600,
  شیشصد: 600, هفتصد: 700, هشتصد: 800, نهصد: 900, نیم: 0.5, zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5,
  six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15,
  sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fourty: 40, fifty: 50,
  sixty: 60, seventy: 70, eighty: 80, ninety: 90, half: 0.5, dozen: 12,
}));
/* biome-ignore format: a table of words. */
const SCALES: ReadonlyMap<string, number> = new Map(Object.entries({
  هزار: 1e3, هزاری: 1e3, هزارتا: 1e3, میلیون: 1e6, ملیون: 1e6, میلیونی: 1e6, میلیارد: 1e9, hundred: 100,
  thousand: 1e3, thousands: 1e3, k: 1e3, grand: 1e3, hezar: 1e3, hezaar: 1e3, million: 1e6, millions: 1e6, mln: 1e6,
  milyon: 1e6, milion: 1e6, melyon: 1e6, billion: 1e9,
}));
const JOINERS = new Set(['و', 'and', 'o']);
const RANGE_WORDS = new Set(['تا', 'الی', 'to']);
const RANGE_GAP = /^\s*[-–—~]+\s*$/;
const TOKEN = /\d+(?:[,٬،.'’/]\d{3})+(?!\d)(?:[.٫]\d+)?|\d+(?:[.٫]\d+)?|\p{L}+|\p{Sc}|\p{N}+/gu;
/** Endings that Persian hangs on a number: «بیسته», «صدتا». */
const ENDINGS = ['', 'ه', 'ی', 'ست', 'تا', 'تاست'];
const SPELLED_OUT = /(?<![\p{L}\p{N}])\p{L}(?:[\s.\-_*]\p{L}){2,}(?![\p{L}\p{N}])/gu;
const MAX_GLUED = 40;
/** Above it no number is shortened: «صد و پنجاه» is what it says. */
const LARGEST_SHORTENED = 99;
/** «بیست و یک و هشتصد و پنجاه و پنج» has nine words; the limit bounds the work on a hostile text. */
const LONGEST_SHORTENED = 9;
/** Persian writes a decimal with a stroke, «۱/۵ میلیون», where a scale or tomans follow. */
const DECIMAL_STROKE_UNIT = /^(?:هزار|میلیون|ملیون|میلیارد|تومان|تومن|تومون)/;

/** The form in which figures are found and their places count: one spelling of letters, digits of every script as 0-9. */
export function matchingForm(text: string): string {
  return normaliseText(text)
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(SPELLED_OUT, (run) => run.replace(/[^\p{L}]/gu, ''));
}

/** The value of a decimal digit of any script: they stand in tens, in order. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return digit;
  let before = 0;
  while (before < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before++;
  return String(before % 10);
}

/** Every number that a text states, in digits of any script or in words, and every currency without one. Pure. */
export function readFigures(text: string): Figure[] {
  const tokens = tokensOf(matchingForm(text));
  const figures: Figure[] = [];
  let at = 0;
  while (at < tokens.length) {
    const sign = currencyAt(tokens, at);
    const first = sign ? at + 1 : at;
    const end = numberEnd(tokens, first);
    if (end > first) {
      const unit = currencyAt(tokens, end) ?? shortToman(tokens, end) ?? null;
      const to = unit ? end + 1 : end;
      const rest = unit ? restBehindUnit(tokens, { from: at, first, end, to }, unit) : null;
      figures.push(...(rest ? [rest.figure] : figuresOf(tokens, { from: at, first, end, to }, unit ?? sign)));
      at = rest?.to ?? to;
    } else {
      if (sign) figures.push(build(tokens, { from: at, first: at, end: at, to: at + 1 }, sign, Number.NaN));
      at++;
    }
  }
  return spreadRanges(figures, tokens);
}

function tokensOf(form: string): Token[] {
  const tokens: Token[] = [];
  let last = 0;
  for (const { 0: text, index } of form.matchAll(TOKEN)) {
    const gap = form.slice(last, index);
    const place = { from: index, to: index + text.length };
    for (const [part, piece] of splitGlued(text).entries())
      tokens.push({ text: piece, ...place, gap: part === 0 ? gap : ' ' });
    last = index + text.length;
  }
  return joinDecimals(tokens);
}

function joinDecimals(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const [at, token] of tokens.entries()) {
    const whole = joined.at(-1);
    const isDecimal =
      token.gap === '/' && /^\d{1,3}$/.test(whole?.text ?? '') && /^\d{1,2}$/.test(token.text) && whole?.gap !== '/';
    if (whole && isDecimal && DECIMAL_STROKE_UNIT.test(tokens[at + 1]?.text ?? ''))
      joined.splice(-1, 1, { ...whole, text: `${whole.text}.${token.text}`, to: token.to });
    else joined.push(token);
  }
  return joined;
}

const isNumberWord = (word: string): boolean => NUMBER_WORDS.has(word) || SCALES.has(word);

/** «صدوبیست» and «هزارتومانه» in their pieces; every other word as it is. */
function splitGlued(word: string): string[] {
  if (word.length < 4 || word.length > MAX_GLUED || isNumberWord(word) || word === 'هزاران') return [word];
  const bare = ENDINGS.map((ending) => (word.endsWith(ending) ? word.slice(0, word.length - ending.length) : ''));
  const whole = bare.find((stem) => stem.length > 1 && isNumberWord(stem));
  if (whole && whole !== word) return [whole];
  return decompose(word, false) ?? [word];
}

function decompose(rest: string, begun: boolean): string[] | null {
  if (begun && (ENDINGS.includes(rest) || currencyOf(rest))) return rest && currencyOf(rest) ? [rest] : [];
  for (let length = Math.min(rest.length, 8); length > 0; length--) {
    const piece = rest.slice(0, length);
    const fits = piece === 'و' ? begun : length > 1 && /[\u0600-\u06ff]/.test(piece) && isNumberWord(piece);
    if (!fits) continue;
    const tail = decompose(rest.slice(length), true);
    if (tail) return [piece, ...tail];
  }
  return null;
}

function currencyOf(word: string): [string, number] | null {
  const found = CURRENCIES.find(([pattern]) => pattern.test(word));
  return found ? [found[1], found[2]] : null;
}

function currencyAt(tokens: readonly Token[], at: number): [string, number] | null {
  return currencyOf(tokens[at]?.text ?? '');
}

function shortToman(tokens: readonly Token[], at: number): [string, number] | null {
  return SHORT_TOMAN.has(tokens[at]?.text ?? '') && (tokens[at]?.gap.length ?? 2) <= 1 ? ['irr', 10] : null;
}

/** Where the number that begins at a token ends; the same place when none begins there. */
function numberEnd(tokens: readonly Token[], first: number): number {
  const isNumber = (token: Token | undefined) =>
    token !== undefined && (/^\p{N}/u.test(token.text) || isNumberWord(token.text));
  if (!isNumber(tokens[first]) || beginsCode(tokens, first)) return first;
  let end = first + 1;
  for (; end < tokens.length; end++) {
    const token = tokens[end] as Token;
    if (RANGE_GAP.test(token.gap) || /[\n.!?؟;؛:()]/.test(token.gap)) break;
    if (isNumber(token)) continue;
    if (!(JOINERS.has(token.text) && isNumber(tokens[end + 1]))) break;
  }
  return end;
}

/** The k of "K70" is no thousand. */
function beginsCode(tokens: readonly Token[], first: number): boolean {
  const next = tokens[first + 1];
  return tokens[first]?.text === 'k' && next !== undefined && next.gap === '' && /^\d/.test(next.text);
}

interface Place {
  from: number;
  first: number;
  end: number;
  to: number;
}

/** One figure, or an unreadable one where digits stand side by side and could mean anything. */
function figuresOf(tokens: readonly Token[], place: Place, unit: [string, number] | null): Figure[] {
  const words = tokens.slice(place.first, place.end);
  const short = shortenedOf(words, unit);
  if (short !== null) return [build(tokens, place, unit, short, true)];
  const value = numberOf(words);
  // A list such as «۱۰، ۲۰ و ۳۰» without a currency is several numbers.
  if (value !== null || unit) return [build(tokens, place, unit, value ?? Number.NaN)];
  return words.flatMap((word, index) => {
    const at = place.first + index;
    if (JOINERS.has(word.text)) return [];
    const alone = { from: at, first: at, end: at + 1, to: at + 1 };
    return [build(tokens, alone, null, numberOf([word]) ?? Number.NaN)];
  });
}

/** What follows «و»: a half, or hundreds of the unit below; null for anything else. */
function shareOf(tokens: readonly Token[]): number | null {
  const value = numberOf(tokens);
  if (tokens.length === 1 && value === 0.5) return value;
  const first = NUMBER_WORDS.get(tokens[0]?.text ?? '') ?? value ?? 0;
  return value !== null && value >= 100 && value < 1000 && first >= 100 ? value / 1000 : null;
}

/**
 * A number whose scale is left unsaid: hundreds behind a small number, which no number is built of («یک و پونصد»), or a half
 * («دو و نیم»). Null for every other. Digits are read so only with tomans: «۱ و ۵۰۰» may be a list.
 */
function shortenedOf(tokens: readonly Token[], unit: [string, number] | null): number | null {
  if (tokens.length > LONGEST_SHORTENED || tokens.some(({ text }) => SCALES.has(text))) return null;
  for (const [at, { text }] of tokens.entries()) {
    if (!JOINERS.has(text) || at === 0) continue;
    const [head, tail] = [tokens.slice(0, at), tokens.slice(at + 1)];
    const hasDigits = [...head, ...tail].some((token) => /^\p{N}/u.test(token.text));
    const whole = numberOf(head);
    const share = shareOf(tail);
    const isSmall = whole !== null && whole >= 1 && whole <= LARGEST_SHORTENED;
    if (isSmall && share !== null && (!hasDigits || share === 0.5 || unit?.[0] === 'irr')) return whole + share;
  }
  return null;
}

/** «یه تومن و نیم», «دو تومن و پونصد»: the rest stands behind the currency. Null when none does. */
function restBehindUnit(
  tokens: readonly Token[],
  place: Place,
  unit: [string, number],
): { figure: Figure; to: number } | null {
  const head = tokens.slice(place.first, place.end);
  const first = place.to + 1;
  if (unit[1] !== 10 || !JOINERS.has(tokens[place.to]?.text ?? '')) return null;
  const to = numberEnd(tokens, first);
  const tail = tokens.slice(first, to);
  if (tail.length === 0 || currencyAt(tokens, to) || [...head, ...tail].some(({ text }) => SCALES.has(text)))
    return null;
  const whole = numberOf(head);
  const share = shareOf(tail);
  if (whole === null || whole < 1 || whole > LARGEST_SHORTENED || share === null) return null;
  return { figure: build(tokens, { ...place, to }, unit, whole + share, true), to };
}

function build(
  tokens: readonly Token[],
  place: Place,
  unit: [string, number] | null,
  value: number,
  shortened = false,
): Figure {
  const words = tokens.slice(place.first, place.end).map((token) => token.text);
  return {
    value: Number.isNaN(value) ? 0 : Math.round(value * 1000) / 1000,
    unit: unit?.[0] ?? null,
    factor: unit?.[1] ?? 1,
    scaled: words.some((word) => SCALES.has(word)),
    inWords: words.length > 0 && !words.some((word) => /^\p{N}/u.test(word)),
    readable: !Number.isNaN(value),
    shortened,
    from: tokens[place.from]?.from ?? 0,
    to: tokens[place.to - 1]?.to ?? 0,
    before: tokens[place.from - 1]?.text ?? '',
    after: tokens[place.to]?.text ?? '',
  };
}

/** Null when digits stand beside digits and do not make groups of three, or a sign is no digit that we can read. */
function numberOf(tokens: readonly Token[]): number | null {
  let total = 0;
  let current = 0;
  let digits = '';
  const flush = () => {
    current += digits === '' ? 0 : Number(digits);
    digits = '';
  };
  for (const { text } of tokens) {
    const scale = SCALES.get(text);
    if (/^\d/.test(text)) {
      if (digits !== '' && !/^\d{3}$/.test(text)) return null;
      if (digits === '' && current > 0) return null;
      digits += digitsOf(text);
    } else if (/^\p{N}/u.test(text)) {
      return null;
    } else if (scale === 100) {
      flush();
      current = (current || 1) * 100;
    } else if (scale !== undefined) {
      flush();
      total += (current || 1) * scale;
      current = 0;
    } else {
      flush();
      current += NUMBER_WORDS.get(text) ?? 0;
    }
  }
  flush();
  return halfOfScale(tokens, total) ?? total + current;
}

/** «یک میلیون و نیم» is one and a half million. */
function halfOfScale(tokens: readonly Token[], total: number): number | null {
  const scale = SCALES.get(tokens.at(-3)?.text ?? '');
  return tokens.at(-1)?.text === 'نیم' && JOINERS.has(tokens.at(-2)?.text ?? '') && scale ? total + scale / 2 : null;
}

function digitsOf(text: string): string {
  const grouped = /^(\d+(?:[,٬،.'’/]\d{3})+)([.٫]\d+)?$/.exec(text);
  if (grouped) return (grouped[1] as string).replace(/\D/g, '') + (grouped[2] ?? '').replace('٫', '.');
  return text.replace('٫', '.');
}

/** «۱۰۰ تا ۲۰۰ هزار تومان»: the lower bound has the unit and, when it is the smaller number, the scale of the upper. */
function spreadRanges(figures: Figure[], tokens: readonly Token[]): Figure[] {
  const starts = new Map(tokens.map((token) => [token.from, token]));
  for (let at = figures.length - 1; at > 0; at--) {
    const upper = figures[at] as Figure;
    const lower = figures[at - 1] as Figure;
    const byWord = RANGE_WORDS.has(upper.before) && RANGE_WORDS.has(lower.after);
    const byDash = RANGE_GAP.test(starts.get(upper.from)?.gap ?? '') && lower.after !== '' && lower.to < upper.from;
    if (lower.unit !== null || upper.unit === null || !(byWord || byDash)) continue;
    const scale = upper.scaled ? scaleOf(upper.value) : 1;
    const value = !lower.scaled && lower.value < scale ? lower.value * scale : lower.value;
    figures[at - 1] = { ...lower, value, unit: upper.unit, factor: upper.factor, scaled: upper.scaled || lower.scaled };
  }
  return figures;
}

function scaleOf(value: number): number {
  return [1e9, 1e6, 1e3, 100].find((scale) => value >= scale && value % (scale / 1e3 || 1) === 0) ?? 1;
}
