/** Which turns the bot left without an answer, read from what is stored of them. Pure. */

/**
 * `not_understood`: it asked to say it otherwise. `not_known`: the shop wrote no answer. `not_found`: nothing of the kind in the
 * catalog. `attribute_unknown`: the product is there, but not what was asked of it. `handed_over`: a person was called, and the
 * customer had not asked for one. `model_failed`: no model answered.
 */
export const UNANSWERED_KINDS = [
  'not_understood',
  'not_known',
  'not_found',
  'attribute_unknown',
  'handed_over',
  'model_failed',
] as const;
export type UnansweredKind = (typeof UNANSWERED_KINDS)[number];

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

/** A person is what these customers want, whatever the shop had written. */
const FOR_A_PERSON: ReadonlySet<string> = new Set([
  'handoff',
  'complaint',
  'angry',
  'late',
  'waiting',
  'cancel_order',
  'picture',
]);
/** Of the shop itself: without an answer of the shop's own, the responder can only say that it does not know. */
export const OF_THE_SHOP = [
  'return',
  'warranty',
  'discount',
  'shipping',
  'payment',
  'hours',
  'address',
  'deadline',
  'document',
] as const;
/** Of goods by their words, and asked of the responder: the shop's service may be what was meant, as in «قسطی می‌شه خرید؟». */
export const MAYBE_OF_THE_SHOP = ['order', 'price', 'availability'] as const;
const MAYBE_INTENTS: ReadonlySet<string> = new Set(MAYBE_OF_THE_SHOP);
const SHOP_INTENTS: ReadonlySet<string> = new Set(OF_THE_SHOP);
/** No rule knew what was wanted. */
export const NOT_UNDERSTOOD = ['other', 'unknown', ''] as const;
const UNKNOWN_INTENTS: ReadonlySet<string> = new Set(NOT_UNDERSTOOD);

/** Null: the turn was answered, or asked for nothing that an answer could be written to. */
export function kindOf(turn: TurnOutcome): UnansweredKind | null {
  const { outcome, intent, promptName, reason } = turn;
  if (outcome === 'fallback') return 'model_failed';
  if (outcome === 'handoff') return FOR_A_PERSON.has(intent) ? null : 'handed_over';
  if (outcome !== 'reply') return null;
  if (turn.task === 'unknown_attribute') return 'attribute_unknown';
  if (turn.task === 'unanswered') return 'not_known';
  if (turn.request === 'none' && promptName === 'catalog') return 'not_found';
  if (reason === 'replaced_by_checks') return 'not_known';
  if (turn.faqsUsed > 0) return null;
  if (promptName === 'builtin') {
    if (SHOP_INTENTS.has(intent) || MAYBE_INTENTS.has(intent)) return 'not_known';
    // Behind a greeting that was all the bot heard, something was asked.
    return UNKNOWN_INTENTS.has(intent) || (intent === 'greeting' && turn.hasQuestionMark) ? 'not_understood' : null;
  }
  // The catalog answered one question of several, and the responder had nothing for another.
  return promptName === 'catalog' && turn.hasBuiltin ? 'not_known' : null;
}
