import { isQuestion } from '../replies/reading/segments.ts';
import { GOODS_INTENTS } from '../text/intents.ts';
import { normaliseText, wordsOf } from '../text/persian.ts';
import { matchWords, stemOf } from '../text/word-match.ts';
import { attributeLabel } from './attributes/attribute-names.ts';
import { spellingsOf } from './attributes/attribute-values.ts';
import { hasWish, maybeSize, type Trait } from './attributes/customer-words.ts';
import { measureOf, measuresIn } from './attributes/measures.ts';
import { valuesOf } from './attributes/product-facts.ts';
import { factsOfTopic, readTopics, topicLabel } from './attributes/topics.ts';
import type { Product } from './product-store.ts';
import { namesSomething, searchWordsOf } from './search/product-query.ts';
import type { ProductQuestion } from './search/product-question.ts';
import { leftOf } from './statements.ts';

/** What words mean of the very products that were found or are spoken of. Pure. */

/** All that a question says of products, in their own words. */
export function readOfProducts(question: ProductQuestion, products: readonly Product[]): ProductQuestion {
  return withMeasuredSizes(
    withTopics(withOwnNames(withSizes(withOwnValues(question, products), products), products), products),
    products,
  );
}

/** What this very product is described by, in the shop's words: «آستر داره؟», «گردو داره؟». */
function withOwnNames(question: ProductQuestion, products: readonly Product[]): ProductQuestion {
  const { query } = question;
  const words = wordsOf(question.text);
  const said = new Set(words.flatMap((word) => [word, stemOf(word)]));
  const isSaid = (text: string) => {
    const own = wordsOf(text);
    return own.length > 0 && own.every((word) => said.has(word) || said.has(stemOf(word)));
  };
  const taken = new Set([...query.wish.asked, ...query.wish.traits.map(({ name }) => name)]);
  const named = products.flatMap(({ title, attributes }) => {
    const titled = wordsOf(title).flatMap((word) => [word, stemOf(word)]);
    return attributes
      .filter(({ name }) => !taken.has(name))
      .filter(({ name, values }) => {
        const labels = [attributeLabel(name, 'fa'), attributeLabel(name, 'en')];
        const parts = values.flatMap((value) => wordsOf(value)).filter((word) => word.length > 3 && !/\d/.test(word));
        return labels.some(isSaid) || parts.some((word) => isWordSaid(word, words) && !titled.includes(stemOf(word)));
      })
      .map(({ name }) => name);
  });
  if (named.length === 0) return question;
  return { ...question, query: { ...query, wish: { ...query.wish, asked: [...query.wish.asked, ...new Set(named)] } } };
}

/** «شطرنجتون از چه چوبیه؟»: of the one product that is named, something is asked that no rule has a name for. */
export function withOpen(question: ProductQuestion, products: readonly Product[]): ProductQuestion {
  const { query, text, wantsPictures } = question;
  const [product, ...others] = products;
  if (!product || others.length > 0 || wantsPictures || hasWish(query.wish) || !isQuestion(text)) return question;
  if (leftOf(text, product).filter((word) => !query.soft.has(word)).length === 0) return question;
  const isBeside = query.intents.some((intent) => GOODS_INTENTS.has(intent));
  return { ...question, query: { ...query, wish: { ...query.wish, said: text, isOpen: true, isBeside } } };
}

function isWordSaid(word: string, said: readonly string[]): boolean {
  return namesSomething(word) && said.some((one) => matchWords(one, word) >= 0.95);
}

const OWN_NAMES = ['colour', 'size', 'volume', 'capacity', 'weight', 'pattern'];

/** A word that is an option of this very product means that one, whatever else it may mean: «کرم سایز ۴۴ش», «موی بلند», «صد میل». */
export function withOwnValues(question: ProductQuestion, products: readonly Product[]): ProductQuestion {
  const { query } = question;
  const measured = [...ownMeasures(question.text, products), ...ownNumbers(question, products)];
  // An amount is of what the product is measured by, whatever the unit is usually called.
  const kept = query.wish.traits.filter(
    ({ value, name }) =>
      !measured.some((one) => one.value === value || one.name === name) &&
      (measured.length === 0 || measureOf(value) === null),
  );
  const taken = new Set([...kept, ...measured].map(({ name }) => name));
  const options = products.flatMap(({ variants }) =>
    variants.flatMap((variant) => variant.options.map(({ name }) => name)),
  );
  const free = [...new Set([...OWN_NAMES, ...options])].filter((name) => !taken.has(name));
  const traits = free.flatMap((name) => ownValue(name, query.words, products) ?? []);
  if (traits.length === 0 && measured.length === 0) return question;
  return { ...question, query: { ...query, wish: { ...query.wish, traits: [...kept, ...measured, ...traits] } } };
}

function ownValue(name: string, said: readonly string[], products: readonly Product[]): Trait | null {
  const all = products.flatMap((product) =>
    valuesOf(product, name).map((value) => ({ value, title: searchWordsOf(product.title) })),
  );
  for (const { value, title } of all)
    for (const spelling of spellingsOf(name, value)) {
      const isSaid = spelling.every((word) => saysWord(word, said) && !/^[sm]$/.test(word));
      if (isSaid && !spelling.every((word) => title.includes(word))) return { name, value, words: spelling };
    }
  return null;
}

