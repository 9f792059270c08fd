-- Whoever has a password that another made up is asked to choose their own.
ALTER TABLE "users" ADD COLUMN "password_change_due" BOOLEAN NOT NULL DEFAULT false;
