import type { Queries } from '../platform/database/client.ts';
import type { ReplyContext } from '../replies/reply-context.ts';
import { findTapped } from './pointed-store.ts';
import { findProducts, type Product } from './product-store.ts';
import { parseProductQuery } from './search/product-query.ts';
import { inWhatWasAsked, searchProducts } from './search/product-search-store.ts';

/** The catalog as others may ask it, over one database. */
export function createProductLookup(db: Queries) {
  return {
    findProducts: (businessId: string, ids: readonly string[]) => findProducts(db, businessId, ids),
    findTapped: (context: ReplyContext) => findTapped(db, context.businessId, context),
    searchWordsOf: (text: string) => namingWordsOf(text),
    findNamed: (businessId: string, text: string, words: readonly string[], limit: number) =>
      findNamed(db, businessId, text, words, limit),
  };
}

/** A size or a colour alone names no product. */
function namingWordsOf(text: string): string[] {
  const { words, soft } = parseProductQuery(text);
  return words.filter((word) => !soft.has(word));
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
  const parsed = parseProductQuery(text);
  // Of two bags the black one is meant where black was said.
  const narrowing = parsed.words.filter((word) => parsed.soft.has(word) && !words.includes(word));
  const query = { ...parsed, words: [...words, ...narrowing], ...free };
  const { matches } = await searchProducts(db, businessId, query, { limit });
  const best = matches[0]?.coverage ?? 0;
  return inWhatWasAsked(matches.filter(({ coverage }) => coverage >= best - 0.01)).map(({ product }) => product);
}
