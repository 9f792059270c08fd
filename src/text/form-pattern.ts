const LETTERS = 'a-z\\u0600-\\u06ff';

/**
 * A pattern over words in matching form, with `\p{L}` narrowed to the letters that our two languages have there: all letters of the
 * world take a hundred times as long to compile. Pure.
 */
export function formPattern(pattern: string): string {
  return pattern
    .replaceAll('[\\p{L}\\d]', `[${LETTERS}\\d]`)
    .replaceAll('[\\p{L}', `[${LETTERS}`)
    .replaceAll('\\p{L}', `[${LETTERS}]`);
}
