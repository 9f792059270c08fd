import { type Currency, isCurrency, type Money, parsePrice } from '../../text/money.ts';
import { stripInvisible } from '../../text/persian.ts';
import type { Complaint, FoundProduct } from '../found-product.ts';
import { LIMITS } from './source.ts';

/** Parts that all sources read in the same way. Pure. */

/** A text from outside: visible characters only, single spaces, bounded. Whatever is no text or number is empty. */
export function readText(value: unknown, max: number): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const text = stripInvisible(String(value).slice(0, max * 4))
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > max ? `${text.slice(0, max - 1).trimEnd()}…` : text;
}

/** A web address, made whole with the page's own; null for anything else (data:, javascript:, …). */
export function readUrl(value: unknown, base?: string): string | null {
  if (typeof value !== 'string' || value.trim() === '' || !URL.canParse(value.trim(), base)) return null;
  const url = new URL(value.trim(), base);
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.href.length > LIMITS.url) return null;
  url.hash = '';
  return url.href;
}

/** The addresses in a text, a list or `{url}` objects, each once. */
export function readUrls(value: unknown, base?: string): string[] {
  const urls = (Array.isArray(value) ? value : [value])
    .map((one) => (typeof one === 'object' && one !== null ? (one as { url?: unknown }).url : one))
    .map((one) => readUrl(one, base))
    .filter((url) => url !== null);
  return [...new Set(urls)].slice(0, LIMITS.images);
}

/**
 * A price, or null with a complaint. Zero is no price: an answer must never offer something for nothing because a shop left
 * a field empty. `machineForm` is for numbers that a machine wrote with a decimal point, where "1.234" is not a thousand.
 */
export function readPrice(
  value: unknown,
  currency: Currency | null,
  at: string,
  complaints: Complaint[],
  { machineForm = false }: { machineForm?: boolean } = {},
): Money | null {
  if (value === null || value === undefined || value === '') return null;
  const complain = (code: string): null => {
    complaints.push({ code, at, detail: readText(JSON.stringify(value), 100) });
    return null;
  };
  if (typeof value !== 'string' && typeof value !== 'number') return complain('price_not_a_price');
  if (machineForm && typeof value === 'string' && /^\d{1,3}\.\d{3}$/.test(value.trim()))
    return complain('price_ambiguous');
  const parsed = parsePrice(value, currency);
  if (!parsed.ok) return parsed.fault === 'empty' ? null : complain(`price_${parsed.fault}`);
  return parsed.money.amount === 0n ? complain('price_zero') : parsed.money;
}

/** The code of a currency field; the fallback for none, null for one that we do not know. */
export function readCurrency(value: unknown, fallback: Currency): Currency | null {
  if (value === undefined || value === null || value === '') return fallback;
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  return isCurrency(code) ? code : null;
}

const YES =
  /(?:^|\/)(?:in_?stock|limited_?availability|pre_?order|back_?order|pre_?sale|online_?only|in_?store_?only|available|true|yes|1)$/i;
const NO = /(?:^|\/)(?:out_?of_?stock|sold_?out|discontinued|unavailable|false|no|0)$/i;

/** Whether it can be bought; null when the words say neither. */
export function readAvailability(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const word = String(value).trim().replace(/[\s-]/g, '_');
  if (YES.test(word)) return true;
  return NO.test(word) ? false : null;
}

/** An old price that is not above the price is none. */
export function keepOldPrice(price: Money | null, oldPrice: Money | null): Money | null {
  return price && oldPrice && price.currency === oldPrice.currency && oldPrice.amount > price.amount ? oldPrice : null;
}

/** A product of which nothing is known yet. */
export function emptyProduct(currency: Currency): FoundProduct {
  return {
    externalId: '',
    url: null,
    title: '',
    description: '',
    brand: '',
    categories: [],
    imageUrls: [],
    available: null,
    price: null,
    oldPrice: null,
    currency,
    variants: [],
  };
}
