import { type Figure, matchingForm, readFigures } from '../../analytics/figures.ts';
import { mentionedVariants } from '../../catalog/attributes/mentioned-variants.ts';
import { isSameWord, subjectWords } from '../../faqs/faq-match.ts';
import { compareMoney, decimalOf, type Money } from '../../text/money.ts';
import { wordsOf } from '../../text/persian.ts';
import type { KnownProduct } from '../known-product.ts';
import { isMeasured } from '../reading/measures.ts';
import type { Mention, MentionFinder } from './product-mentions.ts';

/** One thing that the shop itself says: a fact, a question with its answer, a line of its notes. */
export interface ShopSaying {
  /** In matching form, behind the question that it answers. */
  form: string;
  /** The answer alone: a denial in it denies what was asked. */
  answer: string;
  words: string[];
  figures: Figure[];
  numbers: ReadonlySet<number>;
}

export interface PriceGrounds {
  products: readonly KnownProduct[];
  sayings: readonly ShopSaying[];
  /** The lines that are being answered. */
  asked: readonly string[];
  asksPrice: boolean;
  find: MentionFinder;
  /** Numbers of titles and of the customer's words: they prove a size or an order number, never a price. */
  otherNumbers: ReadonlySet<number>;
}

/** A sentence of an answer in matching form, and what has been spoken of before it. */
export interface Sentence {
  form: string;
  /** The products that the sentences before were about. */
  focus: Mention;
  previous: string;
}

const PRICE_WORD =
  /(?<![\p{L}])(?:قیمت|هزینه|مبلغ|بها|نرخ|درمیاد|درمیاید|پولش|جمعا?|مجموعا?|price|cost|charge|total|pay\b|fee)/u;
const BOUND_BELOW = /(?:زیر|کمتر از|حداکثر|تا سقف|under|below|less than|up to|within)\s*$/u;
const BOUND_ABOVE = /(?:بالای|بیشتر از|حداقل|over|above|more than|at least)\s*$/u;
const WAS = /(?:قبل|بود|جای|اصلی|was|before|instead|old|original|from)/u;
const CLAUSE_MARK = /[،,;؛:()\n]|\s[-–—]\s/gu;

/** The figures of a sentence that nothing proves, and the product that each price was told of. Pure. */
export function checkFigures(sentence: Sentence, grounds: PriceGrounds): { unproven: Figure[]; focus: Mention } {
  const figures = readFigures(sentence.form);
  const unproven: Figure[] = [];
  const amountFirst = beginsWithAmount(sentence, figures, grounds);
  let { focus } = sentence;
  let spokenTo = 0;
  let namedHere: Mention = [];
  for (const [index, figure] of figures.entries()) {
    if (!isMoney(figure, sentence, grounds)) {
      if (!isHarmless(figure, sentence, grounds)) unproven.push(figure);
      continue;
    }
    const before = sentence.form.slice(spokenTo, figure.from);
    const after = sentence.form.slice(figure.to, figures[index + 1]?.from ?? sentence.form.length);
    const named = amountFirst ? grounds.find(after) : grounds.find(before);
    if (named.length > 0) namedHere = named;
    const about = namedHere.length > 0 ? namedHere : orElse(grounds.find(after), focus, grounds.products);
    if (!isProven(figure, about, sentence, grounds)) unproven.push(figure);
    if (about.length > 0) focus = about;
    spokenTo = figure.to;
  }
  const last = grounds.find(sentence.form.slice(spokenTo));
  return { unproven, focus: namedHere.length > 0 ? namedHere : last.length > 0 ? last : focus };
}

/** «۱۰۰ برای الف، ۲۰۰ برای ب»: each amount stands before its product. */
function beginsWithAmount(sentence: Sentence, figures: readonly Figure[], grounds: PriceGrounds): boolean {
  const first = figures.find((figure) => isMoney(figure, sentence, grounds));
  return first !== undefined && grounds.find(sentence.form.slice(0, first.from)).length === 0 && figures.length > 1;
}

function orElse(named: Mention, focus: Mention, all: readonly KnownProduct[]): Mention {
  if (named.length > 0) return named;
  return focus.length > 0 ? focus : all;
}

const CHEAPER_THAN =
  /(?:(?:از|az)\s+(?<second>.{2,60}?)\s+(?<ahead>ارزون|ارزان|گرون|گران|arz[ou]+n|ger[ou]+n) ?(?:تر|tar))|(?:(?<behind>ارزون|ارزان|گرون|گران|cheap|expensive) ?(?:تر\p{L}* از|er than)|(?<more>(?:more|less) expensive) than)\s+(?<other>.{2,60})/u;

