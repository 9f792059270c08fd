import type { Language } from '../../text/message.ts';
import { formatMoney } from '../../text/money.ts';
import { wordsOf } from '../../text/persian.ts';
import { attributeLabel } from './attribute-names.ts';
import { digitsIn, isValue, valueIn } from './attribute-values.ts';
import type { AttributeWish, Trait } from './customer-words.ts';
import { polarityOf } from './polarity.ts';
import {
  type AttributeSubject,
  type Judgement,
  judge,
  priceOf,
  type SubjectVariant,
  valuesInStock,
  valuesOf,
} from './product-facts.ts';
import { factsOfTopic, readTopics, topicLabel } from './topics.ts';

/** An answer to a question of attributes, made of what the shop says and nothing else. */
export interface AttributeAnswer<P extends AttributeSubject> {
  text: string;
  /** The products that it is about, the fitting ones alone where some fit; at the price of what fits. */
  products: P[];
  /** What a person has to find out, in English for the panel; null where everything is known. */
  unknown: string | null;
}

/* biome-ignore format: a table of sentences. */
const TEXTS = {
  yes: { fa: 'بله، {title} {traits} موجوده.', en: 'Yes, {title} is available{traits}.' },
  yesUnknownStock: { fa: 'بله، {title} {traits} داره.', en: 'Yes, {title} comes{traits}.' },
  soldOut: { fa: 'نه، {title} {traits} فعلا ناموجوده.', en: 'No, {title} is sold out{traits} at the moment.' },
  allSoldOut: { fa: 'نه، {title} فعلا ناموجوده.', en: 'No, {title} is sold out at the moment.' },
  no: { fa: 'نه، {title} {traits} نداره.', en: 'No, {title} does not come{traits}.' },
  unknown: { fa: '{names} {title} رو فروشگاه ننوشته و نمی‌خوام حدس بزنم؛ از همکارم پرسیدم تا همین‌جا جواب بده.', en: 'The shop does not say the {names} of {title}, and I would rather not guess. I have asked a colleague, who will answer here.' },
  unknownOfSeveral: { fa: '{names} این‌ها رو فروشگاه ننوشته و نمی‌خوام حدس بزنم؛ از همکارم پرسیدم تا همین‌جا جواب بده:', en: 'The shop does not say the {names} of these, and I would rather not guess. I have asked a colleague, who will answer here:' },
  severalYes: { fa: 'بله، این‌ها رو {traits} داریم:', en: 'Yes, we have these{traits}:' },
  severalNo: { fa: 'نه، این‌ها رو {traits} نداریم:', en: 'No, we do not have these{traits}:' },
  listed: { fa: '{name} {title}: {values}', en: 'The {name} of {title}: {values}' },
  inStock: { fa: '{name}‌های موجود: {values}', en: 'In stock: {values}' },
  listedShort: { fa: '{name}‌ها: {values}', en: 'It comes in: {values}' },
  gone: { fa: ' (فعلا ناموجود: {values})', en: ' (sold out: {values})' },
  price: { fa: 'قیمت: {price}', en: 'Price: {price}' },
  priceFrom: { fa: 'قیمت: از {price}', en: 'Price: from {price}' },
  original: { fa: 'بله، {title} اصله: {values}', en: 'Yes, {title} is original: {values}' },
  copied: { fa: 'نه، {title} اصل نیست: {values}', en: 'No, {title} is not original: {values}' },
  yesListed: { fa: 'بله، {name} {title}: {values}', en: 'Yes, the {name} of {title}: {values}' },
  noListed: { fa: 'نه، {name} {title}: {values}', en: 'No, the {name} of {title}: {values}' },
  unknownOpen: { fa: 'فروشگاه درباره‌ی این سوال برای {title} چیزی ننوشته و نمی‌خوام حدس بزنم؛ از همکارم پرسیدم تا همین‌جا جواب بده.', en: 'The shop does not say this about {title}, and I would rather not guess. I have asked a colleague, who will answer here.' },
  stated: { fa: '{title}: {values}', en: '{title}: {values}' },
  has: { fa: 'بله، {title} {name} داره.', en: 'Yes, {title} has a {name}.' },
  hasNot: { fa: 'نه، {title} {name} نداره.', en: 'No, {title} has no {name}.' },
} as const satisfies Record<string, Record<Language, string>>;

