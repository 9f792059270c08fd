import type { Queries } from '../../platform/database/client.ts';
import { type Act, withoutAct } from '../../replies/reading/acts.ts';
import { readComparison, type Scale } from '../../replies/reading/comparisons.ts';
import type { PartReading } from '../../replies/reading/reading.ts';
import { toLists } from '../../replies/reading/references.ts';
import type { NewTicket } from '../../replies/stage.ts';
import type { Turn } from '../../replies/turn.ts';
import { choiceOf } from '../../text/choices.ts';
import type { Intent } from '../../text/intents.ts';
import type { QuickReply } from '../../text/message.ts';
import { CURRENCIES, formatMoney, type Money } from '../../text/money.ts';
import { normaliseText, wordsOf } from '../../text/persian.ts';
import { attributeLabel } from '../attributes/attribute-names.ts';
import { digitsIn, valueIn } from '../attributes/attribute-values.ts';
import { extremeOf as extremeBy, type ScaleFact, scaleFact } from '../attributes/scales.ts';
import { resolvePointed } from '../pointing.ts';
import { findProducts, type Product } from '../product-store.ts';
import { boundIn, type ProductQuery, parseProductQuery } from '../search/product-query.ts';
import { isFound, searchProducts } from '../search/product-search-store.ts';
import { kindsAmong } from '../search/search-synonyms.ts';
import { findAlike } from './alike-store.ts';
import { compareProducts, findCompared, type Pair } from './compare.ts';
import { findOneOfEach, findOverview } from './overview-store.ts';
import { sayTo } from './texts.ts';
import { asksTotal, findTotal, tellTotal } from './total.ts';

/** What somebody needs to help a customer who wants something else than a fact of a product. */
export interface Helping {
  db: Queries;
  turn: Pick<Turn, 'businessId' | 'language' | 'reading'>;
  /** Products of the last answers, the newest answer first. */
  shown: readonly (readonly Product[])[];
}

/** An answer of the shop's assistant, made of the catalog alone. */
export interface Assistance {
  act: Act | 'notify' | 'budget' | 'extreme' | 'total' | 'features';
  /** Goes before the products. */
  text: string;
  /** Shown behind it. */
  products: readonly Product[];
  /** What it is about, where nothing is shown: so that «همینو می‌خوام» behind it means this. */
  about: readonly Product[];
  /** What a person has to do. */
  ticket: NewTicket | null;
  /** What its question can be answered with, where the channel has buttons for that. */
  choices: readonly QuickReply[];
  /** The customer is to be told when it is back. */
  restockOf: Product | null;
  /** Positions of the lines that it is all of. */
  covers: readonly number[];
  /** True when no model could say it better. */
  isPlain: boolean;
}

type Answered = Omit<Assistance, 'act' | 'covers' | 'about' | 'ticket' | 'choices' | 'restockOf' | 'isPlain'> &
  Partial<Assistance>;
type Assist = (helping: Helping, part: PartReading) => Promise<Answered | null>;

const MAX_SHOWN = 5;
const MAX_KINDS = 8;

/** The first that a line does decides. */
const ASSISTS: readonly (readonly [Act | 'notify' | 'extreme' | 'total', Assist])[] = [
  ['price_list', (helping) => overview(helping, true)],
  // «چی دارید زیر ۸۰۰؟» is a search by price.
  ['overview', async (helping, { budget }) => (budget.max || budget.min ? null : overview(helping, false))],
  ['bulk', bulk],
  ['haggle', haggle],
  ['total', total],
  ['extreme', extreme],
  ['compare', compare],
  ['cheaper', (helping, part) => alongPrice(helping, part, 'cheaper')],
  ['dearer', (helping, part) => alongPrice(helping, part, 'dearer')],
  ['another', another],
  ['gift', gift],
  ['notify', notify],
];
/** What needs no model: the catalog says all there is to say. */
const PLAIN: ReadonlySet<string> = new Set([
  'extreme',
  'price_list',
  'overview',
  'cheaper',
  'dearer',
  'another',
  'notify',
]);
const BESIDES: ReadonlySet<Intent> = new Set([
  'greeting',
  'thanks',
  'goodbye',
  'help',
  'price',
  'availability',
  'discount',
  'order',
  'document',
  'notify',
]);