/** «نارگل ارزون‌تر از البرزه» where the catalog says otherwise. What names no two products is no comparison. Pure. */
export function isFalseComparison(form: string, find: MentionFinder): boolean {
  const match = CHEAPER_THAN.exec(form);
  if (!match?.groups) return false;
  const { second, ahead, behind, more, other } = match.groups;
  const [left, ...rivals] = find(form.slice(0, match.index));
  const [right, ...others] = find(second ?? other ?? '');
  if (!left?.price || !right?.price || rivals.length > 0 || others.length > 0 || left.id === right.id) return false;
  const order = compareMoney(left.price, right.price);
  const saysCheaper = /^(?:ارز|arz|cheap|less)/u.test(ahead ?? behind ?? more ?? '');
  return order !== null && (saysCheaper ? order >= 0 : order <= 0);
}

/** A figure that tells a price, or could be read as one. */
function isMoney(figure: Figure, sentence: Sentence, grounds: PriceGrounds): boolean {
  if (figure.unit !== null || figure.scaled) return true;
  if (!figure.readable) return true;
  // «یک و هشتصد» is told of nothing else, but for what is measured.
  if (figure.shortened) return !isMeasured(figure);
  // Percentages are judged as discounts.
  if (/^\s*[%٪]/.test(sentence.form.slice(figure.to))) return false;
  if (isListMark(figure, sentence.form)) return false;
  if (!(grounds.asksPrice || PRICE_WORD.test(sentence.form))) return false;
  if (figure.value < 1000 && isMeasured(figure)) return false;
  return !(figure.inWords && figure.value <= 10);
}

function isListMark(figure: Figure, form: string): boolean {
  return figure.from === 0 && figure.value <= 20 && /^\d+\s*[.)\-:]/.test(form);
}

/** Sizes, days and counts are small; a long number must have been read somewhere. */
function isHarmless(figure: Figure, sentence: Sentence, grounds: PriceGrounds): boolean {
  if (figure.value < 1000 || isListMark(figure, sentence.form)) return true;
  const isYear = (figure.value >= 1390 && figure.value <= 1420) || (figure.value >= 2015 && figure.value <= 2040);
  return isYear || grounds.otherNumbers.has(figure.value) || grounds.sayings.some((s) => s.numbers.has(figure.value));
}

function isProven(figure: Figure, about: Mention, sentence: Sentence, grounds: PriceGrounds): boolean {
  if (!figure.readable) return isPlainCurrencyWord(figure);
  if (about.length > 0 && about.every((product) => isPriceOf(figure, product, sentence.form))) return true;
  if (isBound(figure, sentence, about, grounds)) return true;
  if (figure.unit === null && !figure.scaled && grounds.find(sentence.form).some((p) => hasNumber(p, figure.value)))
    return true;
  return isSaidByShop(figure, sentence, grounds);
}

/** «قیمت‌ها به تومان است» speaks of the currency and of no amount. */
function isPlainCurrencyWord(figure: Figure): boolean {
  return figure.unit !== null && ['به', 'واحد', 'in', 'پول'].includes(figure.before) && !/^\p{N}/u.test(figure.after);
}

function hasNumber(product: KnownProduct, value: number): boolean {
  return readFigures(product.title).some((figure) => figure.value === value);
}

function isPriceOf(figure: Figure, product: KnownProduct, form: string): boolean {
  if (pricesIn(product, form).some((price) => isSamePrice(figure, price))) return true;
  return product.oldPrice !== null && WAS.test(form) && isSamePrice(figure, product.oldPrice);
}

/** Of the variants that a sentence speaks of, else every price that the product is sold for. */
function pricesIn(product: KnownProduct, form: string): Money[] {
  const named = mentionedVariants(product, form);
  const variants = named ?? product.variants ?? [];
  const own = named === null || named.length === 0 ? [product.price] : [];
  return [...own, ...variants.map(({ price }) => price ?? product.price)].filter((price) => price !== null);
}

/** Currencies that are called by one word are one unit here: a shop prices in one of them. */
const UNIT_OF: Readonly<Record<string, string>> = {
  IRT: 'irr',
  IRR: 'irr',
  SAR: 'irr',
  TRY: 'lira',
  LBP: 'lira',
  CAD: 'usd',
};

/** A price as figures state it: `value` in the currency's own unit, `rials` for tomans and rials alike. */
export function spokenPrice(price: Money): { value: number; unit: string; absolute: number } {
  const value = Number(decimalOf(price));
  const unit = UNIT_OF[price.currency] ?? price.currency.toLowerCase();
  return { value, unit, absolute: price.currency === 'IRT' ? value * 10 : value };
}

