-- Files that people of a shop send: pictures, films and sounds, kept while a row refers to them.
CREATE TABLE "uploads" (
    "id" UUID NOT NULL,
    "business_id" UUID NOT NULL,
    "user_id" UUID,
    "kind" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "extension" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id")
);

-- Films do not become smaller, and parts of what is not compressed are read without the rest.
ALTER TABLE "uploads" ALTER COLUMN "content" SET STORAGE EXTERNAL;

CREATE INDEX "uploads_business_id_idx" ON "uploads"("business_id");
CREATE INDEX "uploads_used_at_idx" ON "uploads"("used_at");

ALTER TABLE "uploads" ADD CONSTRAINT "uploads_business_id_fkey" FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the ledger sends of them.
CREATE INDEX "outbound_messages_upload_idx" ON "outbound_messages"(("content"->>'url')) WHERE "content"->>'url' LIKE 'upload:%';
