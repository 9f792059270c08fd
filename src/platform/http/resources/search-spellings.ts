import { toLatinDigits } from '../../../text/persian.ts';

const ZWNJ = '\u200c';
/** A long search in many spellings would be many comparisons for each row. */
const MAX_SPELLINGS = 24;

const PERSIAN: Readonly<Record<string, string>> = { '\u064a': '\u06cc', '\u0649': '\u06cc', '\u0643': '\u06a9' };
const ARABIC: Readonly<Record<string, string>> = { '\u06cc': '\u064a', '\u06a9': '\u0643' };

function swap(text: string, letters: Readonly<Record<string, string>>): string {
  return text.replace(/[\u064a\u0649\u0643\u06cc\u06a9]/g, (letter) => letters[letter] ?? letter);
}

function withDigits(text: string, zero: number): string {
  return text.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
}

/**
 * The same words as people type them: Persian or Arabic ye and kaf, Latin, Persian or Arabic digits, a half-space, a
 * space or nothing. For columns that hold what was typed; what was typed mixedly is only found in folded columns.
 */
export function spellingsOf(text: string): string[] {
  if (/^[!-~ ]*$/.test(text) && !/\d/.test(text)) return [text];
  const latin = toLatinDigits(text);
  const digits = [text, latin, withDigits(latin, 0x06f0), withDigits(latin, 0x0660)];
  const letters = digits.flatMap((spelling) => [spelling, swap(spelling, PERSIAN), swap(spelling, ARABIC)]);
  const joined = letters.flatMap((spelling) => [
    spelling,
    spelling.replaceAll(ZWNJ, ' '),
    spelling.replaceAll(ZWNJ, ''),
    // Between Arabic letters only: elsewhere nobody types a half-space.
    spelling.replace(/(?<=[\u0600-\u06ff]) (?=[\u0600-\u06ff])/g, ZWNJ),
  ]);
  return [...new Set(joined)].slice(0, MAX_SPELLINGS);
}
