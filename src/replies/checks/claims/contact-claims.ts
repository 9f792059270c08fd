import { matchingForm } from '../../../analytics/figures.ts';
import { wordsOf } from '../../../text/persian.ts';
import type { KnownWords } from '../known-words.ts';

/** Phones and places in an answer: they must be the shop's, or the customer's own. Pure. */

/** Digits in any grouping; a comma groups prices. */
const RUN = /\+?\d(?:[\s\-–().\u200c_/]{0,3}\d){2,16}/g;
const CALLS =
  /(?<!\p{L})(?:تماس|زنگ|شماره|تلفن\p{L}*|موبایل\p{L}*|واتس ?اپ|پیامک|call|dial|phone|text|mobile|whats ?app|number|tamas|zang|shomare\p{L}*)(?!\p{L})/u;
const NAMES_ORDER =
  /(?<!\p{L})(?:سفارش\p{L}*|رهگیری|پیگیری|کد|order|tracking|code|sefaresh\p{L}*)\s*(?:شما|your)?\s*(?:شماره|number|no|is)?[\s:#]*$/u;
const CURRENCY_BEHIND = /^\s*(?:هزار|میلیون|تومان|تومن|ریال|toman|rial|usd|eur|dollars?|euros?|[$€£])/u;
/** «صفر نهصد و دوازده …», "oh nine one two …": digits that are read out. */
const READ_OUT =
  /(?<!\p{L})صفر\s+(?:و\s+)?(?:نهصد|بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|صد|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه)(?!\p{L})|(?<!\p{L})(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double)[\s,-]+){5,}/u;
/** Long enough to be dialled from anywhere. */
const PHONE_DIGITS = 8;
const LONGEST_PHONE = 15;

/** The digits of a phone without what is dialled before it. */
const bare = (run: string): string => run.replace(/\D/g, '').replace(/^(?:0098|98(?=9\d{9}$)|0{1,2})/, '');

export interface ContactGrounds {
  /** The bare digits of every number that the shop or the customer wrote. */
  numbers: ReadonlySet<string>;
  /** Whether somebody read digits out before. */
  isReadOut: boolean;
  known: KnownWords;
}

/** Collects what may be told as a phone: from the shop's own words and from what the customer gave. */
export function collectNumbers(texts: readonly string[]): Pick<ContactGrounds, 'numbers' | 'isReadOut'> {
  const forms = texts.map(matchingForm);
  const runs = forms.flatMap((form) => [...form.matchAll(RUN)].map(({ 0: run }) => bare(run)));
  const single = forms.flatMap((form) => form.match(/\d{3,}/g) ?? []).map(bare);
  return { numbers: new Set([...runs, ...single]), isReadOut: forms.some((form) => READ_OUT.test(form)) };
}

const PLACE =
  /(?<!\p{L})(?:خیابان|خیابون|بلوار|میدان|کوچه|پاساژ|مجتمع|برج|پلاک|شهرک|street|avenue|mall|plaza|khiaban|pasazh)\s+(\p{L}[\p{L}\p{N}]*|\d+)/gu;
/** Asks for the customer's own address. */
const ASKS =
  /(?<!\p{L})(?:بنویس\p{L}*|بفرست\p{L}*|بگو\p{L}*|بفرمای\p{L}*|وارد|لطفا|کامل|write|send|tell|give|enter|your|please)(?!\p{L})/u;

/** The sentence without phones that may be told: their digits are no amounts. */
export function withoutKnownPhones(form: string, { numbers }: Pick<ContactGrounds, 'numbers'>): string {
  const calls = CALLS.test(form);
  return form.replace(RUN, (run) => ((isDialled(run) || calls) && numbers.has(bare(run)) ? '_' : run));
}

const isDialled = (run: string): boolean => /^(?:\+|0[1-9])/.test(run) && run.replace(/\D/g, '').length >= PHONE_DIGITS;

/** What of a sentence is no phone or place of the shop's. */
export function findContactClaims(form: string, { numbers, isReadOut, known }: ContactGrounds): string[] {
  const found: string[] = [];
  const calls = CALLS.test(form);
  for (const { 0: run, index } of form.matchAll(RUN)) {
    const digits = run.replace(/\D/g, '');
    const [head, tail] = [form.slice(0, index), form.slice(index + run.length)];
    if (CURRENCY_BEHIND.test(tail) || NAMES_ORDER.test(head) || digits.length > LONGEST_PHONE) continue;
    if ((isDialled(run) || calls) && !numbers.has(bare(run))) found.push('a phone number');
  }
  if (READ_OUT.test(form) && !isReadOut) found.push('a phone number');
  if (!ASKS.test(form)) {
    const names = [...form.matchAll(PLACE)].flatMap(({ 1: name = '' }) => wordsOf(name));
    if (names.some((name) => !known.has(name) && !(known.isOrdinary(name) && !/\d/.test(name))))
      found.push('an address');
  }
  return found;
}
