import { persianPattern } from '../text/latin-persian.ts';
import { normaliseText, wordsOf } from '../text/persian.ts';
import { matchWords, stemOf } from '../text/word-match.ts';
import { attributeLabel } from './attributes/attribute-names.ts';
import { knownValueAt } from './attributes/attribute-values.ts';
import { kindsAsked, type MeasureKind, measuresIn, unitsOf } from './attributes/measures.ts';
import { valuesOf } from './attributes/product-facts.ts';
import type { Product } from './product-store.ts';
import { isAround } from './search/naming.ts';
import { namesSomething } from './search/product-query.ts';
import { synonymsOf } from './search/search-synonyms.ts';

/** What the shop's own words of a product say of any word that a customer uses. Pure. */
export interface Statement {
  /** `open`: it is spoken of, and neither a yes nor a no. */
  says: 'yes' | 'no' | 'open';
  /** The attribute that says it; null for a sentence of the description or the title. */
  name: string | null;
  /** The value or the sentence as the shop wrote it. */
  text: string;
}

/** A word of a customer's as it is looked for in a shop's words. */
export type SaidWord = (stored: string) => boolean;

/** The same word, but for an ending, a synonym of it, or the same sound in Persian letters. */
export function saidWord(word: string): SaidWord {
  // «آب» is no form of «آبی».
  if (word.length < 3) return (stored) => stored === word;
  const forms = new Set([word, stemOf(word), ...synonymsOf(word), ...synonymsOf(stemOf(word))]);
  const pattern = /^[a-z]{4,}$/.test(word) ? persianPattern(word) : null;
  const sound = pattern === null ? null : new RegExp(pattern, 'u');
  return (stored) =>
    forms.has(stored) ||
    forms.has(stemOf(stored)) ||
    matchWords(word, stored) >= 0.95 ||
    (sound?.test(stored) ?? false);
}

const HAS_NOT = /^(?:خیر|نه|ندارد|نداره|ندارن|بدون(?: .*)?|فاقد.*|صفر|no|none|false|free|without.*|0)$/iu;
const HAS = /^(?:بله|دارد|داره|دارن|هست|yes|true)$/iu;
const DENIES_BEFORE: ReadonlySet<string> = new Set([
  'بدون',
  'فاقد',
  'غیر',
  'ضد',
  'no',
  'without',
  'non',
  'not',
  'zero',
  'free',
]);
const DENIES_BEHIND: ReadonlySet<string> = new Set(['free', 'ندارد', 'نداره', 'ندارن', 'less', 'نیست']);
/** A sentence that denies or doubts something is for people to read. */
const DOUBTS =
  /(?<!\p{L})(?:نیست|نمی\S*|ندار\S*|بدون|شاید|ممکن\S*|نکن\S*|not|no|never|don|doesn|isn|without|may|might|toxic|avoid)(?!\p{L})/u;
const SENTENCE_END = /[.!?؟؛;\n]+(?=\s|$)/u;

/** What a product says of a word: by its attributes, its title, else a sentence of its description. Null: nothing. */
export function statementOf(product: Product, said: SaidWord): Statement | null {
  return ofAttributes(product, said) ?? ofTitle(product, said) ?? ofDescription(product, said);
}

function ofAttributes(product: Product, said: SaidWord): Statement | null {
  const names = new Set([
    ...product.attributes.map(({ name }) => name),
    ...product.variants.flatMap(({ options }) => options.map(({ name }) => name)),
  ]);
  let open: Statement | null = null;
  for (const name of names) {
    const values = valuesOf(product, name);
    const isNamed = [name, attributeLabel(name, 'fa'), attributeLabel(name, 'en')].some((label) =>
      wordsOf(label).some(said),
    );
    for (const value of values) {
      const words = wordsOf(value);
      const at = words.findIndex(said);
      if (at >= 0) {
        const isDenied = DENIES_BEFORE.has(words[at - 1] ?? '') || DENIES_BEHIND.has(words[at + 1] ?? '');
        return { says: isDenied ? 'no' : 'yes', name, text: value };
      }
      if (isNamed && HAS_NOT.test(normaliseText(value))) return { says: 'no', name, text: value };
      if (isNamed && HAS.test(normaliseText(value))) return { says: 'yes', name, text: value };
      if (isNamed) open ??= { says: 'open', name, text: values.join('، ') };
    }
  }
  return open;
}

function ofTitle({ title }: Product, said: SaidWord): Statement | null {
  const words = wordsOf(title);
  const at = words.findIndex(said);
  if (at < 0) return null;
  const isDenied = DENIES_BEFORE.has(words[at - 1] ?? '') || DENIES_BEHIND.has(words[at + 1] ?? '');
  return { says: isDenied ? 'no' : 'yes', name: null, text: title };
}

