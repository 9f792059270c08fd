-- Events name their account and the delivery that brought them. Retention removes deliveries before events: what is left of one
-- says so.
LOCK TABLE "inbound_events", "inbound_deliveries" IN SHARE ROW EXCLUSIVE MODE;

ALTER TABLE "inbound_events" ALTER COLUMN "delivery_id" DROP NOT NULL;
UPDATE "inbound_events" e SET "delivery_id" = NULL
WHERE NOT EXISTS (SELECT FROM "inbound_deliveries" d WHERE d."id" = e."delivery_id");
-- Of an account that is gone: its conversation knows the right one. Nothing can repeat such an event any more, but its key must not
-- meet another's.
UPDATE "inbound_events" e SET "account_id" = c."account_id", "dedupe_key" = e."dedupe_key" || '#' || e."id"
FROM "conversations" c
WHERE c."id" = e."conversation_id" AND NOT EXISTS (SELECT FROM "accounts" a WHERE a."id" = e."account_id");

-- A delivery that goes looks for its events, and so does whoever waits for what became of it.
CREATE INDEX "inbound_events_delivery_id_idx" ON "inbound_events"("delivery_id");
ALTER TABLE "inbound_events" ADD CONSTRAINT "inbound_events_account_id_fkey"
  FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "inbound_events" ADD CONSTRAINT "inbound_events_delivery_id_fkey"
  FOREIGN KEY ("delivery_id") REFERENCES "inbound_deliveries"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A decision is stored when it is taken, or taken back before that: it never waits.
ALTER TABLE "decisions" ALTER COLUMN "state" SET DEFAULT 'decided';
