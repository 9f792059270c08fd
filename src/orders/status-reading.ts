import { detectIntents, type Intent } from '../text/intents.ts';
import { toLatinDigits, wordsOf } from '../text/persian.ts';

/** What a turn asks of orders that exist. Pure. */
export interface StatusQuestion {
  /** The number that was named; null: none was. */
  number: number | null;
  wantsTrackingCode: boolean;
  /** Positions of the lines that this is all of. */
  covers: number[];
}

/** A person is called for these; they say by themselves what is wrong. */
const FOR_OTHERS: ReadonlySet<Intent> = new Set([
  'handoff',
  'complaint',
  'late',
  'cancel_order',
  'return',
  'bot_question',
]);
const SOCIAL: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'goodbye', 'help']);
/** Phones are longer, counts and sizes shorter. */
const NUMBER = /(?<![\p{L}\d.,/٬،+-])#?(\d{3,9})(?![\d.,/٬،-]*\d)/u;
/** The shop's last words asked for it. */
const ASKED = /شماره (?:ی )?سفارش|order number/iu;
const TRACKING = /ره ?گیری|پیگیری پست|مرسوله|tracking|rahgiri/iu;

/** Null: nothing is asked of an order, or somebody else has to answer. */
export function readStatusQuestion(lines: readonly string[], lastSaid: string): StatusQuestion | null {
  const read = lines.map((line) => ({ line, intents: detectIntents(line), number: orderNumberIn(line) }));
  if (read.some(({ intents }) => intents.some((intent) => FOR_OTHERS.has(intent)))) return null;
  const asks = read.some(({ intents }) => intents.includes('order_status'));
  const gives = ASKED.test(lastSaid) && read.some(({ line, number }) => number !== null && isNumberOnly(line));
  if (!asks && !gives) return null;
  const covers = read.flatMap(({ line, intents, number }, position) => {
    const isPart = intents.includes('order_status') || (number !== null && isNumberOnly(line));
    return isPart || (intents.every((intent) => SOCIAL.has(intent)) && (intents.length > 0 || line.trim() === ''))
      ? [position]
      : [];
  });
  return {
    number: read.find(({ number }) => number !== null)?.number ?? null,
    wantsTrackingCode: read.some(({ line, intents }) => intents.includes('order_status') && TRACKING.test(line)),
    covers,
  };
}

/** «شماره ۱۰۰۱», "#1001": a number that may be an order's. */
function orderNumberIn(line: string): number | null {
  const digits = NUMBER.exec(toLatinDigits(line))?.[1];
  return digits === undefined ? null : Number(digits);
}

const AROUND_A_NUMBER = new Set(
  wordsOf(
    'شماره شماره‌اش شماره‌ش سفارش سفارشم سفارشمه ام کد هست است اینه بله آره من number order is it my the no yes its s shomare sefaresh',
  ),
);

function isNumberOnly(line: string): boolean {
  return wordsOf(line).every((word) => /^\d+$/.test(word) || AROUND_A_NUMBER.has(word));
}
