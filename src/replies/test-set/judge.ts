import type { LabelledProduct, LabelledTurn, StatedShop } from './format.ts';
import { inventedIn, type KnownFacts } from './invented.ts';
import type { AnswerAction, TurnKind, TurnLanguage } from './labels.ts';
import { evades, has, ONLY_NEAR, opensWith, saysSo, type Wording, wordingOf } from './wording.ts';

/** What the bot did with a turn. */
export interface GivenAnswer {
  /** Everything that the customer reads: texts, titles and subtitles of cards, words of buttons. */
  text: string;
  outcome: string;
  /** Reasons of tickets that the turn opened, and what it will do by itself later. */
  tickets: readonly string[];
  order: 'none' | 'open' | 'placed';
  /** The conversation before it, orders included. */
  heard: string;
  /** What was answered to the turn before; empty for the first. */
  before: string;
}

export type FaultRule =
  | 'must'
  | 'must_not'
  | 'says'
  | 'product'
  | 'wrong_product'
  | 'only_near'
  | 'evasion'
  | 'off_topic'
  | 'price'
  | 'action'
  | 'language'
  | 'repeated'
  | 'two_currencies'
  | 'invented';

export interface Fault {
  rule: FaultRule;
  detail: string;
}

/** Reasons for which somebody is called; any other ticket is a note. */
const CALLS: ReadonlySet<string> = new Set(['handoff', 'complaint', 'angry', 'late', 'cancel_order', 'order_problem']);

/** Everything that is wrong with an answer; empty for a good one. Pure. */
export function judge(turn: LabelledTurn, language: TurnLanguage, answer: GivenAnswer, shop: JudgedShop): Fault[] {
  const wording = wordingOf(answer.text);
  const productOf = (id: string) => shop.products.get(id) as LabelledProduct;
  const names = (id: string) => isNamed(productOf(id), wording);
  const calls = answer.outcome === 'handoff' || answer.tickets.some((reason) => CALLS.has(reason));
  const fault = (rule: FaultRule, detail: string): Fault => ({ rule, detail });
  return [
    ...turn.must
      .filter((any) => !any.some((phrase) => has(wording, phrase)))
      .map((any) => fault('must', any.join(' | '))),
    ...turn.mustNot.filter((phrase) => has(wording, phrase)).map((phrase) => fault('must_not', phrase)),
    ...turn.says
      // Whoever calls a person has not pretended to know.
      .filter((saying) => !saysSo(wording, saying) && !(saying === 'unknown' && (calls || answer.tickets.length > 0)))
      .map((saying) => fault('says', saying)),
    ...turn.products.filter((id) => !names(id)).map((id) => fault('product', id)),
    ...(turn.oneOf.length > 0 && !turn.oneOf.some(names) ? [fault('product', turn.oneOf.join(' | '))] : []),
    ...turn.notProducts.filter(names).map((id) => fault('wrong_product', id)),
    ...(turn.products.some(names) && ONLY_NEAR.some((phrase) => has(wording, phrase))
      ? [fault('only_near', 'what was asked for is called something near it')]
      : []),
    ...(evades(wording) && !mayEvade(turn) && answer.tickets.length === 0
      ? [fault('evasion', 'asks to say it otherwise')]
      : []),
    ...offTopic(turn, answer.text, wording, shop).map((detail) => fault('off_topic', detail)),
    ...turn.prices.filter((id) => !statesPrice(productOf(id), wording)).map((id) => fault('price', id)),
    ...(turn.action.some((action) => isDone(action, answer, calls)) ? [] : [fault('action', turn.action.join(' | '))]),
    ...(isInLanguage(answer.text, language, shop) ? [] : [fault('language', language)]),
    ...(answer.text !== '' && answer.text === answer.before ? [fault('repeated', 'the same as before')] : []),
    ...(hasTwoCurrencies(wording, answer.heard) ? [fault('two_currencies', 'toman and rial')] : []),
    ...claimsWrongly(turn, wording).map((detail) => fault('invented', detail)),
    ...inventedIn(answer.text, shop.facts, answer.heard).map((detail) => fault('invented', detail)),
  ];
}

