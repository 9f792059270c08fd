import { wordsOf } from '../../text/persian.ts';

/** What an answer may not tell. */
export interface Secrets {
  /** Random marker of the system prompt. */
  canary: string;
  /** The fixed words of our system prompt. */
  promptText: string;
}

/** So many words in a row of our instructions are a quotation, not a coincidence. */
const QUOTED_WORDS = 10;
/** Instructions that are quoted in pieces, with words exchanged between: so many pieces of four words each. */
const PIECE_WORDS = 4;
const MAX_PIECES = 8;

/** Whether a text tells the canary or our instructions, as they are or written in another way. */
export function leaksPrompt(text: string, { canary, promptText }: Secrets): boolean {
  const marker = squeeze(canary);
  const prompt = wordsInRow(promptText);
  return readings(text).some((reading) => {
    if (marker !== '' && squeeze(reading).includes(marker)) return true;
    const words = wordsOf(reading);
    return countPieces(words, prompt, QUOTED_WORDS) > 0 || countPieces(words, prompt, PIECE_WORDS) >= MAX_PIECES;
  });
}

const rows = new Map<string, string>();
/** There are few prompts, each of thousands of words, and they are compared with every answer. */
const MAX_ROWS = 50;

function wordsInRow(promptText: string): string {
  const known = rows.get(promptText);
  if (known !== undefined) return known;
  if (rows.size >= MAX_ROWS) rows.clear();
  const row = ` ${wordsOf(promptText).join(' ')} `;
  rows.set(promptText, row);
  return row;
}

function squeeze(value: string): string {
  return value.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** How many different pieces of so many words in a row the prompt has, too. */
function countPieces(words: readonly string[], prompt: string, length: number): number {
  const pieces = new Set<string>();
  for (let at = 0; at + length <= words.length; at++) pieces.add(words.slice(at, at + length).join(' '));
  return [...pieces].filter((piece) => prompt.includes(` ${piece} `)).length;
}

/** The ways in which a text may be meant to be read: as it is, backwards, or unpacked from what models are asked to pack into. */
function readings(text: string): string[] {
  return [text, [...text].reverse().join(''), rotate(text), ...unpacked(text)];
}

/** ROT13: its own opposite. */
function rotate(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

const BASE64 = /[A-Za-z0-9+/_-]{16,}/g;
const HEX = /(?:[0-9a-f]{2}){16,}/gi;
const PERCENT = /(?:%[0-9a-f]{2}){4,}/gi;

/** What base64, hex and percent signs in it stand for; also where they are broken over lines or in groups. */
function unpacked(text: string): string[] {
  const found = [text, text.replace(/[\s:.,]+/g, '')].flatMap((written) => [
    // A letter too many before it would move every other one, so each of the four beginnings is tried.
    ...[...written.matchAll(BASE64)].flatMap(([run]) => [0, 1, 2, 3].map((skip) => decode(run.slice(skip), 'base64'))),
    ...[...written.matchAll(HEX)].map(([run]) => decode(run, 'hex')),
    ...[...written.matchAll(PERCENT)].map(([run]) => decode(run.replaceAll('%', ''), 'hex')),
  ]);
  return [...new Set(found)].filter(isText);
}

function decode(run: string, encoding: 'base64' | 'hex'): string {
  return Buffer.from(run, encoding).toString('utf8');
}

/** Most of what was not meant to be unpacked gives bytes that are no text. */
function isText(decoded: string): boolean {
  const strange = decoded.match(/[\ufffd\p{Cc}]/gu)?.length ?? 0;
  return strange * 4 < decoded.length;
}
