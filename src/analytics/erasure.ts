import type { ErasureRule } from '../platform/erasure/erasure.ts';
import { keywordsOf, questionKey } from '../text/keywords.ts';
import { ASKED_KEY_LENGTH } from './rollup-store.ts';

/** Figures whose key is words of customers. */
const BY_WORDS = ['keyword', 'question', 'unanswered', 'repeated', 'asked_for', 'not_found'];

/** Sums by day stay; those of words that only this customer used go. */
export const figureErasure: ErasureRule = {
  name: 'figures',
  async forget(tx, { businessId, conversationIds }) {
    const said = await tx.$queryRaw<{ text: string }[]>`
      SELECT text FROM messages WHERE conversation_id = ANY(${conversationIds}::uuid[]) AND direction = 'in'`;
    const asked = await tx.$queryRaw<{ words: string }[]>`
      SELECT words FROM product_requests WHERE conversation_id = ANY(${conversationIds}::uuid[])`;
    const keys = new Set(asked.map(({ words }) => words.slice(0, ASKED_KEY_LENGTH)));
    for (const { text } of said) for (const key of [...keywordsOf(text), questionKey(text) ?? '']) keys.add(key);
    keys.delete('');
    return tx.$executeRaw`
      DELETE FROM daily_figures f
      WHERE f.business_id = ${businessId}::uuid AND f.metric = ANY(${BY_WORDS}::text[]) AND f.key = ANY(${[...keys]}::text[])
        AND NOT EXISTS (SELECT FROM messages m WHERE m.business_id = f.business_id AND m.direction = 'in'
          AND m.conversation_id <> ALL(${conversationIds}::uuid[]) AND m.search_text LIKE '%' || f.key || '%')
        AND NOT EXISTS (SELECT FROM product_requests r WHERE r.business_id = f.business_id
          AND r.conversation_id <> ALL(${conversationIds}::uuid[]) AND left(r.words, ${ASKED_KEY_LENGTH}) = f.key)`;
  },
};
