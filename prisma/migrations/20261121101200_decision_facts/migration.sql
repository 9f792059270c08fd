-- What an answer was made of, for the page that says why; and the open conversations, for the dashboard.
ALTER TABLE "decisions" ADD COLUMN "facts" JSONB NOT NULL DEFAULT '{}';
CREATE INDEX "conversations_open_idx" ON "conversations"("business_id", "last_user_message_at") WHERE "status" = 'open';
