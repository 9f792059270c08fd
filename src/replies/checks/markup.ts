/** What a channel would show as it stands, sign by sign: text that was written for a page. Pairs first, then what is left. */
const MARKUP: ReadonlyArray<[RegExp, string]> = [
  // A line break that was escaped once too often; "C:\name" is left alone.
  [/(?<![A-Za-z]:[^\s\\]{0,80})\\r?\\n|(?<![A-Za-z]:[^\s\\]{0,80})\\n(?![a-z])/gu, '\n'],
  [/\\([*_`#~|])/gu, '$1'],
  [/^[ \t]*`{3,}[\w+-]*[ \t]*$/gmu, ''],
  [/`{3,}/gu, ''],
  [/`([^`\n]+)`/gu, '$1'],
  [/^[ \t]*(?:[-*_][ \t]*){3,}$/gmu, ''],
  [/^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*(?::?-{2,}:?)?[ \t]*$/gmu, ''],
  [/^[ \t]*\|(.*)\|[ \t]*$/gmu, '$1'],
  [/^[ \t]{0,3}#{1,6}[ \t]+/gmu, ''],
  [/^[ \t]{0,3}>[ \t]?/gmu, ''],
  [/^([ \t]*)[*+][ \t]+/gmu, '$1• '],
  [/\*\*(?=\S)([^*\n]+?)\*\*/gu, '$1'],
  [/(?<![\p{L}\p{N}_])__(?=\S)([^_\n]+?)__(?![\p{L}\p{N}_])/gu, '$1'],
  [/~~(?=\S)([^~\n]+?)~~/gu, '$1'],
  [/(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\p{L}\p{N}*#])/gu, '$1'],
  [/(?<=^|[\s([«"'،])_(?=[^\s_])([^_\n]*[^\s_])_(?=$|[\s)\]»"'.,!?؟،؛:])/gmu, '$1'],
  [/\*{2,}/gu, ''],
];

/**
 * The same words without Markdown: headings, bold, code, quotes and tables in plain lines, list marks as bullets. Links are the
 * link check's matter. Pure.
 */
export function withoutMarkup(text: string): string {
  let plain = text;
  for (const [pattern, replacement] of MARKUP) plain = plain.replace(pattern, replacement);
  return plain;
}
