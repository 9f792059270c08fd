/**
 * Foreign names as Persian writes them: «ساندکور» for "soundcore", «جی‌بی‌ال» for "JBL", «ای ۵۶» for "A56". A Persian word is read as
 * a pattern of the Latin words it may stand for, vowels left open. Pure; words in matching form.
 */

const VOWELS = '[aeiouy]*';
/* biome-ignore format: a table of letters. */
const LETTERS: Readonly<Record<string, string>> = {
  ا: '[aeiouy]+', ع: '[aeiou]*', و: '(?:[ouvw]|au|eau|oe)+', ی: '(?:[iyej]|ai|ea|ee|ie)+', ه: '(?:h|[aeo])?', ب: 'b+', پ: 'p+', ت: 't+h?', ط: 't+', ث: '(?:th|s)',
  ج: '(?:j|g|dg)', چ: '(?:ch|tch|c)', ح: 'h', خ: '(?:kh|h|x)', د: 'd+', ذ: '[dz]', ر: 'r+', ز: '(?:z|s)+', ژ: '(?:zh|j|g|s)', س: '(?:s|c|z)+', ش: '(?:sh|ch|s|ti|x)', ص: 's', ض: 'z',
  ظ: 'z', غ: '(?:gh|g)', ف: '(?:f|ph)+', ق: '(?:gh|q|k|c)', ک: '(?:ck|c|k|q|ch)+', گ: '(?:gg?|gu)', ل: 'l+', م: 'm+', ن: 'n+', X: '(?:x|[ck]+s)',
};
const SHORTEST = 3;
const LONGEST = 14;
const CONSONANT = /[بپتطثجچحخدذرزژسشصضظغفقکگلمنX]/u;

/** A regular expression of the Latin words that a Persian word may be the sound of; null for one that is too short to tell. */
export function latinPattern(word: string): RegExp | null {
  if (!/^[\u0621-\u06cc]+$/.test(word) || word.length < SHORTEST || word.length > LONGEST) return null;
  // «گلکسی»: what Latin writes with one letter.
  const letters = [...word.replaceAll('کس', 'X')];
  if (letters.filter((letter) => CONSONANT.test(letter)).length < 2) return null;
  const parts = letters.map((letter) => LETTERS[letter]);
  if (parts.some((part) => part === undefined)) return null;
  return new RegExp(
    `^${parts.map((part, at) => (at > 0 && CONSONANT.test(letters[at - 1] ?? '') ? VOWELS : '') + part).join('')}${VOWELS}$`,
  );
}

/* biome-ignore format: a table of letters. */
const INITIALS: Readonly<Record<string, string>> = { ا: 'aeiou', ع: 'aeiou', و: 'vwou', ی: 'yie', ه: 'h', ب: 'b', پ: 'p', ت: 't', ط: 't', ث: 'st', ج: 'jgd', چ: 'c', ح: 'h', خ: 'khx',
  د: 'd', ذ: 'dz', ر: 'r', ز: 'zs', ژ: 'zjgs', س: 'sc', ش: 'sc', ص: 's', ض: 'z', ظ: 'z', غ: 'g', ف: 'fp', ق: 'gqkc', ک: 'ckq', گ: 'g', ل: 'l', م: 'm', ن: 'n' };

/** The Latin letters that a Persian word's sound may begin with. */
export const latinInitials = (word: string): string[] => [...(INITIALS[word[0] ?? ''] ?? '')];

/** The Persian letters that a Latin word's sound may begin with. */
export const persianInitials = (word: string): string[] =>
  Object.keys(INITIALS).filter((letter) => INITIALS[letter]?.includes(word[0] ?? '-'));

/* biome-ignore format: a table of letters. */
const NAMES: Readonly<Record<string, string>> = { ای: 'aei', بی: 'b', سی: 'c', دی: 'd', ایی: 'e', اف: 'f', جی: 'gj', اچ: 'h', ایچ: 'h', کی: 'k', ال: 'l', ام: 'm', ان: 'n', او: 'o', پی: 'p', کیو: 'q',
  ار: 'r', اس: 's', تی: 't', یو: 'u', وی: 'v', دبلیو: 'w', ایکس: 'x', وای: 'y', زد: 'z' };
const MAX_LETTERS = 4;

/** Latin codes that are spelled out with the names of their letters: «جی بی ال», «ای ۵۶», each with the words that spell it. */
export function spelledInLatin(words: readonly string[]): { codes: string[]; from: number; to: number }[] {
  const found: { codes: string[]; from: number; to: number }[] = [];
  for (let from = 0; from < words.length; from++) {
    let codes = [''];
    let to = from;
    let letters = 0;
    while (to < words.length && letters < MAX_LETTERS) {
      const name = NAMES[words[to] ?? ''];
      if (name) {
        codes = codes.flatMap((code) => [...name].map((letter) => code + letter));
        letters++;
      } else if (letters > 0 && /^\d{1,4}$/.test(words[to] ?? '')) {
        codes = codes.map((code) => code + words[to]);
        to++;
        break;
      } else break;
      to++;
    }
    if (letters > 0 && to - from > 1) found.push({ codes, from, to });
  }
  return found;
}
