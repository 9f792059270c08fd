import type { Prisma } from '../platform/database/generated/client.ts';
import type { VariantOption } from './attributes/attribute.ts';
import type { StoredAttribute, StoredVariant } from './product-content.ts';

/** With what a product is read: its variants in the order of their source, in the same statement. */
export const WITH_VARIANTS = { variants: { orderBy: { position: 'asc' } } } as const satisfies Prisma.ProductInclude;

/** A row of `products` with its variants. */
export type ProductRow = Prisma.ProductGetPayload<{ include: typeof WITH_VARIANTS }>;

/** A row of `product_variants` in the domain's form. */
export function toStoredVariant({
  options,
  title,
  sku,
  price,
  available,
}: ProductRow['variants'][number]): StoredVariant {
  return {
    // PostgreSQL orders the keys of an object anew; contents are compared as texts.
    options: (options as unknown as VariantOption[]).map(({ name, value }) => ({ name, value })),
    title,
    sku,
    price: price === null ? null : String(price),
    available,
  };
}

/** The attributes of a row. */
export function attributesOf({ attributes }: Pick<ProductRow, 'attributes'>): StoredAttribute[] {
  return (attributes as unknown as StoredAttribute[]).map(({ name, values, from }) => ({ name, values, from }));
}
