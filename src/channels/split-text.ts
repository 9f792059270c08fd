/** How a provider counts the length of a text. */
export type TextUnit = 'bytes' | 'characters';

/** Length of a text as a provider counts it: UTF-8 bytes, or UTF-16 units (the strictest reading of "characters"). */
export function measureText(text: string, unit: TextUnit): number {
  return unit === 'bytes' ? Buffer.byteLength(text, 'utf8') : text.length;
}

/** The most that one provider request may carry; every given limit holds at once. */
export interface TextLimit {
  max: number;
  unit: TextUnit;
}

// No locale: the rules for graphemes and sentences are the same for Persian and English.
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * Splits a text into parts within the limits: at the end of a line or sentence where that leaves a part at least half
 * full, else between words, else between graphemes (and inside one only when it alone exceeds the limit).
 * White space at the cuts is dropped; a blank text has no parts.
 */
export function splitText(text: string, limits: readonly TextLimit[]): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > 0) {
    const end = findCut(rest, limits);
    const part = rest.slice(0, end).trim();
    if (part.length > 0) parts.push(part);
    rest = rest.slice(end).trimStart();
  }
  return parts;
}

/** Shortens a text to a number of graphemes, the last one being an ellipsis when something was cut. */
export function shortenText(text: string, maxGraphemes: number): string {
  const trimmed = text.trim();
  if (trimmed.length <= maxGraphemes) return trimmed;
  const segments = Array.from(graphemes.segment(trimmed), (entry) => entry.segment);
  if (segments.length <= maxGraphemes) return trimmed;
  return `${segments
    .slice(0, maxGraphemes - 1)
    .join('')
    .trimEnd()}…`;
}

function fits(text: string, limits: readonly TextLimit[]): boolean {
  return limits.every((limit) => measureText(text, limit.unit) <= limit.max);
}

/** Index after the first part. Always at least one code point, so that splitting ends. */
function findCut(text: string, limits: readonly TextLimit[]): number {
  if (fits(text, limits)) return text.length;
  const used = limits.map(() => 0);
  const sentenceStarts = new Set(Array.from(sentences.segment(text), (entry) => entry.index));
  let hardEnd = 0;
  let wordEnd = 0;
  let sentenceEnd = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    // A break inside a link or a number has no space before it; only one after white space is a true end.
    if (index > 0 && /\s/u.test(text.charAt(index - 1))) {
      wordEnd = index;
      if (sentenceStarts.has(index)) sentenceEnd = index;
    }
    limits.forEach((limit, at) => {
      used[at] = (used[at] ?? 0) + measureText(segment, limit.unit);
    });
    if (limits.some((limit, at) => (used[at] ?? 0) > limit.max)) break;
    hardEnd = index + segment.length;
    if (/^\s/u.test(segment)) wordEnd = hardEnd;
  }
  if (sentenceEnd >= hardEnd / 2 && sentenceEnd > 0) return sentenceEnd;
  if (wordEnd > 0) return wordEnd;
  return hardEnd > 0 ? hardEnd : findCodePointCut(text, limits);
}

/** For one grapheme that is larger than a whole request: piled-up combining marks, not writing. */
function findCodePointCut(text: string, limits: readonly TextLimit[]): number {
  let end = 0;
  for (const codePoint of text) {
    if (end > 0 && !fits(text.slice(0, end + codePoint.length), limits)) break;
    end += codePoint.length;
  }
  return end;
}
