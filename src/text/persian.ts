/**
 * Persian (and Latin) text in the one form that matching and searching use, and the cleaning that every text from
 * outside
 * gets. Pure. The same function must treat what is stored for search and what is searched for.
 */

/** Written with \u escapes: most of these cannot be seen in an editor. */
const ZWNJ = '\u200c';
const ZWJ = '\u200d';

/** Persian and Arabic-Indic digits as 0-9; everything else stays. */
export function toLatinDigits(text: string): string {
  return text
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660));
}

const LETTERS: Readonly<Record<string, string>> = {
  '\u064a': '\u06cc', // Arabic yeh
  '\u0649': '\u06cc', // alef maksura
  '\u0643': '\u06a9', // Arabic kaf
  '\u0629': '\u0647', // teh marbuta
  '\u06d5': '\u0647', // what remains of heh with hamza above
  '\u06c1': '\u0647', // heh goal
  '\u06be': '\u0647', // heh doachashmee
  '\u0671': '\u0627', // alef wasla
};
const FOREIGN_LETTERS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
/** Tatweel and everything else without a shape of its own, save ZWNJ, which parts words. */
const SHAPELESS = /[\u0640\p{M}\p{Cf}\p{Surrogate}]/gu;
const PLAIN_ASCII = /^[!-~]+(?: [!-~]+)*$/;

/**
 * The form for matching and search: one spelling of each Persian letter, Latin digits, no vowel signs, lower case, ZWNJ
 * as a space, single spaces. Idempotent. Not for display.
 */
export function normaliseText(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.toLowerCase();
  if (text.length > MAX_KEPT_LENGTH) return fold(text);
  const known = kept.get(text);
  if (known !== undefined) return known;
  const normalised = fold(text);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(text, normalised);
  return normalised;
}

/** Many readers look at one message, and every message is compared with the shop's same titles, questions and notes. */
const kept = new Map<string, string>();
const MAX_KEPT = 4000;
const MAX_KEPT_LENGTH = 1000;

function fold(text: string): string {
  const folded = foldOnce(text);
  // Unfolding a rare character may uncover another one that folds; ordinary text is done after one round.
  const again = foldOnce(folded);
  return again === folded ? folded : foldOnce(again);
}

function foldOnce(text: string): string {
  return toLatinDigits(
    text
      .replaceAll(ZWNJ, ' ')
      .toLowerCase()
      .normalize('NFKD')
      .replace(SHAPELESS, '')
      .replace(FOREIGN_LETTERS, (letter) => LETTERS[letter] ?? letter),
  )
    .toLowerCase()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/**
 * Its words in matching form: letters and digits only, and the verb prefix «می» (also «نمی») joined to its verb, so
 * that
 * «می‌خوام», «می خوام» and «میخوام» are one word.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = normaliseText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const next = words[at + 1];
    if ((word === 'می' || word === 'نمی') && next !== undefined && /^[\u0600-\u06ff]/.test(next)) {
      joined.push(word + next);
      at++;
    } else {
      joined.push(word);
    }
  }
  return joined;
}

const ARABIC_LETTER = /[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]/;
/** Signs that may stand between a letter and the ZWNJ that follows it. */
const VOWEL_SIGNS = /[\u064b-\u065f\u0670]/;
const EMOJI_END = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const EMOJI_START = /^\p{Extended_Pictographic}/u;
/**
 * Control and format characters (bidi, zero width, tags), half surrogates, and the blank "letters" used to look
 * empty.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Surrogate}\p{Noncharacter_Code_Point}\u115f\u1160\u3164\uffa0]/gu;
const KEPT = new Set(['\n', '\t', ZWNJ, ZWJ]);

/**
 * The same text without what cannot be seen or turns its order around: control characters (NUL too), bidi controls,
 * zero-width characters and lone surrogates. Keeps ZWNJ between Persian letters and ZWJ within an emoji. Idempotent.
 */
export function stripInvisible(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n');
  const kept = lines.replace(INVISIBLE, (character) => (KEPT.has(character) ? character : ''));
  return kept.replace(/[\u200c\u200d]+/g, (run: string, at: number) => {
    const before = kept.slice(Math.max(0, at - 2), at);
    const after = kept.slice(at + run.length, at + run.length + 2);
    if (run.includes(ZWJ) && EMOJI_END.test(before) && EMOJI_START.test(after)) return ZWJ;
    return isPersianBefore(kept, at) && ARABIC_LETTER.test(after.charAt(0)) ? ZWNJ : '';
  });
}

function isPersianBefore(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && VOWEL_SIGNS.test(text.charAt(before))) before--;
  return before >= 0 && ARABIC_LETTER.test(text.charAt(before));
}

/** How many letters of a text are in Arabic script and how many in Latin script. */
export function countLetters(text: string): { persian: number; latin: number } {
  return {
    persian: text.match(/(?=\p{L})\p{Script=Arabic}/gu)?.length ?? 0,
    latin: text.match(/\p{Script=Latin}/gu)?.length ?? 0,
  };
}
