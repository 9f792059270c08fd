-- Deliveries that are acknowledged and not yet sorted into conversations.
CREATE INDEX "inbound_deliveries_received_idx" ON "inbound_deliveries"("id") WHERE "state" = 'received';
