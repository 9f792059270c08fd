/** Letters that the matching form writes in another way: a pattern with them would never fit. */
const FOLDED: ReadonlyArray<readonly [string, string]> = [
  ['آ', 'ا'],
  ['أ', 'ا'],
  ['ئ', 'ی'],
  ['ؤ', 'و'],
];

/**
 * Fits where any of the phrases (parts of regular expressions) stands as whole words of a text in matching form. A `*` at the end of
 * one takes its endings as well.
 */
export function anyPhrase(...phrases: string[]): RegExp {
  const source = phrases.map((phrase) => phrase.replace(/(?<!\})\*$/, '\\p{L}*')).join('|');
  const folded = FOLDED.reduce((text, [letter, plain]) => text.replaceAll(letter, plain), source);
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${folded})(?![\\p{L}\\p{N}])`, 'u');
}
