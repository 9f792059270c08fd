import type { Queries } from '../platform/database/client.ts';
import { postReference } from './post-reference.ts';
import { findProducts, type Product } from './product-store.ts';

/** The products that people linked to a post, by any of the names it may go by. */
export async function findLinkedProducts(
  db: Queries,
  businessId: string,
  names: readonly string[],
): Promise<Product[]> {
  const references = names.flatMap((name) => postReference(name) ?? []);
  if (references.length === 0) return [];
  const rows = await db.postLink.findMany({
    where: { businessId, reference: { in: references } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { productId: true },
  });
  return findProducts(db, businessId, [...new Set(rows.map(({ productId }) => productId))]);
}
