import { normaliseText } from '../../text/persian.ts';

/** The questions and statements within a line. Pure. */

const END = /(?<=[?؟!\n])|[،,;؛](?![\d\u06f0-\u06f9])|\.(?=\s|$)/u;
/* biome-ignore format: a table of words. */
const ASKS =
  /(?<!\p{L})(?:چند\p{L}*|چقد\p{L}*|کجا\p{L}*|چی\p{L}*|چه|آیا|ایا|کدوم\p{L}*|کدام\p{L}*|چطور\p{L}*|چجور\p{L}*|ن?دار(?:ید|ین|ی|ه|ن|د)|ن?می ?ش(?:ه|ود)|هست(?:ید|ین|ن|ش)?|how|what|when|where|which|who|why|do|does|did|can|could|is|are|was|were|will|would|any|has|have|chand\p{L}*|che?gha?dr?\p{L}*|koja\p{L}*|chi\p{L}*|n?dar(?:id|in|e|an)|n?mishe|hast)(?!\p{L})|[?؟]/u;

/** A line in its sentences, without the blank ones. */
export function segmentsOf(line: string): string[] {
  const texts = line.split(END).map((text) => text.trim());
  return texts.filter((text) => /[\p{L}\p{N}]/u.test(text));
}

/** True for a text that asks something, with or without a mark. */
export function isQuestion(text: string): boolean {
  return ASKS.test(normaliseText(text));
}
