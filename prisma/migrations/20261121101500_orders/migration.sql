-- Orders by chat: the form that a customer is filling in, and what came of it.

CREATE TABLE "order_counters" (
    "business_id" UUID NOT NULL,
    "last" INTEGER NOT NULL DEFAULT 1000,

    CONSTRAINT "order_counters_pkey" PRIMARY KEY ("business_id")
);
ALTER TABLE "order_counters" ADD CONSTRAINT "order_counters_business_id_fkey"
  FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "order_forms" (
    "id" UUID NOT NULL,
    "business_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "reason" TEXT NOT NULL DEFAULT '',
    "form" JSONB NOT NULL,
    "turn_id" TEXT NOT NULL DEFAULT '',
    "previous" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_forms_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "order_forms_state_check" CHECK ("state" IN ('open', 'placed', 'cancelled', 'expired'))
);
CREATE INDEX "order_forms_conversation_id_created_at_idx" ON "order_forms"("conversation_id", "created_at" DESC);
CREATE INDEX "order_forms_business_id_state_created_at_idx" ON "order_forms"("business_id", "state", "created_at" DESC);
CREATE UNIQUE INDEX "order_forms_one_open_idx" ON "order_forms"("conversation_id") WHERE "state" = 'open';
ALTER TABLE "order_forms" ADD CONSTRAINT "order_forms_conversation_id_fkey"
  FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "orders" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "business_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "turn_id" TEXT,
    "state" TEXT NOT NULL DEFAULT 'placed',
    "items" JSONB NOT NULL DEFAULT '[]',
    "total" BIGINT,
    "currency" TEXT NOT NULL DEFAULT 'IRT',
    "customer_name" TEXT NOT NULL DEFAULT '',
    "phone" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL DEFAULT 'fa',
    "history" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "orders_state_check"
      CHECK ("state" IN ('draft', 'placed', 'confirmed', 'shipped', 'delivered', 'cancelled')),
    CONSTRAINT "orders_total_check" CHECK ("total" >= 0)
);
CREATE UNIQUE INDEX "orders_business_id_number_key" ON "orders"("business_id", "number");
-- A turn that is decided again finds the order that it placed.
CREATE UNIQUE INDEX "orders_turn_id_key" ON "orders"("turn_id");
CREATE INDEX "orders_business_id_created_at_idx" ON "orders"("business_id", "created_at" DESC);
CREATE INDEX "orders_business_id_state_created_at_idx" ON "orders"("business_id", "state", "created_at" DESC);
CREATE INDEX "orders_conversation_id_created_at_idx" ON "orders"("conversation_id", "created_at" DESC);
ALTER TABLE "orders" ADD CONSTRAINT "orders_conversation_id_fkey"
  FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT peyk_tell_changes_of('orders', 'orders');