/** Helps with what the first line that does more than ask wants. Null: no line does, or there is nothing to say to it. */
export async function assist(helping: Helping): Promise<Assistance | null> {
  const { parts } = helping.turn.reading;
  for (const [act, help] of ASSISTS) {
    const part = parts.find((one) => isOf(one, act));
    const answer = part && (await help(helping, part));
    if (!answer) continue;
    const covers = parts.flatMap((one, position) =>
      one === part || one.intents.every((intent) => BESIDES.has(intent)) ? [position] : [],
    );
    const nothingElse = { ticket: null, choices: [], restockOf: null, isPlain: PLAIN.has(act) };
    return { act, about: answer.products, ...nothingElse, ...answer, covers };
  }
  return null;
}

function isOf({ text, intents, acts, pointing }: PartReading, act: Act | 'notify' | 'extreme' | 'total'): boolean {
  if (act === 'notify') return intents.includes('notify');
  if (act === 'total') return asksTotal(text);
  return act === 'extreme' ? pointing?.reference.kind === 'measured' : acts.includes(act);
}

/** The product that is meant: named by the line, else the one that was spoken of last. */
async function meantBy({ db, turn, shown }: Helping, part: PartReading): Promise<Product | null> {
  const query = queryOf(part);
  if (query.words.length > 0) {
    const { matches, outcome } = await searchProducts(db, turn.businessId, query, { limit: 2 });
    if (outcome === 'good') return matches[0]?.product ?? null;
  }
  const [last] = shown;
  return last?.length === 1 ? (last[0] ?? null) : null;
}

/* biome-ignore format: a table of words. */
const WISHING = new Set(('خبرم خبر اطلاع شارژ نشونم نشونمون بذارید معرفی حساب حسابش عمده عمده‌فروشی تعداد بالا تخفیف آخر آخرش کف نهایی میدی میدید میدین راه نداره کنید ' +
  'دوست ندارم نپسندیدم خوشم نیومد تولد مناسبت سالگرد ولنتاین عروسی جشن روز ' +
  'notify let know tell me when back stock again wholesale bulk best final last lowest discount deal lower pieces quantity birthday anniversary wedding christmas for').split(' ').flatMap(wordsOf));

/** What a line names besides what it wishes. A number of pieces and an amount that is offered bound nothing. */
function queryOf({ text, acts }: PartReading): ProductQuery {
  const named = acts.filter((act) => act !== 'compare').reduce((rest, act) => withoutAct(rest, act), text);
  const query = parseProductQuery(named);
  const words = query.words.filter((word) => !WISHING.has(word));
  return { ...query, words, minPrice: null, maxPrice: null, sort: null, alternatives: [] };
}

const request = (note: string): NewTicket => ({ reason: 'request', note });
const priceOf = ({ price }: Product, language: Turn['language']) => (price ? formatMoney(price, language) : '');

