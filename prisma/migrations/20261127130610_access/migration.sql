-- A key belongs to the person who made it, and stops with that person; it can have an end of its own.
ALTER TABLE "api_keys" ADD COLUMN "owner_id" UUID;
ALTER TABLE "api_keys" ADD COLUMN "expires_at" TIMESTAMPTZ(3);
UPDATE "api_keys" AS k SET "owner_id" = u."id" FROM "users" AS u WHERE u."id"::text = k."created_by";
-- Whose maker is gone already stops now.
UPDATE "api_keys" SET "revoked_at" = now()
  WHERE "revoked_at" IS NULL AND "owner_id" IS NULL AND "created_by" ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
CREATE INDEX "api_keys_owner_id_idx" ON "api_keys"("owner_id");
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_owner_id_fkey"
  FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The key's record stays when its owner is deleted, and opens nothing any more.
CREATE FUNCTION peyk_revoke_keys_of_user() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  UPDATE api_keys SET revoked_at = now() WHERE owner_id = OLD.id AND revoked_at IS NULL;
  RETURN OLD;
END $$;
CREATE TRIGGER users_revoke_keys BEFORE DELETE ON "users"
  FOR EACH ROW EXECUTE FUNCTION peyk_revoke_keys_of_user();

-- Who used a refresh token first: another device that brings it again is not the same person's second tab.
ALTER TABLE "refresh_tokens" ADD COLUMN "rotated_by" TEXT NOT NULL DEFAULT '';

-- The login behind a connection to the live feed, so that it ends with it.
ALTER TABLE "live_tickets" ADD COLUMN "family_id" UUID;

-- Wakes those who keep connections open as soon as somebody may have lost the right to one.
CREATE FUNCTION peyk_tell_access() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('peyk_access', '');
  RETURN NULL;
END $$;
CREATE TRIGGER login_sessions_access AFTER UPDATE OF "revoked_at" OR DELETE ON "login_sessions"
  FOR EACH STATEMENT EXECUTE FUNCTION peyk_tell_access();
CREATE TRIGGER users_access AFTER UPDATE OF "active", "role", "is_installation" OR DELETE ON "users"
  FOR EACH STATEMENT EXECUTE FUNCTION peyk_tell_access();
CREATE TRIGGER api_keys_access AFTER UPDATE OF "revoked_at", "scopes", "expires_at" OR DELETE ON "api_keys"
  FOR EACH STATEMENT EXECUTE FUNCTION peyk_tell_access();
