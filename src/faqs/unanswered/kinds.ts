import { splitQuestions } from '../../replies/reading/parts.ts';
import { detectIntents, type Intent } from '../../text/intents.ts';
import { wordsOf } from '../../text/persian.ts';
import { type Meaning, meaningsOf } from '../meanings.ts';

/** Which turns the bot left without an answer, and what was asked in them. Pure. */

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
  /** How many of the shop's own answers are in the reply. */
  faqsUsed: number;
  /** The built-in responder said at least a part of it. */
  hasBuiltin: boolean;
  /** What the catalog found for it; null: it was not asked. */
  request: string | null;
  /** A task says that the shop does not state what was asked of a product. */
  lacksAttribute: boolean;
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
/** The responder has an answer of its own to these: it says how, and asks what is missing. */
const TOLD_HOW: ReadonlySet<Meaning> = new Set(['ordering', 'booking']);
const SHOP_INTENTS: ReadonlySet<string> = new Set(OF_THE_SHOP);
/** No rule knew what was wanted. */
export const NOT_UNDERSTOOD = ['other', 'unknown', ''] as const;
const UNKNOWN_INTENTS: ReadonlySet<string> = new Set(NOT_UNDERSTOOD);
const SOCIAL: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'goodbye', 'help', 'bot_question']);
/** In front of a question it says nothing of what is asked. */
const GREETED =
  /^(?:(?:سلام|درود|وقت\S* ?بخیر|خسته نباشید|خسته نباشین|ببخشید|salam|hi|hello|hey)[\s،,.!؛:\p{So}\p{Mn}]+)+(?=\S)/iu;
/** As long as a question of the shop's list may be. */
const MAX_QUESTION = 500;

/** Null: the turn was answered, or asked for nothing that an answer could be written to. */
export function kindOf(turn: TurnOutcome): UnansweredKind | null {
  const { outcome, intent, promptName, reason } = turn;
  if (outcome === 'fallback') return 'model_failed';
  if (outcome === 'handoff') return FOR_A_PERSON.has(intent) ? null : 'handed_over';
  if (outcome !== 'reply') return null;
  if (turn.lacksAttribute) return 'attribute_unknown';
  if (turn.request === 'none' && promptName === 'catalog') return 'not_found';
  if (reason === 'replaced_by_checks') return 'not_known';
  if (turn.faqsUsed > 0) return null;
  if (promptName === 'builtin') {
    if (SHOP_INTENTS.has(intent) || MAYBE_INTENTS.has(intent)) return 'not_known';
    return UNKNOWN_INTENTS.has(intent) || intent === 'greeting' ? 'not_understood' : null;
  }
  // The catalog answered one question of several, and the responder had nothing for another.
  return promptName === 'catalog' && turn.hasBuiltin ? 'not_known' : null;
}

/** What was asked in an unanswered turn, each question by itself; greetings, thanks and what was answered after all are none. */
export function questionsOf(
  texts: readonly string[],
  kind: UnansweredKind,
  { promptName, intent }: Pick<TurnOutcome, 'promptName' | 'intent'>,
): string[] {
  const questions = texts
    .flatMap(splitQuestions)
    .map((text) => text.trim().replace(GREETED, '').slice(0, MAX_QUESTION))
    .filter(intent === 'greeting' ? asksByItself : asksSomething);
  const ofShop = questions.filter(asksTheShop);
  const isRestAnswered = promptName === 'catalog' || MAYBE_INTENTS.has(intent);
  if (isRestAnswered && kind === 'not_known') return ofShop;
  return kind === 'not_known' && ofShop.length > 0 ? ofShop : questions;
}

function asksSomething(text: string): boolean {
  if (wordsOf(text).length === 0) return false;
  const intents = detectIntents(text);
  return intents.length === 0 || intents.some((intent) => !SOCIAL.has(intent));
}

/** Behind a greeting that was all the bot heard. */
function asksByItself(text: string): boolean {
  return /[?؟]/.test(text) && asksSomething(text);
}

function asksTheShop(text: string): boolean {
  return (
    [...meaningsOf(text)].some((meaning) => !TOLD_HOW.has(meaning)) ||
    detectIntents(text).some((intent) => SHOP_INTENTS.has(intent))
  );
}
