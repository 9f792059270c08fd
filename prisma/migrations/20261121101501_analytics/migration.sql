-- Figures by day, added up as things happen, so that reading them never looks at what they were made of.
CREATE TABLE "daily_figures" (
    "business_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "hour" SMALLINT NOT NULL DEFAULT -1,
    "metric" TEXT NOT NULL,
    "key" TEXT NOT NULL DEFAULT '',
    "count" BIGINT NOT NULL DEFAULT 0,
    "sum" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "daily_figures_pkey" PRIMARY KEY ("business_id", "metric", "day", "hour", "key")
);
ALTER TABLE "daily_figures" ADD CONSTRAINT "daily_figures_business_id_fkey"
  FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- How far each stream has been added up.
CREATE TABLE "figure_marks" (
    "business_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,

    CONSTRAINT "figure_marks_pkey" PRIMARY KEY ("business_id", "stream")
);
ALTER TABLE "figure_marks" ADD CONSTRAINT "figure_marks_business_id_fkey"
  FOREIGN KEY ("business_id") REFERENCES "businesses"("id") ON DELETE CASCADE ON UPDATE CASCADE;
