import { isLatinPersian } from '../../text/latin-persian.ts';
import { wordsOf } from '../../text/persian.ts';
import { isSameWord, subjectWords } from '../faq-match.ts';
import { type Meaning, meaningsOf } from '../meanings.ts';

/** Questions that one answer would answer, in whatever words and languages. Pure. */

/** Something that a customer asked. */
export interface AskedQuestion {
  text: string;
  atMs: number;
}

export interface QuestionGroup<Asked extends AskedQuestion> {
  /** The wording that stands for all of them best. */
  question: string;
  /** Each wording with how often it came, the most frequent first. */
  wordings: { text: string; count: number }[];
  /** The newest first. */
  asked: Asked[];
}

interface Wording<Asked> {
  key: string;
  text: string;
  asked: Asked[];
  words: readonly string[];
  meanings: ReadonlySet<Meaning>;
  lastAtMs: number;
}

/** So much alike are questions of one group. */
const ALIKE = 0.6;
/** A wording is compared with so many of a group, the most frequent. */
const MEMBERS_COMPARED = 5;
/** The most typical wording is looked for among so many. */
const MEMBERS_WEIGHED = 30;

/** Gathers questions by meaning. Groups come by how often they were asked, then by how lately; always the same for the same questions. */
export function groupByMeaning<Asked extends AskedQuestion>(asked: readonly Asked[]): QuestionGroup<Asked>[] {
  const groups: Wording<Asked>[][] = [];
  const byTrait = new Map<string, Set<number>>();
  for (const wording of collapse(asked)) {
    const traits = traitsOf(wording);
    const candidates = [...new Set(traits.flatMap((trait) => [...(byTrait.get(trait) ?? [])]))].sort((a, b) => a - b);
    let best = { at: -1, likeness: 0 };
    for (const at of candidates) {
      const members = (groups[at] ?? []).slice(0, MEMBERS_COMPARED);
      const likeness = Math.max(...members.map((member) => likenessOf(wording, member)));
      if (likeness >= ALIKE && likeness > best.likeness) best = { at, likeness };
    }
    const at = best.at < 0 ? groups.push([]) - 1 : best.at;
    groups[at]?.push(wording);
    for (const trait of traits) byTrait.set(trait, (byTrait.get(trait) ?? new Set()).add(at));
  }
  return groups
    .map(toGroup)
    .sort(
      (a, b) =>
        b.asked.length - a.asked.length ||
        (b.asked[0]?.atMs ?? 0) - (a.asked[0]?.atMs ?? 0) ||
        a.question.localeCompare(b.question),
    );
}

/** The same words are one wording; the most frequent first, so that groups grow around what is asked most. */
function collapse<Asked extends AskedQuestion>(asked: readonly Asked[]): Wording<Asked>[] {
  const byKey = new Map<string, Asked[]>();
  for (const one of asked) {
    const key = wordsOf(one.text).join(' ');
    if (key !== '') byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  return [...byKey]
    .map(([key, all]) => {
      const newestFirst = all.sort((a, b) => b.atMs - a.atMs);
      const text = newestFirst[0]?.text ?? '';
      return {
        ...{ key, text, asked: newestFirst, words: subjectWords(text), meanings: meaningsOf(text) },
        lastAtMs: newestFirst[0]?.atMs ?? 0,
      };
    })
    .sort((a, b) => b.asked.length - a.asked.length || b.lastAtMs - a.lastAtMs || a.key.localeCompare(b.key));
}

/** Questions without a trait in common are never alike: what keeps many of them cheap. */
function traitsOf({ words, meanings, key }: Wording<unknown>): string[] {
  const traits = [...[...meanings].map((meaning) => `=${meaning}`), ...words.map((word) => word.slice(0, 2))];
  return traits.length > 0 ? traits : [key];
}

/** From 0 to 1. What both ask of the shop's service decides where that is known; else the words that carry the subject. */
function likenessOf(a: Wording<unknown>, b: Wording<unknown>): number {
  if (a.meanings.size > 0 && b.meanings.size > 0) {
    const common = [...a.meanings].filter((meaning) => b.meanings.has(meaning)).length;
    const share = common / (a.meanings.size + b.meanings.size - common);
    return share >= 0.5 ? 0.6 + 0.3 * share + 0.1 * wordLikeness(a.words, b.words) : 0;
  }
  // Only one of them is understood: the words must speak clearly.
  const isHalfKnown = a.meanings.size !== b.meanings.size;
  return wordLikeness(a.words, b.words) * (isHalfKnown ? 0.8 : 1);
}

/** Dice's coefficient over words, misspelt letters and endings forgiven. */
function wordLikeness(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const hits = (some: readonly string[], others: readonly string[]) =>
    some.filter((word) => others.some((other) => isSameWord(word, other))).length;
  return (hits(a, b) + hits(b, a)) / (a.length + b.length);
}

function toGroup<Asked extends AskedQuestion>(members: Wording<Asked>[]): QuestionGroup<Asked> {
  return {
    question: mostTypical(members),
    wordings: members.map(({ text, asked }) => ({ text, count: asked.length })),
    asked: members.flatMap(({ asked }) => asked).sort((a, b) => b.atMs - a.atMs),
  };
}

/**
 * The wording that is most like all that was asked; of equals the shorter one, which has less beside the question. Persian in
 * Latin letters stands for others only where nobody wrote it otherwise.
 */
function mostTypical(members: readonly Wording<unknown>[]): string {
  const weighed = members.slice(0, MEMBERS_WEIGHED);
  const scored = weighed.map((one) => ({
    text: one.text,
    isLatin: isLatinPersian(wordsOf(one.text)),
    score: weighed.reduce((sum, other) => sum + other.asked.length * (one === other ? 1 : likenessOf(one, other)), 0),
  }));
  scored.sort((a, b) => Number(a.isLatin) - Number(b.isLatin) || b.score - a.score || a.text.length - b.text.length);
  return scored[0]?.text ?? '';
}
