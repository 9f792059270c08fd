import type { Queries } from '../../platform/database/client.ts';
import type { Currency, Money } from '../../text/money.ts';
import { findProducts, type Product } from '../product-store.ts';

export interface KindOfGoods {
  name: string;
  products: number;
  /** The least that one costs which can be bought; null where no price is known, or prices are in several currencies. */
  from: Money | null;
}

export interface Overview {
  products: number;
  /** The shop's own categories, those with the most products first. */
  kinds: KindOfGoods[];
}

/** What a shop has, by its own categories. */
export async function findOverview(db: Queries, businessId: string, limit: number): Promise<Overview> {
  const rows = await db.$queryRaw<{ name: string; products: number; price: bigint | null; currency: string | null }[]>`
    SELECT c.name, count(*)::int AS products, min(p.price) AS price,
      CASE WHEN count(DISTINCT p.currency) = 1 THEN min(p.currency) END AS currency
    FROM products p CROSS JOIN LATERAL unnest(p.categories) AS c(name)
    WHERE p.business_id = ${businessId}::uuid AND p.removed_at IS NULL AND p.title <> '' AND p.available IS NOT FALSE AND c.name <> ''
    GROUP BY c.name ORDER BY count(*) DESC, c.name LIMIT ${limit}`;
  const products = await db.product.count({ where: { businessId, removedAt: null, title: { not: '' } } });
  const kinds = rows.map(({ name, products: count, price, currency }) => ({
    name,
    products: count,
    from: price === null || currency === null ? null : { amount: price, currency: currency as Currency },
  }));
  return { products, kinds };
}

/** A few products that can be bought, one of each first category, the cheapest of it. */
export async function findOneOfEach(db: Queries, businessId: string, limit: number): Promise<Product[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT DISTINCT ON (coalesce(p.categories[1], p.id::text)) p.id, p.price FROM products p
      WHERE p.business_id = ${businessId}::uuid AND p.removed_at IS NULL AND p.title <> '' AND p.available IS NOT FALSE AND p.price IS NOT NULL
      ORDER BY coalesce(p.categories[1], p.id::text), p.price, p.id) AS first
    ORDER BY price, id LIMIT ${limit}`;
  return findProducts(
    db,
    businessId,
    rows.map(({ id }) => id),
  );
}
