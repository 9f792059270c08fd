import type { Faq } from '../replies/models/model.ts';
import { detectIntents, detectLanguage, type Intent } from '../text/intents.ts';
import { wordsOf } from '../text/persian.ts';
import { isBroad, type Meaning, meaningsOf } from './meanings.ts';

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
  'know', 'tell', 'about', 'want', 'like', 'get', 'any', 'long', 'take'].flatMap(wordsOf));

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
  intents: Intent[];
  language: 'fa' | 'en' | null;
  meanings: ReadonlySet<Meaning>;
  /** What its answer tells besides. */
  told: ReadonlySet<Meaning>;
}

/** Questions change seldom and are asked about at every message, so what was found in them is kept up to this many. */
const MAX_KEPT = 5000;

export type FaqMatcher = (text: string, faqs: readonly Faq[]) => Faq | null;

/**
 * Makes the function that finds the FAQ which a customer's message asks, or null. It compares subject words (a misspelt
 * letter and Persian endings are forgiven); words that many of the shop's questions share count less.
 */
export function createFaqMatcher(): FaqMatcher {
  const kept = new Map<string, AnalysedQuestion>();
  const analyse = ({ question, answer }: Faq): AnalysedQuestion => {
    const key = `${question}\n${answer}`;
    const known = kept.get(key);
    if (known) return known;
    const analysed = {
      words: subjectWords(question),
      intents: detectIntents(question),
      language: detectLanguage(question),
      meanings: meaningsOf(question),
      told: meaningsOf(answer),
    };
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(key, analysed);
    return analysed;
  };
  return (text, faqs) => (faqs.length === 0 ? null : matchFaq(text, faqs, analyse));
}

function matchFaq(text: string, faqs: readonly Faq[], analyse: (faq: Faq) => AnalysedQuestion): Faq | null {
  const asked = subjectWords(text).slice(0, 40);
  const askedIntents = detectIntents(text).filter((intent) => SAME_ANSWER.has(intent));
  const askedLanguage = detectLanguage(text);
  const meant = meaningsOf(text);
  const questions = faqs.slice(0, MAX_FAQS).map((faq) => ({ faq, ...analyse(faq) }));
  const commonness = new Map<string, number>();
  for (const { words } of questions) for (const word of words) commonness.set(word, (commonness.get(word) ?? 0) + 1);
  const weightOf = (word: string) => 1 / (commonness.get(word) ?? 1);

  let best: { faq: Faq; score: number } | null = null;
  let foreign: Faq | null = null;
  for (const { faq, words, intents, language, meanings, told } of questions) {
    const hits = words.filter((word) => asked.some((other) => isSameWord(word, other)));
    const meets = fitOf(meant, meanings, told);
    // The cost of delivery is no answer to when it comes, though both are questions of delivery.
    const isOther = meets === 0 && meanings.size > 0 && !isBroad(meant);
    const isSameKind = !isOther && askedIntents.some((intent) => intents.includes(intent));
    // Without a word in common, the answer is in a language that the customer did not write: better than none, but only then.
    const readable = hits.length > 0 || language === null || language === askedLanguage;
    if (!readable && isSameKind) foreign ??= faq;
    const sameKind = readable && isSameKind;
    if (hits.length === 0 && !sameKind && meets === 0) continue;
    const recall = sum(hits, weightOf) / Math.max(sum(words, weightOf), Number.EPSILON);
    const precision =
      asked.filter((word) => words.some((other) => isSameWord(word, other))).length / Math.max(asked.length, 1);
    const own = language === null || language === askedLanguage ? 0.4 : 0;
    const kind = meets > 0 ? GOOD_ENOUGH + meets + own : sameKind ? GOOD_ENOUGH : 0;
    // Words in common alone are no proof where the meanings are known to be others.
    const score = (isOther ? 0.5 : 1) * (0.6 * recall + 0.4 * precision) + kind;
    if (score >= GOOD_ENOUGH && (!best || score > best.score)) best = { faq, score };
  }
  return best?.faq ?? foreign;
}

/** How well a question, or what its answer tells, meets what is meant: 0 not at all, 1 exactly. */
function fitOf(meant: ReadonlySet<Meaning>, asked: ReadonlySet<Meaning>, told: ReadonlySet<Meaning>): number {
  const common = [...meant].filter((meaning) => asked.has(meaning)).length;
  if (common > 0) return common / (meant.size + asked.size - common);
  return [...meant].some((meaning) => told.has(meaning)) ? 0.1 : 0;
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

function sum(words: readonly string[], weightOf: (word: string) => number): number {
  return words.reduce((total, word) => total + weightOf(word), 0);
}

/** Equal, but for a Persian or English ending («ارسال» and «ارسالتون»), or for one wrong letter in a longer word. */
export function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 4 && long.length - short.length <= 3 && long.startsWith(short)) return true;
  return short.length >= 4 && long.length >= 5 && !/\d/.test(long) && differsByOneLetter(short, long);
}

/** True when one letter inserted, left out, replaced or swapped with its neighbour makes one word the other. */
function differsByOneLetter(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}
