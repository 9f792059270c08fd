import type { Queries } from '../platform/database/client.ts';
import type { Currency, Money } from '../text/money.ts';
import type { FoundVariant } from './found-product.ts';
import type { StoredAttribute } from './product-content.ts';
import { attributesOf, type ProductRow, toStoredVariant, WITH_VARIANTS } from './product-row.ts';

/** One way in which a product can be bought. */
export interface ProductVariant extends FoundVariant {
  id: string;
}

/** A product as everything outside the database sees it. */
export interface Product {
  id: string;
  businessId: string;
  sourceKey: string;
  externalId: string;
  url: string | null;
  title: string;
  description: string;
  brand: string;
  categories: string[];
  /** The first is the main one. */
  imageUrls: string[];
  /** Null when the shop does not say. Never a number. */
  available: boolean | null;
  price: Money | null;
  oldPrice: Money | null;
  currency: Currency;
  variants: ProductVariant[];
  /** What the shop says of it besides. */
  attributes: StoredAttribute[];
  syncedAt: Date;
  missingSince: Date | null;
  removedAt: Date | null;
}

/** A row of `products` in the domain's form. */
export function toProduct(row: ProductRow): Product {
  const currency = row.currency as Currency;
  const money = (amount: bigint | null): Money | null => (amount === null ? null : { amount, currency });
  return {
    id: row.id,
    businessId: row.businessId,
    sourceKey: row.sourceKey,
    externalId: row.externalId,
    url: row.url,
    title: row.title,
    description: row.description,
    brand: row.brand,
    categories: row.categories,
    imageUrls: (row.images as { url: string }[]).map(({ url }) => url),
    available: row.available,
    price: money(row.price),
    oldPrice: money(row.oldPrice),
    currency,
    variants: row.variants.map((variant) => ({
      ...toStoredVariant(variant),
      id: variant.id,
      price: money(variant.price),
    })),
    attributes: attributesOf(row),
    syncedAt: row.syncedAt,
    missingSince: row.missingSince,
    removedAt: row.removedAt,
  };
}

/** Products of the business in the order of `ids`; those that are gone from the shop are left out. */
export async function findProducts(db: Queries, businessId: string, ids: readonly string[]): Promise<Product[]> {
  const where = { businessId, id: { in: [...ids] }, removedAt: null };
  const rows = await db.product.findMany({ where, include: WITH_VARIANTS });
  const byId = new Map(rows.map((row) => [row.id, toProduct(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The product at an address of the shop; `sourceKey` is the address in its one spelling (`productKey` of the domain). */
export async function findProductByKey(db: Queries, businessId: string, sourceKey: string): Promise<Product | null> {
  const row = await db.product.findFirst({ where: { businessId, sourceKey, removedAt: null }, include: WITH_VARIANTS });
  return row && toProduct(row);
}