async function alongPrice(helping: Helping, part: PartReading, side: 'cheaper' | 'dearer'): Promise<Answered | null> {
  const { db, turn, shown } = helping;
  const { language } = turn;
  const [last = []] = shown;
  const currency = last[0]?.currency;
  const bound = part.budget.max && currency ? boundIn(part.budget.max, currency, CURRENCIES[currency].digits) : null;
  const query = queryOf(part);
  const anchor = extremeOf(last, side);
  const named = query.words.some((word) => !query.soft.has(word));
  if (named && (!anchor || !(await isOfKind(helping, query, anchor)))) {
    const sort = side === 'cheaper' ? 'cheapest' : 'dearest';
    const { matches, outcome } = await searchProducts(db, turn.businessId, { ...query, sort }, { limit: MAX_SHOWN });
    if (outcome !== 'good') return null;
    const products = matches.filter(({ coverage }) => coverage > 0.99).map(({ product }) => product);
    return { text: side === 'cheaper' ? sayTo(language, 'cheapestOfKind') : '', products };
  }
  if (!anchor) return side === 'cheaper' ? { text: sayTo(language, 'cheaperOfWhat'), products: [] } : null;
  const without = last.map(({ id }) => id);
  const alike = await findAlike(db, anchor, { side, without, limit: MAX_SHOWN });
  const products = bound === null ? alike : alike.filter(({ price }) => price !== null && price.amount <= bound);
  if (products.length > 0) return { text: sayTo(language, side), products };
  const words = { title: anchor.title, price: priceOf(anchor, language) };
  const key = side === 'cheaper' ? 'cheapestAlready' : 'dearestAlready';
  return { text: sayTo(language, key, words), products: [], about: [anchor] };
}

/** Of several that were shown, nothing is cheaper than the cheapest. */
function extremeOf(products: readonly Product[], side: 'cheaper' | 'dearer'): Product | null {
  const priced = products.filter(({ price }) => price !== null);
  const sorted = [...priced].sort((a, b) => Number((a.price as Money).amount - (b.price as Money).amount));
  return (side === 'cheaper' ? sorted[0] : sorted.at(-1)) ?? null;
}

/** «هدفون ارزون‌تر» after a headphone: the same kind is named once more. */
async function isOfKind({ db, turn }: Helping, query: ProductQuery, { id }: Product): Promise<boolean> {
  const { matches } = await searchProducts(db, turn.businessId, query, { limit: 20 });
  return matches.some(({ product, coverage }) => product.id === id && coverage > 0.99);
}

async function another(helping: Helping, part: PartReading): Promise<Answered | null> {
  const { db, turn, shown } = helping;
  const { language } = turn;
  const without = [...new Set(shown.flat().map(({ id }) => id))];
  const query = queryOf(part);
  if (query.words.some((word) => !query.soft.has(word))) {
    const { matches, outcome } = await searchProducts(db, turn.businessId, query, {
      limit: MAX_SHOWN + without.length,
    });
    const fresh = matches.map(({ product }) => product).filter(({ id }) => !without.includes(id));
    if (outcome !== 'good') return null;
    return fresh.length > 0
      ? { text: without.length > 0 ? sayTo(language, 'another') : '', products: fresh.slice(0, MAX_SHOWN) }
      : { text: sayTo(language, 'noOther'), products: [] };
  }
  const [anchor] = shown[0] ?? [];
  if (!anchor) return overview(helping, false);
  const products = await findAlike(db, anchor, { without, limit: MAX_SHOWN });
  if (products.length > 0) return { text: sayTo(language, 'another'), products };
  const rest = await overview(helping, false);
  const text = [sayTo(language, 'noOther'), rest?.text].filter(Boolean).join(' ');
  return { text, products: rest?.products ?? [], choices: rest?.choices ?? [] };
}

/** The shop's kinds of goods; a small shop is told as a whole. */
async function overview({ db, turn }: Helping, withPrices: boolean): Promise<Answered | null> {
  const { language, businessId } = turn;
  const { products, kinds } = await findOverview(db, businessId, MAX_KINDS);
  if (products === 0) return null;
  if (products <= MAX_SHOWN || kinds.length < 2)
    return { text: sayTo(language, 'all'), products: await findOneOfEach(db, businessId, MAX_SHOWN) };
  const told = kinds.map(({ name, from }) =>
    withPrices && from ? sayTo(language, 'from', { kind: name, price: formatMoney(from, language) }) : name,
  );
  return {
    text: sayTo(language, 'overview', { kinds: told.join(language === 'fa' ? '، ' : ', ') }),
    products: [],
    choices: kinds.map(({ name }) => choiceOf(name)),
  };
}

