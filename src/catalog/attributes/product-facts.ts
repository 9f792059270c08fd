import type { Money } from '../../text/money.ts';
import type { VariantOption } from './attribute.ts';
import { isValue, valueId } from './attribute-values.ts';
import type { Trait } from './customer-words.ts';

/** What is known of a product's attributes and variants. */
export interface AttributeSubject {
  title: string;
  available: boolean | null;
  price: Money | null;
  attributes?: readonly { name: string; values: readonly string[] }[];
  variants?: readonly SubjectVariant[];
}

export interface SubjectVariant {
  options: readonly VariantOption[];
  title: string;
  price: Money | null;
  available: boolean | null;
}

/**
 * What is known of a wish: `yes`; `sold_out`: it comes in it, and that one is gone; `no`: it does not come in it; `unknown`: the
 * shop does not say.
 */
export type Verdict = 'yes' | 'sold_out' | 'no' | 'unknown';

export interface Judgement {
  verdict: Verdict;
  /** The variants that fit, when it has variants of this kind. */
  variants: readonly SubjectVariant[];
  /** Only its title says so, or it is all that was asked: nothing that a customer needs to be told. */
  isInTitle: boolean;
  /** The names of what the shop does not say. */
  unknown: readonly string[];
}

/** All values that a product is known to have of an attribute, in the shop's words and order, each once. */
export function valuesOf(product: AttributeSubject, name: string): string[] {
  const stated = product.attributes?.find((attribute) => attribute.name === name)?.values ?? [];
  return unique(name, [...optionValues(product.variants ?? [], name), ...stated]);
}

/** Those that can be bought, as far as variants tell; null where they do not. */
export function valuesInStock(product: AttributeSubject, name: string, given: readonly Trait[] = []): string[] | null {
  const own = variantsWith(product, given).filter(({ options }) => options.some((option) => option.name === name));
  if (own.length === 0 || own.every(({ available }) => available === null)) return null;
  return unique(
    name,
    optionValues(
      own.filter(({ available }) => available !== false),
      name,
    ),
  );
}

function optionValues(variants: readonly SubjectVariant[], name: string): string[] {
  return variants.flatMap(({ options }) => options.filter((option) => option.name === name).map(({ value }) => value));
}

function unique(name: string, values: readonly string[]): string[] {
  const ids = new Map<string, string>();
  for (const value of values) if (!ids.has(valueId(name, value))) ids.set(valueId(name, value), value);
  return [...ids.values()];
}

/** The variants that fit every trait that variants of this product have. */
export function variantsWith({ variants = [] }: AttributeSubject, traits: readonly Trait[]): SubjectVariant[] {
  const names = new Set(variants.flatMap(({ options }) => options.map(({ name }) => name)));
  const own = traits.filter(({ name }) => names.has(name));
  return variants.filter(({ options }) =>
    own.every((trait) => {
      const stated = options.filter(({ name }) => name === trait.name);
      // A variant that leaves an option open is of every value.
      return stated.length === 0 || stated.some(({ name, value }) => isValue(name, value, trait.value));
    }),
  );
}

/** Whether a product comes in what is asked for, all of it at once. Pure. */
export function judge(product: AttributeSubject, traits: readonly Trait[]): Judgement {
  const { variants = [] } = product;
  const names = new Set(variants.flatMap(({ options }) => options.map(({ name }) => name)));
  const fitting = variantsWith(product, traits);
  const ofVariants = traits.filter(({ name }) => names.has(name));
  const others = traits.filter(({ name }) => !names.has(name));
  const single = others.map((trait) => judgeByWords(product, trait));
  const unknown = others.filter((_, at) => single[at] === 'unknown').map(({ name }) => name);
  const isInTitle = ofVariants.length === 0 && single.every((one) => one === 'in_title');
  const chosen = ofVariants.length > 0 ? fitting : [];
  const give = (verdict: Verdict): Judgement => ({ verdict, variants: chosen, isInTitle, unknown });
  if (single.includes('no') || (ofVariants.length > 0 && fitting.length === 0)) return give('no');
  if (ofVariants.length > 0 && fitting.every(({ available }) => available === false)) return give('sold_out');
  if (unknown.length > 0) return give('unknown');
  // A variant that leaves it open says nothing of it.
  const open = ofVariants.filter(({ name }) =>
    fitting.every(({ options }) => options.every((one) => one.name !== name)),
  );
  if (open.length > 0) return { ...give('unknown'), unknown: open.map(({ name }) => name) };
  return give(product.available === false ? 'sold_out' : 'yes');
}

function judgeByWords(product: AttributeSubject, trait: Trait): 'yes' | 'in_title' | 'no' | 'unknown' {
  if (isValue(trait.name, product.title, trait.value) && trait.name !== 'size') return 'in_title';
  const values = valuesOf(product, trait.name);
  if (values.some((value) => isValue(trait.name, value, trait.value))) return 'yes';
  return values.length > 0 ? 'no' : 'unknown';
}

/** What the fitting variants cost: one price where they agree, else the cheapest of those that can be bought. */
export function priceOf(
  product: AttributeSubject,
  variants: readonly SubjectVariant[],
): { from: Money; isOne: boolean } | null {
  const buyable = variants.filter(({ available }) => available !== false);
  const prices = (buyable.length > 0 ? buyable : variants)
    .map(({ price }) => price ?? product.price)
    .filter((one) => one !== null);
  const all = prices.length > 0 ? prices : product.price ? [product.price] : [];
  const [first, ...rest] = all;
  if (!first || rest.some(({ currency }) => currency !== first.currency))
    return first ? { from: first, isOne: true } : null;
  const from = rest.reduce((least, one) => (one.amount < least.amount ? one : least), first);
  return { from, isOne: rest.every(({ amount }) => amount === first.amount) };
}
