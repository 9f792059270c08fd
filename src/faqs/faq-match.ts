import type { Faq } from '../replies/models/model.ts';
import { detectIntents, detectLanguage, type Intent } from '../text/intents.ts';
import { persianPattern } from '../text/latin-persian.ts';
import { wordsOf } from '../text/persian.ts';
import { areNear, isBroad, type Meaning, meaningsOf, tellsOf } from './meanings.ts';

/* biome-ignore format: a table of words. */
const EMPTY_WORDS = new Set(['و', 'یا', 'در', 'به', 'از', 'که', 'را', 'رو', 'با', 'برای', 'این', 'اون', 'آن', 'است',
  'هست', 'هستش', 'هستید', 'هستین', 'می', 'شما', 'من', 'ما', 'چه', 'چی', 'چیه', 'چطور', 'چطوری', 'چجوری', 'چگونه',
  'آیا', 'کی', 'تا', 'هم', 'یه', 'یک', 'دارید', 'دارین', 'دارد', 'داره', 'دارم', 'چند', 'چنده', 'چقدر', 'چقدره',
  'قدر', 'کنم', 'کنید', 'کنین', 'میکنید', 'میکنین', 'کنیم', 'میشه', 'میشود', 'شود', 'بشه', 'میخوام', 'میخواهم',
  'لطفا', 'سلام', 'ممنون', 'مرسی', 'تون', 'تان', 'ها', 'های', 'ای', 'بگید', 'بگین', 'بفرمایید', 'خواستم', 'بدونم',
  'هزینه', 'قیمت', 'خوبه', 'کدوم', 'کدام', 'ببخشید', 'the', 'a', 'an', 'is', 'are', 'am', 'do', 'does', 'did', 'you',
  'your', 'i', 'my', 'me', 'we', 'our', 'it', 'its', 'to', 'of', 'for', 'in', 'on', 'at', 'and', 'or', 'with',
  'what', 'which', 'when', 'how', 'much', 'many', 'can', 'could', 'would', 'will', 's', 'm', 't', 're', 'll',
  'please', 'this', 'that', 'there', 'have', 'has', 'be', 'if', 'hi', 'hello', 'hey', 'price', 'cost', 'costs',
  'where', 'who', 'why', 'u', 'ur', 'r', 'exactly', 'کجا', 'کجاست', 'know', 'tell', 'about', 'want', 'like', 'get', 'any', 'long', 'take'].flatMap(wordsOf));

/** The words of a text that carry its subject. */
export function subjectWords(text: string): string[] {
  return [...new Set(wordsOf(text))].filter((word) => !EMPTY_WORDS.has(word));
}

/** One question of a kind has one answer whoever asks, so the shop's answer fits even when the words differ. */
const SAME_ANSWER: ReadonlySet<Intent> = new Set([
  'hours',
  'address',
  'payment',
  'return',
  'warranty',
  'shipping',
  'discount',
]);
const GOOD_ENOUGH = 0.55;

/** So many questions of a shop are read for an answer, the oldest first. */
export const MAX_FAQS = 200;
const MAX_FACTS = 200;

interface AnalysedQuestion {
  words: string[];
  /** Those of its answer that its question does not have. */
  answerWords: string[];
  intents: Intent[];
  /** Of its answer: what a customer would read. */
  language: 'fa' | 'en' | null;
  meanings: ReadonlySet<Meaning>;
  /** What its answer tells besides. */
  told: ReadonlySet<Meaning>;
}

/** Questions change seldom and are asked about at every message, so what was found in them is kept up to this many. */
const MAX_KEPT = 5000;
/** One line hardly asks for more of the shop. */
const MAX_FOUND = 3;

export interface FaqMatcher {
  /** The shop's question that a line asks, or null. */
  (text: string, faqs: readonly Faq[]): Faq | null;
  /** Those that it asks, the first for its best match, each for something else. */
  all(text: string, faqs: readonly Faq[]): Faq[];
}

/**
 * Makes the function that finds the FAQ which a customer's message asks. What both mean decides, in whichever language they are
 * written; where the table of meanings knows neither, subject words do (a misspelt letter and endings are forgiven; words that many
 * of the shop's questions share count less). Of two that fit alike, the one in the customer's language is given.
 */
export function createFaqMatcher(): FaqMatcher {
  const kept = new Map<string, AnalysedQuestion>();
  const analyse = ({ question, answer }: Faq): AnalysedQuestion => {
    const key = `${question}\n${answer}`;
    const known = kept.get(key);
    if (known) return known;
    const words = subjectWords(question);
    const analysed = {
      words,
      answerWords: subjectWords(answer)
        .filter((word) => word.length > 3 && !words.includes(word))
        .slice(0, 60),
      intents: detectIntents(question),
      language: detectLanguage(answer) ?? detectLanguage(question),
      meanings: meaningsOf(question),
      told: tellsOf(answer),
    };
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(key, analysed);
    return analysed;
  };
  const all = (text: string, faqs: readonly Faq[]): Faq[] => {
    if (faqs.length === 0 || isWish(text)) return [];
    const questions = faqs.slice(0, MAX_FAQS).map((faq) => ({ faq, ...analyse(faq) }));
    return matchFaqs(text, questions).map(({ faq }) => faq);
  };
  return Object.assign((text: string, faqs: readonly Faq[]) => all(text, faqs)[0] ?? null, { all });
}

