-- Still append-only, but for two things: how what was asked ended, and that words about a person whose data is erased are
-- forgotten. Such a row says so, and goes on telling who did what to what and when.
CREATE OR REPLACE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.outcome = 'asked' AND NEW.outcome IN ('done', 'refused')
      AND to_jsonb(NEW) - 'outcome' - 'after' = to_jsonb(OLD) - 'outcome' - 'after' THEN
      RETURN NEW;
    END IF;
    IF NEW.subject = '' AND NEW.before IS NULL AND NEW.after = '{"erased": true}'
      AND to_jsonb(NEW) - 'subject' - 'before' - 'after' = to_jsonb(OLD) - 'subject' - 'before' - 'after' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'audit_logs is append-only' USING ERRCODE = 'insufficient_privilege';
END;
$$;
