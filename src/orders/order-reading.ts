import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js/max';
import { detectIntents } from '../text/intents.ts';
import { toLatinDigits, wordsOf } from '../text/persian.ts';
import type { OrderField } from './order.ts';

/** What a customer's words mean to an order form. Pure; Persian and English alike. */

const POLITE = phrases(
  'لطفا',
  'ممنون',
  'مرسی',
  'please',
  'pls',
  'thanks',
  'thank',
  'you',
  'فقط',
  'just',
  'only',
  'همین',
);
/* biome-ignore format: a table of words. */
const YES = phrases('بله', 'بلی', 'آره', 'اره', 'تایید', 'تأیید', 'تایید میکنم', 'تایید می‌کنم', 'تایید است', 'تاییده', 'درسته', 'درست است',
  'باشه', 'اوکی', 'اوکیه', 'اکی', 'حتما', 'ثبت کن', 'ثبت کنید', 'ثبتش کن', 'ثبت شود', 'خوبه', 'بله تایید', 'بله درسته', 'بله ثبت کن',
  'بله ثبت کنید', 'آره درسته', 'آره ثبت کن', 'بله تایید می‌کنم', 'yes', 'y', 'yep', 'yeah', 'yup', 'sure', 'ok', 'okay', 'confirm',
  'confirmed', 'i confirm', 'correct', 'right', 'yes confirm', 'yes correct', 'that s right', 'all good', 'go ahead', 'place it',
  'yes i confirm', 'looks good', 'baleh', 'bale', 'are', 'areh', 'taeed', 'taid', 'doroste', 'sabt kon', 'حله', 'صحیحه', 'صحیح است', 'صحیح');
/* biome-ignore format: a table of words. */
const NO = phrases('نه', 'نخیر', 'خیر', 'نه درست نیست', 'درست نیست', 'اشتباهه', 'اشتباه است', 'نه اشتباهه', 'no', 'nope', 'not correct',
  'wrong', 'no wrong', 'not right', 'that s wrong', 'نع', 'na', 'nakheyr', 'eshtebahe', 'تغییر', 'تغییر بده',
  'تغییر بدید', 'change', 'change something', 'change it', 'taghir', 'taghir bede');
/* biome-ignore format: a table of words. */
const GIVES_UP = ['بیخیال', 'بی خیال', 'ولش کن', 'ولش', 'پشیمون شدم', 'پشیمان شدم',
  'نمی‌خوام دیگه', 'دیگه نمی‌خوام', 'نمی‌خرم', 'never mind', 'nevermind', 'forget it', 'changed my mind', 'don t want it',
  'dont want it', 'no longer want', 'not interested'].map((phrase) => ` ${wordsOf(phrase).join(' ')} `);
/** Alone they give up; within a longer sentence they may speak of one of several things. */
const GIVES_UP_ALONE = phrases(
  'نمی‌خوام',
  'نه نمی‌خوام',
  'نمی‌خوامش',
  'نمی‌خواهم',
  'i don t want',
  'لغو',
  'لغو سفارش',
  'سفارش لغو',
  'nemikham',
  'na nemikham',
  'nemikhamesh',
  'dige nemikham',
  'nemikham dige',
);
const MAX_GIVING_UP_WORDS = 8;
/** In whatever form: «لغوش کنید»، «کنسله». */
const GIVING_UP_ROOT = /^(?:لغو|کنسل|انصراف|منصرف|cancel|canceled|laghv|enseraf|monsaref|bikhial|bikhiyal)/u;
/** «لغو نکنید». */
const DENIES = /^(?:نکن|نشه|نشو|نشد|نمیکن|nakon|don|dont|not|never)/u;
/** «چطور لغو کنم؟», "can I cancel later?": asks about it. */
const WONDERS = phrases('بعدا', 'چطور', 'چطوری', 'چجوری', 'اگه', 'اگر', 'how', 'if', 'later', 'when');

function phrases(...list: string[]): ReadonlySet<string> {
  return new Set(list.map((phrase) => wordsOf(phrase).join(' ')));
}

function plainOf(text: string): string {
  return wordsOf(text)
    .filter((word) => !POLITE.has(word))
    .join(' ');
}

