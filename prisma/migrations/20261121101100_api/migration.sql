-- Logins that can be seen and ended, limits that several API processes share, prompts to read in the panel,
-- a person for each ticket, and keys that say when they changed.

CREATE TABLE "login_sessions" (
    "id" UUID NOT NULL,
    "business_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "address" TEXT NOT NULL DEFAULT '',
    "user_agent" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "login_sessions_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "login_sessions_business_id_last_used_at_idx" ON "login_sessions"("business_id", "last_used_at" DESC);
CREATE INDEX "login_sessions_user_id_idx" ON "login_sessions"("user_id");
ALTER TABLE "login_sessions" ADD CONSTRAINT "login_sessions_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Logins from before this migration go on.
INSERT INTO "login_sessions" ("id", "business_id", "user_id", "created_at", "last_used_at", "expires_at", "revoked_at")
SELECT "family_id", min("business_id"::text)::uuid, min("user_id"::text)::uuid, min("created_at"), max("created_at"),
       max("expires_at"), min("revoked_at")
FROM "refresh_tokens" GROUP BY "family_id";

CREATE TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "prompt_files" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "business_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "checksum" TEXT NOT NULL,
    "is_current" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prompt_files_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "prompt_files_business_id_name_version_language_kind_key"
  ON "prompt_files"("business_id", "name", "version", "language", "kind");
ALTER TABLE "prompt_files" ADD CONSTRAINT "prompt_files_business_id_fkey"
  FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "tickets" ADD COLUMN "assignee_id" UUID;
CREATE INDEX "tickets_assignee_id_idx" ON "tickets"("assignee_id");
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_assignee_id_fkey"
  FOREIGN KEY ("assignee_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "api_keys" ADD COLUMN "created_by" TEXT NOT NULL DEFAULT '';
ALTER TABLE "api_keys" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE INDEX "app_logs_business_id_created_at_idx" ON "app_logs"("business_id", "created_at" DESC);
