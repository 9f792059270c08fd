-- What search and answers keep: the words of a shop's catalog, what was asked for, what a customer is interested in.

-- Each word of a catalog once. A misspelt word is compared with these few thousand words instead of with every product,
-- so that a search costs much the same over a thousand products and over a hundred thousand.
CREATE TABLE "product_words" (
    "business_id" UUID NOT NULL,
    "word" TEXT NOT NULL,

    CONSTRAINT "product_words_pkey" PRIMARY KEY ("business_id", "word")
);
CREATE INDEX "product_words_word_trgm_idx" ON "product_words" USING GIN ("word" gin_trgm_ops);

CREATE FUNCTION "keep_product_words"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- In one order, so that two writers never wait for each other in a ring.
  INSERT INTO product_words (business_id, word)
  SELECT DISTINCT c.business_id, w.word
  FROM changed c, unnest(tsvector_to_array(to_tsvector('simple', c.search_text))) AS w(word)
  WHERE length(w.word) <= 60
  ORDER BY 1, 2
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "products_words_on_insert" AFTER INSERT ON "products"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "keep_product_words"();
CREATE TRIGGER "products_words_on_update" AFTER UPDATE ON "products"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "keep_product_words"();
INSERT INTO "product_words" ("business_id", "word")
SELECT DISTINCT p.business_id, w.word
FROM "products" p, unnest(tsvector_to_array(to_tsvector('simple', p.search_text))) AS w(word)
WHERE length(w.word) <= 60;

-- What customers asked the catalog for, and how well it could answer.
CREATE TABLE "product_requests" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "business_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "words" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "product_ids" UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "product_requests_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "product_requests_outcome_check" CHECK ("outcome" IN ('good', 'near', 'none'))
);
CREATE UNIQUE INDEX "product_requests_decision_id_key" ON "product_requests"("decision_id");
CREATE INDEX "product_requests_business_id_outcome_created_at_idx"
  ON "product_requests"("business_id", "outcome", "created_at" DESC);
CREATE INDEX "product_requests_conversation_id_created_at_idx"
  ON "product_requests"("conversation_id", "created_at" DESC);
ALTER TABLE "product_requests" ADD CONSTRAINT "product_requests_conversation_id_fkey"
  FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was suggested beside an answer: not again to the same customer for a while.
CREATE TABLE "cross_sells" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "business_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "product_ids" UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cross_sells_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "cross_sells_decision_id_key" ON "cross_sells"("decision_id");
CREATE INDEX "cross_sells_conversation_id_created_at_idx" ON "cross_sells"("conversation_id", "created_at" DESC);
ALTER TABLE "cross_sells" ADD CONSTRAINT "cross_sells_conversation_id_fkey"
  FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a customer is interested in, counted turn by turn.
CREATE TABLE "behaviour_profiles" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "business_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "turns" INTEGER NOT NULL DEFAULT 0,
    "intents" JSONB NOT NULL DEFAULT '{}',
    "categories" JSONB NOT NULL DEFAULT '{}',
    "brands" JSONB NOT NULL DEFAULT '{}',
    "purchase_signals" INTEGER NOT NULL DEFAULT 0,
    "price_currency" TEXT NOT NULL DEFAULT '',
    "price_sum" BIGINT NOT NULL DEFAULT 0,
    "price_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "behaviour_profiles_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "behaviour_profiles_contact_id_key" ON "behaviour_profiles"("contact_id");
CREATE INDEX "behaviour_profiles_business_id_updated_at_idx" ON "behaviour_profiles"("business_id", "updated_at" DESC);
ALTER TABLE "behaviour_profiles" ADD CONSTRAINT "behaviour_profiles_contact_id_fkey"
  FOREIGN KEY ("contact_id") REFERENCES "contacts"("id") ON DELETE CASCADE ON UPDATE CASCADE;