/** True when the customer does not want to go on with the order. */
export function givesUp(text: string): boolean {
  const words = wordsOf(text);
  if (words.length > MAX_GIVING_UP_WORDS) return false;
  const plain = plainOf(text);
  const haystack = ` ${words.join(' ')} `;
  if (GIVES_UP_ALONE.has(plain) || GIVES_UP.some((phrase) => haystack.includes(phrase))) return true;
  const isNamed = words.some((word) => GIVING_UP_ROOT.test(word));
  return isNamed && !words.some((word) => DENIES.test(word) || WONDERS.has(word));
}

/** A plain yes or no as a whole message, said once or in every line of it; null for anything else. */
export function readAnswer(text: string): 'yes' | 'no' | null {
  const said = text.split('\n').filter((line) => line.trim() !== '' && plainOf(line) !== '');
  const lines = said.length > 0 ? said : [text];
  const [first = null, ...others] = lines.map(readLine);
  return others.every((answer) => answer === first) ? first : null;
}

/** Words of which a yes may be put together, and those without which it is none. */
/* biome-ignore format: a table of words. */
const YES_WORDS = phrases('بله', 'بلی', 'آره', 'باشه', 'اوکی', 'اکی', 'حتما', 'درسته', 'تایید', 'تاییده', 'میکنم', 'ثبت', 'ثبتش', 'کن', 'کنید',
  'کنین', 'شود', 'بشه', 'شه', 'سفارش', 'رو', 'را', 'yes', 'yep', 'yeah', 'ok', 'okay', 'sure', 'confirm', 'confirmed', 'i', 'place', 'it', 'correct', 'bale',
  'baleh', 'areh', 'sabt', 'sabtesh', 'kon', 'konid', 'konin', 'doroste', 'taeed', 'taid', 'حله', 'صحیحه', 'صحیح', 'عزیزم', 'عزیز', 'جان', 'جانم', 'گلم', 'است', 'dear');
/* biome-ignore format: a table of words. */
const YES_ITSELF = phrases('بله', 'بلی', 'آره', 'باشه', 'اوکی', 'اکی', 'حتما', 'درسته', 'تایید', 'تاییده', 'ثبت', 'ثبتش', 'yes', 'yep', 'yeah',
  'ok', 'okay', 'sure', 'confirm', 'confirmed', 'bale', 'baleh', 'areh', 'sabt', 'sabtesh', 'حله', 'صحیحه', 'صحیح');

function isYes(plain: string): boolean {
  const words = plain.split(' ');
  return words.every((word) => YES_WORDS.has(word)) && words.some((word) => YES_ITSELF.has(word));
}

/** Signs of consent, in any colour of skin. */
const NODS = /^\s*(?:(?:👍|👌|✅|🆗)(?:\p{Emoji_Modifier}|\ufe0f)*\s*)+$/u;

function readLine(line: string): 'yes' | 'no' | null {
  const plain = plainOf(line);
  if (YES.has(plain) || (isYes(plain) && !isQuestion(line)) || NODS.test(line)) return 'yes';
  return NO.has(plain) ? 'no' : null;
}

/** A burst without its lines that only say yes or no: they belong to no detail. */
export function withoutAnswers(text: string): string {
  const lines = text.split('\n');
  return lines.length === 1 ? text : lines.filter((line) => readLine(line) === null).join('\n');
}

/* biome-ignore format: a table of words. */
const NUMBERS: Readonly<Record<string, number>> = { یک: 1, یه: 1, یکی: 1, یدونه: 1, یدونش: 1, یدانه: 1, دو: 2, سه: 3, چهار: 4, چار: 4, پنج: 5, شش: 6, شیش: 6, هفت: 7,
  هشت: 8, ده: 10, دوازده: 12, بیست: 20, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10,
  twelve: 12, twenty: 20, yek: 1, ye: 1, yeki: 1, do: 2, se: 3, chahar: 4, panj: 5 };
const NUMBER = `\\d{1,4}|${Object.keys(NUMBERS).join('|')}`;
const UNITS =
  'تا|تاش|تاشو|عدد|دونه|دانه|جفت|بسته|ta|taa|adad|dune|done|doone|pcs|pieces?|items?|units?|pairs?|of (?:them|it|these|those)';
