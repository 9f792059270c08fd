import { readFigures } from '../../../analytics/figures.ts';
import type { KnownOrder } from '../../known-order.ts';
import { anyPhrase } from './phrases.ts';
import { isCondition, passesOn } from './sentence-parts.ts';

/** What an answer says was done with orders, payments and bookings: only a record of the shop's can prove it. Pure. */

/** «… شد», «… کردیم»: it is done. */
const DONE =
  '(?:شد|شده|شدند|گردید|گردیده|کردم|کردیم|کرده ?(?:ایم|ام)|دادم|دادیم|داده ?(?:ایم|ام|شد|شده)|shod|shode|kardam|kardim|dadim)(?: ?است| ?ام| ?ایم)?';
const IS = '(?:(?:has|have|had|was|were|is|are|s|ve) )?(?:been |now |already |just |successfully )*';

interface Deed {
  what: string;
  pattern: RegExp;
  /** The states of an order that prove it; none: no record of ours can. */
  provenBy: readonly string[];
  /** What was done to what; absent: an order. */
  subject?: RegExp;
}

const ORDER =
  /(?<!\p{L})(?:سفارش|خرید|بسته|مرسوله|کالا|محصول)\p{L}*|(?<!\p{L})(?:orders?|purchase|package|parcel|shipment|item|sefaresh\p{L}*|baste\p{L}*)(?!\p{L})/u;
const MONEY =
  /(?<!\p{L})(?:پرداخت|واریز|مبلغ|وجه|پول|رسید|فیش)\p{L}*|(?<!\p{L})(?:payments?|money|transfer|deposit|amount|refund|pardakht\p{L}*|pool\p{L}*|mablagh)(?!\p{L})/u;
const BOOKING =
  /(?<!\p{L})(?:نوبت|رزرو|وقت|جلسه)\p{L}*|(?<!\p{L})(?:appointments?|bookings?|reservations?|slots?|nobat\p{L}*|rezerv\p{L}*)(?!\p{L})/u;
/** These may be noted or received without any order. */
const OTHER =
  /(?<!\p{L})(?:پیام|درخواست|نظر|شکایت|سوال|پرسش|شماره|ادرس|عکس|فایل|گفتگو|یادداشت)\p{L}*|(?<!\p{L})(?:message|request|note|complaint|question|number|address|photo|picture|file|chat|details|feedback)s?(?!\p{L})/u;

