import { type Figure, readFigures } from '../../analytics/figures.ts';
import { isSameWord } from '../../faqs/faq-match.ts';
import type { KnownProduct } from '../known-product.ts';
import { anyPhrase } from './claims/phrases.ts';
import { asksIf, clausesOf, isDenied } from './claims/sentence-parts.ts';
import { contentOf, type ShopSaying, spokenPrice } from './price-claims.ts';
import type { Mention } from './product-mentions.ts';

interface DiscountKind {
  kind: string;
  /** For the note. */
  what: string;
  pattern: RegExp;
  /** Whether an old price of the product itself proves it. */
  isOfPrices: boolean;
}

const FOR_YOU = '(?:برا(?:ی شما|تون|تان|ت)|واس(?:ه|تون|ه شما)|به شما|بهتون)';
const CHEAPER = '(?:کمتر|ارزون ?تر|ارزان ?تر|پایین ?تر)';
const NO_PRESENT = '(?<!(?:برای|مناسب|جهت|واسه|بابت) )';

/** What an answer may promise of a price, the most telling first. */
const KINDS: readonly DiscountKind[] = [
  {
    kind: 'two_for_one',
    what: 'several for the price of one',
    isOfPrices: false,
    pattern: anyPhrase(
      ...[
        '(?:دو|2|سه|3) ?تا.{0,25} (?:به|با) ?قیمت (?:یکی|یک|دو ?تا)\\p{L}*',
        'یکی بخر\\p{L}* .{0,25}(?:ببر|هدیه|رایگان|مجانی|بگیر)\\p{L}*',
      ],
      ...[
        'دو ?تا یکی',
        '(?:دومی|سومی)\\p{L}* .{0,25}(?:رایگان|مجانی|نصف|هدیه)\\p{L}*',
        '(?:two|three|2|3) for (?:one|two|1|2)',
        '(?:two|three|2|3) for the price of \\p{L}+',
      ],
      ...[
        'buy (?:one|two|any|1|2|three|3).{0,25} get.{0,25}',
        'bogo',
        '(?:second|third|2nd|3rd) (?:one|item|piece|pair).{0,20}(?:free|half|off|on us)',
        'yeki bekhar\\p{L}*',
        'do ?ta be ghe?[iy]?mate? yeki',
      ],
    ),
  },
  {
    kind: 'half',
    what: 'half of a price',
    isOfPrices: true,
    pattern: anyPhrase(
      ...[
        'نصفه? ?(?:ی )?قیمت\\p{L}*',
        'نیم ?بها\\p{L}*',
        'نیمه? ?(?:ی )?قیمت\\p{L}*',
        'نصف (?:می ?شه|شده|شد|حساب)\\p{L}*',
        'قیمت\\p{L}* .{0,12}نصف\\p{L}*',
      ],
      ...[
        'half (?:of )?(?:the |its |that |this )?price\\p{L}*',
        'half off',
        'half as (?:much|expensive)',
        'nesfe? ?(?:ye )?[gq]h?e[iy]?mat\\p{L}*',
      ],
    ),
  },
  {
    kind: 'gift',
    what: 'something for nothing',
    isOfPrices: false,
    pattern: anyPhrase(
      ...[
        `${NO_PRESENT}(?:هدیه|کادو|جایزه)\\p{L}*(?: هم)? (?:می ?(?:د|گیر|ذار|فرست|کن)\\p{L}*|دار(?:یم|ه|د|ید|ین)|تقدیم|رایگان|همراه|ویژه|از طرف|خواه)\\p{L}*`,
      ],
      ...[
        '(?:با|همراه) (?:هر |این )?(?:خرید|سفارش)\\p{L}*.{0,30}(?:هدیه|کادو|اشانتیون)\\p{L}*',
        '(?:یک|یه) .{0,15}هدیه (?:به|برا)\\p{L}*',
        'اشانتیون\\p{L}*',
        'عیدی\\p{L}*',
      ],
      ...[
        '(?:free|surprise|small|little|welcome|special) gifts?',
        'gifts? (?:with (?:every|each|your|this|the)|included|from us|on us)',
        'get a gift',
        '(?:is|it s|be) on (?:us|the house)',
        'hed(?:y|iy?)e (?:midi?m|darim|mifresti?m|ham)',
      ],
    ),
  },
  {
    kind: 'free',
    what: 'something for nothing',
    isOfPrices: false,
    pattern: anyPhrase(
      'رایگان\\p{L}*',
      'مجانی\\p{L}*',
      'مفت',
      'صلواتی',
      'بدون هزینه',
      'free',
      'complimentary',
      'no charge',
      'gratis',
      'at no cost',
      'no (?:shipping|delivery) (?:fee|cost|charge)s?',
      'rayegan\\p{L}*',
      'majj?ani',
    ),
  },
  {
    kind: 'cheaper',
    what: 'a lower price for this customer',
    isOfPrices: false,
    pattern: anyPhrase(
      ...[
        `${CHEAPER}(?: هم)? (?:حساب|محاسبه|می ?(?:د|زن|کن|ذار|فروش)\\p{L}*|${FOR_YOU}|تقدیم)\\p{L}*`,
        `${FOR_YOU} .{0,30}(?:${CHEAPER}|ارزون|ارزان)`,
        '(?:باهاتون|باهات|با شما) (?:راه|کنار) می ?\\p{L}+',
        `قیمت .{0,20}${CHEAPER} (?:می ?د|حساب|می ?کن)\\p{L}*`,
      ],
      ...[
        '(?:cheaper|less|lower price|better price|good price|best price) for you',
        '(?:give|make|do|offer|let) (?:it |this |that |you |it to you |you have it )*(?:for |a |at )*(?:less|cheaper|lower|better price|better deal|deal|good price)',
        'knock .{0,15}off',
        'lower the price',
        'kamtar hesab \\p{L}+',
        'arz[ou]+n ?tar (?:mi|hesab)\\p{L}*',
      ],
    ),
  },
  {
    kind: 'dropped',
    what: 'a price that has fallen',
    isOfPrices: true,
    pattern: anyPhrase(
      ...[
        '(?:ارزون|ارزان)(?: ?تر)? (?:شد|شده|شدن|شدند|کردیم|کرده|می ?شه|می ?شود)(?: ?است| ?ایم)?',
        'قیمت\\p{L}* .{0,20}(?:کاهش|پایین (?:او?مد|آمد|اومده|آمده)|شکست|کمتر شد|افت)\\p{L}*',
        'کاهش قیمت',
        'افت قیمت',
      ],
      ...[
        'price (?:has |have |is |was |just )*(?:been )?(?:dropped|reduced|lowered|cut|down|fallen|slashed)',
        '(?:cheaper|lower|less) (?:now|than before|these days)',
        '(?:now|much|got|become|became) cheaper',
        'reduced',
        'price drop',
        'arz[ou]+n(?: ?tar)? shod\\p{L}*',
      ],
    ),
  },
  {
    kind: 'special',
    what: 'a special price',
    isOfPrices: true,
    pattern: anyPhrase(
      ...[
        'قیمت (?:ویژه|استثنایی|همکاری?|عمده|مخصوص|باورنکردنی)\\p{L}*',
        'پیشنهاد (?:ویژه|شگفت|استثنایی)\\p{L}*',
        'فروش ویژه',
        'شگفت ?انگیز\\p{L}*',
      ],
      ...['(?:special|exclusive|limited|unbeatable) (?:price|offer|deal)s?', '[gq]h?e[iy]?mate? vizhe'],
    ),
  },
  {
    kind: 'discount',
    what: 'a discount',
    isOfPrices: true,
    pattern: anyPhrase(
      'تخفیف\\p{L}*',
      'حراج\\p{L}*',
      'آف',
      'جشنواره\\p{L}*',
      'کوپن\\p{L}*',
      'discount\\p{L}*',
      'coupons?',
      'promo\\p{L}*',
      'vouchers?',
      'cash ?back',
      'on sale',
      'off',
      'sale',
      'takhfif\\p{L}*',
      'haraj\\p{L}*',
    ),
  },
  { kind: 'percent', what: 'a discount', isOfPrices: true, pattern: /[%٪]|(?<!\p{L})(?:درصد|percent|darsad)/u },
];
const OTHERWISE =
  /feel free|free to (?:ask|write|message|contact)|free size|[\p{L}]-free|for sale|off-white|day off|فری سایز|sale team/gu;