/** No letter or digit stands beside it: `\b` knows Latin letters only. */
const EDGE = { before: '(?<![\\p{L}\\p{N}])', after: '(?![\\p{L}\\p{N}])' };
const WITH_UNIT = new RegExp(`${EDGE.before}(${NUMBER}|نه(?= تا))\\s*(?:${UNITS})${EDGE.after}`, 'u');
const AFTER_VERB = new RegExp(
  `${EDGE.before}(?:buy|want|order|get|take|have|need|make it|make that|بکنش|بشه)\\s+(?:to (?:buy|order|get)\\s+)?(${NUMBER})${EDGE.after}`,
  'u',
);
const ALONE = new RegExp(`^(?:no |نه |quantity |تعداد )?(${NUMBER})$`, 'u');

/**
 * How many the customer wants, or null. `isAsked` lets a bare number count. «نه» is nine only before «تا» and never after a
 * pause: «نه، ۲ تا» is a correction.
 */
export function readQuantity(text: string, isAsked: boolean): number | null {
  const words = wordsOf(text).join(' ');
  const match = WITH_UNIT.exec(words) ?? AFTER_VERB.exec(words) ?? (isAsked ? ALONE.exec(plainOf(text)) : null);
  if (!match?.[1]) return null;
  const quantity = match[1] === 'نه' ? 9 : (NUMBERS[match[1]] ?? Number(match[1]));
  return quantity >= 1 ? quantity : null;
}

const LEADING = new RegExp(
  `^(?:(?:و|سلام|also|add|plus|and|another) )*(${NUMBER}|an?|one more|another) (?!(?:تومان|تومن|هزار)${EDGE.after})`,
  'u',
);

/** «یه شال»، "two shawls": a number in front of what is wanted, for texts that name something. */
export function readLeadingQuantity(text: string): number | null {
  const [, number] = LEADING.exec(wordsOf(text).join(' ')) ?? [];
  if (!number) return null;
  const quantity = NUMBERS[number] ?? (/^\d/.test(number) ? Number(number) : 1);
  return quantity >= 1 ? quantity : null;
}

const WISHES = 'میخوام|میخام|میخواهم|میخواستم|بذار|بزار|بگذار|بفرست|بده|بدید|بدین|ثبت|لطفا';
const ADDS = new RegExp(
  `${EDGE.before}(?:اضافه|همچنین|(?:به )?علاوه|(?:هم|دیگه|دیگر)(?: (?:${WISHES})\\p{L}*)?$|` +
    `(?:also|add|as well|plus|another|one more|ham mikham|ezafe)${EDGE.after}|too$)`,
  'u',
);
const REMOVES = new RegExp(
  `${EDGE.before}(?:حذف|بردار\\p{L}*|نمیخوام\\p{L}*|نمیخواهم|نمیخام|نباشه|remove|drop|without|don t want|dont want|take out)${EDGE.after}`,
  'u',
);

const INSTEAD = new RegExp(
  `${EDGE.before}(?:به ?جا(?:ش|شو|شون|ی)?|بجا(?:ش|شو|شون|ی)?|عوضش(?:و|ون)?|عوض (?:کن|کنید|کنین|اون|این)|جایگزین|` +
    `instead|rather than|swap|replace|be ?ja(?:sh|ye?)|avaz(?:esh)?)${EDGE.after}`,
  'u',
);

/** True for «به جاش شال بدید», "a shawl instead": one thing in the place of another. */
export function readInstead(text: string): boolean {
  return INSTEAD.test(wordsOf(text).join(' '));
}

/** True for «یه شال هم می‌خوام», "also a shawl": something more, beside what was named. */
export function readAddition(text: string): boolean {
  return ADDS.test(wordsOf(text).join(' '));
}

/** True for «شال رو حذف کن», "without the shawl". What is meant must be named with it. */
export function readRemoval(text: string): boolean {
  return REMOVES.test(wordsOf(text).join(' '));
}

const MAX_PARTS = 6;

/** «۲ تا شال و یه عینک»: the parts of a text that names things one by one. One part: it does not. */
export function splitWishes(text: string): string[] {
  const parts = toLatinDigits(text)
    .split(/[\n،,;؛+]|\s+(?:و|and|با|plus)\s+/u)
    .map((part) => part.trim())
    .filter(Boolean);
  return parts.length > MAX_PARTS ? [text] : parts;
}