const DEEDS: readonly Deed[] = [
  {
    what: 'that an order is placed',
    pattern: anyPhrase(
      `(?:ثبت|نهایی|تکمیل|sabt|nahayi) ?${DONE}`,
      `${IS}(?:placed|registered|recorded|completed|processed|received)`,
      '(?:i|we) (?:have |ve )?(?:placed|registered) (?:your|the)',
    ),
    provenBy: ['placed', 'confirmed', 'shipped', 'delivered'],
  },
  {
    what: 'that an order is confirmed',
    pattern: anyPhrase(
      `(?:تایید|تائید|آماده|taeed|taid) ?${DONE}`,
      `${IS}(?:confirmed|approved|being prepared|prepared)`,
    ),
    provenBy: ['confirmed', 'shipped', 'delivered'],
  },
  {
    what: 'that an order is on its way',
    pattern: anyPhrase(
      ...[
        `(?:ارسال|پست|فرستاده|روانه|ersal|post) ?${DONE}`,
        'فرستادیم(?:ش)?',
        'فرستادم(?:ش)?',
        'در راه(?:ه| است| هست)?',
        'در مسیر(?:ه| است)?',
        'تحویل (?:پست|پیک|تیپاکس)',
        'ferestad(?:im|am)',
        'dar rahe?',
      ],
      ...[
        `${IS}(?:shipped|dispatched|sent(?: out)?|mailed|posted)`,
        '(?:on (?:the|its|his|her) way|out for delivery|in transit|left our (?:shop|store|warehouse))',
        '(?:i|we) (?:have |ve )?(?:shipped|sent|dispatched) (?:it|your|the)',
      ],
    ),
    provenBy: ['shipped', 'delivered'],
  },
  {
    what: 'that an order has arrived',
    pattern: anyPhrase(
      `تحویل ?${DONE}`,
      'به دست(?:تان|تون) رسیده?(?: است)?',
      `tahvil ?${DONE}`,
      `${IS}delivered`,
      'has arrived',
    ),
    provenBy: ['delivered'],
  },
  {
    what: 'that an order is cancelled',
    pattern: anyPhrase(
      `(?:لغو|کنسل|باطل|laghv|cancel) ?${DONE}`,
      `${IS}cancell?ed`,
      '(?:i|we) (?:have |ve )?cancell?ed (?:it|your|the)',
    ),
    provenBy: ['cancelled'],
  },
  {
    what: 'that an order is not on its way',
    pattern: anyPhrase(
      '(?:ارسال|ثبت|تایید|پست) ?(?:نشده|نشد|نکردیم|نکرده ?ایم)(?: ?است)?',
      '(?:not|n.?t)(?: yet)? (?:been )?(?:shipped|sent|placed|confirmed|dispatched)',
      'ersal nashode?',
    ),
    provenBy: ['placed', 'confirmed', 'draft', 'cancelled'],
  },
  {
    what: 'that money arrived',
    pattern: anyPhrase(
      ...[
        `(?:دریافت|واریز|پرداخت|تایید|تائید|ثبت|daryaft|variz|pardakht) ?${DONE}`,
        '(?:پول|وجه|مبلغ|واریزی)\\p{L}*(?: شما)? رسید(?:ه)?(?: ?است)?',
        'به (?:دستمان|دستمون|دست ما|حساب\\p{L}*) رسید(?:ه)?',
      ],
      ...[
        `${IS}(?:received|arrived|confirmed|cleared|completed|credited|processed)`,
        '(?:i|we) (?:have |ve )?(?:received|got) (?:it|your|the)',
        'went through',
        'came through',
      ],
    ),
    provenBy: [],
    subject: MONEY,
  },
  {
    what: 'that money was given back',
    pattern: anyPhrase(
      ...[
        `(?:برگشت|بازگشت|عودت|استرداد|پس|bargasht) ?(?:داده )?${DONE}`,
        'برگردوندیم',
        'برگرداندیم',
        'برگردانده ?(?:شد|شده|ایم)(?: است)?',
      ],
      ...[
        `${IS}(?:refunded|returned|reimbursed)`,
        'refund.{0,20}(?:issued|processed|sent|made|done|on its way)',
        '(?:i|we) (?:have |ve )?refunded',
      ],
    ),
    provenBy: [],
    subject: MONEY,
  },
  {
    what: 'that something is booked',
    pattern: anyPhrase(
      `(?:ثبت|رزرو|تنظیم|فیکس|هماهنگ|sabt|rezerv) ?${DONE}`,
      `${IS}(?:booked|reserved|confirmed|scheduled|made)`,
      '(?:i|we) (?:have |ve )?(?:booked|reserved|scheduled) (?:it|your|the|you)',
    ),
    provenBy: [],
    subject: BOOKING,
  },
  {
    what: 'that something is kept for the customer',
    pattern: anyPhrase(
      'کنار (?:گذاشتم|گذاشتیم|گذاشته ?(?:شد|ایم|ام))\\p{L}*',
      'رزرو (?:کردم|کردیم|شد)',
      '(?:i|we) (?:have |ve )?(?:reserved|kept|set aside|put aside)',
      '(?:reserved|set aside|kept) for you',
    ),
    provenBy: [],
    subject: /./u,
  },
];

/** Stands before a deed that will, may or could not be done. */
const IS_TO_COME =
  /(?<!\p{L})(?:will|can|could|would|should|may|might|must|to|be|being|gets?|not|n.?t|never)\s+(?:\p{L}+ly\s+)?$/u;
const PARTS = /[،,؛;:()\n]|(?<=\s)(?:و|ولی|اما|and|but|va)(?=\s)/u;

/** What a sentence says was done that no order of the customer's shows. `before` tells what a bare «ثبت شد» is said of. */
export function findOrderClaims(
  form: string,
  isQuestion: boolean,
  orders: readonly KnownOrder[],
  before: string,
): string[] {
  if (isQuestion) return [];
  const found: string[] = [];
  const numbers = new Set(readFigures(form).map(({ value }) => value));
  const named = orders.filter(({ number }) => numbers.has(number));
  const known = named.length > 0 ? named : orders;
  let context = before;
  for (const part of form.split(PARTS)) {
    const hasOwn = [ORDER, MONEY, BOOKING, OTHER].some((subject) => subject.test(part));
    const about = hasOwn ? part : context;
    for (const { what, pattern, provenBy, subject = ORDER } of DEEDS) {
      const match = pattern.exec(part);
      if (!match || isCondition(part.slice(0, match.index)) || passesOn(part)) continue;
      if (IS_TO_COME.test(part.slice(0, match.index)) || isRule(part)) continue;
      if (!subject.test(about) || (subject === ORDER && isOfAnother(about))) continue;
      if (!known.some(({ state }) => provenBy.includes(state))) found.push(what);
    }
    if (hasOwn) context = part;
  }
  return found;
}

/** "Orders are shipped within two days" tells how it goes, and of nobody's own order. */
function isRule(part: string): boolean {
  return (
    /(?<!\p{L})(?:orders|packages|parcels|items|purchases|payments|every|each|all|سفارش ?ها\p{L}*|هر|همه)(?!\p{L})/u.test(
      part,
    ) && !/(?<!\p{L})(?:your|شما|\p{L}+(?:تون|تان))(?!\p{L})/u.test(part)
  );
}

/** «پیامتان درباره سفارش ثبت شد»: what stands first is what was noted. */
function isOfAnother(about: string): boolean {
  const other = about.search(OTHER);
  const order = about.search(ORDER);
  return other >= 0 && other < order;
}