function isSamePrice(figure: Figure, price: Money): boolean {
  const { value, unit, absolute } = spokenPrice(price);
  if (figure.shortened) {
    const isInUnit = figure.unit === null || (figure.unit === unit && price.currency === 'IRT');
    return isInUnit && [1e6, 1e3, 1].some((scale) => Math.abs(figure.value * scale - value) < 0.5);
  }
  if (figure.unit !== null) return figure.unit === unit && figure.value * figure.factor === absolute;
  // «قیمتش ۴۵۰» is how four hundred and fifty thousand tomans are told.
  const short = price.currency === 'IRT' && !figure.scaled && figure.value * 1000 === value;
  return figure.value === value || short;
}

/** "Under 500,000 tomans we have …": the customer's own bound, kept by the products that it is said of. */
function isBound(figure: Figure, sentence: Sentence, about: Mention, grounds: PriceGrounds): boolean {
  const head = sentence.form.slice(0, figure.from);
  const below = BOUND_BELOW.test(head);
  if (!below && !BOUND_ABOVE.test(head)) return false;
  const same = (other: Figure) => other.value * other.factor === figure.value * figure.factor;
  if (!grounds.asked.flatMap((line) => readFigures(line)).some(same)) return false;
  const keeps = ({ price }: KnownProduct) => {
    if (!price) return false;
    const { absolute, unit } = spokenPrice(price);
    if (figure.unit !== null && figure.unit !== unit) return false;
    return below ? absolute <= figure.value * figure.factor : absolute >= figure.value * figure.factor;
  };
  return about.length > 0 && about.every(keeps);
}

/** The shop states the same amount where it speaks of what this clause speaks of. */
function isSaidByShop(figure: Figure, sentence: Sentence, grounds: PriceGrounds): boolean {
  const own = contentOf(clauseAround(sentence.form, figure));
  const about = own.length > 0 ? own : contentOf(`${sentence.previous} ${grounds.asked.join(' ')}`);
  return grounds.sayings.some((saying) => {
    const says = saying.figures.some((other) => isSameAmount(figure, other));
    return says && about.some((word) => saying.words.some((other) => isSameWord(word, other)));
  });
}

function isSameAmount(figure: Figure, other: Figure): boolean {
  if (!other.readable) return false;
  if (other.unit === null || figure.unit === null) return other.value === figure.value;
  return other.unit === figure.unit && other.value * other.factor === figure.value * figure.factor;
}

/* biome-ignore format: a table of words. */
const MONEY_TALK = new Set(['تومان', 'تومن', 'ریال', 'هزار', 'میلیون', 'هزینه', 'قیمت', 'قیمتش', 'قیمتشون', 'مبلغ', 'فقط', 'امروز',
  'الان', 'میشه', 'میشود', 'میباشد', 'بله', 'عزیز', 'دوست', 'سلام', 'لطفا', 'محصول', 'کالا', 'toman', 'tomans', 'rial', 'rials', 'dollars',
  'thousand', 'million', 'price', 'prices', 'cost', 'costs', 'only', 'just', 'today', 'now', 'yes', 'product', 'item',
  'one', 'usd', 'eur', 'here', 'total', 'then']);

/** What a clause is about: its words without numbers, money and words of courtesy. */
export function contentOf(text: string): string[] {
  return subjectWords(text).filter(
    (word) => !MONEY_TALK.has(word) && !/^\d/.test(word) && readFigures(word).length === 0,
  );
}

function clauseAround(form: string, { from, to }: Figure): string {
  const marks = [...form.matchAll(CLAUSE_MARK)].map(({ index, 0: mark }) => [index, index + mark.length] as const);
  const start = Math.max(0, ...marks.filter(([, end]) => end <= from).map(([, end]) => end));
  const end = Math.min(form.length, ...marks.filter(([begin]) => begin >= to).map(([begin]) => begin));
  const clause = form.slice(start, end);
  // «هزینهٔ ارسال: ۵۰ هزار تومان»: a clause of the amount alone belongs to the words before it.
  return contentOf(clause).length > 0 ? clause : form.slice(0, end);
}

/** One of the shop's sayings, ready to be compared with. */
export function sayingOf(text: string): ShopSaying {
  const form = matchingForm(text);
  const figures = readFigures(form);
  return {
    form,
    answer: form.replace(/^[^?؟]*[?؟]\s*(?=\S)/u, ''),
    words: [...new Set(wordsOf(form))],
    figures,
    numbers: new Set(figures.filter((figure) => figure.readable).map((figure) => figure.value)),
  };
}
