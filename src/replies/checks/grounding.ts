import { matchingForm, readFigures } from '../../analytics/figures.ts';
import { attributeTexts } from '../../catalog/attributes/mentioned-variants.ts';
import { detectIntents } from '../../text/intents.ts';
import type { KnownOrder } from '../known-order.ts';
import type { KnownProduct } from '../known-product.ts';
import { type ContactGrounds, collectNumbers, findContactClaims, withoutKnownPhones } from './claims/contact-claims.ts';
import { findOrderClaims } from './claims/order-claims.ts';
import { findPolicyClaims } from './claims/policy-claims.ts';
import { findDiscountClaims } from './discount-claims.ts';
import type { GroundingCheck } from './grounding-check.ts';
import { collectWords, findForeignNeighbours, findUnknownNames, type KnownWords } from './known-words.ts';
import { findLinks, hasHiddenLink } from './links.ts';
import {
  checkFigures,
  isFalseComparison,
  type PriceGrounds,
  type Sentence,
  type ShopSaying,
  sayingOf,
} from './price-claims.ts';
import { createMentionFinder, type Mention } from './product-mentions.ts';
import { findStockClaims } from './stock-claims.ts';

/** Everything that an answer may be proven by. */
export interface Grounds {
  /** What the catalog was asked for and gave. */
  products: readonly KnownProduct[];
  /** The products of the post or story that is spoken of; all when empty. */
  focusIds?: readonly string[];
  /** The shop's own words: facts, questions with their answers, notes. */
  sources: readonly string[];
  businessName?: string;
  /** The customer's orders, as recorded. */
  orders?: readonly KnownOrder[];
  /** The lines that are being answered. */
  asked: readonly string[];
  /** What the customer wrote before. It proves names, never prices. */
  said: readonly string[];
}

export interface GroundingFinding {
  check: GroundingCheck;
  /** What is wrong, for the repair and the page that says why; no words of the customer. */
  note: string;
}

const NOTES: Readonly<Record<GroundingCheck, string>> = {
  prices: 'a price that the reference data does not give for that product',
  stock: 'stock that the reference data does not tell',
  discounts: 'a discount or gift that the reference data does not give',
  delivery: 'a promise of delivery that the reference data does not give',
  returns: 'a promise about returns that the reference data does not give',
  warranty: 'a warranty that the reference data does not give',
  payment: 'a way to pay that the reference data does not give',
  orders: 'something done with an order, payment or booking that no record shows',
  contact: 'a phone, address or messenger that the reference data does not give',
  hours: 'opening hours that the reference data does not give',
  products: 'a product that is not in the reference data',
  links: 'an address that is not in the reference data',
  script: 'letters or digits of another script',
};

/** No honest answer has more; the limit also bounds the work on a hostile one. */
const MAX_FIGURES = 60;

/**
 * What a cleaned answer claims that nothing proves: prices, stock, discounts, products, hidden addresses. Strict rather
 * than clever: what cannot be read with certainty counts as unproven. Pure; never throws.
 */
export function findUngrounded(answer: string, grounds: Grounds): GroundingFinding[] {
  const found = new Map<GroundingCheck, string>();
  const note = (check: GroundingCheck, detail = '') => {
    if (!found.has(check)) found.set(check, detail ? `${NOTES[check]} (${detail})` : NOTES[check]);
  };
  if (readFigures(answer).length > MAX_FIGURES) return [{ check: 'prices', note: NOTES.prices }];
  const ready = prepare(grounds);
  // Addresses are judged by themselves; what stands within one is no claim.
  const text = findLinks(answer).reduce((rest, link) => rest.replaceAll(link, ' '), answer);
  if (usesForeignScript(text, ready.known)) note('script');
  const links = grounds.products.flatMap((product) => product.url ?? []);
  if (hasHiddenLink(text.normalize('NFKC'), [...grounds.sources, ...links])) note('links');
  if (findUnknownNames(text, ready.known).length > 0) note('products');

  let focus: Mention = ready.focus;
  let previous = '';
  for (const part of splitSentences(text)) {
    const whole = matchingForm(part);
    const sentence: Sentence = { form: withoutKnownPhones(whole, ready.contact), focus, previous };
    const isQuestion = /[?؟]\s*$/.test(part.trim());
    const { unproven, focus: next } = checkFigures(sentence, ready.prices);
    if (unproven.length > 0 || isFalseComparison(sentence.form, ready.prices.find)) note('prices');
    const named = ready.prices.find(sentence.form);
    const about = named.length > 0 ? named : focus;
    const { find } = ready.prices;
    for (const detail of findStockClaims(sentence.form, about, isQuestion, {
      ...ready,
      find,
      products: grounds.products,
    }))
      note('stock', detail);
    for (const detail of findDiscountClaims(sentence.form, about, isQuestion, ready.prices.sayings))
      note('discounts', detail);
    const before = `${previous} ${ready.asked}`;
    const ofProducts = about.flatMap(({ details = [] }) => details.map(sayingOf));
    for (const { check, what } of findPolicyClaims(sentence.form, isQuestion, {
      sayings: ready.sayings,
      ofProducts,
      before,
    }))
      note(check, what);
    for (const detail of findOrderClaims(sentence.form, isQuestion, grounds.orders ?? [], before))
      note('orders', detail);
    for (const detail of findContactClaims(whole, ready.contact)) note('contact', detail);
    if (statesFact(sentence.form, isQuestion) && namesAnother(sentence.form, named, ready.known)) note('products');
    focus = next;
    previous = sentence.form;
  }
  return [...found].map(([check, detail]) => ({ check, note: detail }));
}

