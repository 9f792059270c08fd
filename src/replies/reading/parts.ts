import { detectIntents, type Intent, SOCIAL_INTENTS } from '../../text/intents.ts';
import { toLatinDigits } from '../../text/persian.ts';

/** One line that asks several things is read as several lines. Pure. */

/** They are one question of one product. */
const OF_PRODUCTS: ReadonlySet<Intent> = new Set(['price', 'availability', 'order', 'picture']);
/** A person reads the whole, and so does whoever takes an order's details. */
const WHOLE: ReadonlySet<Intent> = new Set(['handoff', 'complaint', 'late', 'cancel_order', 'bot_question', 'booking']);
const JOINT = /(?<=[?؟\n])|[،,;؛]|(?<=\s)(?:و|راستی|ضمنا|همچنین|and|also|btw|plus|va|rasti)(?=\s)/u;
const ASKS =
  /(?<!\p{L})(?:چند\p{L}*|چقدر\p{L}*|کی|کجا\p{L}*|چی\p{L}*|چه|آیا|کدوم\p{L}*|چطور\p{L}*|دار(?:ید|ین|ی|ه|د)|می ?ش(?:ه|ود)|هست(?:ید|ین)?|how|what|when|where|which|do|does|can|is|are|any|chand\p{L}*|cheghadr\p{L}*|key|koja\p{L}*|chi\p{L}*|dar(?:id|in|e)|mishe)(?!\p{L})|[?؟]/u;
const MAX_PARTS = 4;
const MAX_CHARACTERS = 400;

/** The line in its questions; as it is where it asks one thing, or gives what a form asked for. */
export function splitQuestions(line: string): string[] {
  if (line.length > MAX_CHARACTERS || /\d[\d\s-]{7,}/.test(toLatinDigits(line)) || /https?:/.test(line)) return [line];
  if (detectIntents(line).some((intent) => WHOLE.has(intent))) return [line];
  const parts: { from: number; to: number; about: string | null }[] = [];
  let at = 0;
  for (const text of line.split(JOINT)) {
    const from = line.indexOf(text, at);
    at = from + text.length;
    if (text.trim() === '') continue;
    const about = subjectOf(text);
    const last = parts.at(-1);
    // What says nothing of its own belongs to what stands beside it.
    if (last && (about === null || last.about === null || about === last.about)) {
      last.to = at;
      last.about ??= about;
    } else parts.push({ from, to: at, about });
  }
  const asking = parts.reduce<{ from: number; to: number }[]>((kept, part) => {
    const last = kept.at(-1);
    // «شنبه عروسی دعوتم» behind a question tells why it is asked.
    if (last && !asks(line.slice(part.from, part.to))) last.to = part.to;
    else if (last && kept.length === 1 && !asks(line.slice(last.from, last.to))) last.to = part.to;
    else kept.push({ from: part.from, to: part.to });
    return kept;
  }, []);
  const texts = asking.map(({ from, to }) => line.slice(from, to).trim());
  return texts.length > 1 && texts.length <= MAX_PARTS ? texts : [line];
}

const asks = (text: string): boolean => ASKS.test(text.toLowerCase()) || detectIntents(text).includes('price');

function subjectOf(text: string): string | null {
  const intents = detectIntents(text).filter((intent) => !SOCIAL_INTENTS.has(intent));
  if (intents.length === 0) return null;
  // «هزینه ارسال» is a question of delivery; «قیمت» alone is one of goods.
  return intents.find((intent) => !OF_PRODUCTS.has(intent)) ?? 'products';
}