/** «اصل باشه» tells what is wanted and asks for nothing. */
function isWish(text: string): boolean {
  const words = wordsOf(text);
  return !/[?؟]/.test(text) && words.at(-1) === 'باشه' && (words.length <= 4 || words.includes('که'));
}

type Question = AnalysedQuestion & { faq: Faq };

interface Asked {
  words: string[];
  intents: Intent[];
  language: 'fa' | 'en' | null;
  meanings: ReadonlySet<Meaning>;
  weightOf: (word: string) => number;
  /** At most one of the shop's answers has it. */
  isRare: (word: string) => boolean;
}

function matchFaqs(text: string, questions: readonly Question[]): Question[] {
  const commonness = new Map<string, number>();
  for (const { words } of questions) for (const word of words) commonness.set(word, (commonness.get(word) ?? 0) + 1);
  const asked: Asked = {
    words: subjectWords(text).slice(0, 40),
    intents: detectIntents(text).filter((intent) => SAME_ANSWER.has(intent)),
    language: detectLanguage(text),
    meanings: meaningsOf(text),
    weightOf: (word) => 1 / (commonness.get(word) ?? 1),
    isRare: (word) =>
      questions.filter((one) => [...one.words, ...one.answerWords].some((other) => isSameSubject(word, other))).length <
      2,
  };
  const [first] = bestOf(asked, questions);
  if (!first) return [];
  const found = [first];
  // "cash on delivery, and how much is it?": what the first leaves open has an answer of its own.
  let open = left(asked.meanings, first);
  while (open.size > 0 && found.length < MAX_FOUND) {
    const [next] = bestOf({ ...asked, words: [], intents: [], meanings: open }, questions, true);
    if (!next || found.includes(next)) break;
    found.push(next);
    open = left(open, next);
  }
  return found;
}

function left(meanings: ReadonlySet<Meaning>, { meanings: answered, told }: AnalysedQuestion): Set<Meaning> {
  return new Set([...meanings].filter((meaning) => !answered.has(meaning) && !told.has(meaning)));
}

/** Those that fit well enough, the best first; of those that fit about as well, one in the customer's language. */
function bestOf(asked: Asked, questions: readonly Question[], byMeaning = false): Question[] {
  const scored = questions
    .map((question) => ({ question, score: scoreOf(asked, question, byMeaning) }))
    .filter(({ score }) => score >= GOOD_ENOUGH)
    .sort((a, b) => b.score - a.score);
  const [best] = scored;
  if (!best) return [];
  const isOwn = ({ question }: (typeof scored)[number]) =>
    question.language === asked.language || question.language === null || asked.language === null;
  const own = scored.find((one) => isOwn(one) && one.score >= best.score * AS_WELL);
  return (own ? [own, ...scored.filter((one) => one !== own)] : scored).map(({ question }) => question);
}

/** So much of the best score in another language is as good an answer. */
const AS_WELL = 0.7;

function scoreOf(
  asked: Asked,
  { words, answerWords, intents, meanings, told, language }: Question,
  byMeaning: boolean,
): number {
  const fit = fitOf(asked.meanings, meanings, told);
  if (byMeaning) return fit >= NEAR ? GOOD_ENOUGH + fit : 0;
  // The cost of delivery is no answer to when it comes, though both are questions of delivery.
  const isOther = fit === 0 && meanings.size > 0 && asked.meanings.size > 0 && !isBroad(asked.meanings);
  const isSameKind = !isOther && asked.intents.some((intent) => intents.includes(intent));
  const hits = words.filter((word) => asked.words.some((other) => isSameSubject(word, other)));
  const byAnswer = fit > 0 ? 0 : toldBy(asked, words, answerWords);
  if (hits.length === 0 && !isSameKind && fit === 0 && byAnswer === 0) return 0;
  const recall = sum(hits, asked.weightOf) / Math.max(sum(words, asked.weightOf), Number.EPSILON);
  const isHit = (word: string) => words.some((other) => isSameSubject(other, word));
  const precision = asked.words.filter(isHit).length / Math.max(asked.words.length, 1);
  // An answer that nobody asked for by a word must at least be readable.
  const isForeign = language !== null && asked.language !== null && language !== asked.language;
  const kind = fit > 0 ? GOOD_ENOUGH + fit : isSameKind ? GOOD_ENOUGH - (isForeign && hits.length === 0 ? 0.01 : 0) : 0;
  // Words in common alone are no proof where the meanings are known to be others.
  const alike = (isOther ? 0.4 : 1) * Math.max(0.6 * recall + 0.4 * precision, isOther ? 0 : byAnswer);
  // One word of many in common is no question in common.
  return kind > 0 ? kind + (isForeign && kind < GOOD_ENOUGH ? 0.01 : 0) + alike * 0.5 : alike;
}

