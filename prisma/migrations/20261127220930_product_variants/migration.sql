-- What is said of a product besides its title, and the ways in which it can be bought: each with a price and a stock of its own.
ALTER TABLE "products" ADD COLUMN "attributes" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "products" ADD COLUMN "variants_from" TEXT NOT NULL DEFAULT '';
ALTER TABLE "products" ADD CONSTRAINT "products_variants_from_check"
  CHECK ("variants_from" IN ('', 'list', 'page', 'table', 'person'));

CREATE TABLE "product_variants" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "business_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "options" JSONB NOT NULL DEFAULT '[]',
    "options_key" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "sku" TEXT NOT NULL DEFAULT '',
    "price" BIGINT,
    "available" BOOLEAN,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "product_variants_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "product_variants_price_check" CHECK ("price" >= 0)
);
CREATE UNIQUE INDEX "product_variants_product_id_options_key_key" ON "product_variants"("product_id", "options_key");
CREATE INDEX "product_variants_business_id_idx" ON "product_variants"("business_id");
ALTER TABLE "product_variants" ADD CONSTRAINT "product_variants_business_id_fkey"
  FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "product_variants" ADD CONSTRAINT "product_variants_product_id_fkey"
  FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Variants that are known already have a title and no options; the next time their page is read they get them.
INSERT INTO "product_variants" ("business_id", "product_id", "position", "options_key", "title", "sku", "price", "available")
SELECT p.business_id, p.id, v.position - 1, 'title:' || peyk_fold(coalesce(nullif(v.variant->>'title', ''), v.variant->>'sku', '')),
  coalesce(v.variant->>'title', ''), coalesce(v.variant->>'sku', ''), (v.variant->>'price')::bigint,
  (v.variant->>'available')::boolean
FROM "products" p, jsonb_array_elements(p.variants) WITH ORDINALITY AS v(variant, position)
ON CONFLICT DO NOTHING;
UPDATE "products" SET "variants_from" = CASE WHEN "source" = 'import' THEN 'table' ELSE 'page' END
WHERE EXISTS (SELECT FROM "product_variants" v WHERE v.product_id = "products".id);
