import { type CheerioAPI, load } from 'cheerio';
import type { Currency } from '../../text/money.ts';
import type { FoundAttribute } from '../attributes/attribute.ts';
import { mergeAttributes, readAttribute } from '../attributes/read-attributes.ts';
import type { Complaint, FoundProduct } from '../found-product.ts';
import {
  emptyProduct,
  keepOldPrice,
  readAvailability,
  readCurrency,
  readPrice,
  readText,
  readUrl,
  readUrls,
} from './found-parts.ts';
import { readJsonLdProduct } from './json-ld.ts';
import { readGraph } from './json-ld-nodes.ts';
import { readPageAttributes, readPageVariants } from './page-attributes.ts';
import { findSubject, type PageFacts } from './page-subject.ts';
import { LIMITS } from './source.ts';

const MAX_BLOCKS = 20;
const MAX_BLOCK_LENGTH = 500_000;

/**
 * The product that a page shows: by its structured data (JSON-LD), and what that leaves open by its tags (Torob's own, then
 * OpenGraph). Null when it is no product page. Text of the page is data: nothing in it is run or followed.
 */
export function readProductPage(
  html: string,
  { url, currency }: { url: string; currency: Currency },
): { product: FoundProduct | null; complaints: Complaint[] } {
  const complaints: Complaint[] = [];
  const page = load(html);
  const blocks = page('script[type^="application/ld+json" i]')
    .toArray()
    .slice(0, MAX_BLOCKS)
    .map((script) => page(script).text())
    .filter((block) => block.trim() !== '' && block.length <= MAX_BLOCK_LENGTH);
  const graph = readGraph(blocks, url, complaints);
  const meta = metaOf(page);
  const subject = findSubject(graph, factsOf(page, meta, url), complaints);
  const structured = subject && readJsonLdProduct(subject, { graph, currency, at: url, complaints });
  const tags = readTags(page, meta, { url, fallback: currency, complaints: structured?.price ? [] : complaints });
  if (!structured && !tags.isProduct) {
    if (complaints.length === 0) complaints.push({ code: 'page_without_product', at: url, detail: '' });
    return { product: null, complaints };
  }
  const product = { ...emptyProduct(currency), url, ...tags.found };
  for (const [field, value] of Object.entries(structured ?? {})) {
    const isStated = Array.isArray(value) ? value.length > 0 : value !== '' && value !== null;
    if (isStated) Object.assign(product, { [field]: value });
  }
  // Prices come from one place: two that disagree about the currency must not be mixed.
  if (structured?.price) Object.assign(product, pricesOf(structured));
  else if (structured && tags.found.price) product.currency = tags.found.price.currency;
  // Structured data goes first; what it leaves out stands in the shop's own table and form.
  product.attributes = addAttributes(product.attributes, [...tags.attributes, ...readPageAttributes(page)]);
  if (product.variants.length === 0) product.variants = readPageVariants(page, product);
  if (product.title === '') {
    complaints.push({ code: 'page_without_title', at: url, detail: '' });
    return { product: null, complaints };
  }
  return { product, complaints };
}

function addAttributes(stated: readonly FoundAttribute[], more: readonly FoundAttribute[]): FoundAttribute[] {
  const names = new Set(stated.map(({ name }) => name));
  return [...stated, ...mergeAttributes(more.filter(({ name }) => !names.has(name)))];
}

function pricesOf({ price = null, oldPrice = null, currency }: Partial<FoundProduct>) {
  return { price, oldPrice, ...(currency ? { currency } : {}) };
}

/** What the `meta` tags of these names say, in that order. */
type Meta = (...names: string[]) => string[];

function metaOf(page: CheerioAPI): Meta {
  const byName = new Map<string, string[]>();
  for (const tag of page('meta[content]').toArray()) {
    const name = (page(tag).attr('property') ?? page(tag).attr('name') ?? '').trim().toLowerCase();
    const content = page(tag).attr('content') ?? '';
    if (name !== '' && content.trim() !== '') byName.set(name, [...(byName.get(name) ?? []), content]);
  }
  return (...names) => names.flatMap((name) => byName.get(name) ?? []);
}

function factsOf(page: CheerioAPI, meta: Meta, url: string): PageFacts {
  const canonical = page('link[rel="canonical" i]').first().attr('href');
  const addresses = [url, readUrl(canonical, url), readUrl(meta('og:url')[0], url)].filter((one) => one !== null);
  const titles = [
    meta('product_name')[0],
    meta('og:title')[0],
    page('h1').first().text(),
    page('title').first().text(),
  ];
  return { addresses, titles: titles.map((title) => readText(title, LIMITS.title)).filter(Boolean) };
}

/** Tags of Torob and OpenGraph that say something besides title and price. */
const TAG_ATTRIBUTES = [
  ['warranty', 'guarantee'],
  ['colour', 'product:color'],
  ['size', 'product:size'],
  ['material', 'product:material'],
  ['condition', 'product:condition'],
] as const;

interface TagReading {
  url: string;
  fallback: Currency;
  complaints: Complaint[];
}

function readTags(page: CheerioAPI, meta: Meta, { url, fallback, complaints }: TagReading) {
  const first = (...names: string[]): string | undefined => meta(...names)[0];
  // Torob reads these; where a shop has them, they are what it keeps right.
  const torobPrice = first('product_price');
  const amount = torobPrice ?? first('product:price:amount', 'og:price:amount', 'product:sale_price:amount');
  const code = first('product:price:currency', 'og:price:currency', 'product:sale_price:currency');
  const isTorob =
    torobPrice !== undefined || (first('product_id') !== undefined && first('product_name') !== undefined);
  const isProduct = isTorob || /^(?:og:)?product/i.test(first('og:type') ?? '') || amount !== undefined;
  const currency = torobPrice === undefined ? readCurrency(code, fallback) : fallback;
  if (amount !== undefined && !currency)
    complaints.push({ code: 'price_unknown_currency', at: url, detail: readText(code, 20) });
  const price = currency ? readPrice(amount, currency, url, complaints, { machineForm: true }) : null;
  const before = first('product_old_price', 'product:original_price:amount');
  const original = currency ? readPrice(before, currency, url, []) : null;
  const found: Partial<FoundProduct> = {
    externalId: readText(first('product_id', 'product:retailer_item_id'), LIMITS.externalId),
    title: readText(first('product_name', 'og:title') ?? page('h1').first().text(), LIMITS.title),
    description: readText(first('og:description', 'description'), LIMITS.description),
    brand: readText(first('product:brand', 'og:brand'), LIMITS.brand),
    categories: [readText(first('product:category'), LIMITS.category)].filter(Boolean),
    imageUrls: readUrls(meta('og:image:secure_url', 'og:image', 'image'), url),
    available: readAvailability(first('availability', 'product:availability', 'og:availability')),
    price,
    oldPrice: keepOldPrice(price, original),
    currency: price?.currency ?? fallback,
  };
  const attributes = TAG_ATTRIBUTES.flatMap(([name, tag]) => readAttribute(name, meta(tag), readText) ?? []);
  return { isProduct, found, attributes };
}