/* biome-ignore format: a table of words. */
const RECEIVERS: readonly (readonly [word: string, said: RegExp])[] = [
  ['زنانه', /(?<!\p{L})(?:خانو?م\p{L}*|همسرم|مادر\p{L}*|مامان\p{L}*|خواهر\p{L}*|دوست دختر\p{L}*|نامزدم|زنم|زنونه|زنانه|wife|mother|mom|mum|sister|girlfriend|her|women|woman|madar\p{L}*|khanoom\p{L}*)(?!\p{L})/u],
  ['مردانه', /(?<!\p{L})(?:اقا\p{L}*|شوهر\p{L}*|پدر\p{L}*|بابا\p{L}*|برادر\p{L}*|داداش\p{L}*|دوست پسر\p{L}*|مردونه|مردانه|husband|father|dad|brother|boyfriend|him|men|man|pedar\p{L}*)(?!\p{L})/u],
  ['بچگانه', /(?<!\p{L})(?:بچه\p{L}*|کودک\p{L}*|پسرم|دخترم|kids?|child|son|daughter)(?!\p{L})/u],
];

/** Something to give: what is named, for whom it is, within what may be spent. */
async function gift({ db, turn }: Helping, part: PartReading): Promise<Answered | null> {
  const { language, businessId, reading } = turn;
  const text = reading.parts.map((one) => one.text).join('\n');
  const asked = parseProductQuery(text);
  const receiver = RECEIVERS.find(([, said]) => said.test(normaliseText(text)))?.[0] ?? null;
  const named = asked.words.filter((word) => !WISHING.has(word) && !RECEIVERS.some(([, said]) => said.test(word)));
  if (part.intents.includes('order_status')) return null;
  const hard = named.filter((word) => !asked.soft.has(word));
  // What is named is looked for as ever.
  if (hard.length > 0 && (await isFound(db, businessId, { ...asked, words: named }))) return null;
  const isBounded = asked.maxPrice !== null || asked.minPrice !== null;
  const query = { ...asked, intents: [], sort: null };
  const within = async (words: string[]) =>
    (await searchProducts(db, businessId, { ...query, words }, { limit: 30 })).matches.map(({ product }) => product);
  // What else is told of the one who gets it, "he likes walking", is nothing to look for; the kind of thing is.
  const kinds = hard.filter((word) => kindsAmong([word]).size > 0);
  const ofReceiver = receiver && kinds.length === 0 ? await within([receiver]) : [];
  const others = kinds.length > 0 || isBounded ? await within(kinds) : await findOneOfEach(db, businessId, 30);
  const chosen = varied([...ofReceiver, ...others.filter((product) => suits(product, receiver))]);
  if (chosen.length === 0)
    return isBounded && kinds.length === 0 ? { text: sayTo(language, 'nothingInBudget'), products: [] } : null;
  const ask = isBounded ? '' : sayTo(language, receiver ? 'giftAsksBudget' : 'giftAsks');
  return { text: [ask, sayTo(language, 'gift')].filter(Boolean).join('\n'), products: chosen };
}

/** Not what says that it is for somebody else. */
function suits({ title, categories }: Product, receiver: string | null): boolean {
  const said = [title, ...categories].join(' ');
  return RECEIVERS.every(([word]) => word === receiver || receiver === null || !said.includes(word));
}

/** What can be bought, two of a kind at most. */
function varied(products: readonly Product[]): Product[] {
  const perKind = new Map<string, number>();
  const once = new Map(products.filter(({ available }) => available !== false).map((one) => [one.id, one]));
  return [...once.values()]
    .filter(({ id, categories }) => {
      const kind = categories[0] ?? id;
      perKind.set(kind, (perKind.get(kind) ?? 0) + 1);
      return (perKind.get(kind) ?? 0) <= 2;
    })
    .slice(0, MAX_SHOWN);
}

