-- When the first attempt at a conversation's last turn began: the time that all its attempts share survives a worker.
ALTER TABLE "dispatches" ADD COLUMN "begun_turn" TEXT, ADD COLUMN "begun_at" TIMESTAMPTZ(3);
