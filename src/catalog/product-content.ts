import type { Currency, Money } from '../text/money.ts';
import { normaliseText } from '../text/persian.ts';
import { ATTRIBUTE_LIMITS, type FoundAttribute, type VariantOption } from './attributes/attribute.ts';
import { isOptionName } from './attributes/attribute-names.ts';
import { optionsOfTitle } from './attributes/attribute-values.ts';
import { optionsKey } from './attributes/read-attributes.ts';
import type { FoundProduct } from './found-product.ts';

/** A variant as it is stored; its price as text, in the smallest unit of the product's currency. */
export interface StoredVariant {
  options: VariantOption[];
  title: string;
  sku: string;
  price: string | null;
  available: boolean | null;
}

/** Who states a fact of a product. `presumed`: a list that left it empty, which it means as "no". */
export type Origin = 'list' | 'page' | 'table' | 'presumed';

/** What is said of a product besides title, price and stock, and who said it. */
export interface StoredAttribute extends FoundAttribute {
  from: Exclude<Origin, 'presumed'> | 'person';
}

/** What is kept of a product, whoever stated it. Amounts are in the smallest unit of `currency`. */
export interface ProductContent {
  externalId: string;
  url: string | null;
  title: string;
  description: string;
  brand: string;
  categories: string[];
  imageUrls: string[];
  available: boolean | null;
  /** Empty when nobody stated it. */
  availableFrom: Origin | '';
  price: bigint | null;
  oldPrice: bigint | null;
  priceFrom: Exclude<Origin, 'presumed'> | '';
  currency: Currency;
  variants: StoredVariant[];
  /** A person's are never taken over by a source. */
  variantsFrom: Exclude<Origin, 'presumed'> | 'person' | '';
  attributes: StoredAttribute[];
}

/**
 * Who speaks: a `list` knows price and stock, and says the rest only where no page is read; a `page` and a `table` know
 * everything, save that a page does not contradict the price and stock of what a list keeps (`page_of_list`).
 */
export type ProductVoice = 'list' | 'list_with_pages' | 'page' | 'page_of_list' | 'table';

const SPEAKERS = {
  list: 'list',
  list_with_pages: 'list',
  page: 'page',
  page_of_list: 'page',
  table: 'table',
} as const satisfies Record<ProductVoice, Origin>;

/** A variant whose price cannot be told in its product's currency has none that we could show. Each of its options once. */
function variantsOf({ title: ofProduct, variants }: FoundProduct, currency: Currency): StoredVariant[] {
  const stored = variants.map(({ options: stated, title, sku, price, available }) => {
    const amount = price && amountIn(price, currency);
    const options = stated.length > 0 ? stated : optionsOfTitle(title, ofProduct);
    return { options, title, sku, price: amount === null ? null : String(amount), available };
  });
  return [...new Map(stored.map((variant) => [optionsKey(variant), variant] as const)).values()];
}

/** A list in tomans and a page in rials tell of the same money. */
function amountIn({ amount, currency }: Money, wanted: Currency): bigint | null {
  if (currency === wanted) return amount;
  if (currency === 'IRR' && wanted === 'IRT') return amount % 10n === 0n ? amount / 10n : null;
  return currency === 'IRT' && wanted === 'IRR' ? amount * 10n : null;
}

/**
 * What is stored after a source spoke: what it does not say stays as another said it. A price and a stock that their own source
 * does not state any more are gone: an old one must not be quoted. Pure.
 */
export function mergeProduct(known: ProductContent | null, found: FoundProduct, voice: ProductVoice): ProductContent {
  const describes = voice !== 'list_with_pages' || !known || known.title === '';
  const some = <T extends string | unknown[]>(value: T, old: T | undefined): T =>
    old !== undefined && (value.length === 0 || !describes) ? old : value;
  const price = mergePrice(known, found, voice);
  return {
    externalId: known?.externalId || found.externalId,
    url: known?.url ?? found.url,
    title: some(found.title, known?.title),
    description: some(found.description, known?.description),
    brand: some(found.brand, known?.brand),
    categories: some(found.categories, known?.categories),
    imageUrls: some(found.imageUrls, known?.imageUrls),
    ...mergeVariants(known, variantsOf(found, price.currency), price.currency, { voice, describes }),
    attributes: mergeAttributes(known?.attributes ?? [], found.attributes, { voice, describes }),
    ...price,
    ...mergeStock(known, found, voice),
  };
}

interface Speaking {
  voice: ProductVoice;
  /** False for a list whose pages say the rest better. */
  describes: boolean;
}

/** Silence erases nothing, and what a person wrote stays. */
function mergeVariants(
  known: ProductContent | null,
  variants: StoredVariant[],
  currency: Currency,
  { voice, describes }: Speaking,
): Pick<ProductContent, 'variants' | 'variantsFrom'> {
  const speaker = SPEAKERS[voice];
  const kept = known && known.variants.length > 0 ? known : null;
  const yields = variants.length === 0 || (kept && !describes && kept.variantsFrom !== speaker);
  if (known && (known.variantsFrom === 'person' || (kept && yields)))
    return { variants: repriced(known, currency), variantsFrom: known.variantsFrom };
  return { variants, variantsFrom: variants.length > 0 ? speaker : '' };
}

