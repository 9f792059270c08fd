-- Accounts with credentials of their own, settings of each business, and people who run the installation.

ALTER TABLE "accounts"
  ADD COLUMN "credentials" TEXT,
  ADD COLUMN "last_inbound_at" TIMESTAMPTZ(3),
  ADD COLUMN "last_sent_at" TIMESTAMPTZ(3);

CREATE TABLE "business_settings" (
  "business_id" UUID NOT NULL,
  "business_hours" JSONB,
  "quiet_hours_start" TEXT,
  "quiet_hours_end" TEXT,
  "follow_up_enabled" BOOLEAN,
  "follow_up_delay_hours" DOUBLE PRECISION,
  "follow_up_message" TEXT,
  "debounce_ms" INTEGER,
  "takeover_hours" DOUBLE PRECISION,
  "ai_provider" TEXT,
  "ai_model" TEXT,
  "ai_key" TEXT,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "business_settings_pkey" PRIMARY KEY ("business_id"),
  CONSTRAINT "business_settings_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "businesses"("id")
    ON DELETE CASCADE ON UPDATE CASCADE
);

-- A delivery belongs to nobody until its account is known.
ALTER TABLE "inbound_deliveries"
  ALTER COLUMN "business_id" DROP NOT NULL,
  ADD COLUMN "account_external_id" TEXT NOT NULL DEFAULT '';

-- Asked when an account is connected; few rows, so the index stays small.
CREATE INDEX "inbound_deliveries_unknown_account_idx" ON "inbound_deliveries"("channel", "account_external_id")
  WHERE "state" = 'quarantined' AND "account_external_id" <> '';

ALTER TABLE "users" ADD COLUMN "is_installation" BOOLEAN NOT NULL DEFAULT false;

-- Whoever was there first has run the installation so far.
UPDATE "users" SET "is_installation" = true WHERE "id" = (
  SELECT u."id" FROM "users" u JOIN "businesses" b ON b."id" = u."business_id"
  WHERE u."role" = 'admin' AND u."active" AND b."slug" = 'default' ORDER BY u."created_at", u."id" LIMIT 1
);
