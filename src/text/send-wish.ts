import { wordsOf } from './persian.ts';

/** What a customer who writes «… بفرستید» wants to be sent. Goods are shipped; everything else is shown or told. Pure. */

/* biome-ignore format: a table of words. */
const SEND: ReadonlySet<string> = new Set(['بفرست', 'بفرستید', 'بفرستین', 'بفرستی', 'میفرستی', 'میفرستید', 'میفرستین', 'میفرستن', 'بفرستن', 'befrest',
  'befrestid', 'befrestin', 'mifresti', 'mifrestid', 'mifrestin', 'send', 'sends']);
/* biome-ignore format: a table of words. */
const GIVE: ReadonlySet<string> = new Set(['بده', 'بدید', 'بدین', 'بدی', 'میدی', 'میدید', 'میدین', 'بذار', 'بذارید', 'بذارین', 'بزارید', 'ببینم',
  'ببینیم', 'نشون', 'نشونم', 'لطفا', 'لطف', 'bede', 'bedid', 'bedin', 'bebinam', 'lotfan', 'give', 'show', 'share', 'please', 'pls', 'plz'].flatMap(wordsOf));
const ENDING = '(?:ش|شو|شون|تون|تان|ی|ای|ا|ها|های|هاش|هاشو|هایی|م|و)*';
const phrase = (...forms: string[]) => new RegExp(` (?:${forms.join('|')}) `, 'u');

type Wish = 'order_status' | 'payment' | 'picture' | 'document';

/** The first that fits. Null: it only tells that nothing is to be shipped. */
const THINGS: ReadonlyArray<readonly [Wish | null, RegExp]> = [
  [
    'order_status',
    phrase(
      '(?:کد|شماره) (?:ره ?گیری|پیگیری|مرسوله|پستی|پست)',
      `رهگیری${ENDING}`,
      'tracking(?: code| number| link)?',
      'co?d[ei]? rahgiri',
    ),
  ],
  [
    'payment',
    phrase(
      `شماره (?:حساب|کارت|شبا)${ENDING}`,
      `(?:حساب|شبا)${ENDING}`,
      '(?:bank )?account(?: number| details)?',
      'card number',
      'iban',
      '(?:shomare )?hesab',
    ),
  ],
  [
    'document',
    phrase(
      `(?:پیش ?)?فاکتور${ENDING}`,
      `رسید${ENDING}`,
      `کاتالوگ${ENDING}`,
      `بروشور${ENDING}`,
      'invoice',
      'receipt',
      'catalogue?',
      'brochure',
      'fa[ck]tor',
    ),
  ],
  [
    'picture',
    phrase(
      `(?:عکس|تصویر|ویدیو|ویدئو|فیلم|کلیپ|نمونه کار)${ENDING}`,
      '(?:photo|picture|pic|image|video|clip|film)s?',
      'a[kx]s(?:esh|esho|ash)?',
      'v[ie]deo\\p{L}*',
    ),
  ],
  [
    null,
    phrase(
      `(?:لینک|قیمت|لیست|مشخصات|توضیحات?|اطلاعات|جزئیات|جدول|لوکیشن|موقعیت|نشانی)${ENDING}`,
      '(?<!به )ادرس(?:تون|تان|و)?',
    ),
  ],
];

/** The customer speaks of what they send themselves. */
const THEIRS = phrase(
  'میفرستم',
  'بفرستم',
  'فرستادم',
  'sent',
  '(?:i|i ll|will|can i|shall i) send',
  'mifrestam',
  'ferestadam',
);

export interface SendWish {
  /** What is asked for, as far as it is an intent of its own. */
  wants: Wish | null;
  /** False: something is to be shown or told, so that «بفرستید» asks for no delivery. */
  isShipping: boolean;
}

/** Null when nothing is asked to be sent. `words` are those of a message, in matching form. */
export function readSendWish(words: readonly string[]): SendWish | null {
  const sends = words.some((word) => SEND.has(word));
  if (!sends && !words.some((word) => GIVE.has(word))) return null;
  const haystack = ` ${words.join(' ')} `;
  if (THEIRS.test(haystack)) return null;
  const thing = THINGS.find(([, pattern]) => pattern.test(haystack));
  if (!thing) return sends ? { wants: null, isShipping: true } : null;
  return { wants: thing[0], isShipping: false };
}

/** The words that say what is wanted, without those that only ask to send it. */
export function withoutSending(text: string): string {
  return wordsOf(text)
    .filter((word) => !SEND.has(word))
    .join(' ');
}
