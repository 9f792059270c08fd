import type { Currency, Money } from '../../text/money.ts';
import type { Complaint, FoundProduct, FoundVariant } from '../found-product.ts';
import { keepOldPrice, readAvailability, readCurrency, readPrice, readText, readUrls } from './found-parts.ts';
import { LIMITS } from './source.ts';

type Node = Record<string, unknown>;

const MAX_NODES = 500;

/** All objects of the blocks that a page holds: alone, in lists and in graphs. A block that is no JSON is skipped. */
export function readNodes(blocks: readonly string[], at: string, complaints: Complaint[]): Node[] {
  const nodes: Node[] = [];
  const add = (value: unknown, depth: number): void => {
    if (depth > 4 || nodes.length >= MAX_NODES || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const one of value) add(one, depth + 1);
      return;
    }
    nodes.push(value as Node);
    add((value as Node)['@graph'], depth + 1);
    add((value as Node).mainEntity, depth + 1);
  };
  for (const block of blocks) {
    try {
      add(JSON.parse(withoutRawBreaks(block)), 0);
    } catch {
      complaints.push({ code: 'json_ld_broken', at, detail: '' });
    }
  }
  return nodes;
}

/** Shops paste texts with line breaks into strings; outside of strings a break means nothing. */
function withoutRawBreaks(block: string): string {
  return block.replace(/\p{Cc}+/gu, ' ').trim();
}

function isType(node: Node, ...names: string[]): boolean {
  const types = Array.isArray(node['@type']) ? node['@type'] : [node['@type']];
  return types.some((type) => typeof type === 'string' && names.includes(type.replace(/^.*[/#:]/, '')));
}

const listOf = (value: unknown): Node[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is Node => typeof one === 'object' && one !== null);

interface Offer {
  price: Money | null;
  oldPrice: Money | null;
  available: boolean | null;
  sku: string;
  name: string;
}

/** The product that a page is about; null when its data names none. */
export function readJsonLdProduct(
  nodes: readonly Node[],
  fallback: Currency,
  at: string,
  complaints: Complaint[],
): Partial<FoundProduct> | null {
  const node = nodes.find((one) => isType(one, 'ProductGroup')) ?? nodes.find((one) => isType(one, 'Product'));
  if (!node) return null;
  const offers = readOffers(node.offers, fallback, at, complaints);
  const variants = readVariants(node, offers, fallback, at, complaints);
  const best = bestOf([...offers, ...variants.map((variant) => ({ ...variant, oldPrice: null }))]);
  const brand = typeof node.brand === 'object' ? listOf(node.brand)[0]?.name : node.brand;
  return {
    externalId: readText(node.sku ?? node.productGroupID ?? node.mpn, LIMITS.externalId),
    title: readText(node.name, LIMITS.title),
    description: readText(node.description, LIMITS.description),
    brand: readText(brand, LIMITS.brand),
    categories: readCategories(node, nodes),
    imageUrls: readUrls(node.image, at),
    available: readStock([...offers, ...variants]),
    price: best?.price ?? null,
    oldPrice: best?.oldPrice ?? null,
    currency: best?.price?.currency ?? fallback,
    variants: variants.slice(0, LIMITS.variants),
  };
}

/** Something can be bought: yes. Nothing can: no. */
function readStock(parts: readonly { available: boolean | null }[]): boolean | null {
  if (parts.some(({ available }) => available === true)) return true;
  return parts.some(({ available }) => available === false) ? false : null;
}

/** The cheapest of what can be bought, else the cheapest. Only prices of one currency can be told apart. */
function bestOf<T extends { price: Money | null; available: boolean | null }>(parts: readonly T[]): T | null {
  const priced = parts.filter(({ price }) => price !== null);
  const buyable = priced.filter(({ available }) => available !== false);
  const [first, ...others] = buyable.length > 0 ? buyable : priced;
  if (!first) return null;
  return others.reduce((best, one) => {
    const isCheaper =
      one.price?.currency === best.price?.currency && (one.price?.amount ?? 0n) < (best.price?.amount ?? 0n);
    return isCheaper ? one : best;
  }, first);
}

function readOffers(value: unknown, fallback: Currency, at: string, complaints: Complaint[]): Offer[] {
  return listOf(value).flatMap((offer) => {
    if (!isType(offer, 'AggregateOffer')) return [readOffer(offer, offer.price, fallback, at, complaints)];
    const inner = readOffers(offer.offers, fallback, at, complaints);
    // The high price of a range is another variant's, never an old price.
    return inner.length > 0 ? inner : [readOffer(offer, offer.lowPrice ?? offer.price, fallback, at, complaints)];
  });
}

function readOffer(offer: Node, stated: unknown, fallback: Currency, at: string, complaints: Complaint[]): Offer {
  const specifications = listOf(offer.priceSpecification);
  const isListPrice = (one: Node) => /ListPrice|StrikethroughPrice|MSRP/.test(String(one.priceType ?? ''));
  const current = specifications.find((one) => !isListPrice(one));
  const listed = specifications.find(isListPrice);
  const price = priceOf(
    stated ?? current?.price,
    offer.priceCurrency ?? current?.priceCurrency,
    fallback,
    at,
    complaints,
  );
  const oldPrice = priceOf(listed?.price, listed?.priceCurrency ?? offer.priceCurrency, fallback, at, []);
  return {
    price,
    oldPrice: keepOldPrice(price, oldPrice),
    available: readAvailability(offer.availability),
    sku: readText(offer.sku, LIMITS.externalId),
    name: readText(offer.name, LIMITS.title),
  };
}

function priceOf(value: unknown, code: unknown, fallback: Currency, at: string, complaints: Complaint[]): Money | null {
  const currency = readCurrency(code, fallback);
  if (!currency && value !== undefined) {
    complaints.push({ code: 'price_unknown_currency', at, detail: readText(code, 20) });
    return null;
  }
  return readPrice(value, currency, at, complaints, { machineForm: true });
}

function readVariants(
  node: Node,
  offers: readonly Offer[],
  fallback: Currency,
  at: string,
  complaints: Complaint[],
): FoundVariant[] {
  const variants = listOf(node.hasVariant)
    .slice(0, LIMITS.variants)
    .map((variant) => {
      const own = readOffers(variant.offers, fallback, at, complaints);
      const title = ['name', 'color', 'size'].map((field) => readText(variant[field], 80)).filter(Boolean);
      return {
        title: [...new Set(title)].join(' / '),
        sku: readText(variant.sku ?? variant.mpn, LIMITS.externalId),
        price: bestOf(own)?.price ?? null,
        available: readStock(own),
      };
    });
  if (variants.length > 0 || offers.length < 2) return variants;
  return offers.map(({ name, sku, price, available }) => ({ title: name || sku, sku, price, available }));
}

function readCategories(node: Node, nodes: readonly Node[]): string[] {
  const own = (Array.isArray(node.category) ? node.category : [node.category]).map((one) =>
    readText(typeof one === 'object' && one !== null ? (one as Node).name : one, LIMITS.category),
  );
  const crumbs = nodes
    .filter((one) => isType(one, 'BreadcrumbList'))
    .flatMap((one) => listOf(one.itemListElement))
    .map((one) => readText(one.name ?? listOf(one.item)[0]?.name, LIMITS.category));
  // The first crumb is the home page, the last the product itself.
  const found = own.some(Boolean) ? own : crumbs.slice(1, -1);
  return [...new Set(found.filter(Boolean))].slice(0, LIMITS.categories);
}