/** A position in a list of `count` things: «۲», "the second", «دومی». Null for none. */
export function readChoice(text: string, count: number): number | null {
  const plain = plainOf(text)
    .replace(/^(?:شماره|گزینه|number|option|no)\s+/u, '')
    .replace(/^the\s+/, '')
    .replace(/\s+(?:one|رو|را|می\S*)$/u, '');
  const ORDINALS = [
    /^(?:اول|اولی|first)$/u,
    /^(?:دوم|دومی|second)$/u,
    /^(?:سوم|سومی|third)$/u,
    /^(?:چهارم|چهارمی|fourth)$/u,
  ];
  const ordinal = ORDINALS.findIndex((pattern) => pattern.test(plain));
  const chosen = ordinal >= 0 ? ordinal + 1 : (NUMBERS[plain] ?? (/^\d{1,2}$/.test(plain) ? Number(plain) : 0));
  return chosen >= 1 && chosen <= count ? chosen - 1 : null;
}

export interface FoundPhone {
  /** E.164. */
  phone: string;
  before: string;
  after: string;
  /** Before and after together. */
  rest: string;
}

/** The first valid phone number in the text as E.164, and the text without it. National ones are those of `country`. */
export function readPhone(text: string, country: CountryCode | null): FoundPhone | null {
  const latin = toLatinDigits(text).replace(/(?<![\d+])00(?=[1-9]\d{7})/g, '+');
  // 98912… without a plus is what many copy from their phones.
  const spelt = country === 'IR' ? latin.replace(/(?<![\d+])98(?=[\s-]?9\d{2}[\s-]?\d{3})/g, '+98') : latin;
  const [found] = findPhoneNumbersInText(spelt, country ? { defaultCountry: country } : {});
  if (!found?.number.isValid()) return null;
  const [before, after] = [spelt.slice(0, found.startsAt), spelt.slice(found.endsAt)];
  return { phone: found.number.number, before, after, rest: `${before} ${after}`.trim() };
}

const NAMES_PHONE =
  /[\s،,;]*(?:(?:و|and)\s+)?(?:شماره(?:\u200c?ام|م)?|تلفن(?:م)?|موبایل(?:م)?|تماس|همراه|من|my|phone|number|mobile|is|shomaram|shomare)[\s:：]*$/iu;
const NAMES_ADDRESS =
  /^[\s،,;.]*(?:(?:و|and)\s+)?(?:(?:آدرس|ادرس|نشانی)(?:\u200c?ام|م)?|(?:my )?address|adres(?:am)?)(?: is)?[\s:：]+/iu;

/** Behind a phone stands many a thing («ممنون، زود بفرستید»); only what calls itself a place, or has its words, is one. */
const PLACE =
  /خیابان|خیابون|کوچه|پلاک|بلوار|میدان|کوی|واحد|طبقه|شهرک|اتوبان|بزرگراه|khiaban|kooche|pelak|(?<![a-z])(?:street|st|road|rd|avenue|ave|lane|square|apt|flat)(?![a-z])/iu;

/** What stands around a phone in one message: «مریم کریمی ۰۹۱۲… تهران، خیابان …» names the person before, the place behind. */
export function readAroundPhone({ before, after }: FoundPhone): { name: string | null; address: string | null } {
  let person = before;
  while (NAMES_PHONE.test(person)) person = person.replace(NAMES_PHONE, '');
  const isPlace = PLACE.test(after) || NAMES_ADDRESS.test(after);
  return { name: readName(person), address: isPlace ? readAddress(after.replace(NAMES_ADDRESS, '')) : null };
}

const LABELS: ReadonlyArray<['name' | 'address' | 'quantity', RegExp]> = [
  ['name', /(?:^|[\n،,;])\s*(?:نام(?:\s*و\s*نام\s*خانوادگی)?|اسم|name|full name)\s*[:：=]\s*([^\n،,;]+)/iu],
  ['address', /(?:^|[\n،,;]|\s)(?:آدرس|ادرس|نشانی|address)[^:：=\n]{0,25}[:：=]\s*([^\n]+)/iu],
  ['quantity', /(?:^|[\n،,;])\s*(?:تعداد|quantity|qty)\s*[:：=]\s*([^\n،,;]+)/iu],
];