/** All of what is asked for stands in the answer: "do you take Amex?" of «all cards, no Amex». */
const MOST_OF_IT = 0.99;

/** A score for a question of which the shop's answer, and perhaps no question, has the words; 0 where any of them is missing. */
function toldBy({ words: asked, isRare }: Asked, words: readonly string[], answerWords: readonly string[]): number {
  const naming = asked.filter((word) => word.length > 2);
  const isIn = (word: string, own: readonly string[]) => own.some((other) => isSameSubject(word, other));
  const found = naming.filter((word) => isIn(word, words) || isIn(word, answerWords));
  const isTold = found.some((word) => word.length > 3 && answerWords.includes(word) && isRare(word));
  return isTold && found.length / naming.length >= MOST_OF_IT ? GOOD_ENOUGH : 0;
}

/** Of the same matter, and told or not told by the answer. */
const NEAR_AND_TOLD = 0.45;
const NEAR = 0.3;
const ONLY_TOLD = 0.1;

/** How well a question, or what its answer tells, meets what is meant: 0 not at all, 1 exactly. */
function fitOf(meant: ReadonlySet<Meaning>, asked: ReadonlySet<Meaning>, told: ReadonlySet<Meaning>): number {
  if (meant.size === 0) return 0;
  const common = [...meant].filter((meaning) => asked.has(meaning)).length;
  const isTold = [...meant].some((meaning) => told.has(meaning));
  if (common > 0) return 0.5 + (0.5 * common) / (meant.size + asked.size - common) + (isTold ? 0.02 : 0);
  if (areNear(meant, asked)) {
    if (isTold) return NEAR_AND_TOLD;
    if (isBroad(meant)) return NEAR;
  }
  return isTold && asked.size === 0 ? NEAR : isTold ? ONLY_TOLD : 0;
}

/** Up to two facts that speak of what the customer names; empty when they name nothing that a fact holds. */
export function matchFacts(text: string, facts: readonly string[]): string[] {
  const asked = subjectWords(text).slice(0, 40);
  return facts
    .slice(0, MAX_FACTS)
    .map((fact, at) => {
      const words = wordsOf(fact);
      const hits = asked.filter((word) => word.length > 2 && words.some((other) => isSameWord(word, other))).length;
      return { fact, at, share: asked.length === 0 ? 0 : hits / asked.length };
    })
    .filter(({ share }) => share >= 0.6)
    .sort((a, b) => b.share - a.share || a.at - b.at)
    .slice(0, 2)
    .map(({ fact }) => fact);
}

/** The same word, or the same in the other letters: «parking» and «پارکینگ». */
function isSameSubject(a: string, b: string): boolean {
  if (isSameWord(a, b)) return true;
  const latin = /^[a-z]{4,}$/.test(a) ? a : /^[a-z]{4,}$/.test(b) ? b : null;
  const persian = /^[\u0600-\u06ff]{3,}$/.test(a) ? a : /^[\u0600-\u06ff]{3,}$/.test(b) ? b : null;
  if (latin === null || persian === null) return false;
  const pattern = persianPattern(latin);
  return pattern !== null && new RegExp(pattern, 'u').test(persian);
}

function sum(words: readonly string[], weightOf: (word: string) => number): number {
  return words.reduce((total, word) => total + weightOf(word), 0);
}

/** Equal, but for a Persian or English ending («ارسال» and «ارسالتون»), or for one wrong letter in a longer word. */
export function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const mayShareRoot = short.length >= 4 && long.length - short.length <= LONGEST_ENDING && /^[a-z]/.test(short);
  if (mayShareRoot && rootOf(long) === rootOf(short)) return true;
  if (short.length >= 4 && long.length - short.length <= 3 && long.startsWith(short)) return true;
  return short.length >= 4 && long.length >= 5 && !/\d/.test(long) && differsByOneLetter(short, long);
}

/** That of "repotting", with its doubled letter. */
const LONGEST_ENDING = 4;

/** "repotting" and "repot", "delivered" and "deliver". */
const rootOf = (word: string): string => word.replace(/^([a-z]{3,}?)(?:([bdgmnprt])\2)?(?:ing|ed|er|s)$/, '$1$2');

/** True when one letter inserted, left out, replaced or swapped with its neighbour makes one word the other. */
function differsByOneLetter(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}