async function total({ db, turn, shown }: Helping, part: PartReading): Promise<Answered | null> {
  const parts = await findTotal(db, turn.businessId, part.text, shown.find(({ length }) => length > 1) ?? []);
  if (!parts) return null;
  return { text: tellTotal(parts, turn.language), products: [], about: parts.map(({ product }) => product) };
}

/** "Which power bank is lighter?", «سبک‌تره کدومه؟»: what the shop says of each, and the one that it is. */
async function extreme(helping: Helping, part: PartReading): Promise<Answered | null> {
  const { turn, shown } = helping;
  const compared = readComparison(part.text);
  if (!compared) return null;
  const { scale, which } = compared.comparison;
  const named = await namedBeside(helping, compared.rest);
  const list = named ?? shown.find(({ length }) => length > 1) ?? [];
  const [last] = shown;
  const best = extremeBy(list, scale, which);
  if (best) return { text: tellScale(list, best.facts, turn.language), products: [best.product] };
  if (named === null && last?.length === 1 && last[0]) return alongScale(helping, last[0], scale, which);
  return null;
}

/** What a line names besides the words that compare: all of a kind, or the two of «این یا اون». Null: it names nothing. */
async function namedBeside({ db, turn }: Helping, rest: string): Promise<readonly Product[] | null> {
  const query = { ...parseProductQuery(rest), minPrice: null, maxPrice: null, sort: null };
  if (query.words.every((word) => query.soft.has(word))) return null;
  const { matches, outcome } = await searchProducts(db, turn.businessId, query, { limit: MAX_COMPARED });
  return outcome === 'good' ? matches.filter(({ coverage }) => coverage > 0.99).map(({ product }) => product) : null;
}

const MAX_COMPARED = 12;

function tellScale(products: readonly Product[], facts: readonly ScaleFact[], language: Turn['language']): string {
  const told = products.slice(0, MAX_SHOWN).flatMap(({ title }, at) => {
    const fact = facts[at];
    if (!fact || fact.name === '') return [];
    const value = digitsIn(valueIn(fact.name, fact.value, language), language);
    return [sayTo(language, 'fact', { name: attributeLabel(fact.name, language), title, value })];
  });
  return told.join('\n');
}

/** «کوچیک‌ترش هم دارید؟» of one thing: those of its kind that are. */
async function alongScale(
  { db, turn }: Helping,
  anchor: Product,
  scale: Scale,
  which: 'least' | 'most',
): Promise<Answered | null> {
  const own = scaleFact(anchor, scale);
  if (!own) return null;
  const alike = await findAlike(db, anchor, { without: [], limit: MAX_COMPARED });
  const side = which === 'least' ? -1 : 1;
  const stated = alike.map((product) => ({ product, fact: scaleFact(product, scale) }));
  const fitting = stated.filter(({ fact }) => fact?.unit === own.unit && side * (fact.amount - own.amount) > 0);
  if (fitting.length === 0) return null;
  const products = fitting.slice(0, MAX_SHOWN).map(({ product }) => product);
  return {
    text: tellScale(
      products,
      fitting.flatMap(({ fact }) => fact ?? []),
      turn.language,
    ),
    products,
  };
}

/** The one that was spoken of last and the one that is pointed at: «فرق قیمتش با کوچیکه». */
function comparedByPointing({ shown }: Helping, { pointing }: PartReading): Pair | null {
  const [last] = shown;
  const [spokenOf, ...rest] = last ?? [];
  const [meant, ...others] = pointing ? resolvePointed(pointing.reference, shown) : [];
  if (!spokenOf || rest.length > 0 || !meant || others.length > 0 || meant.id === spokenOf.id) return null;
  return [spokenOf, meant];
}

