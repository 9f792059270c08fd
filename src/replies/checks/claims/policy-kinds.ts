import type { GroundingCheck } from '../grounding-check.ts';
import { anyPhrase } from './phrases.ts';

/** The kinds of claims about how a shop works, and what of them can be stated. A row a kind. */

/** Something that a claim states in words: where the shop states the same, its pattern fits there, too. */
export interface StatedWord {
  name: string;
  pattern: RegExp;
}

export type MeasureClass = 'time' | 'clock' | 'none';

export interface PolicyKind {
  check: GroundingCheck;
  /** For the note. */
  what: string;
  /** What makes a sentence speak of it. */
  topic: RegExp;
  /** Figures of these kinds beside the topic are part of the claim. */
  figures: readonly MeasureClass[];
  words: readonly StatedWord[];
  /** Together with the topic these are a claim even without a figure; null: only what is stated counts. */
  affirms: RegExp | null;
}

const word = (name: string, ...forms: string[]): StatedWord => ({ name, pattern: anyPhrase(...forms) });

const DAYS: readonly StatedWord[] = [
  word('today', 'امروز', 'همین امروز', 'today', 'tonight', 'same day', 'emrooz', 'emroz'),
  word('tomorrow', 'فردا', 'tomorrow', 'next day', 'farda'),
  word('soon', 'پس ?فردا', 'همین هفته', 'آخر هفته', 'this week', 'by the weekend', 'pas ?farda'),
  word(
    'at once',
    'فوری',
    'فورا',
    'همین الان',
    'بلافاصله',
    'immediately',
    'right away',
    'instantly',
    'hamin alan',
    'foori',
  ),
  word('saturday', '(?<!(?:یک|دو|سه|چهار|پنج) ?)شنبه\\p{L}*', 'saturdays?', 'shanbe'),
  word('sunday', 'یک ?شنبه*', 'sundays?'),
  word('monday', 'دو ?شنبه*', 'mondays?'),
  word('tuesday', 'سه ?شنبه*', 'tuesdays?'),
  word('wednesday', 'چهار ?شنبه*', 'wednesdays?'),
  word('thursday', 'پنج ?شنبه*', 'thursdays?'),
  word('friday', 'جمعه*', 'fridays?', 'jome'),
];

