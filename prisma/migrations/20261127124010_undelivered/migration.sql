-- When a message that did not arrive was made a person's work, or found to be nobody's.
ALTER TABLE "outbound_messages" ADD COLUMN "noticed_at" TIMESTAMPTZ(3);

CREATE INDEX "outbound_messages_unnoticed_idx" ON "outbound_messages"("updated_at")
  WHERE "noticed_at" IS NULL AND ("state" IN ('rejected', 'blocked', 'unknown') OR "failed_at" IS NOT NULL);
