import { decodeHTML } from 'entities';
import { normaliseText } from './persian.ts';

const MAX_LENGTH = 400;
/** What a text is told apart by: letters, digits, money, percentages and pictures. Everything else a provider may change. */
const TELLING = /[\p{L}\p{N}\p{Sc}\p{Extended_Pictographic}%]|(?<=\p{N})\.(?=\p{N})/gu;
/** The only point between digits that changes their number: one or two digits follow it. */
const DECIMAL_POINT = /\.(?!\d{1,2}(?!\d))/g;

/**
 * The words of a text as the channel's echo of our own message is recognised by them: providers escape signs, drop
 * half-spaces, fold white space, write digits and separators in another way and change Unicode form. A text without words
 * stays as it is but for white space. Pure and idempotent. At most 400 characters.
 */
export function fingerprintOf(text: string): string {
  const words = tellingOf(text);
  return words === '' ? foldSpace(text) : words;
}

function tellingOf(text: string): string {
  const plain = normaliseText(decodeAll(text)).replaceAll('٪', '%').replaceAll('٫', '.');
  let telling = (plain.match(TELLING) ?? []).join('');
  for (let before = ''; before !== telling; ) {
    before = telling;
    telling = telling.replace(DECIMAL_POINT, '');
  }
  return cut(telling);
}

/** A text that passed several hands may be escaped more than once. */
function decodeAll(text: string): string {
  let decoded = text;
  for (let before = ''; before !== decoded && decoded.includes('&'); ) {
    before = decoded;
    decoded = decodeHTML(decoded);
  }
  return decoded;
}

function foldSpace(text: string): string {
  return cut(
    text
      .normalize('NFC')
      .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/** The cut may go through a surrogate pair; PostgreSQL refuses half a one. */
function cut(text: string): string {
  return text.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, '');
}

/** A short, stable mark of a text (FNV-1a, 8 hex digits): enough to see repetition, too little to read the text back. */
export function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of foldSpace(text)) {
    hash ^= character.codePointAt(0) as number;
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Stands in a transcript for what has no words: `[image]`. */
const PLACEHOLDER = /\[[a-z_]+\]/g;

/**
 * The mark of what a turn asked. Turns without words (pictures, recordings, stickers, signs alone) are never the same question:
 * their messages tell them apart.
 */
export function markOfAsked(text: string, messageIds: readonly string[]): string {
  const words = text.replace(PLACEHOLDER, ' ');
  return markOf(/[\p{L}\p{N}]/u.test(words) ? words : [...messageIds].sort().join(' '));
}
