-- Who stated a price and a stock, so that the silence of another source takes neither back.
ALTER TABLE "products" ADD COLUMN "price_from" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "available_from" TEXT NOT NULL DEFAULT '';
UPDATE "products" SET
  "price_from" = CASE WHEN "price" IS NULL THEN '' ELSE s."speaker" END,
  "available_from" = CASE WHEN "available" IS NULL THEN '' ELSE s."speaker" END
FROM (VALUES ('torob', 'list'), ('sitemap', 'page'), ('import', 'table')) AS s ("source", "speaker")
WHERE "products"."source" = s."source";

-- Which pages are products', and where a page that leads elsewhere ends.
ALTER TABLE "catalog_entries" ADD COLUMN "is_product_page" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "final_key" TEXT,
  ADD COLUMN "product_key" TEXT;
CREATE INDEX "catalog_entries_final_key_idx" ON "catalog_entries"("source_id", "final_key") WHERE "final_key" IS NOT NULL;
