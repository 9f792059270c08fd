import { normaliseText, wordsOf } from '../../text/persian.ts';
import type { Saying } from './labels.ts';

/** Finding words, numbers and meanings in an answer. Pure. */

/** An answer in the form in which it is looked through. */
export interface Wording {
  /** Its words with a space at both ends, numbers without separators. */
  words: string;
  numbers: ReadonlySet<number>;
}

const SCALES: Readonly<Record<string, number>> = {
  هزار: 1e3,
  میلیون: 1e6,
  ملیون: 1e6,
  thousand: 1e3,
  million: 1e6,
  k: 1e3,
};
const SCALED = new RegExp(`(\\d+(?:\\.\\d+)?) ?(${Object.keys(SCALES).join('|')})(?!\\p{L})`, 'gu');

/** «۱٬۴۵۰٬۰۰۰» and 1,450,000 as 1450000; 12.50 stays. */
function withPlainNumbers(text: string): string {
  return normaliseText(text)
    .replace(/٫/g, '.')
    .replace(/(?<=\d)[,٬،](?=\d{3}(?!\d))/g, '')
    .replace(/(?<=\d)\.00(?!\d)/g, '');
}

export function wordingOf(text: string): Wording {
  const plain = withPlainNumbers(text);
  const numbers = new Set((plain.match(/\d+(?:\.\d+)?/g) ?? []).map(Number));
  for (const [, number = '', scale = ''] of plain.matchAll(SCALED))
    numbers.add(Math.round(Number(number) * (SCALES[scale] ?? 1)));
  return { words: ` ${wordsOf(plain).join(' ')} `, numbers };
}

/** True when the answer has these words one after another; one that ends in * stands for all that begin so, a number for its amount. */
export function has(wording: Wording, phrase: string): boolean {
  const isStem = phrase.endsWith('*');
  const plain = withPlainNumbers(isStem ? phrase.slice(0, -1) : phrase).trim();
  if (/^\d+(?:\.\d+)?$/.test(plain)) return wording.numbers.has(Number(plain));
  const wanted = wordsOf(plain).join(' ');
  return wanted !== '' && wording.words.includes(` ${wanted}${isStem ? '' : ' '}`);
}

