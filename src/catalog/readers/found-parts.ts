import { type Currency, currencyNamed, type Money, parsePrice } from '../../text/money.ts';
import { normaliseText, stripInvisible } from '../../text/persian.ts';
import type { Complaint, FoundProduct } from '../found-product.ts';
import { plainText } from './plain-text.ts';
import { LIMITS } from './source.ts';

/** Parts that all sources read in the same way. Pure. */

/** Stands where a byte could not be read; says nothing to a customer. */
const UNREADABLE = /\ufffd/g;

/**
 * A text from outside: visible characters only, without HTML, single spaces, bounded. Whatever is no text or number is empty.
 */
export function readText(value: unknown, max: number): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const text = stripInvisible(plainText(String(value).slice(0, max * 4)))
    .replace(UNREADABLE, '')
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

/** The currency of a currency field, a code or a word; the fallback for none, null for one that we do not know. */
export function readCurrency(value: unknown, fallback: Currency): Currency | null {
  if (value === undefined || value === null || value === '') return fallback;
  return typeof value === 'string' ? currencyNamed(value) : null;
}

const YES =
  /(?:^|\/)(?:in ?stock|limited ?availability|pre ?order|back ?order|on ?backorder|pre ?sale|online ?only|in ?store ?only|made ?to ?order|available|true|yes|y|1)$/;
const NO = /(?:^|\/)(?:out ?of ?stock|sold ?out|discontinued|unavailable|not available|reserved|false|no|n|0)$/;
/* biome-ignore format: words in matching form. */
const PERSIAN_NO = /نا ?موجود|(?:عدم|اتمام|فاقد|بدون) موجودی|موجودی? (?:نیست|نمی ?باشد|ندارد|ندارید|نداریم)|تمام ?(?:شد|شده|شده است)$|فروخته شد|توقف تولید|^(?:خیر|نه|ندارد|نداریم|صفر|هیچ)$/;
const PERSIAN_YES = /^(?:بله|بلی|اره|دارد|داریم)$|^موجود(?:ی)?(?: |$)|^در انبار/;
/** A number of pieces, of which only "none or some" is kept. */
const PIECES =
  /^([-−]?\d+(?:[.٫]\d+)?)(?: ?(?:عدد|تا|دانه|جفت|دست|بسته|دستگاه|جلد|متر|کیلو|pcs|pieces|items|in stock|left))?(?: (?:موجود|در انبار|باقی مانده))*$/;

/** Whether it can be bought; null when the words say neither. */
export function readAvailability(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const word = normaliseText(String(value).slice(0, 200))
    .replace(/(\d)[,٬](?=\d{3})/g, '$1')
    .replace(/[\s_-]+(?!\d)/g, ' ')
    .trim();
  const pieces = PIECES.exec(word)?.[1];
  if (pieces !== undefined) return Number(pieces.replace('−', '-').replace('٫', '.')) > 0;
  if (NO.test(word) || PERSIAN_NO.test(word)) return false;
  return YES.test(word) || PERSIAN_YES.test(word) ? true : null;
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
    attributes: [],
  };
}
