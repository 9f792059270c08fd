import type { Queries } from '../../platform/database/client.ts';
import { Prisma } from '../../platform/database/generated/client.ts';
import { findProducts, type Product } from '../product-store.ts';
import { searchWordsOf } from '../search/product-query.ts';
import { kindsAmong } from '../search/search-synonyms.ts';

const MAX_CANDIDATES = 200;

export interface AlikeOptions {
  /** Only those that cost less, or more, than it does; the nearest in price first. */
  side?: 'cheaper' | 'dearer';
  /** Those that were shown already. */
  without: readonly string[];
  limit: number;
}

interface Candidate {
  id: string;
  title: string;
}

/** Products of the same kind as one, that can be bought: the nearest in price first. */
export async function findAlike(
  db: Queries,
  product: Product,
  { side, without, limit }: AlikeOptions,
): Promise<Product[]> {
  const amount = product.price?.amount ?? null;
  if (side && amount === null) return [];
  const bound =
    side === 'cheaper'
      ? Prisma.sql`AND p.price < ${amount}`
      : side === 'dearer'
        ? Prisma.sql`AND p.price > ${amount}`
        : Prisma.empty;
  const first = searchWordsOf(product.title)[0] ?? '';
  const rows = await db.$queryRaw<Candidate[]>`
    SELECT p.id, p.title FROM products p
    WHERE p.business_id = ${product.businessId}::uuid AND p.removed_at IS NULL AND p.title <> '' AND p.available IS NOT FALSE
      AND p.price IS NOT NULL AND p.currency = ${product.currency} AND p.id <> ALL(${[product.id, ...without]}::uuid[]) ${bound}
      AND (p.categories && ${product.categories}::text[] OR split_part(p.search_text, ' ', 1) = ${first})
    ORDER BY abs(p.price - ${amount ?? 0n}), p.id LIMIT ${MAX_CANDIDATES}`;
  const alike = rows.filter((row) => isSameKind(row.title, product.title)).slice(0, limit);
  return findProducts(
    db,
    product.businessId,
    alike.map(({ id }) => id),
  );
}

/** A title begins with its kind in Persian; where neither tells one that we know, a common category has to do. */
function isSameKind(a: string, b: string): boolean {
  const [wordsOfA, wordsOfB] = [searchWordsOf(a), searchWordsOf(b)];
  const [kindsOfA, kindsOfB] = [kindsAmong(wordsOfA), kindsAmong(wordsOfB)];
  if (kindsOfA.size > 0 && kindsOfB.size > 0) return [...kindsOfA].some((kind) => kindsOfB.has(kind));
  return kindsOfA.size === kindsOfB.size || wordsOfA[0] === wordsOfB[0];
}