/* biome-ignore format: tables of words. */
const PHRASES: Readonly<Record<Saying, readonly string[]>> = {
  no: ['خیر', 'نه', 'نخیر', 'نداریم', 'نداریمش', 'ندارد', 'نداره', 'ندارن', 'ندارند', 'نداشتیم', 'نیست', 'نیستش', 'نیستن', 'نیستند', 'نیستیم',
    'ناموجود', 'ناموجوده', 'ناموجودن', 'تموم شده', 'تمام شده', 'تمومه', 'نمی شه', 'نمی شود', 'نمی تونیم', 'نمی توانیم', 'نمی فرستیم', 'نمی کنیم', 'نمی گیریم',
    'نمی ده', 'نمی دیم', 'نمی خوره', 'نمی فروشیم', 'متاسفانه', 'فروخته شده', 'امکانش نیست', 'تعطیل*', 'closed', 'no', 'not', 'nope', 'isn t', 'don t', 'doesn t', 'aren t', 'can t', 'cannot',
    'unavailable', 'out of stock', 'sold out', 'unfortunately', 'won t'],
  yes: ['بله', 'بلی', 'آره', 'حتما', 'داریم', 'داره', 'دارد', 'دارن', 'دارند', 'موجوده', 'موجود است', 'موجود هست', 'موجودن', 'موجودند', 'هست', 'هستش', 'هستن', 'هستند',
    'هستیم', 'می کنیم', 'داریمش', 'می فرستیم', 'می گیریم', 'می خوره', 'yes', 'yeah', 'sure', 'of course', 'certainly', 'is available', 'are available', 'is in stock', 'are in stock',
    'we do', 'we have', 'it does', 'it has', 'comes in', 'we can', 'you can', 'it comes', 'absolutely'],
  unknown: ['نمی دونم', 'نمی دانم', 'نمی دونیم', 'نمی دانیم', 'اطلاعی ندارم', 'اطلاعی نداریم', 'اطلاعاتی نداریم', 'اطلاعات ندارم', 'اطلاع ندارم', 'اطلاع نداریم', 'نوشته نشده', 'ثبت نشده',
    'گفته نشده', 'ننوشته*', 'نگفته*', 'نوشته نیست', 'مشخص نشده', 'مشخص نیست', 'ذکر نشده', 'مطمئن نیستم', 'می پرسم', 'می پرسیم', 'بپرسم', 'خبرتون', 'خبر می دم', 'خبر می دهیم',
    'دقیق ندارم', 'در دست ندارم', 'جواب این رو اینجا ندارم', 'اطلاع دقیقی ندارم', 'don t have the answer', 'حدس بزنم', 'اعلام نشده', 'نیومده', 'نیامده', 'don t know', 'do not know', 'not sure', 'not stated', 'does not say', 'doesn t say',
    'not written', 'not listed', 'no information', 'isn t stated', 'will check', 'let me check', 'find out', 'not know', 'don t have that', 'can t say', 'cannot say',
    'don t have information', 'no details', 'do not want to guess', 'don t want to guess', 'rather not guess'],
  absent: ['پیداش نکردم', 'پیدا نکردم', 'پیدا نشد', 'did not find', 'didn t find', 'could not find', 'couldn t find'],
  sorry: ['ببخشید', 'ببخشین', 'معذرت', 'متاسف*', 'عذر*', 'شرمنده*', 'پوزش', 'sorry', 'apolog*'],
};
/** A bot that did not understand has said neither no nor that something is unknown. */
/* biome-ignore format: a table of words. */
const EVASIONS = ['مطمئن نیستم درست فهمیده باشم', 'متوجه منظورتون نشدم', 'بیشتر توضیح بدید', 'دقیق تر بنویسید', 'جواب این رو اینجا ندارم', 'may not have understood',
  'not sure i understand', 'tell me a little more', 'a little more detail', 'a few more details',
  'not sure i understood', 'in more detail', 'more details', ...PHRASES.absent];
/** The first words of an answer that is yes or no. */
const OPENINGS = { yes: ['بله', 'آره', 'yes', 'yeah'], no: ['نه', 'خیر', 'no', 'nope'] } as const;
const OPENING_WORDS = 3;
/** A `yes` inside a `no` is none. */
const DENIALS = ['not available', 'not in stock', 'is not', 'are not', 'موجود نیست', 'موجود نداریم'];
/** What is only near is no yes. */
export const ONLY_NEAR = [
  'دقیقا همین رو پیدا نکردم',
  'not exactly',
  'exactly that',
  'close to it',
  'نزدیکن',
  'are close',
];

/** What may be said of an answer in whatever words. */
export function saysSo(wording: Wording, saying: Saying): boolean {
  const says = (words: string, phrases: readonly string[]) =>
    phrases.some((phrase) => has({ ...wording, words }, phrase));
  const meant = without(wording.words, EVASIONS);
  switch (saying) {
    case 'yes':
      if (says(wording.words, ONLY_NEAR) || opensWith(wording, 'no')) return false;
      return says(without(meant, DENIALS), PHRASES.yes);
    case 'no':
      return !opensWith(wording, 'yes') && says(meant, PHRASES.no);
    case 'absent':
      return says(wording.words, PHRASES.absent) || says(meant, PHRASES.no);
    case 'sorry':
      return says(wording.words, PHRASES.sorry);
    case 'unknown':
      return says(wording.words, PHRASES.unknown) && !has(wording, 'درست فهمیده باشم');
  }
}

/** True for an answer that only asks to say it otherwise. */
export function evades(wording: Wording): boolean {
  return EVASIONS.some((phrase) => has(wording, phrase));
}

/** True for an answer that begins with a yes or with a no. */
export function opensWith({ words }: Wording, as: 'yes' | 'no'): boolean {
  const first = words.trim().split(' ').slice(0, OPENING_WORDS);
  return OPENINGS[as].some((opening) => first.includes(opening));
}

function without(words: string, phrases: readonly string[]): string {
  return phrases.reduce((left, phrase) => left.replaceAll(` ${wordsOf(phrase).join(' ')} `, ' – '), words);
}
