import { splitQuestions } from '../../replies/reading/parts.ts';
import { detectIntents, type Intent } from '../../text/intents.ts';
import { wordsOf } from '../../text/persian.ts';
import { type Meaning, meaningsOf } from '../meanings.ts';
import { MAYBE_OF_THE_SHOP, OF_THE_SHOP, type TurnOutcome, type UnansweredKind } from './rules.ts';

/** What was asked in turns that the bot left without an answer. Pure. */

/** The responder has an answer of its own to these: it says how, and asks what is missing. */
const TOLD_HOW: ReadonlySet<Meaning> = new Set(['ordering', 'booking']);
const SHOP_INTENTS: ReadonlySet<string> = new Set(OF_THE_SHOP);
const MAYBE_INTENTS: ReadonlySet<string> = new Set(MAYBE_OF_THE_SHOP);
const SOCIAL: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'goodbye', 'help', 'bot_question']);
/** In front of a question it says nothing of what is asked. */
const GREETED =
  /^(?:(?:سلام|درود|وقت\S* ?بخیر|خسته نباشید|خسته نباشین|ببخشید|salam|hi|hello|hey)[\s،,.!؛:\p{So}\p{Mn}]+)+(?=\S)/iu;
/** As long as a question of the shop's list may be. */
const MAX_QUESTION = 500;

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
