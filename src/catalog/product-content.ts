import type { Currency } from '../text/money.ts';
import { normaliseText } from '../text/persian.ts';
import type { FoundProduct } from './found-product.ts';

/** A variant as it is stored; its price as text, in the smallest unit of the product's currency. */
export interface StoredVariant {
  title: string;
  sku: string;
  price: string | null;
  available: boolean | null;
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
  price: bigint | null;
  oldPrice: bigint | null;
  currency: Currency;
  variants: StoredVariant[];
}

/**
 * Who speaks: a `list` knows price and stock, and says the rest only where no page is read; a `page` knows everything, save
 * price and stock of what a list keeps (`described`).
 */
export type ProductVoice = 'list' | 'list_with_pages' | 'page' | 'page_of_list';

/** A variant in another currency than its product's has no price that we could show. */
function variantsOf({ variants, currency }: FoundProduct): ProductContent['variants'] {
  return variants.map(({ title, sku, price, available }) => ({
    title,
    sku,
    price: price?.currency === currency ? String(price.amount) : null,
    available,
  }));
}

/** What is stored after a source spoke: what it does not say stays as it was. Pure. */
export function mergeProduct(known: ProductContent | null, found: FoundProduct, voice: ProductVoice): ProductContent {
  const describes = voice !== 'list_with_pages' || !known || known.title === '';
  const prices = voice !== 'page_of_list' || !known || known.price === null;
  const before = known ?? { ...found, price: null, oldPrice: null, variants: [] };
  const some = <T extends string | unknown[]>(value: T, old: T): T => (value.length > 0 ? value : old);
  return {
    externalId: some(before.externalId, found.externalId),
    url: before.url ?? found.url,
    title: describes ? some(found.title, before.title) : before.title,
    description: describes ? some(found.description, before.description) : before.description,
    brand: describes ? some(found.brand, before.brand) : before.brand,
    categories: describes ? some(found.categories, before.categories) : before.categories,
    imageUrls: describes ? some(found.imageUrls, before.imageUrls) : before.imageUrls,
    variants: describes ? some(variantsOf(found), before.variants) : before.variants,
    ...(prices ? pricesOf(found) : { price: before.price, oldPrice: before.oldPrice, currency: before.currency }),
    available: voice === 'page_of_list' ? (before.available ?? found.available) : found.available,
  };
}

/** A price that is not stated any more is gone: an old one must not be quoted. */
function pricesOf({
  price,
  oldPrice,
  currency,
}: FoundProduct): Pick<ProductContent, 'price' | 'oldPrice' | 'currency'> {
  const old = price && oldPrice?.currency === price.currency ? oldPrice.amount : null;
  return { price: price?.amount ?? null, oldPrice: old, currency: price?.currency ?? currency };
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

/** What a product is found by, in matching form: title, brand, categories, codes and variants. */
export function searchTextOf({ title, brand, categories, externalId, variants }: ProductContent): string {
  const parts = [
    title,
    brand,
    ...categories,
    externalId,
    ...variants.flatMap((variant) => [variant.title, variant.sku]),
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
