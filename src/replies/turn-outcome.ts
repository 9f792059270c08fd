import { Prisma } from '../platform/database/generated/client.ts';

/** What is stored of a turn, as far as it tells whether it was answered. */
export interface TurnOutcome {
  outcome: string;
  intent: string;
  promptName: string;
  reason: string;
  /** The reason of the ticket that it opened; null: none. */
  task: string | null;
  /** How many of the shop's own answers are in the reply. */
  faqsUsed: number;
  /** The built-in responder said at least a part of it. */
  hasBuiltin: boolean;
  /** What the catalog found for it; null: it was not asked. */
  request: string | null;
  /** The customer's words have a question mark. */
  hasQuestionMark: boolean;
}

/** Columns of `decisions d` that make a `TurnOutcome`. */
export const TURN_OUTCOME = Prisma.sql`
  d.outcome, d.intent, d.prompt_name AS "promptName", d.reason, d.facts->>'task' AS task,
  CASE jsonb_typeof(d.facts->'faqsUsed') WHEN 'array' THEN jsonb_array_length(d.facts->'faqsUsed') ELSE 0 END AS "faqsUsed",
  d.usage @> '[{"provider": "builtin"}]' AS "hasBuiltin",
  (SELECT r.outcome FROM product_requests r WHERE r.decision_id = d.id) AS request,
  EXISTS (SELECT FROM messages g WHERE g.id = ANY(d.message_ids) AND g.text ~ '[?؟]') AS "hasQuestionMark"`;
