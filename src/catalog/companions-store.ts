import type { Queries } from '../platform/database/client.ts';
import { findProducts, type Product } from './product-store.ts';

/** Products that go with one: of a common category and another kind, that can be bought, the nearest in price first. */
export async function findCompanions(
  db: Queries,
  conversationId: string | null,
  product: Product,
  { limit, notSince }: { limit: number; notSince: Date },
): Promise<Product[]> {
  if (product.categories.length === 0) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM products p
    WHERE p.business_id = ${product.businessId}::uuid AND p.removed_at IS NULL AND p.available AND p.price IS NOT NULL
      AND p.currency = ${product.currency} AND p.id <> ${product.id}::uuid AND p.categories && ${product.categories}::text[]
      AND split_part(p.search_text, ' ', 1) <> split_part((SELECT s.search_text FROM products s WHERE s.id = ${product.id}::uuid), ' ', 1)
      AND NOT EXISTS (SELECT 1 FROM cross_sells x WHERE x.conversation_id = ${conversationId}::uuid AND x.created_at > ${notSince})
    ORDER BY abs(p.price - ${product.price?.amount ?? 0n}), p.id LIMIT ${limit}`;
  return findProducts(
    db,
    product.businessId,
    rows.map(({ id }) => id),
  );
}
