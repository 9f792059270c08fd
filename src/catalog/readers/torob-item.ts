import type { Currency } from '../../text/money.ts';
import type { Complaint } from '../found-product.ts';
import { productKey } from '../product-key.ts';
import { readLineAttributes, readLineVariants } from './feed-variants.ts';
import { emptyProduct, keepOldPrice, readAvailability, readPrice, readText, readUrl, readUrls } from './found-parts.ts';
import { LIMITS, type ListedItem } from './source.ts';

/** The names that the forms of the feed have for the same thing: Torob's, Emalls' and what shops write like them. */
const FIELDS = {
  id: ['product_id', 'page_unique', 'id'],
  url: ['page_url', 'url', 'link'],
  title: ['title', 'name'],
  description: ['short_desc', 'subtitle'],
  brand: ['brand'],
  category: ['category_name', 'category'],
  price: ['price', 'current_price'],
  oldPrice: ['old_price'],
  available: ['availability', 'available', 'is_available'],
} as const;

type Line = Readonly<Record<string, unknown>>;

/** One line of a Torob feed of any form; null, with a complaint, when it names no product. `base` is the feed's address. */
export function readTorobItem(
  raw: unknown,
  currency: Currency,
  base: string,
  complaints: Complaint[],
): ListedItem | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    complaints.push({ code: 'item_unreadable', at: '', detail: readText(JSON.stringify(raw), 200) });
    return null;
  }
  const line = raw as Line;
  const text = (field: keyof typeof FIELDS, max: number): string => readText(firstWord(line, FIELDS[field]), max);
  const externalId = text('id', LIMITS.externalId);
  const url = FIELDS.url.map((name) => readUrl(line[name], base)).find((one) => one !== null) ?? null;
  const key = (url && productKey(url)) ?? (externalId === '' ? null : `torob:${externalId}`);
  if (!key) {
    complaints.push({ code: 'item_without_address', at: externalId, detail: text('title', 200) });
    return null;
  }
  const at = url ?? externalId;
  const available = availabilityOf(line);
  const price = readLinePrice(line, available, currency, at, complaints);
  const attributes = readLineAttributes(line);
  const brandOfSpec = attributes.find(({ name }) => name === 'brand')?.values[0] ?? '';
  const product = {
    ...emptyProduct(currency),
    externalId,
    url,
    title: text('title', LIMITS.title),
    description: text('description', LIMITS.description),
    brand: text('brand', LIMITS.brand) || brandOfSpec,
    categories: [text('category', LIMITS.category)].filter(Boolean),
    imageUrls: readUrls([line.image_link, line.image_links, line.images, line.image].flat(), base),
    available,
    isAvailabilityPresumed: available === false && isSilent(line),
    price,
    oldPrice: keepOldPrice(price, readPrice(firstWord(line, FIELDS.oldPrice), currency, at, [])),
    attributes: attributes.filter(({ name }) => name !== 'brand'),
    variants: readLineVariants(line, { currency, at, complaints }),
  };
  // A price in another currency than the feed's would be named wrongly by the product's own.
  return {
    key,
    url,
    product: { ...product, currency: price?.currency ?? currency },
    changedAt: null,
    isProductPage: true,
  };
}

/** The first field that says anything, as a text or a number; in a list, its first. A field of another kind counts as absent. */
function firstWord(line: Line, names: readonly string[]): string | number | undefined {
  return names
    .map((name) => (Array.isArray(line[name]) ? line[name][0] : line[name]))
    .find((value) => typeof value === 'number' || (typeof value === 'string' && value.trim() !== ''));
}

function readLinePrice(line: Line, available: boolean | null, currency: Currency, at: string, complaints: Complaint[]) {
  const stated = FIELDS.price
    .map((name) => line[name])
    .find((value) => value !== undefined && value !== null && value !== '');
  const faults: Complaint[] = [];
  const price = readPrice(stated, currency, at, faults);
  // What is sold out is often listed for nothing.
  complaints.push(...faults.filter(({ code }) => code !== 'price_zero' || available !== false));
  return price;
}

const statedAvailability = (line: Line): unknown =>
  FIELDS.available.map((name) => line[name]).find((value) => value !== undefined && value !== null);

/** For Torob, what is not said to be in stock is not. A line without the field says nothing. */
function availabilityOf(line: Line): boolean | null {
  const stated = statedAvailability(line);
  if (stated === undefined) return null;
  return typeof stated === 'object' ? null : readAvailability(stated) === true;
}

function isSilent(line: Line): boolean {
  const stated = statedAvailability(line);
  return typeof stated === 'string' && stated.trim() === '';
}
