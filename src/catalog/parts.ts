import type { Queries } from '../platform/database/client.ts';
import { isQuestion } from '../replies/reading/segments.ts';
import { detectIntents, GOODS_INTENTS, type Intent, SOCIAL_INTENTS } from '../text/intents.ts';
import { wordsOf } from '../text/persian.ts';
import { hasWish } from './attributes/customer-words.ts';
import { measuresIn } from './attributes/measures.ts';
import { readTopics } from './attributes/topics.ts';
import type { CatalogFindings } from './findings.ts';
import { readOfProducts } from './own-words.ts';
import type { Product } from './product-store.ts';
import { findNaming, type Naming } from './search/naming.ts';
import { parseProductQuery } from './search/product-query.ts';
import type { ProductQuestion } from './search/product-question.ts';

/** One question or statement of a burst. */
interface Segment {
  text: string;
  /** The position of its line. */
  line: number;
}

/** A segment with what it names of the shop. */
interface Read extends Segment {
  naming: Naming | null;
  /** What it wants besides a fact of goods. */
  others: readonly Intent[];
}

/**
 * Reads a burst part by part: what each names, else what the part before it is of, else what a later part names and asks nothing of,
 * else what was spoken of last. Null where no part asks anything of goods. Parts about the same goods are one finding.
 */
export async function consultParts(
  db: Queries,
  businessId: string,
  segments: readonly Segment[],
  recent: () => Promise<readonly Product[]>,
): Promise<CatalogFindings | null> {
  const read: Read[] = [];
  for (const segment of segments)
    read.push({ ...segment, naming: await nameOf(db, businessId, segment.text), others: othersOf(segment.text) });
  const groups = new Map<string, { products: Product[]; parts: Read[]; isFocus: boolean }>();
  const heard = new Set<Read>();
  let current: Product[] = [];
  const later = read.find(({ naming }) => naming !== null)?.naming?.products ?? [];
  for (const part of read) {
    current = narrowed(part.naming?.products ?? [], current);
    if (part.others.length > 0) continue;
    const isLate = current.length === 0 && later.length > 0;
    const about = current.length > 0 ? current : isLate ? later : [...(await recent())];
    if (about.length === 0) continue;
    const isFocus = current.length === 0 && !isLate;
    const asked = questionOf([part], about, isFocus);
    if (!asked || (isFocus && !part.naming && !asksOf(asked))) continue;
    const key = about.map(({ id }) => id).join();
    heard.add(part);
    const group = groups.get(key) ?? { products: about, parts: [], isFocus };
    groups.set(key, { ...group, parts: [...group.parts, part] });
  }
  const findings = [...groups.values()].flatMap(({ products, parts, isFocus }): CatalogFindings[] => {
    const question = questionOf(parts, products, isFocus);
    return question ? [{ question, outcome: 'good', products: [...products], isFocus }] : [];
  });
  const [first, ...others] = findings;
  if (!first) return null;
  const lines = [...new Set(segments.map(({ line }) => line))];
  const spoken = new Set(findings.flatMap(({ question }) => question.covers));
  const silent = (line: number) =>
    read.filter((one) => one.line === line).every(({ text, others: own }) => own.length === 0 && isSocial(text));
  const covers = lines.filter((line) => spoken.has(line) || silent(line));
  // What says something else besides is for whoever reads all of it.
  const isAlone =
    covers.length === lines.length &&
    read.every((one) => heard.has(one) || (one.others.length === 0 && isSocial(one.text)));
  return {
    ...first,
    isByParts: true,
    question: { ...first.question, covers, isAlone },
    ...(others.length > 0 ? { more: others } : {}),
  };
}

/** What parts two names: «ناپلئونی یا باقلوا», "the Flip 6 or the Liberty 4". */
const BETWEEN = /(?<!\p{L})(?:یا|و|با|or|and|vs|versus|than|ya|va|ba)(?!\p{L})/iu;

