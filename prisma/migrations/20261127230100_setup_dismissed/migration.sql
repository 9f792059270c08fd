-- Since when the people of a shop do not want to be shown its list of first steps.
ALTER TABLE "businesses" ADD COLUMN "setup_dismissed_at" TIMESTAMPTZ(3);
