-- Codes and numbers are looked up as they are; only words are forgiven a wrong letter. A shop that numbers its goods has
-- as many codes as products, and they must not be looked through for each misspelt word.
DROP INDEX "product_words_word_trgm_idx";
CREATE INDEX "product_words_word_trgm_idx" ON "product_words" USING GIN ("word" gin_trgm_ops) WHERE "word" !~ '[0-9]';
CREATE INDEX "product_words_beginning_idx" ON "product_words" ("business_id", left("word", 1), length("word"))
  WHERE "word" !~ '[0-9]';
