import { attributeLabel } from '../catalog/attributes/attribute-names.ts';
import { digitsIn, isValue, valueId } from '../catalog/attributes/attribute-values.ts';
import { readAttributeWish, type Trait } from '../catalog/attributes/customer-words.ts';
import { mentionedValues } from '../catalog/attributes/mentioned-variants.ts';
import { valuesInStock, valuesOf, variantsWith } from '../catalog/attributes/product-facts.ts';
import type { OrderOption, OrderProduct } from './order-form-state.ts';

/** The size and colour of what is ordered: which there are, which were said, and what they cost. Pure. */

/** Without variants of its own, a product is sent in one of these where it lists several. */
const SENT_IN = ['size', 'colour'];

/** What has to be chosen of a product before it can be sent: the names, in the order in which they are asked for. */
export function optionNamesOf(product: OrderProduct): string[] {
  const ofVariants = [...new Set((product.variants ?? []).flatMap(({ options }) => options.map(({ name }) => name)))];
  const names = ofVariants.length > 0 ? ofVariants : SENT_IN;
  return names.filter((name) => valuesOf(product, name).length > (ofVariants.length > 0 ? 0 : 1));
}

/** The values that there are, given what was chosen of the others. */
export function choicesOf(product: OrderProduct, name: string, chosen: readonly OrderOption[]): string[] {
  const others = toTraits(chosen.filter((option) => option.name !== name));
  return valuesInStock(product, name, others) ?? ofFitting(product, name, others) ?? valuesOf(product, name);
}

function ofFitting(product: OrderProduct, name: string, others: readonly Trait[]): string[] | null {
  const values = variantsWith(product, others).flatMap(({ options }) =>
    options.filter((option) => option.name === name).map(({ value }) => value),
  );
  return values.length > 0 ? [...new Map(values.map((value) => [valueId(name, value), value])).values()] : null;
}

/** The first name of which nothing is chosen yet; null when it can be sent. */
export function missingOption(product: OrderProduct, chosen: readonly OrderOption[]): string | null {
  return optionNamesOf(product).find((name) => !chosen.some((option) => option.name === name)) ?? null;
}

/** What there is only one of is chosen by itself. */
export function completeOptions(product: OrderProduct, chosen: readonly OrderOption[]): OrderOption[] {
  let options = [...chosen];
  for (const name of optionNamesOf(product)) {
    const [only, ...others] = choicesOf(product, name, options);
    const isOpen = !options.some((option) => option.name === name);
    if (isOpen && only !== undefined && others.length === 0) options = [...options, { name, value: only }];
  }
  return options;
}

export interface SaidOptions {
  options: OrderOption[];
  /** Asked for and not to be had: `{name, value}` as the customer said it. */
  refused: OrderOption[];
}

/**
 * The options that a text names. `asked`: the name that the customer was asked for, of which a bare value counts; without it a
 * value counts where nothing else is meant («سایز ۴۲»، «مشکی»), and with `isWary` only one that is called by its name.
 */
export function readOptions(
  text: string,
  product: OrderProduct,
  {
    asked = null,
    isWary = false,
    chosen = [],
  }: { asked?: string | null; isWary?: boolean; chosen?: readonly OrderOption[] } = {},
): SaidOptions {
  const names = optionNamesOf(product);
  const wish = readAttributeWish(text);
  if (isWary && !BY_NAME.test(text)) return { options: [], refused: [] };
  const said: SaidOptions = { options: [], refused: [] };
  for (const name of names) {
    const isAsked = name === asked || wish.asked.includes(name);
    // What was chosen before may have to give way to what is said now; the answer to a question goes with it.
    const choices = choicesOf(product, name, isAsked ? [...chosen, ...said.options] : said.options);
    const trait = wish.traits.find((one) => one.name === name);
    const byTrait = trait && choices.find((value) => isValue(name, value, trait.value));
    const isNumeric = (value: string) => /^\d+$/.test(valueId(name, value));
    // «۲» may count pieces: a bare number is a size only where sizes were asked for.
    const bare = mentionedValues(text, name, choices).filter((value) => isAsked || !isNumeric(value));
    const value = byTrait ?? (bare.length === 1 ? bare[0] : undefined);
    if (value !== undefined) said.options.push({ name, value });
    else if (trait) said.refused.push({ name, value: trait.value });
  }
  return said;
}

/** The options with those of `more` in the place of the old ones; what cannot be had together with them is open again. */
export function withOptions(
  product: OrderProduct,
  chosen: readonly OrderOption[],
  more: readonly OrderOption[],
): OrderOption[] {
  const fresh = chosen.filter((option) => !more.some(({ name }) => name === option.name));
  const all = [...fresh, ...more];
  return all.filter(
    (option) =>
      more.includes(option) ||
      choicesOf(product, option.name, more).some((value) => isValue(option.name, value, option.value)),
  );
}

/** The product in what was chosen: called so, at its price, and there or not. */
export function inOptions(
  product: OrderProduct,
  chosen: readonly OrderOption[] = [],
): OrderProduct & { variantId: string | null } {
  if (chosen.length === 0) return { ...product, variantId: null };
  const fitting = variantsWith(product, toTraits(chosen)).filter(({ options }) => options.length > 0);
  const variant = fitting.length === 1 ? ((product.variants ?? []).find((one) => one === fitting[0]) ?? null) : null;
  const title = `${product.title} (${chosen.map(({ value }) => value).join('، ')})`;
  const isGone = fitting.length > 0 && fitting.every(({ available }) => available === false);
  const isThere = fitting.some(({ available }) => available === true) ? true : product.available;
  return {
    ...product,
    title,
    price: variant?.price ?? product.price,
    available: isGone || product.available === false ? false : isThere,
    variantId: variant?.id ?? null,
  };
}

/** True when two lines of a product are the same in every option. */
export function isSameOptions(a: readonly OrderOption[] = [], b: readonly OrderOption[] = []): boolean {
  return a.length === b.length && a.every((option) => b.some((other) => isSameOption(option, other)));
}

const isSameOption = (a: OrderOption, b: OrderOption): boolean =>
  a.name === b.name && valueId(a.name, a.value) === valueId(b.name, b.value);

/** True when a line has every one of the options. */
export function hasOptions(options: readonly OrderOption[] = [], wanted: readonly OrderOption[]): boolean {
  return wanted.every((option) => options.some((other) => isSameOption(option, other)));
}

/** A street may be called «سبز» and a house have the number 42. */
const BY_NAME = /سایز|رنگ|size|colou?r/iu;

const toTraits = (options: readonly OrderOption[]): Trait[] =>
  options.map(({ name, value }) => ({ name, value, words: [] }));

export function askForOption(
  product: OrderProduct,
  name: string,
  chosen: readonly OrderOption[],
  language: 'fa' | 'en',
): string {
  const values = choicesOf(product, name, chosen);
  const label = attributeLabel(name, language);
  return language === 'fa'
    ? `کدام ${label} را می‌خواهید؟ ${values.join('، ')}`
    : `Which ${label} would you like? ${values.join(', ')}`;
}

export function refuseOption({ name, value }: OrderOption, language: 'fa' | 'en'): string {
  const label = attributeLabel(name, language);
  return language === 'fa'
    ? `متأسفانه ${label} ${digitsIn(value, language)} را نداریم.`
    : `Sorry, we do not have the ${label} ${value}.`;
}
