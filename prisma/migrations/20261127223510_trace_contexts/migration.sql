-- The trace that a webhook began, so that what comes of it later, in other processes, is part of it. Null: nobody traces.
ALTER TABLE "inbound_deliveries" ADD COLUMN "trace_context" TEXT;
