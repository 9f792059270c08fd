import { kindOf, type TurnOutcome, UNANSWERED_KINDS } from '../faqs/unanswered/rules.ts';
import { SOCIAL_INTENTS } from '../text/intents.ts';
import { questionKey } from '../text/keywords.ts';

/**
 * What became of a turn; each has exactly one. `answered`: by itself, and nobody had to mend it. `corrected`: a person wrote
 * behind the answer. `asked_again`: the customer said the same once more. `not_delivered`: the answer did not reach the customer.
 * `wanted_person`: the customer asked for a person, or complained, and got one. `courtesy`: a greeting or thanks, in which nothing
 * was asked. `silent`: the bot had nothing to say, because a person was at work or the customer wants no messages.
 */
export const TURN_RESULTS = [
  'answered',
  'corrected',
  'asked_again',
  ...UNANSWERED_KINDS,
  'wanted_person',
  'not_delivered',
  'courtesy',
  'silent',
] as const;
export type TurnResult = (typeof TURN_RESULTS)[number];

/** Say nothing about how well the bot answers. */
export const NOT_JUDGED: ReadonlySet<TurnResult> = new Set(['courtesy', 'silent']);

/** A turn with what came after it. */
export interface FinishedTurn extends TurnOutcome {
  /** The customer's first message of it; null: it is gone, or told an order form something. */
  question: string | null;
  /** What the customer wrote next, soon after the answer; null: nothing. */
  next: string | null;
  /** It was held back for the customer's or a person's sake. */
  isHeldBack: boolean;
  /** A message of it was rejected, blocked by something else, or nobody knows what became of it. */
  isUndelivered: boolean;
  /** A person wrote to the customer behind it, before the bot spoke again. */
  isCorrected: boolean;
}

export function resultOf(turn: FinishedTurn): TurnResult {
  const { outcome, promptName, intent, question, next } = turn;
  if (outcome === 'silent' || outcome === 'opt_out') return 'silent';
  const kind = kindOf(turn);
  if (outcome !== 'reply') return kind ?? 'wanted_person';
  if (turn.isHeldBack) return 'silent';
  if (turn.isCorrected) return 'corrected';
  if (turn.isUndelivered) return 'not_delivered';
  if (kind) return kind;
  const key = question === null ? null : questionKey(question);
  if (promptName === 'builtin' && COURTESIES.has(intent)) return 'courtesy';
  return key !== null && next !== null && questionKey(next) === key ? 'asked_again' : 'answered';
}

const COURTESIES: ReadonlySet<string> = SOCIAL_INTENTS;
