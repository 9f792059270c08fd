const graphemes = new Intl.Segmenter('fa', { granularity: 'grapheme' });
const SENTENCE_END = /[.!?؟!…۔\n](?:["'»”)\]]*)(?=\s|$)/gu;

/**
 * The longest beginning of a text that fits into so many UTF-8 bytes: up to a sentence's end when that keeps at least
 * half of it, else up to a word with an ellipsis, else up to a grapheme (never through an emoji or a letter's signs).
 */
export function cutToBytes(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const ellipsis = '…';
  const head = graphemesWithin(text, maxBytes);
  const sentenceEnd = endOfSentences(head);
  if (sentenceEnd >= head.length / 2) return head.slice(0, sentenceEnd).trim();
  const shorter = graphemesWithin(text, maxBytes - Buffer.byteLength(ellipsis));
  const wordEnd = shorter.search(/\s+\S*$/u);
  const cut = wordEnd >= shorter.length / 2 ? shorter.slice(0, wordEnd) : shorter;
  return cut.trim() === '' ? head.trim() : `${cut.trimEnd()}${ellipsis}`;
}

/** A text that was broken off, up to the end of its last whole sentence; empty when it has none. */
export function wholeSentences(text: string): string {
  return text.slice(0, endOfSentences(text)).trim();
}

function endOfSentences(text: string): number {
  let end = 0;
  for (const match of text.matchAll(SENTENCE_END)) end = match.index + match[0].length;
  return end;
}

function graphemesWithin(text: string, maxBytes: number): string {
  let bytes = 0;
  let end = 0;
  // A grapheme needs at least one byte, so nothing beyond this can fit; segmenting 100 kB would be wasted time.
  for (const { segment } of graphemes.segment(text.slice(0, Math.max(0, maxBytes) + 64))) {
    bytes += Buffer.byteLength(segment);
    if (bytes > maxBytes) break;
    end += segment.length;
  }
  return text.slice(0, end);
}
