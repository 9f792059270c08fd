-- What the whole installation knows of itself: which server its rows were written by, how far they had come, and whether
-- messages may leave. One row, made here.
CREATE TABLE "installation" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "generation" INTEGER NOT NULL DEFAULT 0,
    "sending_paused_at" TIMESTAMPTZ(3),
    "sending_paused_reason" TEXT NOT NULL DEFAULT '',
    "sending_confirmed_by" TEXT NOT NULL DEFAULT '',
    "system_identifier" TEXT,
    "timeline" INTEGER,
    "watermark" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);
INSERT INTO "installation" DEFAULT VALUES;