function ofDescription({ description }: Product, said: SaidWord): Statement | null {
  for (const sentence of sentencesOf(description))
    if (wordsOf(sentence).some(said))
      return { says: DOUBTS.test(normaliseText(sentence)) ? 'open' : 'yes', name: null, text: sentence };
  return null;
}

const MAX_SENTENCE = 240;

/** The sentences of a description that are short enough to be said in a chat. */
export function sentencesOf(description: string): string[] {
  return description
    .split(SENTENCE_END)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '' && sentence.length <= MAX_SENTENCE);
}

/** Amounts that attributes of these names are asked for by. */
const MEASURED_BY: readonly (readonly [asked: RegExp, MeasureKind])[] = [
  [/(?<!\p{L})(?:وزن\p{L}*|weigh\p{L}*|heavy|vazn\p{L}*)(?!\p{L})/u, 'weight'],
  [
    /(?<!\p{L})(?:ابعاد\p{L}*|اندازه\p{L}*|ارتفاع\p{L}*|قد(?:ش|شون)?|طول\p{L}*|عرض\p{L}*|how (?:tall|big|large|wide|high|long is)|height|dimensions|abad\p{L}*)(?!\p{L})/u,
    'length',
  ],
  [/(?<!\p{L})(?:حجم\p{L}*|volume|hajm\p{L}*)(?!\p{L})/u, 'volume'],
  [/(?<!\p{L})(?:رده سنی|سن(?:ش)?|چند ساله\p{L}*|age|سالش)(?!\p{L})/u, 'age'],
];
const MAX_STATEMENTS = 3;

/**
 * What the shop states of the things that a question of one product names besides the product, in its own words: by amounts that are
 * asked for, else by words. Empty: nothing.
 */
export function statementsFor(product: Product, question: string): Statement[] {
  const form = normaliseText(question);
  const said = measuresIn(question).map(({ kind }) => kind);
  const kinds = [...kindsAsked(question), ...MEASURED_BY.flatMap(([asked, kind]) => (asked.test(form) ? [kind] : []))];
  const measured = kinds.flatMap((kind) => ofMeasure(product, kind) ?? []);
  // «برای بچه‌ی ۴ ساله خوبه؟»: the ages that are stated.
  const ages = said.includes('age') ? [ofMeasure(product, 'age') ?? []].flat() : [];
  const words = leftOf(question, product);
  const spoken = words.flatMap((word) => {
    const found = ofAttributes(product, saidWord(word)) ?? ofDescription(product, saidWord(word));
    return found ?? [];
  });
  const own = measured.length + ages.length + spoken.length > 0 ? [] : ofTitleWords(product, question);
  const all = [...measured, ...ages, ...spoken, ...own];
  return [...new Map(all.map((one) => [one.text, one])).values()].slice(0, MAX_STATEMENTS);
}

/** The words of a question that neither name the product nor only ask. */
export function leftOf(question: string, { title, brand, categories }: Product): string[] {
  const named = [title, brand, ...categories].flatMap(wordsOf).map(saidWord);
  return wordsOf(question).filter(
    (word) =>
      word.length > 1 &&
      !/^\d+$/.test(word) &&
      namesSomething(word) &&
      !isAround(word) &&
      !named.some((isIt) => isIt(word)),
  );
}

function ofMeasure(product: Product, kind: MeasureKind): Statement | null {
  const units = unitsOf(kind).map(saidWord);
  for (const { name, values } of product.attributes) {
    const isNamed = wordsOf(attributeLabel(name, 'fa')).some((word) => units.some((isUnit) => isUnit(word)));
    const value = values.find(
      (one) => measuresIn(one).some((measure) => measure.kind === kind) || (isNamed && /\d/.test(normaliseText(one))),
    );
    if (value !== undefined) return { says: 'open', name, text: value };
  }
  const options = product.variants.flatMap(({ options: own }) => own);
  const measured = options.filter(({ value }) => measuresIn(value).some((measure) => measure.kind === kind));
  const [first] = measured;
  if (first)
    return { says: 'open', name: first.name, text: [...new Set(measured.map(({ value }) => value))].join('، ') };
  const inTitle = measuresIn(product.title).find((measure) => measure.kind === kind);
  if (inTitle) return { says: 'open', name: null, text: inTitle.text };
  const sentence = sentencesOf(product.description).find((one) =>
    measuresIn(one).some((measure) => measure.kind === kind),
  );
  return sentence === undefined ? null : { says: 'open', name: null, text: sentence };
}

/** "Is the leather notebook real leather?": of a word of the title that is asked for, what else the shop says of it. */
function ofTitleWords(product: Product, question: string): Statement[] {
  const words = wordsOf(question);
  const materials = words.filter((word, at) => knownValueAt(words, at)?.name === 'material' && word.length > 2);
  return materials.flatMap(
    (word) => ofAttributes(product, saidWord(word)) ?? ofDescription(product, saidWord(word)) ?? [],
  );
}