interface Prepared {
  known: KnownWords;
  focus: Mention;
  prices: PriceGrounds;
  sayings: readonly ShopSaying[];
  /** The lines that are being answered, in matching form. */
  asked: string;
  contact: ContactGrounds;
}

function prepare(grounds: Grounds): Prepared {
  const { products, sources, asked, said } = grounds;
  const titles = products.map((product) =>
    [product.title, product.brand ?? '', ...(product.details ?? []), ...attributeTexts(product)].join(' '),
  );
  const sayings = sources.flatMap(splitSaying).map(sayingOf);
  const chosen = products.filter((product) => grounds.focusIds?.includes(product.id));
  const known = collectWords([...titles, ...sources, ...asked, ...said, grounds.businessName ?? '']);
  const otherNumbers = new Set([
    ...[...titles, ...asked, ...said].flatMap((text) => readFigures(text).map((figure) => figure.value)),
    ...(grounds.orders ?? []).map(({ number }) => number),
  ]);
  return {
    known,
    sayings,
    asked: matchingForm(asked.join(' ')),
    contact: { ...collectNumbers([...sources, ...asked, ...said]), known },
    focus: chosen,
    prices: {
      products: chosen.length > 0 ? chosen : products,
      sayings,
      asked,
      asksPrice: asked.some((line) => detectIntents(line).includes('price')),
      find: createMentionFinder(products),
      otherNumbers,
    },
  };
}

/** So long a saying is several: what it says of one thing must not prove another. */
const MAX_SAYING = 240;

function splitSaying(source: string): string[] {
  const [first = '', ...rest] = source.split('\n');
  // A question with its answer: the question tells what each sentence of the answer is about.
  if (first.endsWith('?') || first.endsWith('؟'))
    return splitSentences(rest.join('\n')).map((part) => `${first} ${part}`);
  return source.length <= MAX_SAYING ? [source] : splitSentences(source);
}

/** Sentences; a full stop within a number ends none. */
function splitSentences(text: string): string[] {
  return text.split(/(?<=[!?؟…\n])|(?<=\.)(?=\s|$)/u).filter((part) => part.trim() !== '');
}

const STATES = /(?<!\p{L})(?:موجود|داریم|available|in stock|we have)/u;

function statesFact(form: string, isQuestion: boolean): boolean {
  return (
    readFigures(form).some((figure) => figure.unit !== null || figure.scaled) || (!isQuestion && STATES.test(form))
  );
}

function namesAnother(form: string, named: Mention, known: KnownWords): boolean {
  return named.length > 0 && named.every(({ title }) => findForeignNeighbours(form, title, known).length > 0);
}

/** Letters beyond Arabic and Latin script that nobody used before, and numerals that are no decimal digits. */
function usesForeignScript(text: string, known: KnownWords): boolean {
  const plain = text.normalize('NFKC');
  if (/(?!\p{Nd})\p{N}/u.test(plain)) return true;
  for (const { 0: word } of plain.matchAll(/[\p{L}\p{M}]+/gu)) {
    const foreign = /(?=\p{L})[^\p{Script=Arabic}\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(word);
    if (foreign && !known.has(word.toLowerCase())) return true;
  }
  return false;
}