/** What a segment names; each side of a joint for itself where all of it names no one thing. */
async function nameOf(db: Queries, businessId: string, text: string): Promise<Naming | null> {
  const whole = namingOf(await findNaming(db, businessId, text));
  if (whole || !BETWEEN.test(text)) return whole;
  const sides: Naming[] = [];
  for (const side of text.split(BETWEEN).slice(0, 4)) {
    const naming = await findNaming(db, businessId, side);
    if (naming?.isOwnName) sides.push(naming);
  }
  const products = [...new Map(sides.flatMap((side) => side.products).map((one) => [one.id, one])).values()];
  const [first, ...others] = sides;
  if (!first || others.length === 0 || products.length > 4) return null;
  return {
    ...first,
    products,
    used: new Set(sides.flatMap(({ used }) => [...used])),
    left: sides.flatMap(({ left }) => left),
  };
}

/** What is named by its kind alone is only a name where nothing else is said of it. */
const namingOf = (naming: Naming | null): Naming | null =>
  naming && (naming.isOwnName || naming.left.length === 0) ? naming : null;

/** «یه کیک می‌خوام» and then «شکلاتی باشه»: of those, the chocolate one. */
function narrowed(named: readonly Product[], before: readonly Product[]): Product[] {
  if (named.length === 0) return [...before];
  const both = before.filter(({ id }) => named.some((one) => one.id === id));
  return both.length > 0 && both.length < before.length ? both : [...named];
}

/** What a text wants besides the attributes and the price of goods. */
function othersOf(text: string): Intent[] {
  const { wish } = parseProductQuery(text);
  const rest = wordsOf(readTopics(text).rest).filter((word) => !wish.asking.has(word));
  return detectIntents(rest.join(' ')).filter((intent) => !GOODS_INTENTS.has(intent) && !SOCIAL_INTENTS.has(intent));
}

const isSocial = (text: string): boolean => {
  const intents = detectIntents(text);
  return wordsOf(text).length === 0 || (intents.length > 0 && intents.every((intent) => SOCIAL_INTENTS.has(intent)));
};

/** What parts ask of products; null where they ask nothing and name nothing. */
function questionOf(parts: readonly Read[], products: readonly Product[], isFocus: boolean): ProductQuestion | null {
  const text = parts.map((part) => part.text).join('\n');
  const query = parseProductQuery(text);
  const question: ProductQuestion = {
    query: { ...query, minPrice: null, maxPrice: null, sort: null },
    text,
    isExplicit: false,
    isAboutFocus: isFocus,
    isAlone: true,
    covers: [...new Set(parts.map(({ line }) => line))],
    wantsPictures: false,
  };
  const read = withAmount(readOfProducts(question, products));
  const { wish } = read.query;
  // «پارکینگ دارید؟» is of nothing that was spoken of before.
  const isOfThese = !isFocus || query.words.every((word) => query.soft.has(word));
  if (hasWish(wish) || (isOfThese && asksOfGoods(query.intents))) return { ...read, isExplicit: true };
  if (asksOfGoods(query.intents) && isFocus) return null;
  const left = parts.flatMap(({ naming }) => naming?.left ?? []);
  const isNamed = parts.some(({ naming }) => naming !== null);
  const isOpen =
    products.length === 1 &&
    parts.some((part) => isQuestion(part.text)) &&
    (isNamed ? left.length > 0 : wordsOf(text).length > 1);
  if (isOpen) return { ...read, query: { ...read.query, wish: { ...wish, said: text, isOpen: true } } };
  return isNamed ? read : null;
}

/** «نیم کیلو هم می‌دین؟» of what is not measured by it: asked for all the same, and not stated. Who orders says how much. */
function withAmount(question: ProductQuestion): ProductQuestion {
  const { text, query } = question;
  const [amount] = measuresIn(text);
  if (!amount || hasWish(query.wish) || query.intents.includes('order')) return question;
  const words = wordsOf(amount.text);
  if (wordsOf(text).length === words.length) return question;
  // An age, a number of people: what the shop says of it, whatever it calls it.
  if (!isAttribute(amount.kind))
    return { ...question, query: { ...query, wish: { ...query.wish, said: text, isOpen: true } } };
  const traits = [{ name: amount.kind, value: amount.text, words }];
  return { ...question, query: { ...query, wish: { ...query.wish, traits } } };
}

const isAttribute = (kind: string): boolean => ['volume', 'weight', 'capacity'].includes(kind);

const asksOfGoods = (intents: readonly Intent[]): boolean => intents.some((intent) => GOODS_INTENTS.has(intent));

const asksOf = ({ query }: ProductQuestion): boolean => hasWish(query.wish) || asksOfGoods(query.intents);
