-- What a row of the audit log is about, in words: the name that the thing had at that time.
ALTER TABLE "audit_logs" ADD COLUMN "subject" TEXT NOT NULL DEFAULT '';

-- What a workflow is asked to do is written down before it is asked ('asked'), and settled when it has answered. A crash
-- between the two leaves the row as it is: nobody can do something that the log does not know.
ALTER TABLE "audit_logs" ADD COLUMN "outcome" TEXT NOT NULL DEFAULT 'done';
ALTER TABLE "audit_logs" ADD CONSTRAINT "audit_logs_outcome_check" CHECK ("outcome" IN ('asked', 'done', 'refused'));

-- Still append-only, but for that one settling: once, and nothing but how it ended.
CREATE OR REPLACE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.outcome = 'asked' AND NEW.outcome IN ('done', 'refused')
      AND to_jsonb(NEW) - 'outcome' - 'after' = to_jsonb(OLD) - 'outcome' - 'after' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'audit_logs is append-only' USING ERRCODE = 'insufficient_privilege';
END;
$$;