type Texts = keyof typeof TEXTS;

/** «اصلاح» and «فاصله» only have the letters of it. */
const ORIGINAL = /(?<!\p{L})(?:اصل(?:ی|ه|ی‌ه)?|اورجینال|اوریجینال|original|genuine|authentic)(?!\p{L})/iu;
/** What is only like the original says so: «شرکتی و مشابه اورجینال». */
const COPY =
  /کپی|فیک|طرح|غیر ?‌?اصل|اصل نیست|اورجینال نیست|مشابه|شبیه|تقلبی|مثل اصل|replica|fake|copy|clone|inspired|similar|not original|not genuine/iu;
const HAS = /^(?:بله|دارد|داره|yes|true)$/iu;
const HAS_NOT = /^(?:خیر|نه|ندارد|نداره|بدون .*|no|none|false|without.*)$/iu;

/**
 * Answers a wish about products that were found or spoken of; null where there is nothing to say about it: their titles say so
 * themselves. `asksPrice`: the price is told as well. `isPlain`: a yes or no says how it is; else only the fact is said, because the
 * yes would be one to what nobody read («مشکیش ضدآبه؟»), or to the contrary («مشکیش تموم شد؟»). Pure.
 */
export function answerWish<P extends AttributeSubject>(
  products: readonly P[],
  wish: AttributeWish,
  { language, asksPrice, isPlain = true, isFocus = false, statementsOf = () => [] }: WishAnswering<P>,
): AttributeAnswer<P> | null {
  const { traits, asked } = settle(wish);
  const topics = wish.topics ?? [];
  const asking = asked.length + topics.length > 0 ? askingOf(wish) : [];
  const judged = products.map((product) => ({ product, ...judge(product, traits) }));
  const [first, ...others] = judged;
  if (!first) return null;
  if (others.length > 0) return answerSeveral(judged, { traits, asked, wish }, { language, isPlain });
  const lines: string[] = [];
  const unknown = new Set<string>();
  const isTitled = first.isInTitle && first.verdict === 'yes';
  if (traits.length > 0 && isTitled && isFocus) lines.push(...linesOfTitled(first.product, traits, language, isPlain));
  if (traits.length > 0 && !isTitled) {
    lines.push(...lineOfTraits(first.product, first, traits, language, isPlain));
    for (const name of first.verdict === 'unknown' ? first.unknown : []) unknown.add(name);
  }
  for (const name of asked) {
    const { isReversed, said = '' } = wish;
    const line = lineOfName(first.product, name, { traits, isReversed, said, asking, language });
    if (line === null) unknown.add(name);
    else lines.push(line);
  }
  for (const topic of topics) {
    const told = linesOfTopic(first.product, topic, { said: wish.said, asking, language });
    if (told.length === 0) unknown.add(topicLabel(topic, language));
    else for (const line of told) if (!lines.includes(line)) lines.push(line);
  }
  // "How tall is it?" is answered by its height, whatever else could have been meant.
  if (topics.length > 0 && lines.length > 0 && asked.includes('dimensions')) unknown.delete('dimensions');
  const isSilent = lines.length === 0 && (unknown.size > 0 || wish.isOpen === true);
  const statements = isSilent ? statementsOf(first.product) : [];
  if (statements.length > 0) {
    unknown.clear();
    lines.push(...linesOfStatements(first.product, statements, { said: wish.said ?? '', asking, language }));
  }
  const names = [...unknown];
  if (wish.isOpen && lines.length === 0 && names.length === 0) {
    if (wish.isBeside) return null;
    const text = say('unknownOpen', language, { title: named(first.product, language) });
    const note = `A question about “${first.product.title}” that the catalog does not answer: ${(wish.said ?? '').slice(0, 200)}`;
    return { text, products: [first.product], unknown: note };
  }
  if (names.length > 0)
    lines.push(say('unknown', language, { names: labels(names, language), title: named(first.product, language) }));
  if (lines.length === 0) return null;
  const price = first.verdict === 'no' || first.verdict === 'sold_out' ? null : priceOf(first.product, first.variants);
  if (price && (asksPrice || traits.length > 0))
    lines.push(say(price.isOne ? 'price' : 'priceFrom', language, { price: formatMoney(price.from, language) }));
  const fitting = first.verdict === 'yes' ? repriced(first.product, first.variants) : first.product;
  return { text: lines.join('\n'), products: [fitting], unknown: taskOf(names, [first.product]) };
}

