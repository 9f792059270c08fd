/** JSON as it stands within a page: what shops wrap around it, and what they get wrong. Pure. */

const OPENINGS = /^\s*(?:(?:\/\/|\/\*)?\s*<!\[CDATA\[(?:\s*\*\/)?|<!--)/;
const ENDINGS = /(?:(?:\/\/|\/\*)?\s*\]\]>(?:\s*\*\/)?|(?:\/\/\s*)?-->)\s*$/;
/** A value whose quotes are written as codes. */
const ESCAPED = /^[\s[{]*&(?:quot|#34|#x22);/i;
const QUOTES = /&(?:quot|#0*34|#x0*22);/gi;
/** A text, a bracket, a comma that nothing follows, or whatever else. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]|(?<tooMany>,\s*(?=[}\]]))|[^"{}[\],]+|./g;

export interface JsonBlock {
  values: unknown[];
  /** Something of the block could not be read. */
  isBroken: boolean;
}

/**
 * The values of a script block. Comments and CDATA around them, several in one block, a semicolon behind, commas too many,
 * quotes as codes and raw line breaks in texts are forgiven. Of what is cut off nothing is given: half a number is another
 * number.
 */
export function readJsonBlock(block: string): JsonBlock {
  // Shops paste texts with line breaks into strings; outside of strings a break means nothing.
  const bare = block
    .replace(OPENINGS, '')
    .replace(ENDINGS, '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  const text = ESCAPED.test(bare) ? bare.replace(QUOTES, '"') : bare;
  const whole = parse(text);
  if (whole !== undefined) return { values: [whole], isBroken: false };
  const { parts, isBroken } = splitValues(text);
  const values = parts.map(parse).filter((value) => value !== undefined);
  return { values, isBroken: isBroken || values.length < parts.length };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Objects and lists that stand side by side. */
function splitValues(text: string): { parts: string[]; isBroken: boolean } {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  let isBroken = false;
  for (const { 0: token, groups } of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') depth++;
    if (depth === 0) {
      isBroken ||= /[^\s;,]/.test(token);
      continue;
    }
    if (!groups?.tooMany) part += token;
    if (token !== '}' && token !== ']') continue;
    depth--;
    if (depth > 0) continue;
    parts.push(part);
    part = '';
  }
  return { parts, isBroken: isBroken || depth > 0 || parts.length === 0 };
}
