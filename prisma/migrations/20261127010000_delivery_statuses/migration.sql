-- What providers tell of a message after they took it. One whose message is not known (yet) waits without an outbound_id.
CREATE TABLE "delivery_statuses" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "business_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "outbound_id" UUID,
    "external_id" TEXT,
    "intent_id" UUID,
    "dedupe_key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_statuses_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "delivery_statuses_account_id_dedupe_key_key" ON "delivery_statuses"("account_id", "dedupe_key");
CREATE INDEX "delivery_statuses_account_id_external_id_idx" ON "delivery_statuses"("account_id", "external_id");
CREATE INDEX "delivery_statuses_outbound_id_idx" ON "delivery_statuses"("outbound_id");
ALTER TABLE "delivery_statuses" ADD CONSTRAINT "delivery_statuses_account_id_fkey"
  FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "delivery_statuses" ADD CONSTRAINT "delivery_statuses_outbound_id_fkey"
  FOREIGN KEY ("outbound_id") REFERENCES "outbound_messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What became of a sent message, so that the ledger is read without a second look.
ALTER TABLE "outbound_messages" ADD COLUMN "delivered_at" TIMESTAMPTZ(3),
  ADD COLUMN "read_at" TIMESTAMPTZ(3),
  ADD COLUMN "failed_at" TIMESTAMPTZ(3);
CREATE INDEX "outbound_messages_external_id_idx" ON "outbound_messages"("external_id") WHERE "external_id" IS NOT NULL;

-- Some providers say part of what they have to say in the address.
ALTER TABLE "inbound_deliveries" ADD COLUMN "url" TEXT NOT NULL DEFAULT '';
