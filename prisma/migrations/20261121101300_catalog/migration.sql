-- The catalog: where products come from, what each source names, the products themselves, and the runs that read them.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

CREATE TABLE "catalog_sources" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "business_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "read_pages" BOOLEAN NOT NULL DEFAULT true,
    "currency" TEXT NOT NULL DEFAULT 'IRT',
    "from_settings" BOOLEAN NOT NULL DEFAULT false,
    "etag" TEXT NOT NULL DEFAULT '',
    "last_modified" TEXT NOT NULL DEFAULT '',
    "listed_count" INTEGER NOT NULL DEFAULT 0,
    "listed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalog_sources_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "catalog_sources_kind_check" CHECK ("kind" IN ('torob', 'sitemap'))
);
CREATE UNIQUE INDEX "catalog_sources_business_id_kind_url_key" ON "catalog_sources"("business_id", "kind", "url");
ALTER TABLE "catalog_sources" ADD CONSTRAINT "catalog_sources_business_id_fkey"
  FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "catalog_entries" (
    "source_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "run_id" UUID NOT NULL,
    "read_run_id" UUID,
    "etag" TEXT NOT NULL DEFAULT '',
    "last_modified" TEXT NOT NULL DEFAULT '',
    "changed_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "catalog_entries_pkey" PRIMARY KEY ("source_id", "key")
);
CREATE INDEX "catalog_entries_source_id_run_id_position_idx" ON "catalog_entries"("source_id", "run_id", "position");
ALTER TABLE "catalog_entries" ADD CONSTRAINT "catalog_entries_source_id_fkey"
  FOREIGN KEY ("source_id") REFERENCES "catalog_sources"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "products" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "business_id" UUID NOT NULL,
    "source_id" UUID,
    "source" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "external_id" TEXT NOT NULL DEFAULT '',
    "url" TEXT,
    "title" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "brand" TEXT NOT NULL DEFAULT '',
    "categories" TEXT[],
    "images" JSONB NOT NULL DEFAULT '[]',
    "available" BOOLEAN,
    "price" BIGINT,
    "old_price" BIGINT,
    "currency" TEXT NOT NULL DEFAULT 'IRT',
    "variants" JSONB NOT NULL DEFAULT '[]',
    "search_text" TEXT NOT NULL DEFAULT '',
    "content_hash" TEXT NOT NULL DEFAULT '',
    "synced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "missing_since" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "products_source_check" CHECK ("source" IN ('torob', 'sitemap', 'import', 'manual')),
    CONSTRAINT "products_price_check" CHECK ("price" >= 0 AND "old_price" >= 0)
);
CREATE UNIQUE INDEX "products_business_id_source_key_key" ON "products"("business_id", "source_key");
CREATE INDEX "products_business_id_updated_at_id_idx" ON "products"("business_id", "updated_at" DESC, "id");
CREATE INDEX "products_business_id_price_idx" ON "products"("business_id", "price");
CREATE INDEX "products_source_id_idx" ON "products"("source_id");
-- Misspelt words are found by their trigrams, whole words by the full-text index.
CREATE INDEX "products_search_text_trgm_idx" ON "products" USING GIN ("search_text" gin_trgm_ops);
CREATE INDEX "products_search_words_idx" ON "products" USING GIN (to_tsvector('simple', "search_text"));
ALTER TABLE "products" ADD CONSTRAINT "products_business_id_fkey"
  FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "products" ADD CONSTRAINT "products_source_id_fkey"
  FOREIGN KEY ("source_id") REFERENCES "catalog_sources"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "sync_runs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "business_id" UUID NOT NULL,
    "source" TEXT NOT NULL DEFAULT 'all',
    "state" TEXT NOT NULL DEFAULT 'queued',
    "phase" TEXT NOT NULL DEFAULT '',
    "started_by" TEXT NOT NULL DEFAULT '',
    "workflow_id" TEXT NOT NULL DEFAULT '',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "missing" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "cursor" JSONB,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sync_runs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "sync_runs_state_check"
      CHECK ("state" IN ('queued', 'running', 'done', 'partial', 'failed', 'cancelled'))
);
CREATE INDEX "sync_runs_business_id_created_at_idx" ON "sync_runs"("business_id", "created_at" DESC);
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_business_id_fkey"
  FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE CASCADE ON UPDATE CASCADE;
