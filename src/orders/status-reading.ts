import { detectIntents, type Intent, SOCIAL_INTENTS } from '../text/intents.ts';
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
/** Phones are longer, counts and sizes shorter. */
const NUMBER = /(?<![\p{L}\d.,/٬،+-])#?(\d{3,9})(?![\d.,/٬،-]*\d)/u;
/** The shop's last words asked for it. */
const ASKED = /شماره (?:ی )?سفارش|order number/iu;
const TRACKING = /ره ?گیری|پیگیری پست|مرسوله|tracking|rahgiri/iu;

/* biome-ignore format: a table of patterns over words in matching form. */
const STATE_ASKED = new RegExp([
  // «پیکتون راه افتاد؟», «کیکم آماده‌س؟»: how something of theirs stands.
  '(?:سفارش|بسته|مرسوله|پیک|بار|کیک|خرید)(?:م|ام|مون|تون|یم|ی م|شون)? ?(?:\\p{L}+ ){0,3}(?:راه افتاد\\p{L}*|اماده ?(?:س|ست|شد|شده)|حاضر(?:ه|شد|شده)?|به کجا رسید|تو راه(?:ه)?|ارسال شد\\p{L}*|فرستاد(?:ید|ین|ه شد))(?= |$)',
  '(?:نوبت|وقت)(?:م|مون) (?:\\p{L}+ ){0,3}(?:کی|ساعت چند|چه ساعتی|چه روزی|چندم|یادم)(?: \\p{L}+)*',
  'has (?:it|my \\p{L}+) (?:been )?(?:shipped|sent|left)|is my (?:order|cake|parcel|package) (?:ready|on (?:its|the) way)|did you (?:ship|send) (?:it|my \\p{L}+)',
  'when (?:is|was) my (?:appointment|booking|reservation)|what time (?:is|was) my (?:appointment|booking)',
].map((one) => `(?<!\\p{L})(?:${one})`).join('|'), 'u');

/** True for a question of how an order or an appointment stands that does not call it so. */
function asksState(line: string): boolean {
  return STATE_ASKED.test(wordsOf(line).join(' '));
}

/** Null: nothing is asked of an order, or somebody else has to answer. */
export function readStatusQuestion(lines: readonly string[], lastSaid: string): StatusQuestion | null {
  const read = lines.map((line) => ({ line, intents: detectIntents(line), number: orderNumberIn(line) }));
  if (read.some(({ intents }) => intents.some((intent) => FOR_OTHERS.has(intent)))) return null;
  const isOfState = (line: string, intents: readonly Intent[]) => intents.includes('order_status') || asksState(line);
  const asks = read.some(({ line, intents }) => isOfState(line, intents));
  const gives = ASKED.test(lastSaid) && read.some(({ line, number }) => number !== null && isNumberOnly(line));
  if (!asks && !gives) return null;
  const covers = read.flatMap(({ line, intents, number }, position) => {
    const isPart = isOfState(line, intents) || (number !== null && isNumberOnly(line));
    return isPart ||
      (intents.every((intent) => SOCIAL_INTENTS.has(intent)) && (intents.length > 0 || line.trim() === ''))
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
