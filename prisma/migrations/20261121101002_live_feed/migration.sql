-- The live feed: every change of what the panel shows becomes a row, whoever makes it, and readers are woken.

-- A ticket opens one connection to the feed. Only its hash is stored.
CREATE TABLE "live_tickets" (
    "token_hash" TEXT NOT NULL,
    "business_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "live_tickets_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "live_tickets_expires_at_idx" ON "live_tickets"("expires_at");

-- Once a statement, and empty: a reader asks for what is new anyhow, and equal notices of a transaction become one.
CREATE FUNCTION peyk_wake_readers() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('peyk_live', '');
  RETURN NULL;
END $$;
CREATE TRIGGER live_events_wake AFTER INSERT ON "live_events"
  FOR EACH STATEMENT EXECUTE FUNCTION peyk_wake_readers();

-- One row of the feed for each row changed. The argument is the name of the resource.
CREATE FUNCTION peyk_tell_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO live_events (business_id, type, resource, resource_id)
  SELECT business_id,
    TG_ARGV[0] || CASE TG_OP WHEN 'INSERT' THEN '.created' WHEN 'UPDATE' THEN '.updated' ELSE '.deleted' END,
    TG_ARGV[0], id::text
  FROM changed WHERE business_id IS NOT NULL;
  RETURN NULL;
END $$;

-- Later migrations: SELECT peyk_tell_changes_of('a_table', 'a-resource'); the table has `id` and `business_id`.
CREATE FUNCTION peyk_tell_changes_of(table_name TEXT, resource TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER live_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION peyk_tell_change(%L)', table_name, resource);
  EXECUTE format('CREATE TRIGGER live_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION peyk_tell_change(%L)', table_name, resource);
  EXECUTE format('CREATE TRIGGER live_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION peyk_tell_change(%L)', table_name, resource);
END $$;

SELECT peyk_tell_changes_of('accounts', 'accounts');
SELECT peyk_tell_changes_of('canned_replies', 'canned-replies');
SELECT peyk_tell_changes_of('contacts', 'contacts');
SELECT peyk_tell_changes_of('conversations', 'conversations');
SELECT peyk_tell_changes_of('decisions', 'decisions');
SELECT peyk_tell_changes_of('faqs', 'faqs');
SELECT peyk_tell_changes_of('follow_ups', 'followups');
SELECT peyk_tell_changes_of('labels', 'labels');
SELECT peyk_tell_changes_of('messages', 'messages');
SELECT peyk_tell_changes_of('notes', 'notes');
SELECT peyk_tell_changes_of('outbound_messages', 'outbound-messages');
SELECT peyk_tell_changes_of('tickets', 'tickets');
SELECT peyk_tell_changes_of('timers', 'timers');

-- Labels are shown with their conversation.
CREATE FUNCTION peyk_tell_labelled() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO live_events (business_id, type, resource, resource_id)
  SELECT DISTINCT c.business_id, 'conversations.updated', 'conversations', c.id::text
  FROM changed JOIN conversations c ON c.id = changed.conversation_id;
  RETURN NULL;
END $$;
CREATE TRIGGER live_insert AFTER INSERT ON "conversation_labels" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION peyk_tell_labelled();
CREATE TRIGGER live_delete AFTER DELETE ON "conversation_labels" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION peyk_tell_labelled();
