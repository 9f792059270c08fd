-- The oldest rows of the live feed are removed, some at a time.
CREATE INDEX "live_events_created_at_idx" ON "live_events"("created_at");
