-- Questions of turns that somebody took off the list of unanswered questions.
CREATE TABLE "dismissed_questions" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "business_id" UUID NOT NULL,
  "decision_id" UUID NOT NULL,
  "position" SMALLINT NOT NULL,
  "dismissed_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "dismissed_questions_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "dismissed_questions_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decisions"("id")
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "dismissed_questions_decision_id_position_key" ON "dismissed_questions"("decision_id", "position");
CREATE INDEX "dismissed_questions_business_id_idx" ON "dismissed_questions"("business_id");
SELECT peyk_tell_changes_of('dismissed_questions', 'unanswered-questions');
