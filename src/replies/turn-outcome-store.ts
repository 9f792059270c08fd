import { Prisma } from '../platform/database/generated/client.ts';

/** Columns of `decisions d` that make what `src/faqs/unanswered/rules.ts` takes for a turn's outcome. */
export const TURN_OUTCOME = Prisma.sql`
  d.outcome, d.intent, d.prompt_name AS "promptName", d.reason, d.facts->>'task' AS task,
  CASE jsonb_typeof(d.facts->'faqsUsed') WHEN 'array' THEN jsonb_array_length(d.facts->'faqsUsed') ELSE 0 END AS "faqsUsed",
  d.usage @> '[{"provider": "builtin"}]' AS "hasBuiltin",
  (SELECT r.outcome FROM product_requests r WHERE r.decision_id = d.id) AS request,
  EXISTS (SELECT FROM messages g WHERE g.id = ANY(d.message_ids) AND g.text ~ '[?؟]') AS "hasQuestionMark"`;