/** Discounts, gifts and percentages in a sentence that neither the shop's words nor an old price prove. Pure. */
export function findDiscountClaims(
  form: string,
  about: Mention,
  isQuestion: boolean,
  sayings: readonly ShopSaying[],
): string[] {
  const cleaned = form.replace(OTHERWISE, ' ');
  return clausesOf(cleaned).flatMap((clause) => {
    const found = KINDS.find(({ pattern }) => pattern.test(clause));
    if (!found) return [];
    const percents = percentsOf(clause);
    if (percents.length === 0 && (isQuestion || isDenied(clause.replace(found.pattern, ' ')) || asksIf(clause)))
      return [];
    const proven =
      (found.isOfPrices && isReduced(about, found.kind, percents)) ||
      sayings.some((saying) => says(saying, clause, cleaned, found));
    return proven ? [] : [found.what];
  });
}

function percentsOf(clause: string): number[] {
  const marked = clause.replace(/[%٪]/gu, ' درصد ');
  return readFigures(marked)
    .filter((figure) => ['درصد', 'percent'].includes(figure.after) || ['درصد'].includes(figure.before))
    .map((figure) => figure.value);
}

/** The product itself has an old price, and the percentage is that of its two prices. */
function isReduced(about: Mention, kind: string, percents: readonly number[]): boolean {
  if (about.length !== 1) return false;
  const [product] = about as [KnownProduct];
  if (!product.price || !product.oldPrice) return false;
  const now = spokenPrice(product.price);
  const before = spokenPrice(product.oldPrice);
  if (now.unit !== before.unit || now.absolute >= before.absolute) return false;
  const share = (100 * (before.absolute - now.absolute)) / before.absolute;
  if (kind === 'half' && Math.abs(share - 50) > 2) return false;
  return percents.every((percent) => Math.abs(percent - share) < 1);
}

/** The shop says so of the same thing; a condition with an amount must be told along with it. */
function says(saying: ShopSaying, clause: string, sentence: string, { kind, pattern }: DiscountKind): boolean {
  const isSameKind =
    pattern.test(saying.form) && !clausesOf(saying.answer).some((part) => isDenied(part.replace(pattern, ' ')));
  const states = (value: number) => saying.numbers.has(value);
  if (kind === 'percent' ? !percentsOf(clause).every(states) : !isSameKind) return false;
  if (!percentsOf(clause).every(states)) return false;
  const content = contentOf(clause).filter((word) => !KINDS.some((other) => other.pattern.test(` ${word} `)));
  const shares = content.some((word) => saying.words.some((other) => isSameWord(word, other)));
  if (!shares && content.length > 0) return false;
  const stated = readFigures(sentence);
  const conditions = saying.figures.filter((figure) => figure.unit !== null);
  return conditions.every((condition) => stated.some((figure) => isSame(figure, condition)));
}

function isSame(figure: Figure, other: Figure): boolean {
  return figure.value * figure.factor === other.value * other.factor;
}
