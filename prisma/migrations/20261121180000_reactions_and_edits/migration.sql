-- What customers do to messages after they were said: react, take a reaction back, edit, unsend.

-- Each such event is kept as it came. One that comes before the message it names waits here without a message_id.
CREATE TABLE "message_changes" (
    "id" UUID NOT NULL,
    "business_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "message_id" UUID,
    "external_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "emoji" TEXT,
    "text" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "message_changes_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "message_changes_conversation_id_message_id_idx" ON "message_changes"("conversation_id", "message_id");
CREATE INDEX "message_changes_message_id_idx" ON "message_changes"("message_id");
ALTER TABLE "message_changes" ADD CONSTRAINT "message_changes_conversation_id_fkey"
  FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "message_changes" ADD CONSTRAINT "message_changes_message_id_fkey"
  FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What they made of the message; a transcript is read without a second look.
ALTER TABLE "messages" ADD COLUMN "reaction" TEXT,
  ADD COLUMN "edits" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "edited_at" TIMESTAMPTZ(3),
  ADD COLUMN "unsent_at" TIMESTAMPTZ(3);

-- Works a message out anew from all that is known to have been done to it, so that neither the order of arrival nor a
-- repetition counts. The first of its former texts is the one that it was said with. Only a customer's own message can be
-- edited or unsent by its customer. What was unsent is forgotten: its words, its media and its former texts.
CREATE FUNCTION peyk_change_message(changed_id UUID) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
  m messages%ROWTYPE;
  shown TEXT;
  former JSONB;
  last_edit TIMESTAMPTZ(3);
  unsent TIMESTAMPTZ(3);
BEGIN
  SELECT * INTO m FROM messages WHERE id = changed_id FOR UPDATE;
  SELECT min(occurred_at) INTO unsent FROM message_changes
  WHERE message_id = m.id AND kind = 'unsend' AND m.direction = 'in';
  WITH version AS (
    SELECT coalesce(m.edits->0->>'text', m.text) AS text, m.sent_at AS at, NULL::uuid AS id, 0 AS part
    UNION ALL
    SELECT text, occurred_at, id, 1 FROM message_changes WHERE message_id = m.id AND kind = 'edit' AND m.direction = 'in'
  ), numbered AS (
    SELECT *, row_number() OVER (ORDER BY part, at, id) AS n FROM version
  ), different AS (
    SELECT v.* FROM numbered v LEFT JOIN numbered before ON before.n = v.n - 1
    WHERE before.text IS DISTINCT FROM v.text OR v.n = 1
  ), ranked AS (
    SELECT *, n = max(n) OVER () AS is_last FROM different
  )
  SELECT max(text) FILTER (WHERE is_last), max(at) FILTER (WHERE is_last AND part = 1),
    coalesce(jsonb_agg(jsonb_build_object('text', text, 'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      ORDER BY n) FILTER (WHERE NOT is_last), '[]')
  INTO shown, last_edit, former FROM ranked;
  IF unsent IS NOT NULL THEN
    shown := '';
    former := '[]';
    UPDATE message_changes SET text = NULL WHERE message_id = m.id AND kind = 'edit' AND text IS NOT NULL;
  END IF;
  UPDATE messages SET text = shown, edits = former, edited_at = last_edit, unsent_at = unsent,
    payload = CASE WHEN unsent IS NULL THEN payload END,
    media = CASE WHEN unsent IS NULL THEN media ELSE '[]' END,
    reaction = (SELECT c.emoji FROM message_changes c WHERE c.message_id = m.id AND c.kind = 'reaction'
      ORDER BY c.occurred_at DESC, c.id DESC LIMIT 1)
  WHERE id = m.id;
  -- The list of conversations shows what was said last.
  UPDATE conversations c SET last_message_text = left(shown, 200), updated_at = now()
  WHERE c.id = m.conversation_id AND shown <> m.text AND c.last_message_text = left(m.text, 200)
    AND NOT EXISTS (SELECT FROM messages later WHERE later.conversation_id = m.conversation_id AND later.sent_at > m.sent_at);
END $$;

-- What a message said at a time: for turns that are thought over again.
CREATE FUNCTION peyk_text_as_of(m messages, at TIMESTAMPTZ) RETURNS TEXT LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN m.edited_at IS NULL OR m.edited_at <= at THEN m.text
    ELSE coalesce((SELECT former->>'text' FROM jsonb_array_elements(m.edits) AS former
      WHERE (former->>'at')::timestamptz <= at ORDER BY (former->>'at')::timestamptz DESC LIMIT 1), m.edits->0->>'text') END
$$;

-- Ties the waiting changes of a conversation to the messages that are there by now. All of them are tried each time: a
-- message and a change that were committed at the same moment did not see each other.
CREATE FUNCTION peyk_meet_changes(conversation UUID) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
  met UUID[];
BEGIN
  WITH tied AS (
    UPDATE message_changes c SET message_id = m.id FROM messages m
    WHERE c.conversation_id = conversation AND c.message_id IS NULL
      AND m.conversation_id = conversation AND m.external_id = c.external_id
    RETURNING c.message_id
  )
  SELECT array_agg(DISTINCT message_id) INTO met FROM tied;
  PERFORM peyk_change_message(one) FROM unnest(met) AS one;
END $$;

CREATE FUNCTION peyk_changes_came() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM peyk_meet_changes(conversation_id) FROM (SELECT DISTINCT conversation_id FROM added) AS a;
  RETURN NULL;
END $$;
CREATE TRIGGER message_changes_came AFTER INSERT ON "message_changes" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION peyk_changes_came();

CREATE FUNCTION peyk_messages_came() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM peyk_meet_changes(conversation_id) FROM (
    SELECT DISTINCT c.conversation_id FROM added a
    JOIN message_changes c ON c.conversation_id = a.conversation_id AND c.message_id IS NULL) AS waiting;
  RETURN NULL;
END $$;
CREATE TRIGGER messages_came AFTER INSERT ON "messages" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION peyk_messages_came();

-- Who wrote a message of the shop is told by name.
UPDATE "outbound_messages" o SET "user_id" = NULL
WHERE "user_id" IS NOT NULL AND NOT EXISTS (SELECT FROM "users" u WHERE u."id" = o."user_id");
ALTER TABLE "outbound_messages" ADD CONSTRAINT "outbound_messages_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
