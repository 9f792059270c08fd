-- Few rows are sent again, and whether one was is asked each time before it may be.
CREATE INDEX "outbound_messages_resends_idx" ON "outbound_messages"("resend_of_id") WHERE "resend_of_id" IS NOT NULL;