/** The shop's own words on something that no rule has a name for. */
export interface StatedWords {
  /** The attribute that says it; null: a sentence or the title. */
  name: string | null;
  text: string;
}

interface WishAnswering<P> {
  language: Language;
  asksPrice: boolean;
  isPlain?: boolean;
  /** It is asked of what was spoken of: «جنسش چرمه؟» wants an answer, though the title says it. */
  isFocus?: boolean;
  /** What the shop says of the question's other words. */
  statementsOf?: (product: P) => readonly StatedWords[];
}

/** In the shop's words, with a yes or no where they say so of all that was asked. */
function linesOfStatements(
  product: AttributeSubject,
  statements: readonly StatedWords[],
  { said, asking, language }: { said: string; asking: readonly string[]; language: Language },
): string[] {
  return statements.map(({ name, text }) =>
    name === null
      ? say('stated', language, { title: named(product, language), values: digitsIn(text, language) })
      : listedLine(product, name, [text], { said, asking, language }),
  );
}

function linesOfTitled(
  product: AttributeSubject,
  traits: readonly Trait[],
  language: Language,
  isPlain: boolean,
): string[] {
  const title = named(product, language);
  return traits.map(({ name, value }) => {
    const words = {
      title,
      name: attributeLabel(name, language),
      values: digitsIn(valueIn(name, value, language), language),
    };
    return opened(say('yesListed', language, words), isPlain);
  });
}

/** Several values of one attribute are no single yes or no: what there is, is told instead. */
function settle({ traits, asked }: AttributeWish): { traits: Trait[]; asked: string[] } {
  const times = (name: string) => traits.filter((trait) => trait.name === name).length;
  const single = traits.filter(({ name }) => times(name) === 1);
  const several = traits.filter(({ name }) => times(name) > 1).map(({ name }) => name);
  return { traits: single, asked: [...new Set([...several, ...asked])] };
}

type Judged<P> = Judgement & { product: P };

/** «شال نخی زرد» means the scarves that are called cotton, not those of which the shop does not say it. */
function meantBy<P extends AttributeSubject>(
  judged: readonly Judged<P>[],
  traits: readonly Trait[],
): readonly Judged<P>[] {
  const titled = ({ product }: Judged<P>) =>
    traits.filter(({ name, value }) => name !== 'size' && isValue(name, product.title, value)).length;
  const most = Math.max(...judged.map(titled));
  return most === 0 ? judged : judged.filter((one) => titled(one) === most);
}

function answerSeveral<P extends AttributeSubject>(
  all: readonly Judged<P>[],
  { traits, asked, wish }: { traits: readonly Trait[]; asked: readonly string[]; wish: AttributeWish },
  { language, isPlain }: { language: Language; isPlain: boolean },
): AttributeAnswer<P> | null {
  if (traits.length > 0) {
    const judged = meantBy(all, traits);
    const fitting = judged.filter(({ verdict }) => verdict === 'yes');
    const words = traitWords(traits, language);
    const silent = judged.filter(({ verdict }) => verdict === 'unknown');
    if (fitting.length > 0) {
      const isInTitles = fitting.every(({ isInTitle }) => isInTitle);
      const products = fitting.map(({ product, variants }) => repriced(product, variants));
      return isInTitles && fitting.length === judged.length
        ? null
        : { text: opened(say('severalYes', language, { traits: words }), isPlain), products, unknown: null };
    }
    const some = silent.length > 0 ? silent : judged;
    const names = [...new Set(silent.flatMap(({ unknown }) => unknown))];
    const products = some.map(({ product }) => product);
    const key = silent.length > 0 ? 'unknownOfSeveral' : 'severalNo';
    const text = opened(say(key, language, { traits: words, names: labels(names, language) }), isPlain);
    return { text, products, unknown: taskOf(names, products) };
  }
  const topics = wish.topics ?? [];
  if (asked.length === 0 && topics.length === 0) return null;
  const asking = askingOf(wish);
  const told = all.flatMap(({ product }) => {
    const named = asked.flatMap((name) => lineOfName(product, name, { traits: [], isReversed: false, language }) ?? []);
    const lines = [
      ...named,
      ...topics.flatMap((topic) => linesOfTopic(product, topic, { said: wish.said, asking, language })),
    ];
    return lines.length > 0 ? [{ product, text: lines.join('\n') }] : [];
  });
  const products = all.map(({ product }) => product);
  if (told.length === 0) {
    const names = [...asked, ...topics.map((topic) => topicLabel(topic, language))];
    const text = say('unknownOfSeveral', language, { names: labels(names, language) });
    return { text, products, unknown: taskOf(names, products) };
  }
  return { text: told.map(({ text }) => text).join('\n'), products: told.map(({ product }) => product), unknown: null };
}