/** Their amounts are told in the product's currency, also when that has become another. */
function repriced({ variants, currency: before }: ProductContent, currency: Currency): StoredVariant[] {
  if (before === currency) return variants;
  return variants.map((variant) => {
    const amount =
      variant.price === null ? null : amountIn({ amount: BigInt(variant.price), currency: before }, currency);
    return { ...variant, price: amount === null ? null : String(amount) };
  });
}

/** Each name by itself: one that a source does not speak of stays as it was said before. */
function mergeAttributes(
  known: readonly StoredAttribute[],
  found: readonly FoundAttribute[],
  { voice, describes }: Speaking,
): StoredAttribute[] {
  const from = SPEAKERS[voice];
  const merged = new Map(known.map((attribute) => [attribute.name, attribute]));
  for (const { name, values } of found) {
    const kept = merged.get(name);
    if (!kept || kept.from === from || (describes && kept.from !== 'person')) merged.set(name, { name, values, from });
  }
  return [...merged.values()].slice(0, ATTRIBUTE_LIMITS.attributes);
}

type PriceParts = Pick<ProductContent, 'price' | 'oldPrice' | 'currency' | 'priceFrom'>;

function mergePrice(known: ProductContent | null, found: FoundProduct, voice: ProductVoice): PriceParts {
  const speaker = SPEAKERS[voice];
  const { price, oldPrice } = found;
  const kept = known && known.price !== null ? known : null;
  const isKeptByOther = kept !== null && kept.priceFrom !== speaker;
  if (price && !(isKeptByOther && voice === 'page_of_list')) {
    const old = oldPrice?.currency === price.currency ? oldPrice.amount : null;
    return { price: price.amount, oldPrice: old, currency: price.currency, priceFrom: speaker };
  }
  if (kept && (isKeptByOther || found.unsaid?.includes('price')))
    return { price: kept.price, oldPrice: kept.oldPrice, currency: kept.currency, priceFrom: kept.priceFrom };
  return { price: null, oldPrice: null, currency: found.currency, priceFrom: '' };
}

type StockParts = Pick<ProductContent, 'available' | 'availableFrom'>;

function mergeStock(known: ProductContent | null, found: FoundProduct, voice: ProductVoice): StockParts {
  const speaker = SPEAKERS[voice];
  const kept = known && known.available !== null ? known : null;
  const isOwn =
    kept !== null && (kept.availableFrom === speaker || (speaker === 'list' && kept.availableFrom === 'presumed'));
  const isKeptByOther = kept !== null && !isOwn;
  // A page may contradict what was only presumed.
  const yields = voice === 'page_of_list' && isKeptByOther && kept.availableFrom !== 'presumed';
  if (found.available !== null && !found.isAvailabilityPresumed && !yields)
    return { available: found.available, availableFrom: speaker };
  if (kept && (isKeptByOther || found.unsaid?.includes('available')))
    return { available: kept.available, availableFrom: kept.availableFrom };
  return found.isAvailabilityPresumed
    ? { available: found.available, availableFrom: 'presumed' }
    : { available: null, availableFrom: '' };
}

/** One text for one content: two that are equal say the same. */
export function fingerprintContent(content: ProductContent): string {
  return JSON.stringify(
    Object.entries(content)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, value]) => (typeof value === 'bigint' ? String(value) : value)),
  );
}

const MAX_SEARCH_TEXT = 1000;

/** What a product is found by, in matching form: title, brand, categories, codes, variants, and what it comes in. */
export function searchTextOf({
  title,
  brand,
  categories,
  externalId,
  variants,
  attributes,
}: Pick<ProductContent, 'title' | 'brand' | 'categories' | 'externalId' | 'variants' | 'attributes'>): string {
  const parts = [
    title,
    brand,
    ...categories,
    externalId,
    ...variants.flatMap((variant) => [variant.title, ...variant.options.map(({ value }) => value), variant.sku]),
    ...attributes.filter(({ name }) => isOptionName(name)).flatMap(({ values }) => values),
  ];
  return normaliseText([...new Set(parts.filter(Boolean))].join(' ')).slice(0, MAX_SEARCH_TEXT);
}

/** How many products may stay away from one list before it is taken for a broken one. */
const ALWAYS_BELIEVED = 5;
const BELIEVED_SHARE = 0.3;

/** True when a list names so few of the products that were there that it is more likely broken than right. Pure. */
export function isSuspiciousList({ alive, vanished }: { alive: number; vanished: number }): boolean {
  return vanished === alive ? alive > 0 && vanished > 1 : vanished > Math.max(ALWAYS_BELIEVED, alive * BELIEVED_SHARE);
}
