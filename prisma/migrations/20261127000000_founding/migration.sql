-- What a conversation's run needs to be founded anew on its rows, and what finding differences between rows and runs leaves behind.
ALTER TABLE "conversations"
  ADD COLUMN "settled_seq" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "run_number" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "mode_at" TIMESTAMPTZ(3),
  ADD COLUMN "mended_at" TIMESTAMPTZ(3);

ALTER TABLE "outbound_messages" ADD COLUMN "send_after" TIMESTAMPTZ(3);

-- What was said before this release is done with, as far as its runs had come.
UPDATE "conversations" c SET "settled_seq" = d."last_seq" FROM "dispatches" d
WHERE d."conversation_id" = c."id" AND c."waiting_since" IS NULL;

CREATE INDEX "conversations_waiting_idx" ON "conversations" ("waiting_since") WHERE "waiting_since" IS NOT NULL;
CREATE INDEX "conversations_mode_ends_idx" ON "conversations" ("mode_until") WHERE "mode_until" IS NOT NULL;
CREATE INDEX "outbound_messages_planned_idx" ON "outbound_messages" ("updated_at") WHERE "state" IN ('planned', 'sending');
CREATE INDEX "follow_ups_pending_idx" ON "follow_ups" ("due_at") WHERE "state" = 'pending';
CREATE INDEX "timers_pending_idx" ON "timers" ("due_at") WHERE "state" = 'pending';
CREATE INDEX "conversations_window_ends_idx" ON "conversations" ("window_expires_at") WHERE "status" = 'open';

CREATE TABLE "workers" (
  "id" UUID NOT NULL,
  "core_version" INTEGER NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "reconcile_runs" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "started_by" TEXT NOT NULL,
  "is_full" BOOLEAN NOT NULL,
  "looked_at" INTEGER NOT NULL DEFAULT 0,
  "found" INTEGER NOT NULL DEFAULT 0,
  "mended" INTEGER NOT NULL DEFAULT 0,
  "differences" JSONB NOT NULL DEFAULT '[]',
  "generation" INTEGER NOT NULL DEFAULT 0,
  "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "finished_at" TIMESTAMPTZ(3),
  CONSTRAINT "reconcile_runs_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "reconcile_runs_started_at_idx" ON "reconcile_runs" ("started_at" DESC);