function lineOfTraits(
  product: AttributeSubject,
  { verdict, variants }: Judgement,
  traits: readonly Trait[],
  language: Language,
  isPlain: boolean,
): string[] {
  if (verdict === 'unknown') return [];
  // What the title says already is not said twice: «مانتو لینن، جنس لینن».
  const beside = traits.filter(({ name, value }) => name === 'size' || !isValue(name, product.title, value));
  const told = traitWords(beside.length > 0 ? beside : traits, language);
  const words = { title: named(product, language), traits: told };
  if (verdict === 'yes') {
    const isKnown =
      variants.length > 0 ? variants.some(({ available }) => available === true) : product.available === true;
    return [opened(say(isKnown ? 'yes' : 'yesUnknownStock', language, words), isPlain)];
  }
  if (verdict === 'sold_out' && variants.length === 0 && product.available === false)
    return [opened(say('allSoldOut', language, words), isPlain)];
  return [
    opened(say(verdict === 'no' ? 'no' : 'soldOut', language, words), isPlain),
    ...otherValues(product, traits, language),
  ];
}

/** A sentence with its yes or no in front, or without. */
function opened(sentence: string, isPlain: boolean): string {
  return isPlain ? sentence : sentence.replace(/^(?:بله|نه|Yes|No)[،,] /u, '');
}

/** What there is in the place of what there is not: other sizes of the same colour, then other colours. */
function otherValues(product: AttributeSubject, traits: readonly Trait[], language: Language): string[] {
  for (const { name } of [...traits].reverse()) {
    const given = traits.filter((trait) => trait.name !== name);
    const inStock = valuesInStock(product, name, given);
    const values = inStock ?? valuesOf(product, name);
    if (values.length > 0) {
      const label = attributeLabel(name, language);
      return [
        say(inStock ? 'inStock' : 'listedShort', language, { name: label, values: list(name, values, language) }),
      ];
    }
  }
  return [];
}

interface Naming {
  traits: readonly Trait[];
  isReversed: boolean;
  /** The question, where it may want a yes or a no. */
  said?: string;
  /** Its words that ask for an attribute: they name nothing else. */
  asking?: readonly string[];
  language: Language;
}

/** The words of a question that only say what it is of. */
function askingOf({ asking, said = '' }: AttributeWish): string[] {
  const rest = new Set(wordsOf(readTopics(said).rest));
  return [...asking, ...wordsOf(said).filter((word) => !rest.has(word))];
}

/** What the shop says of a topic, yes or no first where its words say so. */
function linesOfTopic(
  product: AttributeSubject,
  topic: string,
  { said = '', asking, language }: { said: string | undefined; asking: readonly string[]; language: Language },
): string[] {
  return factsOfTopic(product, topic).flatMap(({ name, values }) => {
    const [only, ...others] = values;
    if (only === undefined) return [];
    if (others.length === 0 && (HAS.test(only) || HAS_NOT.test(only)))
      return lineOfName(product, name, { traits: [], isReversed: false, language }) ?? [];
    return [listedLine(product, labelOf(name, topic, language), values, { said, asking, language })];
  });
}

/** The shop's own word for it, but for one of another language. */
function labelOf(name: string, topic: string, language: Language): string {
  const label = attributeLabel(name, language);
  return /\p{Script=Arabic}/u.test(label) === (language === 'fa') ? label : topicLabel(topic, language);
}

function listedLine(
  product: AttributeSubject,
  name: string,
  values: readonly string[],
  { said, asking, language }: { said: string; asking: readonly string[]; language: Language },
): string {
  const keys = { yes: 'yesListed', no: 'noListed', none: 'listed' } as const;
  const words = { name: attributeLabel(name, language), title: named(product, language) };
  const known = [product.title, attributeLabel(name, 'fa'), attributeLabel(name, 'en'), ...asking];
  return say(keys[polarityOf(said, values, known)], language, { ...words, values: list(name, values, language) });
}

