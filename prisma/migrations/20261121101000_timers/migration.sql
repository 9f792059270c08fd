-- Timers of a conversation beside its follow-up: what will happen by itself, and when.

CREATE TABLE "timers" (
    "id" UUID NOT NULL,
    "business_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "reason" TEXT NOT NULL DEFAULT '',
    "outbound_ids" UUID[],
    "created_by" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "timers_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "timers_conversation_id_state_idx" ON "timers"("conversation_id", "state");
CREATE INDEX "timers_business_id_state_due_at_idx" ON "timers"("business_id", "state", "due_at");
ALTER TABLE "timers" ADD CONSTRAINT "timers_conversation_id_fkey"
  FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "conversations" ADD COLUMN "snoozed_until" TIMESTAMPTZ(3);
ALTER TABLE "decisions" ADD COLUMN "timers" JSONB;
