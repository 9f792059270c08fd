import { type CheerioAPI, load } from 'cheerio';
import type { Currency } from '../../text/money.ts';
import type { Complaint, FoundProduct } from '../found-product.ts';
import {
  emptyProduct,
  keepOldPrice,
  readAvailability,
  readCurrency,
  readPrice,
  readText,
  readUrls,
} from './found-parts.ts';
import { readJsonLdProduct, readNodes } from './json-ld.ts';
import { LIMITS } from './source.ts';

const MAX_BLOCKS = 20;
const MAX_BLOCK_LENGTH = 500_000;

/**
 * The product that a page shows: by its structured data (JSON-LD), and what that leaves open by its OpenGraph tags. Null when
 * it is no product page. Text of the page is data: nothing in it is run or followed.
 */
export function readProductPage(
  html: string,
  { url, currency }: { url: string; currency: Currency },
): { product: FoundProduct | null; complaints: Complaint[] } {
  const complaints: Complaint[] = [];
  const page = load(html);
  const blocks = page('script[type="application/ld+json" i]')
    .toArray()
    .slice(0, MAX_BLOCKS)
    .map((script) => page(script).text())
    .filter((block) => block.trim() !== '' && block.length <= MAX_BLOCK_LENGTH);
  const structured = readJsonLdProduct(readNodes(blocks, url, complaints), currency, url, complaints);
  const graph = readOpenGraph(page, url, currency, structured ? [] : complaints);
  if (!structured && !graph.isProduct) return { product: null, complaints };
  const product = { ...emptyProduct(currency), url, ...graph.found };
  for (const [field, value] of Object.entries(structured ?? {})) {
    const isStated = Array.isArray(value) ? value.length > 0 : value !== '' && value !== null;
    if (isStated) Object.assign(product, { [field]: value });
  }
  // Prices come from one place: two that disagree about the currency must not be mixed.
  if (structured?.price) Object.assign(product, pricesOf(structured));
  else if (structured && graph.found.price) product.currency = graph.found.price.currency;
  if (product.title === '') {
    complaints.push({ code: 'page_without_title', at: url, detail: '' });
    return { product: null, complaints };
  }
  return { product, complaints };
}

function pricesOf({ price = null, oldPrice = null, currency }: Partial<FoundProduct>) {
  return { price, oldPrice, ...(currency ? { currency } : {}) };
}

function readOpenGraph(page: CheerioAPI, url: string, fallback: Currency, complaints: Complaint[]) {
  const tags = (name: string): string[] =>
    page(`meta[property="${name}"], meta[name="${name}"]`)
      .toArray()
      .map((tag) => page(tag).attr('content') ?? '')
      .filter((text) => text.trim() !== '');
  const first = (...names: string[]): string | undefined => names.flatMap(tags)[0];
  const amount = first('product:price:amount', 'og:price:amount', 'product:sale_price:amount');
  const code = first('product:price:currency', 'og:price:currency', 'product:sale_price:currency');
  const isProduct = /^(?:og:)?product/i.test(first('og:type') ?? '') || amount !== undefined;
  const currency = readCurrency(code, fallback);
  if (amount !== undefined && !currency)
    complaints.push({ code: 'price_unknown_currency', at: url, detail: readText(code, 20) });
  const price = currency ? readPrice(amount, currency, url, complaints, { machineForm: true }) : null;
  const original = currency ? readPrice(first('product:original_price:amount'), currency, url, []) : null;
  const found: Partial<FoundProduct> = {
    externalId: readText(first('product:retailer_item_id', 'product_id'), LIMITS.externalId),
    title: readText(first('og:title') ?? page('h1').first().text(), LIMITS.title),
    description: readText(first('og:description', 'description'), LIMITS.description),
    brand: readText(first('product:brand', 'og:brand'), LIMITS.brand),
    categories: [readText(first('product:category'), LIMITS.category)].filter(Boolean),
    imageUrls: readUrls([...tags('og:image:secure_url'), ...tags('og:image')], url),
    available: readAvailability(first('product:availability', 'og:availability', 'availability')),
    price,
    oldPrice: keepOldPrice(price, original),
    currency: price?.currency ?? fallback,
  };
  return { isProduct, found };
}