/** What the shop says of one attribute; null where it says nothing. */
function lineOfName(
  product: AttributeSubject,
  name: string,
  { traits, isReversed, said = '', asking = [], language }: Naming,
): string | null {
  const all = valuesOf(product, name);
  const title = named(product, language);
  const label = attributeLabel(name, language);
  if (name === 'originality') return lineOfOriginality(product, all, isReversed, language);
  const [only] = all;
  if (only === undefined) return null;
  if (all.length === 1 && HAS.test(only)) return say('has', language, { title, name: label });
  if (all.length === 1 && HAS_NOT.test(only)) return say('hasNot', language, { title, name: label });
  const inStock = valuesInStock(product, name, traits);
  const gone = inStock === null ? [] : all.filter((value) => !inStock.some((one) => isValue(name, one, value)));
  const shown = inStock !== null && inStock.length > 0 ? inStock : all;
  const line =
    all.length === 1
      ? listedLine(product, name, all, { said, asking, language })
      : say('listed', language, { name: label, title, values: list(name, shown, language) });
  return shown === inStock && gone.length > 0
    ? line + say('gone', language, { values: list(name, gone, language) })
    : line;
}

function lineOfOriginality(
  product: AttributeSubject,
  values: readonly string[],
  isReversed: boolean,
  language: Language,
): string | null {
  const stated =
    values.length > 0 ? values : ORIGINAL.test(product.title) || COPY.test(product.title) ? [product.title] : [];
  if (stated.length === 0) return null;
  const text = stated.join(' ');
  const words = { title: named(product, language), values: stated.join(language === 'fa' ? '، ' : ', ') };
  const isOriginal = !COPY.test(text) && (ORIGINAL.test(text) || stated.some((value) => HAS.test(value)));
  if (isReversed || (!isOriginal && !COPY.test(text)))
    return say('listed', language, { ...words, name: attributeLabel('originality', language) });
  return say(isOriginal ? 'original' : 'copied', language, words);
}

/** The product as it is sold in what was asked for: at the price of the variants that fit. */
function repriced<P extends AttributeSubject>(product: P, variants: readonly SubjectVariant[]): P {
  const price = variants.length > 0 ? priceOf(product, variants) : null;
  return price ? { ...product, price: price.from, ...(price.isOne ? { variants } : {}) } : product;
}

/** «رنگ مشکی سایز ۴۴»; in English with the word that leads it in: " in black, size 44". */
function traitWords(traits: readonly Trait[], language: Language): string {
  const words = traits.map(({ name, value }) => {
    const shown = digitsIn(valueIn(name, value, language), language);
    if (language === 'fa') return `${attributeLabel(name, 'fa')} ${shown}`;
    return name === 'size' ? `size ${shown.length <= 4 ? shown.toUpperCase() : shown}` : shown;
  });
  return language === 'fa' ? words.join(' ') : ` in ${words.join(', ')}`;
}

const MAX_LISTED = 20;

function list(name: string, values: readonly string[], language: Language): string {
  const shown = values.slice(0, MAX_LISTED).map((value) => digitsIn(valueIn(name, value, language), language));
  return shown.join(language === 'fa' ? '، ' : ', ') + (values.length > MAX_LISTED ? ' …' : '');
}

const labels = (names: readonly string[], language: Language): string =>
  names.map((name) => attributeLabel(name, language)).join(language === 'fa' ? ' و ' : ' and ');

const named = ({ title }: AttributeSubject, language: Language): string =>
  language === 'fa' ? `«${title}»` : `“${title}”`;

function say(key: Texts, language: Language, words: Readonly<Record<string, string>>): string {
  return TEXTS[key][language].replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '').replace(/ {2,}/g, ' ');
}

/** The note of the ticket: what customers ask for and the catalog does not say. */
function taskOf(names: readonly string[], products: readonly AttributeSubject[]): string | null {
  if (names.length === 0) return null;
  const titles = products
    .slice(0, 3)
    .map(({ title }) => `“${title}”`)
    .join(', ');
  return `Customers ask for the ${names.join(' and ')} of ${titles}; the catalog does not say it.`;
}