export const POLICY_KINDS: readonly PolicyKind[] = [
  {
    check: 'delivery',
    what: 'how and when something arrives',
    topic: anyPhrase(
      ...[
        'ارسال*',
        'تحویل*',
        'پستی?',
        'پیک',
        'حمل',
        'مرسوله*',
        'بسته(?:تون|تان| شما)',
        'به دست(?:تون|تان|ت)',
        '(?<!نظر )می ?رس(?:د|ه|ند|ونیم|انیم)',
        'می ?فرستیم',
      ],
      ...[
        'ship',
        'ships',
        'shipped',
        'shipping',
        'shipment',
        'deliver*',
        'courier',
        'arriv*',
        'dispatch*',
        'postage',
        'ersal*',
        'tahvil*',
        'miresi?e',
      ],
    ),
    figures: ['time'],
    words: [
      ...DAYS,
      word('courier', 'پیک*', 'اسنپ*', 'courier'),
      word('express', 'پیشتاز', 'اکسپرس', 'سریع', 'ویژه', 'express'),
      word('tipax', 'تیپاکس*', 'tipax'),
      word(
        'everywhere',
        'سراسر*',
        'همه ?جا*',
        'همه ?ی? (?:شهر|نقاط)*',
        'تمام (?:شهر|نقاط)*',
        'کل کشور',
        'nationwide',
        'anywhere',
        'everywhere',
        'all over',
      ),
      word('abroad', 'خارج*', 'بین ?المللی*', 'worldwide', 'international*', 'abroad', 'overseas'),
    ],
    affirms: anyPhrase(
      'ارسال (?:داریم|می ?کنیم|می ?شود|میشه|می ?شه)',
      'می ?فرستیم',
      'we (?:can |do |also )?(?:ship|deliver)',
      'ersal (?:darim|mikonim)',
    ),
  },
  {
    check: 'returns',
    what: 'what may be given back',
    topic: anyPhrase(
      ...[
        'مرجوع*',
        'عودت*',
        'تعویض*',
        'پس (?:بد|بگیر|دادن|داد|می ?گیر|گرفتن|بفرست|می ?د)*',
        'بازگشت (?:کالا|وجه|پول)',
        'ضمانت بازگشت',
        'استرداد*',
        'برگردون*',
        'برگرداند*',
      ],
      ...[
        'returns?',
        'returned',
        'returnable',
        'refund*',
        'exchang*',
        'money back',
        'send (?:it|them) back',
        'mar?joo*',
        'taviz*',
        'pas (?:bed|begir|mig|mid)*',
      ],
    ),
    figures: ['time'],
    words: [
      word(
        'without conditions',
        'بدون (?:هیچ )?(?:قید|شرط|دلیل|سوال|پرسش)*',
        'به هر دلیل*',
        'no questions asked',
        'for any reason',
        'unconditional*',
        'any ?time',
        'هر ?زمان',
        'هر ?وقت',
      ),
    ],
    affirms: anyPhrase(
      'می ?تو[نا]\\p{L}*',
      'قابل',
      'امکان*',
      'قبول',
      'می ?گیریم',
      'داریم',
      'دارید',
      'can',
      'may',
      'accept',
      'accepted',
      'offer',
      'have',
      'possible',
      'is fine',
      'mitoon*',
      'mishe',
      'darim',
    ),
  },
  {
    check: 'warranty',
    what: 'a warranty',
    topic: anyPhrase('گارانتی*', 'ضمانت(?! بازگشت)*', 'وارانتی*', 'warrant*', 'guarante*', 'garanti*', 'zemanat*'),
    figures: ['time'],
    words: [
      word(
        'for life',
        'مادام ?العمر',
        'همیشگی',
        'دائمی',
        'لایف ?تایم',
        'lifetime',
        'life ?long',
        'for ever',
        'forever',
      ),
      word('original', 'اصالت', 'اصل بودن', 'authenticity'),
    ],
    affirms: anyPhrase(
      ...[
        'دار(?:د|ه|ند|ن|یم|ید)',
        '(?:با|همراه با) (?:\\p{L}+ )?(?:گارانتی|ضمانت)*',
        'شامل',
        'ضمانت (?:می ?کنیم|شده)',
        'گارانتی (?:است|هست)',
      ],
      ...[
        'with (?:a |an |full )?(?:\\p{L}+ )?(?:warranty|guarantee)',
        'has',
        'have',
        'comes',
        'includes?',
        'under (?:\\p{L}+ )?warranty',
        'guaranteed?',
        'covers?',
        'dare',
        'darim',
        'ba garanti',
      ],
    ),
  },
  {
    check: 'payment',
    what: 'a way to pay',
    topic: anyPhrase(
      ...[
        'پرداخت*',
        'کارت به کارت',
        'قسط*',
        'قسطی',
        'اقساط*',
        'واریز*',
        'درگاه*',
        'در محل',
        'درب? منزل',
        'دم در',
        'چک(?:ی| صیادی)',
        'نقد*',
      ],
      ...['pay', 'pays', 'paid', 'paying', 'payments?', 'instal*', 'cash on delivery', 'cod', 'pardakht*', 'ghesti?'],
    ),
    figures: [],
    words: [
      word(
        'at the door',
        'در محل',
        'درب? منزل',
        'دم در',
        'موقع تحویل',
        'هنگام تحویل',
        'cash on delivery',
        'cod',
        'on delivery',
        'dar mahal',
      ),
      word('in instalments', 'قسط*', 'اقساط*', 'instal*', 'ghesti?'),
      word('by card', 'کارت به کارت', 'card to card', 'credit cards?', 'debit cards?', 'kart be kart'),
      word('online', 'آنلاین', 'درگاه*', 'اینترنتی', 'online', 'paypal'),
      word('by cheque', 'چک(?:ی| صیادی| مدت ?دار)', 'با چک', 'cheques?', 'by check'),
      word('in cryptocurrency', 'رمز ?ارز*', 'تتر', 'بیت ?کوین', 'crypto*', 'bitcoin', 'usdt'),
    ],
    affirms: null,
  },
  {
    check: 'hours',
    what: 'when the shop is open',
    topic: anyPhrase(
      ...[
        'ساع(?:ت|ات)(?: ?های)? کار*',
        'باز(?:یم|ه|ند| است| هست\\p{L}*| می ?باش\\p{L}*| می ?شو\\p{L}*)',
        'تعطیل*',
        'بسته (?:ایم|است|هست\\p{L}*)',
        'شبانه ?روز*',
        'همه ?روزه',
      ],
      ...[
        'opening hours',
        'working hours',
        'business hours',
        'open',
        'opens',
        'closed?',
        'closes',
        'around the clock',
        'bazim',
        'baz hastim',
        'tatil*',
      ],
    ),
    figures: ['time', 'clock'],
    words: [
      ...DAYS,
      word('day and night', 'شبانه ?روز*', '24 ?ساعته', 'around the clock', '24 ?/ ?7', '24 hours'),
      word('every day', 'هر ?روز', 'همه ?روزه', 'every ?day', 'daily', 'all week', '7 days', 'har ?rooz'),
      word('now', 'الان', 'اکنون', 'حالا', 'now', 'currently', 'right now', 'alan'),
    ],
    affirms: null,
  },
  {
    check: 'contact',
    what: 'a way to reach the shop',
    topic: anyPhrase(
      'تماس*',
      'زنگ',
      'پیام',
      'واتس ?اپ*',
      'تلگرام*',
      'ایتا',
      'روبیکا',
      'ایمیل*',
      'call',
      'phone',
      'message',
      'contact',
      'reach',
      'whats ?app',
      'telegram',
      'e ?mail*',
      'tamas',
    ),
    figures: [],
    words: [
      word('whatsapp', 'واتس ?اپ*', 'whats ?app'),
      word('telegram', 'تلگرام*', 'telegram'),
      word('another messenger', 'ایتا', 'روبیکا', 'سروش', 'signal', 'imo'),
      word('by mail', 'ایمیل*', 'e ?mails?'),
    ],
    affirms: null,
  },
];
