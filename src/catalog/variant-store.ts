import { v7 as uuidv7 } from 'uuid';
import type { Queries } from '../platform/database/client.ts';
import { optionsKey } from './attributes/read-attributes.ts';
import type { StoredVariant } from './product-content.ts';

/** All variants of a product, by the product's key. */
export interface VariantsOfProduct {
  key: string;
  variants: readonly StoredVariant[];
}

/**
 * Makes the variants of products what is given: a variant of the same options keeps its id, because orders name it. Products
 * that are not given keep theirs. Give it the transaction that writes the products.
 */
export async function saveVariants(
  db: Queries,
  businessId: string,
  products: readonly VariantsOfProduct[],
): Promise<void> {
  if (products.length === 0) return;
  const rows = products.flatMap(({ key, variants }) =>
    variants.map((variant, position) => ({
      key,
      id: uuidv7(),
      position,
      options: variant.options,
      options_key: optionsKey(variant),
      title: variant.title,
      sku: variant.sku,
      price: variant.price,
      available: variant.available,
    })),
  );
  const given = JSON.stringify(rows);
  await db.$executeRaw`
    DELETE FROM product_variants v USING products p
    WHERE p.business_id = ${businessId}::uuid AND p.source_key = ANY(${products.map(({ key }) => key)}::text[])
      AND v.product_id = p.id AND NOT EXISTS (
        SELECT FROM jsonb_to_recordset(${given}::jsonb) AS given(key text, options_key text)
        WHERE given.key = p.source_key AND given.options_key = v.options_key)`;
  if (rows.length === 0) return;
  await db.$executeRaw`
    INSERT INTO product_variants (id, business_id, product_id, position, options, options_key, title, sku, price, available)
    SELECT given.id, p.business_id, p.id, given.position, given.options, given.options_key, given.title, given.sku,
      given.price, given.available
    FROM jsonb_to_recordset(${given}::jsonb) AS given(key text, id uuid, position int, options jsonb, options_key text,
      title text, sku text, price bigint, available bool)
    JOIN products p ON p.business_id = ${businessId}::uuid AND p.source_key = given.key
    ON CONFLICT (product_id, options_key) DO UPDATE SET position = excluded.position, options = excluded.options,
      title = excluded.title, sku = excluded.sku, price = excluded.price, available = excluded.available, updated_at = now()`;
}
