import { readFigures } from '../../analytics/figures.ts';
import { mentionedVariants } from '../../catalog/attributes/mentioned-variants.ts';
import { isSameWord } from '../../faqs/faq-match.ts';
import { wordsOf } from '../../text/persian.ts';
import type { KnownProduct } from '../known-product.ts';
import { anyPhrase } from './claims/phrases.ts';
import { clausesOf, isDenied } from './claims/sentence-parts.ts';
import type { KnownWords } from './known-words.ts';
import { contentOf, type ShopSaying } from './price-claims.ts';
import type { Mention, MentionFinder } from './product-mentions.ts';

const ABSENT = anyPhrase(
  'ناموجود(?:ه|ند|است)?',
  'موجود(?:ی)? ?(?:نیست|نیستند|نداریم|ندارد|نداره|نمی ?باشد)',
  'نداریم(?:ش)?',
  '(?:تمام|تموم) ?(?:شد|شده|شدن|کرد\\p{L}*)',
  'out of stock',
  'sold out',
  'unavailable',
  '(?:not|isn t|aren t|no longer|isnt|arent) (?:currently )?(?:available|in stock)',
  '(?:don t|do not|dont) (?:currently )?(?:have|carry|sell|stock)',
);
const PRESENT = anyPhrase(
  'موجود(?:ه|ند|است|هست|شد|ن)?',
  'داریم(?:ش|شون)?',
  'آماده (?:ی )?ارسال\\p{L}*',
  'in stock',
  'available',
  'we (?:do |also |still )?(?:have|carry|sell|stock) (?:it|them|this|that|these|those|the|a|an|one|both|your|all)',
  'we ve got',
  'ready to ship',
);
/** Asks to order something: it must be there. */
const INVITES = anyPhrase(
  ...[
    'می ?تو[نا]\\p{L}* .{0,40}(?:سفارش|بخر|خرید|تهیه|ثبت)\\p{L}*',
    '(?:سفارش|خرید)\\p{L}* (?:بد|ده|کن|بفرما)\\p{L}*',
    'همین (?:الان|حالا|امروز) .{0,25}(?:سفارش|بخر|خرید|ارسال|می ?فرست)\\p{L}*',
  ],
  ...[
    'براتون (?:کنار|می ?فرست)\\p{L}*',
    'you can (?:still |also )?(?:order|buy|get|purchase|have)',
    '(?:order|buy|get) (?:it|yours|one|now|today)',
    'mitoon\\p{L}* .{0,30}(?:sefaresh|bekhar)\\p{L}*',
  ],
);
/** Words that make a sentence ask, suppose or confess not to know. */
const NO_CLAIM = anyPhrase(
  'آیا',
  'اگر',
  'اگه',
  'نمی ?(?:دانم|دونم)',
  'مطمئن نیستم',
  'اطلاع(?:ی)? (?:ندارم|نداریم)',
  'دقیق (?:ندارم|نداریم)',
  'if',
  'whether',
  'don t know',
  'not sure',
  'can t (?:see|tell|confirm|check)',
  'cannot (?:see|tell|confirm|check)',
);
const LEFT = anyPhrase(
  'موجود\\p{L}*',
  'مونده',
  'مانده',
  'باقی(?:ست| است| مانده| مونده)?',
  'آخرین',
  'داریم(?:ش)?',
  'left',
  'remaining',
  'remain',
  'in stock',
  'available',
  'last',
  'we have',
);
const COUNTED = new Set(
  'عدد تا دونه دانه جفت دست قطعه تاش pieces piece pcs items item units unit left more remaining pairs of in available'.split(
    ' ',
  ),
);
/* biome-ignore format: a table of words. */
const COLOURS = new Set(['سفید', 'سیاه', 'مشکی', 'قرمز', 'آبی', 'سبز', 'زرد', 'صورتی', 'بنفش', 'نارنجی', 'قهوه', 'طوسی', 'خاکستری',
  'کرم', 'سرمه', 'زرشکی', 'طلایی', 'نقره', 'یاسی', 'white', 'black', 'red', 'blue', 'green', 'yellow', 'pink', 'purple',
  'orange', 'brown', 'grey', 'gray', 'cream', 'navy', 'gold', 'silver', 'beige'].flatMap(wordsOf));

