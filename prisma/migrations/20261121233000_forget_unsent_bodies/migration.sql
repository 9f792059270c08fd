-- A webhook is kept as it came until its retention ends. What brought the words of a message that was unsent is forgotten at
-- once, and so is what edited it.
CREATE FUNCTION peyk_message_unsent() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  UPDATE inbound_deliveries SET body = '' WHERE state = 'stored' AND body <> '' AND id IN (
    SELECT e.delivery_id FROM inbound_events e WHERE e.conversation_id = NEW.conversation_id AND e.message_id = NEW.id
    UNION ALL
    SELECT e.delivery_id FROM inbound_events e JOIN message_changes c USING (id)
    WHERE c.message_id = NEW.id AND c.kind = 'edit'
  );
  RETURN NULL;
END $$;
CREATE TRIGGER messages_unsent AFTER UPDATE OF "unsent_at" ON "messages"
  FOR EACH ROW WHEN (NEW."unsent_at" IS NOT NULL) EXECUTE FUNCTION peyk_message_unsent();
