-- A business may choose its own times for reading its shop.
ALTER TABLE "businesses" ADD COLUMN "sync_cron" TEXT;
