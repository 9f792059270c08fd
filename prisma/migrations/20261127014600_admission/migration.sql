-- Which conversations were handed to their workflows and have not begun their turn: only so many are at a time.
ALTER TABLE "dispatches" ADD COLUMN "handed_at" TIMESTAMPTZ(3);
CREATE INDEX "dispatches_handed_at_idx" ON "dispatches"("handed_at") WHERE "handed_at" IS NOT NULL;
-- What is due is taken from each business in turn.
CREATE INDEX "dispatches_business_id_due_at_idx" ON "dispatches"("business_id", "due_at") WHERE "due_at" IS NOT NULL;
