-- Customers who want to know when a product is back.
CREATE TABLE "restock_requests" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "business_id" UUID NOT NULL,
  "conversation_id" UUID NOT NULL,
  "product_id" UUID NOT NULL,
  "language" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'waiting',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "settled_at" TIMESTAMPTZ(3),
  CONSTRAINT "restock_requests_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "restock_requests_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "businesses"("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "restock_requests_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "restock_requests_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id")
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "restock_requests_business_id_created_at_idx" ON "restock_requests"("business_id", "created_at" DESC);
CREATE INDEX "restock_requests_product_id_idx" ON "restock_requests"("product_id");
-- Whoever asks twice is told once.
CREATE UNIQUE INDEX "restock_requests_waiting_key" ON "restock_requests"("conversation_id", "product_id")
  WHERE "state" = 'waiting';
CREATE INDEX "restock_requests_waiting_idx" ON "restock_requests"("created_at") WHERE "state" = 'waiting';