/** Details that the customer wrote with their names: «نام: …، آدرس: …». */
export function readLabelled(text: string): { name?: string; address?: string; quantity?: string } {
  const found: { name?: string; address?: string; quantity?: string } = {};
  for (const [field, pattern] of LABELS) {
    const value = pattern.exec(text)?.[1]?.trim();
    if (value) found[field] = value;
  }
  return found;
}

const INTRODUCTION =
  /^\s*(?:سلام[،,\s]*)?(?:esmam|esme man|man|من|اسمم|اسم من|نامم|نام من|بنده|به نام|به اسم|my name is|i am|i['’]m|it['’]s|this is|name is)\s+/iu;

/** Said instead of a name. */
/* biome-ignore format: a table of words. */
const NO_NAME = phrases('یدونه', 'یه', 'یک', 'دونه', 'دو', 'تا', 'بعدا', 'میگم', 'نمیگم', 'فعلا', 'هیچی', 'الان', 'صبر', 'کنید', 'کن', 'later', 'wait',
  'baadan', 'badan', 'migam', 'felan', 'yedoone', 'nemigam');

/** Surnames such as «درودی», «سلامتی», «رنگرز» begin like words of a customer's; these are the words themselves. */
const SPEECH =
  /^(?:(?:سلام|درود)(?:ت|تون|تان)?|(?:ممنون|مرسی|سپاس|متشکر|تشکر)(?:م|یم|ات|گزارم|گذارم|گزاریم)?|(?:رنگ|سایز|موجود)(?:ه|ی|ش|شو|شون|ها|های|هاش|هایی|بندی|بندیش)?)$/u;
