import type { Queries } from '../platform/database/client.ts';
import type { ReplyContext } from '../replies/reply-context.ts';
import { findLinkedProducts } from './post-link-store.ts';
import { productKey } from './product-key.ts';
import { findProductByKey, findProducts, type Product } from './product-store.ts';
import { parseProductQuery, searchWordsOf } from './search/product-query.ts';
import { type ProductMatch, searchProducts } from './search/product-search-store.ts';

/** What lines point at without naming it: cards, links, ads, shared posts and stories. */

const MAX_PRODUCTS = 5;
/** `product:<id>` is what the button of a card sends back. */
const PRODUCT_PAYLOAD = /^product:([0-9a-f-]{36})$/;
export const ADDRESS = /https?:\/\/\S+/g;
export const POINTING: ReadonlySet<string> = new Set(['share', 'story_reply']);

/** The product whose card's button was tapped just now, or that a post or link of the new lines names beyond doubt. */
export async function findTapped(db: Queries, businessId: string, context: ReplyContext): Promise<Product[]> {
  const fresh = context.transcript.filter((line) => line.isNew);
  const found: Product[] = [];
  for (const line of fresh) found.push(...(await findNamed(db, businessId, line)));
  const isTap = fresh.some((line) => PRODUCT_PAYLOAD.test(line.payload ?? ''));
  return isTap ? found.slice(-1) : [...new Map(found.map((product) => [product.id, product])).values()];
}

/**
 * The products of tapped cards, links, ads and shared posts or stories: in the new lines, else in the last one that points.
 * What people linked to a post goes before what its caption seems to say.
 */
export async function findPointedAt(db: Queries, context: ReplyContext): Promise<Product[]> {
  const fresh = context.transcript.filter((line) => line.isNew);
  const before = context.transcript.slice(0, -fresh.length || undefined).slice(-4);
  const pointing = fresh.some(points)
    ? fresh.filter(points)
    : before.filter((line) => POINTING.has(line.kind)).slice(-1);
  // An ad or a button may carry a word of the shop's own, which points only where somebody linked it.
  const tapped = fresh.filter((line) => line.payload && !points(line));
  const found: Product[] = await findLinkedProducts(db, context.businessId, tapped.flatMap(namesOf));
  for (const line of found.length > 0 ? [] : pointing) found.push(...(await findOfLine(db, context.businessId, line)));
  return [...new Map(found.map((product) => [product.id, product])).values()].slice(0, MAX_PRODUCTS);
}

type Line = ReplyContext['transcript'][number];

async function findOfLine(db: Queries, businessId: string, line: Line): Promise<Product[]> {
  const named = await findNamed(db, businessId, line);
  return named.length === 0 && POINTING.has(line.kind) ? findByCaption(db, businessId, line.text) : named;
}

/** Products that a line names by a card's payload, an address of the shop's, or a post that people linked. */
async function findNamed(db: Queries, businessId: string, line: Line): Promise<Product[]> {
  const id = PRODUCT_PAYLOAD.exec(line.payload ?? '')?.[1];
  if (id) return findProducts(db, businessId, [id]);
  const names = namesOf(line);
  const found = await findLinkedProducts(db, businessId, names);
  for (const name of names) {
    const key = productKey(name);
    const product = key === null ? null : await findProductByKey(db, businessId, key);
    if (product) found.push(product);
  }
  return found;
}

/** What a line may call a post or page by: its addresses, and the payload of what was tapped. */
function namesOf(line: Line): string[] {
  return [...(line.mediaUrls ?? []), ...(line.text.match(ADDRESS) ?? []), ...(line.payload ? [line.payload] : [])];
}

function points(line: Line): boolean {
  return POINTING.has(line.kind) || PRODUCT_PAYLOAD.test(line.payload ?? '') || ADDRESS.test(line.text);
}

/** A post whose caption holds the whole title of a product shows that product. */
async function findByCaption(db: Queries, businessId: string, caption: string): Promise<Product[]> {
  const query = { ...parseProductQuery(caption), minPrice: null, maxPrice: null, available: false, sort: null };
  if (query.words.length === 0) return [];
  const said = new Set(searchWordsOf(caption));
  const { matches } = await searchProducts(db, businessId, query, { limit: MAX_PRODUCTS });
  const isWhole = ({ product, coverage }: ProductMatch) =>
    coverage > 0.99 || searchWordsOf(product.title).every((word) => said.has(word));
  return matches
    .filter(isWhole)
    .map(({ product }) => product)
    .slice(0, 1);
}
