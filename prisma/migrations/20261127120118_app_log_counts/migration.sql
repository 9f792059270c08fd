-- What is said again within a minute is counted on its first row.
ALTER TABLE "app_logs" ADD COLUMN "count" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "app_logs" ADD COLUMN "last_at" TIMESTAMPTZ(3);