/** «تخفیف نداریم», "we have a warranty": what a shop offers is no stock. */
const OFFERS_ELSE =
  /(?<!\p{L})(?:تخفیف|ارسال|گارانتی|ضمانت|مرجوع|تعویض|پرداخت|قسط|اقساط|پیک|هدیه|شعبه|حراج|قیمت ویژه|در محل)\p{L}*(?: \p{L}+){0,2}? ن?(?:داریم|می ?کنیم)(?!\p{L})|(?<!\p{L})we (?:do not |don.?t |do |also |currently )*(?:have|offer) (?:\p{L}+ ){0,3}?(?:discounts?|shipping|delivery|warrant\p{L}*|returns?|refunds?|instal\p{L}*|gifts?|sales?|branch\p{L}*)(?!\p{L})/gu;

export interface StockGrounds {
  products: readonly KnownProduct[];
  sayings: readonly ShopSaying[];
  known: KnownWords;
  find: MentionFinder;
}

/**
 * What a sentence says of stock that nothing proves: that something is there or is not, or how many. A number of pieces
 * is never proven: the catalog has none. `isQuestion` sentences claim nothing. Pure.
 */
export function findStockClaims(said: string, about: Mention, isQuestion: boolean, grounds: StockGrounds): string[] {
  const form = said.replace(OFFERS_ELSE, ' ');
  if (tellsHowMany(form)) return ['how many are left'];
  if (isQuestion || NO_CLAIM.test(form)) return [];
  if (offersWhatIsGone(form, about, grounds)) return ['that it can be ordered'];
  if (ABSENT.test(form)) {
    return about.some((product) => stockIn(product, form) === true) && !isSaid(form, grounds)
      ? ['that it is gone']
      : [];
  }
  const claim = PRESENT.exec(form);
  if (!claim) return [];
  const own = about.length > 0 ? about : grounds.products;
  const colours = wordsOf(form).filter((word) => COLOURS.has(word) && !grounds.known.has(word));
  if (colours.length > 0) return ['a colour'];
  if (own.length > 0 && own.every((product) => stockIn(product, form) === true)) return [];
  return isSaid(form, grounds) ? [] : ['that it is there'];
}

/** A clause that asks to order what the catalog says is gone. One that names nothing speaks of what the sentence does. */
function offersWhatIsGone(form: string, about: Mention, { find }: StockGrounds): boolean {
  return clausesOf(form).some((clause) => {
    if (!INVITES.test(clause) || isDenied(clause)) return false;
    const named = find(clause);
    const meant = named.length > 0 ? named : about;
    return meant.length > 0 && meant.every(({ available }) => available === false);
  });
}

/** Whether a product is there in the colour and size that a sentence names; as a whole where it names none. */
function stockIn(product: KnownProduct, form: string): boolean | null {
  const named = mentionedVariants(product, form);
  const stated = (named ?? []).map(({ available }) => available).filter((available) => available !== null);
  if (stated.length === 0) return product.available;
  return stated.every((available) => available)
    ? true
    : stated.some((available) => available)
      ? product.available
      : false;
}

/** «۳ عدد موجود است», "only two left": a count beside a word of stock. */
function tellsHowMany(form: string): boolean {
  if (!LEFT.test(form)) return false;
  return readFigures(form).some((figure) => {
    if (figure.unit !== null || figure.scaled) return false;
    const isOneOfMany = figure.inWords && figure.value <= 1 && !/(?:فقط|تنها|آخرین|only|just|last)/u.test(form);
    const follows = COUNTED.has(figure.after) && !(figure.after === 'تا' && /^\s*تا\s*\d/.test(form.slice(figure.to)));
    return follows && !isOneOfMany;
  });
}

/** The shop itself speaks of having it, with the same words. */
function isSaid(form: string, { sayings }: StockGrounds): boolean {
  const content = contentOf(form).filter((word) => !/^(?:موجود|داریم|نداریم|available|stock|have)/u.test(word));
  if (content.length === 0) return false;
  return sayings.some((saying) => {
    const shared = content.filter((word) => saying.words.some((other) => isSameWord(word, other))).length;
    return shared > 0 && shared * 2 >= content.length;
  });
}
