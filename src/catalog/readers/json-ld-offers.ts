import type { Money } from '../../text/money.ts';
import type { VariantOption } from '../attributes/attribute.ts';
import { mergeAttributes, optionsAmong } from '../attributes/read-attributes.ts';
import { keepOldPrice, readAvailability, readCurrency, readPrice, readText } from './found-parts.ts';
import { readNodeAttributes } from './json-ld-attributes.ts';
import { isType, type Node, type NodeGraph } from './json-ld-nodes.ts';
import type { Reading } from './json-ld-reading.ts';
import { LIMITS } from './source.ts';

export interface Offer {
  price: Money | null;
  oldPrice: Money | null;
  available: boolean | null;
  sku: string;
  name: string;
  /** What it is an offer of, where several differ in it. */
  options: VariantOption[];
}

/** Something can be bought: yes. Nothing can: no. */
export function readStock(parts: readonly { available: boolean | null }[]): boolean | null {
  if (parts.some(({ available }) => available === true)) return true;
  return parts.some(({ available }) => available === false) ? false : null;
}

/** The cheapest of what can be bought, else the cheapest. Only prices of one currency can be told apart. */
export function bestOf<T extends { price: Money | null; available: boolean | null }>(parts: readonly T[]): T | null {
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

/** The offers in a field, each of a range on its own. */
export function readOffers(value: unknown, reading: Reading): Offer[] {
  return reading.graph.list(value).flatMap((offer) => {
    if (!isType(offer, 'AggregateOffer')) return [readOffer(offer, offer.price, reading)];
    const inner = readOffers(offer.offers, reading);
    // The high price of a range is another variant's, never an old price.
    return inner.length > 0 ? inner : [readOffer(offer, firstStated(offer.lowPrice, offer.price), reading)];
  });
}

/** A field that is there and empty states nothing. */
function firstStated(...values: unknown[]): unknown {
  return values.find((value) => value !== undefined && value !== null && value !== '');
}

const OLD_PRICE = /ListPrice|StrikethroughPrice|MSRP|SRP$|RegularPrice/i;
/** Prices that a customer does not pay. */
const OTHER_PRICE = /MinimumAdvertisedPrice|InvoicePrice/i;

function readOffer(offer: Node, stated: unknown, reading: Reading): Offer {
  const { graph, at, complaints } = reading;
  const specifications = graph.list(offer.priceSpecification);
  const typeOf = (one: Node): string => String(one.priceType ?? '');
  const open = specifications.filter((one) => !isConditional(one, graph) && !OTHER_PRICE.test(typeOf(one)));
  const listed = open.find((one) => OLD_PRICE.test(typeOf(one)));
  // Where nothing else is stated, the regular price is what is paid.
  const current =
    open.find((one) => !OLD_PRICE.test(typeOf(one))) ?? open.find((one) => /RegularPrice/i.test(typeOf(one)));
  const isForSome = isConditional(offer, graph);
  const bare = isForSome ? undefined : firstStated(stated, current?.price);
  if (bare === undefined && (isForSome || specifications.length > 0))
    complaints.push({ code: 'price_conditional', at, detail: '' });
  const price = priceOf(bare, firstStated(offer.priceCurrency, current?.priceCurrency), reading);
  const quiet = { ...reading, complaints: [] };
  const oldPrice = priceOf(listed?.price, firstStated(listed?.priceCurrency, offer.priceCurrency), quiet);
  return {
    price,
    oldPrice: keepOldPrice(price, oldPrice),
    available: readAvailability(offer.availability),
    sku: readText(offer.sku, LIMITS.externalId),
    name: readText(offer.name, LIMITS.title),
    options: readOfferOptions(offer, reading),
  };
}

/** An offer says which colour it is of by itself, or by the product that it offers. */
function readOfferOptions(offer: Node, reading: Reading): VariantOption[] {
  const items = [offer, ...reading.graph.list(offer.itemOffered)];
  return optionsAmong(mergeAttributes(items.flatMap((item) => readNodeAttributes(item, reading))));
}

/** A price of another quantity than one, for members, for some kinds of customers, or for delivery and payment. */
function isConditional(node: Node, graph: NodeGraph): boolean {
  if (isType(node, 'DeliveryChargeSpecification', 'PaymentChargeSpecification')) return true;
  if (firstStated(node.validForMemberTier) !== undefined) return true;
  if (/business|resell|wholesale/i.test(JSON.stringify(node.eligibleCustomerType ?? ''))) return true;
  const [measure] = graph.list(node.referenceQuantity);
  if (measure && !isOnePiece(measure)) return true;
  const [quantity] = graph.list(node.eligibleQuantity);
  return Number(quantity?.minValue ?? 1) > 1;
}

function isOnePiece({ value, unitCode }: Node): boolean {
  return Number(value ?? 1) === 1 && /^(?:|C62|EA|H87|PCE|NMB)$/i.test(String(unitCode ?? ''));
}

function priceOf(value: unknown, code: unknown, { currency: fallback, at, complaints }: Reading): Money | null {
  const currency = readCurrency(code, fallback);
  if (!currency && value !== undefined) {
    complaints.push({ code: 'price_unknown_currency', at, detail: readText(code, 20) });
    return null;
  }
  return readPrice(value, currency, at, complaints, { machineForm: true });
}