async function compare(helping: Helping, part: PartReading): Promise<Answered | null> {
  const { db, turn, shown } = helping;
  const pointed = comparedByPointing(helping, part);
  if (pointed) return { text: compareProducts(pointed, turn.language), products: [], about: pointed };
  const pair = await findCompared({ db, businessId: turn.businessId, text: part.text, shown });
  if (!pair) return null;
  return { text: compareProducts(pair, turn.language), products: [], about: pair };
}

async function haggle(helping: Helping, part: PartReading): Promise<Answered | null> {
  const { language } = helping.turn;
  const product = await meantBy(helping, part);
  const ticket = request(`The customer asks for a lower price${product ? ` of “${product.title}”` : ''}.`);
  if (!product?.price) return { text: sayTo(language, 'haggleAny'), products: [], ticket };
  const words = { title: product.title, price: priceOf(product, language) };
  const { oldPrice, price } = product;
  const isReduced = oldPrice !== null && oldPrice.currency === price.currency && oldPrice.amount > price.amount;
  const text = isReduced
    ? sayTo(language, 'reduced', { ...words, old: formatMoney(oldPrice, language) })
    : sayTo(language, 'haggle', words);
  return { text, products: [], about: [product], ticket };
}

async function bulk(helping: Helping, part: PartReading): Promise<Answered | null> {
  const { language } = helping.turn;
  const product = await meantBy(helping, part);
  const ticket = request(`The customer asks for a price for many${product ? ` of “${product.title}”` : ''}.`);
  const more = product?.price
    ? sayTo(language, 'single', { title: product.title, price: priceOf(product, language) })
    : sayTo(language, 'bulkAsks');
  return { text: `${sayTo(language, 'bulk')}\n${more}`, products: [], about: product ? [product] : [], ticket };
}

async function notify(helping: Helping, part: PartReading): Promise<Answered | null> {
  const { language } = helping.turn;
  const product = await meantBy(helping, part);
  if (!product) return null;
  if (product.available === true && product.variants.every(({ available }) => available !== false))
    return { text: sayTo(language, 'isThere'), products: [product] };
  const { title } = product;
  // Nobody else sees when it is back: of a kind of it, or where no source tells of the stock.
  if (product.available !== false) {
    const ticket = request(`The customer wants to know when “${title}” is back.`);
    return { text: sayTo(language, 'notifyByPerson', { title }), products: [], about: [product], ticket };
  }
  return { text: sayTo(language, 'notify', { title }), products: [], about: [product], restockOf: product };
}

/** What is wanted is there, but for more: what the cheapest of it costs. Null where even that is not there. */
export async function beyondBudget(
  { db, turn }: Pick<Helping, 'db' | 'turn'>,
  query: ProductQuery,
  covers: readonly number[],
): Promise<Assistance | null> {
  if (!query.maxPrice || query.words.length === 0) return null;
  const free = { ...query, minPrice: null, maxPrice: null, sort: 'cheapest' as const };
  const { matches, outcome } = await searchProducts(db, turn.businessId, free, { limit: MAX_SHOWN });
  const [cheapest] = matches.filter(({ coverage, product }) => coverage > 0.99 && product.price !== null);
  if (outcome !== 'good' || !cheapest) return null;
  const { product } = cheapest;
  const { language } = turn;
  const from = sayTo(language, 'cheapestFrom', { title: product.title, price: priceOf(product, language) });
  const text = `${sayTo(language, 'nothingInBudget')} ${from}`;
  return {
    act: 'budget',
    text,
    products: [],
    about: [product],
    ticket: null,
    choices: [],
    restockOf: null,
    covers,
    isPlain: true,
  };
}

/** What was shown before, as it is now. */
export async function findShown(
  db: Queries,
  businessId: string,
  lists: readonly (readonly string[])[],
): Promise<readonly (readonly Product[])[]> {
  const ids = [...new Set(lists.flat())];
  const products = ids.length === 0 ? [] : await findProducts(db, businessId, ids);
  return toLists(lists, products);
}