/** What shops tell variants apart by besides colours and sizes. */
/* biome-ignore format: a table of words. */
const DEGREES: readonly (readonly string[])[] = [
  ['بلند', 'long', 'boland'], ['کوتاه', 'short', 'kootah', 'kutah'], ['متوسط', 'medium', 'motevaset'], ['کوچک', 'کوچیک', 'small', 'koochik'], ['بزرگ', 'large', 'big', 'bozorg'],
  ['ساده', 'plain', 'simple', 'sade'], ['کامل', 'full', 'complete', 'kamel'], ['نصف', 'نیم', 'half'], ['تک', 'تکی', 'single'], ['دونفره', 'double'],
];

function saysWord(word: string, said: readonly string[]): boolean {
  return (
    said.includes(word) ||
    (DEGREES.find((alike) => alike.includes(word))?.some((other) => said.includes(other)) ?? false)
  );
}

/** The amounts of a text that options, or attributes, of the products are measured in. */
function ownMeasures(text: string, products: readonly Product[]): Trait[] {
  const said = measuresIn(text);
  if (said.length === 0) return [];
  const found = new Map<string, Trait>();
  for (const measure of said)
    for (const product of products) {
      const options = product.variants.flatMap((variant) => variant.options);
      const named = options.find(({ value }) => measureOf(value)?.kind === measure.kind);
      if (named) found.set(named.name, { name: named.name, value: measure.text, words: wordsOf(measure.text) });
    }
  return [...found.values()];
}

/** «۲۵۶ش چنده؟»: a bare number that is the amount of an option of theirs, and of nothing else. */
function ownNumbers({ query, text }: ProductQuestion, products: readonly Product[]): Trait[] {
  const bare = query.words.flatMap((word) => /^(\d{2,4})(?:ش|شو|یه|ی|ه|تایی|esh|sh)?$/u.exec(word)?.[1] ?? []);
  const taken = measuresIn(text).map(({ text: said }) => said);
  return bare.flatMap((number) => {
    if (taken.some((said) => said.includes(number))) return [];
    const options = products.flatMap(({ variants }) => variants.flatMap((variant) => variant.options));
    const named = options.find(
      ({ value }) => measuresIn(value).length > 0 && new RegExp(`(?<!\\d)${number}(?!\\d)`).test(normaliseText(value)),
    );
    return named ? [{ name: named.name, value: named.value, words: [number] }] : [];
  });
}

const MEASURED_SIZES = ['volume', 'weight', 'capacity', 'dimensions'];

/** The sizes of a perfume are its volumes. */
function withMeasuredSizes(question: ProductQuestion, products: readonly Product[]): ProductQuestion {
  const { query } = question;
  const has = (name: string) => products.some((product) => valuesOf(product, name).length > 0);
  const measured = MEASURED_SIZES.find(has);
  if (!query.wish.asked.includes('size') || has('size') || !measured) return question;
  const asked = query.wish.asked.map((name) => (name === 'size' ? measured : name));
  return { ...question, query: { ...query, wish: { ...query.wish, asked: [...new Set(asked)] } } };
}

/** «کفش نایک ۴۳»: of products with sizes, a bare number is one. */
export function withSizes(question: ProductQuestion, products: readonly Product[]): ProductQuestion {
  const { query } = question;
  const bare = query.words.filter((word) => !query.soft.has(word)).flatMap((word) => maybeSize(word) ?? []);
  const sized = bare.filter(({ value }) => products.some((product) => isSizeOf(product, value)));
  if (sized.length === 0 || query.wish.traits.some(({ name }) => name === 'size')) return question;
  return { ...question, query: { ...query, wish: { ...query.wish, traits: [...query.wish.traits, ...sized] } } };
}

function isSizeOf(product: Product, value: string): boolean {
  return valuesOf(product, 'size').length > 0 && !wordsOf(product.title).includes(value);
}

/**
 * What is asked in other words than the shop's: "waterproof", «چقد می‌مونه». A topic that nothing is stated of counts where no other is
 * answered: «باتری چند ساعت می‌مونه» is one question in two topics.
 */
function withTopics(question: ProductQuestion, products: readonly Product[]): ProductQuestion {
  const { query, text } = question;
  const { wish } = query;
  const taken = new Set([...wish.asked, ...wish.traits.map(({ name }) => name)]);
  const topics = readTopics(text).topics.filter((topic) => !products.every(({ title }) => saysTopic(title, topic)));
  const stated = topics.filter((topic) => products.some((product) => factsOfTopic(product, topic).length > 0));
  const fresh = stated.filter((topic) =>
    products.some((product) => factsOfTopic(product, topic).some(({ name }) => !taken.has(name))),
  );
  const isAnswered = stated.length > 0 || taken.size > 0;
  const asked: readonly string[] = isAnswered ? fresh : topics;
  if (asked.length === 0) return { ...question, query: { ...query, wish: { ...wish, said: text } } };
  return { ...question, query: { ...query, wish: { ...wish, topics: asked, said: text } } };
}

/** A keyboard is not asked whether it has one. */
const saysTopic = (title: string, topic: string): boolean =>
  readTopics(title).topics.some((one) => one === topic) || wordsOf(title).includes(topicLabel(topic, 'fa'));
