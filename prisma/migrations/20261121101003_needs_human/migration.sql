-- Which conversations a person must look at is asked all the time, and of few of many: so it is kept, not worked out.

ALTER TABLE "conversations" ADD COLUMN "has_open_ticket" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "needs_human" BOOLEAN NOT NULL DEFAULT false;

CREATE FUNCTION peyk_needs_human() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  NEW.needs_human := NEW.has_open_ticket OR (NEW.mode = 'human' AND NEW.waiting_since IS NOT NULL);
  RETURN NEW;
END $$;
CREATE TRIGGER conversations_needs_human BEFORE INSERT OR UPDATE OF mode, waiting_since, has_open_ticket, needs_human
  ON "conversations" FOR EACH ROW EXECUTE FUNCTION peyk_needs_human();

CREATE FUNCTION peyk_ticket_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  conversation UUID := COALESCE(NEW.conversation_id, OLD.conversation_id);
  is_open BOOLEAN := EXISTS (SELECT FROM tickets WHERE conversation_id = conversation AND state = 'open');
BEGIN
  UPDATE conversations SET has_open_ticket = is_open WHERE id = conversation AND has_open_ticket <> is_open;
  RETURN NULL;
END $$;
CREATE TRIGGER tickets_changed AFTER INSERT OR DELETE OR UPDATE OF state ON "tickets"
  FOR EACH ROW EXECUTE FUNCTION peyk_ticket_changed();

UPDATE "conversations" c SET "has_open_ticket" =
  EXISTS (SELECT FROM "tickets" t WHERE t."conversation_id" = c."id" AND t."state" = 'open');

-- Small: only the rows that are looked for.
CREATE INDEX "conversations_needing_human_idx" ON "conversations"("business_id", "last_message_at" DESC, "id")
  WHERE "needs_human";
CREATE INDEX "conversations_unread_idx" ON "conversations"("business_id", "last_message_at" DESC, "id")
  WHERE "unread_count" > 0;
