-- Connections to the live feed are counted by who holds them. Tickets live for a minute: whoever had one asks again.
DELETE FROM "live_tickets";
ALTER TABLE "live_tickets" ADD COLUMN "holder" TEXT NOT NULL;