/** A yes to what is not so or not known, and a no to what is so, are invented as a wrong amount is. */
function claimsWrongly({ says }: LabelledTurn, wording: Wording): string[] {
  const isDenied = says.includes('no') || says.includes('unknown');
  if (isDenied && opensWith(wording, 'yes')) return ['a yes that is not so'];
  return says.includes('yes') && opensWith(wording, 'no') ? ['a no that is not so'] : [];
}

/** Where a good answer says that there is none, that it is not known, or asks what is meant. */
const mayEvade = ({ says, action }: LabelledTurn): boolean =>
  says.includes('absent') || says.includes('unknown') || (action.includes('ask') && !action.includes('answer'));

/** Questions to which goods are no answer. */
const NOT_OF_GOODS: ReadonlySet<TurnKind> = new Set([
  ...(['shop', 'delivery', 'order_status', 'complaint', 'feeling', 'person', 'small_talk'] as const),
]);

/** Answers of the shop that have nothing of what the turn asks for, and goods where none were asked for. */
function offTopic(turn: LabelledTurn, text: string, wording: Wording, { file }: JudgedShop): string[] {
  const answers = file.answers.filter(({ answer }) => text.includes(answer)).map(({ answer }) => wordingOf(answer));
  const phrases = turn.must.flat();
  const isAsked = (answer: Wording) =>
    phrases.some((phrase) => has(answer, phrase)) || turn.says.some((saying) => saysSo(answer, saying));
  const goods = [...turn.products, ...turn.oneOf, ...turn.prices];
  const isOfGoods = !NOT_OF_GOODS.has(turn.kind) || goods.length > 0;
  return [
    ...answers.filter((answer) => !isAsked(answer)).map(({ words }) => words.trim().slice(0, 60)),
    ...(isOfGoods ? [] : file.products.filter(({ title }) => has(wording, title)).map(({ id }) => id)),
  ];
}

export interface JudgedShop {
  file: StatedShop;
  products: ReadonlyMap<string, LabelledProduct>;
  facts: KnownFacts;
}

function isNamed({ title, called }: LabelledProduct, wording: Wording): boolean {
  return [title, ...called].some((name) => has(wording, name));
}

function statesPrice({ price, variants }: LabelledProduct, { numbers }: Wording): boolean {
  const amounts = [price, ...variants.map((variant) => variant.price)];
  return amounts.some((amount) => amount !== undefined && numbers.has(amount));
}

function isDone(action: AnswerAction, { text, tickets, order }: GivenAnswer, calls: boolean): boolean {
  switch (action) {
    case 'silent':
      return text === '';
    case 'person':
      return calls;
    case 'note':
      return tickets.length > 0;
    case 'order':
      return order === 'open';
    case 'placed':
      return order === 'placed';
    case 'ask':
      return !calls && /[?؟]/.test(text);
    case 'answer':
      return !calls && text !== '';
  }
}

/**
 * In the customer's language, but for titles and the shop's own words. Persian in Latin letters is answered in Persian, in
 * either script.
 */
function isInLanguage(text: string, language: TurnLanguage, { file }: JudgedShop): boolean {
  if (language === 'mixed') return true;
  const given = [
    ...file.answers.map(({ answer }) => answer),
    ...file.products.flatMap((product) => [
      product.title,
      product.description,
      ...Object.values(product.attributes).flat(),
      ...Object.values(product.options ?? {}).flat(),
    ]),
    file.shop.name,
  ].sort((a, b) => b.length - a.length);
  const own = given.reduce((left, words) => (words === '' ? left : left.replaceAll(words, ' ')), text);
  const persian = own.match(/(?=\p{L})\p{Script=Arabic}/gu)?.length ?? 0;
  const latin = own.match(/(?=\p{L})\p{Script=Latin}/gu)?.length ?? 0;
  if (persian + latin === 0) return true;
  if (language === 'en') return latin > persian;
  return persian > latin;
}

/** Ten times wrong in a reader's eye, unless the customer spoke of both. */
function hasTwoCurrencies(wording: Wording, heard: string): boolean {
  const hasBoth = (text: Wording) => has(text, 'تومان') && has(text, 'ریال');
  return hasBoth(wording) && !/ریال|rial/i.test(heard);
}
