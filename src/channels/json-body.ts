import { InvalidInputError } from '../platform/errors.ts';
import { cleanText } from './inbound-text.ts';

/** No provider nests deeper than about ten; the rest is an attempt to exhaust the stack. */
const MAX_DEPTH = 100;

/**
 * Reads JSON that a provider sent, so that nothing in it can hurt or be lost: whole numbers beyond 2^53 become strings
 * of the digits as sent (they are ids), NUL and lone surrogates are cleaned out of every key and string.
 * @throws InvalidInputError when it is no JSON, or nested deeper than 100 levels
 */
export function parseJsonBody(rawBody: Buffer | string): unknown {
  const text = rawBody.toString('utf8').replace(/^\uFEFF/, '');
  if (isTooDeep(text)) throw new InvalidInputError('The body is nested too deeply');
  try {
    return JSON.parse(text, reviveValue);
  } catch {
    // The parser's own message quotes the body, which may hold what a customer wrote.
    throw new InvalidInputError('The body is not valid JSON');
  }
}

/** `context.source` is the number as it was written, before it lost digits. */
function reviveValue(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number') return keepDigits(value, context?.source);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) cleanKeys(value as Record<string, unknown>);
  return value;
}

function keepDigits(value: number, source: string | undefined): unknown {
  return source !== undefined && /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value;
}

function cleanKeys(object: Record<string, unknown>): void {
  for (const key of Object.keys(object)) {
    const cleaned = cleanText(key);
    if (cleaned === key) continue;
    const value = object[key];
    delete object[key];
    Object.defineProperty(object, cleaned, { value, enumerable: true, configurable: true, writable: true });
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') {
      inString = true;
    } else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (character === '}' || character === ']') {
      depth -= 1;
    }
  }
  return false;
}