const IN_SURNAMES: ReadonlySet<string> = new Set(['greeting', 'thanks', 'availability']);
const CAPITALISED = /^\p{Lu}[\p{L}'’-]+$/u;
const IN_LATIN_SURNAMES: ReadonlySet<string> = new Set([
  'price',
  'address',
  'shipping',
  'payment',
  'hours',
  'thanks',
  'discount',
]);
/** Begins a wish or a question, not a name. */
const BEGINS_SPEECH = phrases(
  'the',
  'best',
  'good',
  'my',
  'your',
  'no',
  'any',
  'a',
  'an',
  'هیچ',
  'چه',
  'این',
  'اون',
  'همه',
);

/** «مریم درودی», "Chris Price": a given name with a surname that only looks like a customer's word. */
function isSurname(words: readonly string[]): boolean {
  const [first = '', ...others] = words;
  if (others.length < 1 || others.length > 2 || detectIntents(first).length > 0) return false;
  const plain = wordsOf(first).join(' ');
  if (BEGINS_SPEECH.has(plain) || NO_NAME.has(plain)) return false;
  const intents = detectIntents(words.join(' '));
  if (words.every((word) => CAPITALISED.test(word))) return intents.every((intent) => IN_LATIN_SURNAMES.has(intent));
  return (
    intents.every((intent) => IN_SURNAMES.has(intent)) && !others.some((word) => SPEECH.test(wordsOf(word).join(' ')))
  );
}

/** A person's name, or null when this is hardly one. */
export function readName(text: string): string | null {
  const name = text
    .replace(/(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u200d)+/gu, ' ')
    .replace(INTRODUCTION, '')
    .replace(/\s+(?:هستم|ام|است|هست|هستش|hastam|hast|ast)[.!\s]*$/iu, '')
    .replace(/^[\s:،,.-]+|[\s:،,.!-]+$/gu, '')
    .replace(/\s+/g, ' ');
  const words = name.split(' ');
  if (wordsOf(name).every((word) => NO_NAME.has(word))) return null;
  const isName = /^[\p{L}\p{M}\u200c .'’-]{2,60}$/u.test(name) && words.length <= 5;
  if (!isName || readAnswer(name) !== null || isQuestion(name)) return null;
  return detectIntents(name).length === 0 || isSurname(words) ? name : null;
}

/** Said about an address or a phone, but no place: «همون آدرس قبلی», "no, my phone is". */
/* biome-ignore format: a table of words. */
const NO_PLACE = phrases('نه', 'خیر', 'بله', 'همون', 'همان', 'همین', 'آدرس', 'آدرسم', 'آدرسه', 'قبلی', 'قبل', 'قبلا', 'دادم', 'که', 'رو', 'را', 'عوض', 'عوضش', 'کن', 'کنید',
  'شماره', 'شمارم', 'شماره‌ام', 'تلفن', 'تلفنم', 'موبایلم', 'اینه', 'من', 'است', 'هست', 'no', 'yes', 'my', 'the', 'same', 'address', 'as', 'before',
  'previous', 'last', 'time', 'phone', 'number', 'mobile', 'is', 'it', 's', 'na', 'bale', 'avaz', 'avazesh', 'kon', 'konid', 'hamoon', 'ghabli',
  'adres', 'adresam', 'shomaram', 'change', 'wrong', 'not', 'that', 'one', 'again', 'later', 'بعدا', 'میگم');

/** A place that something can be sent to, or null when this is hardly one. */
export function readAddress(text: string): string | null {
  const address = text
    .replace(/\s*\n\s*/g, '، ')
    .replace(/\s+/g, ' ')
    .trim();
  const letters = address.match(/\p{L}/gu)?.length ?? 0;
  const words = wordsOf(address).filter((word) => !NO_PLACE.has(word));
  return letters >= 6 && words.length >= 2 && address.length <= 500 && !isQuestion(address) ? address : null;
}

const QUESTION_WORDS = phrases(
  'چند',
  'چنده',
  'چقدر',
  'چقدره',
  'کی',
  'کجا',
  'چرا',
  'چطور',
  'چطوری',
  'چجوری',
  'آیا',
  'کدوم',
  'کدام',
  'what',
  'how',
  'when',
  'where',
  'why',
  'which',
  'who',
  'do',
  'does',
  'can',
  'could',
  'is',
  'are',
  'will',
  'دارید',
  'دارین',
  'میشه',
);
const QUESTION_STARTS = new Set([
  'what',
  'how',
  'when',
  'where',
  'why',
  'which',
  'who',
  'do',
  'does',
  'can',
  'could',
  'is',
  'are',
  'will',
]);

/** True when the customer asks for something: then the form waits. */
export function isQuestion(text: string): boolean {
  if (/[?؟]/.test(text)) return true;
  const words = wordsOf(text);
  if (QUESTION_STARTS.has(words[0] ?? '')) return true;
  return words.some((word) => QUESTION_WORDS.has(word) && !QUESTION_STARTS.has(word));
}

const CHANGE =
  /عوض|تغییر|اصلاح|اشتباه|درست کن|ویرایش|(?<![a-z])(?:change|edit|wrong|update|correct|different|fix)(?![a-z])/u;
const FIELD_WORDS: ReadonlyArray<[OrderField, RegExp]> = [
  ['address', /آدرس|ادرس|نشانی|(?<![a-z])address(?![a-z])/u],
  ['phone', /تلفن|موبایل|شماره|(?<![a-z])(?:phone|mobile|number)(?![a-z])/u],
  ['name', /اسم|(?<![\p{L}])نام|(?<![a-z])name(?![a-z])/u],
  ['quantity', /تعداد|(?<![a-z])(?:quantity|amount|count)(?![a-z])/u],
  ['options', /سایز|رنگ|اندازه|(?<![a-z])(?:sizes?|colou?rs?)(?![a-z])/u],
  ['product', /محصول|کالا|جنس|مدل|(?<![a-z])(?:product|item|model)(?![a-z])/u],
];

/** The field that the customer wants to give anew: "change address", «شماره‌ام اشتباهه». Null for none. */
export function readChange(text: string): OrderField | null {
  const words = text.toLowerCase();
  if (!CHANGE.test(words)) return null;
  return FIELD_WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/** A field that is only named, as the answer to "what shall I change?". */
export function readFieldName(text: string): OrderField | null {
  if (wordsOf(text).length > 4) return null;
  return FIELD_WORDS.find(([, pattern]) => pattern.test(text.toLowerCase()))?.[0] ?? null;
}
