import type { Queries } from '../platform/database/client.ts';
import type { ReplyContext } from '../replies/reply-context.ts';
import { findTapped } from './context-store.ts';
import { findProducts, type Product } from './product-store.ts';
import { parseProductQuery } from './search/product-query.ts';
import { searchProducts } from './search/product-search-store.ts';

/** The catalog as others may ask it, over one database. */
export function createProductLookup(db: Queries) {
  return {
    findProducts: (businessId: string, ids: readonly string[]) => findProducts(db, businessId, ids),
    findTapped: (context: ReplyContext) => findTapped(db, context.businessId, context),
    searchWordsOf: (text: string) => parseProductQuery(text).words,
    findNamed: (businessId: string, text: string, words: readonly string[], limit: number) =>
      findNamed(db, businessId, text, words, limit),
  };
}

async function findNamed(
  db: Queries,
  businessId: string,
  text: string,
  words: readonly string[],
  limit: number,
): Promise<Product[]> {
  // An amount that was said does not bound what may be bought.
  const free = { alternatives: [], minPrice: null, maxPrice: null, sort: null };
  const query = { ...parseProductQuery(text), words: [...words], ...free };
  const { matches } = await searchProducts(db, businessId, query, { limit });
  const best = matches[0]?.coverage ?? 0;
  return matches.filter(({ coverage }) => coverage >= best - 0.01).map(({ product }) => product);
}
