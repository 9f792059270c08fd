-- Conversations of each shop whose answers must stay right.
CREATE TABLE "test_conversations" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "business_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "language" TEXT NOT NULL,
  "turns" JSONB NOT NULL,
  "products" JSONB NOT NULL DEFAULT '[]',
  "conversation_id" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "test_conversations_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "test_conversations_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "businesses"("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "test_conversations_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id")
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "test_conversations_business_id_created_at_idx" ON "test_conversations"("business_id", "created_at");
CREATE INDEX "test_conversations_conversation_id_idx" ON "test_conversations"("conversation_id");
SELECT peyk_tell_changes_of('test_conversations', 'test-conversations');
