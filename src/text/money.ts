import { normaliseText } from './persian.ts';

/**
 * Money as whole smallest units, never a fraction of a number. Toman (IRT) and Rial (IRR) are two currencies of one family:
 * one toman is ten rials, and nothing turns one into the other unless it is asked to. Pure.
 */
export interface Money {
  /** In the smallest unit of the currency: cents for USD; tomans, rials and Lebanese pounds have none smaller. */
  amount: bigint;
  currency: Currency;
}

interface CurrencyFacts {
  /** Digits behind the decimal point. */
  digits: number;
  fa: string;
  en: string;
}

/** The currencies that a shop may price in. */
export const CURRENCIES = {
  IRT: { digits: 0, fa: 'تومان', en: 'Toman' },
  IRR: { digits: 0, fa: 'ریال', en: 'Rial' },
  USD: { digits: 2, fa: 'دلار', en: 'USD' },
  EUR: { digits: 2, fa: 'یورو', en: 'EUR' },
  GBP: { digits: 2, fa: 'پوند', en: 'GBP' },
  AED: { digits: 2, fa: 'درهم', en: 'AED' },
  SAR: { digits: 2, fa: 'ریال سعودی', en: 'SAR' },
  TRY: { digits: 2, fa: 'لیر ترکیه', en: 'TRY' },
  LBP: { digits: 0, fa: 'لیره لبنان', en: 'LBP' },
  IQD: { digits: 0, fa: 'دینار عراق', en: 'IQD' },
  AFN: { digits: 0, fa: 'افغانی', en: 'AFN' },
  CAD: { digits: 2, fa: 'دلار کانادا', en: 'CAD' },
} as const satisfies Record<string, CurrencyFacts>;

export type Currency = keyof typeof CURRENCIES;

export const CURRENCY_CODES = Object.keys(CURRENCIES) as Currency[];

/** Above this no price of a shop is meant; it also keeps every sum far inside a bigint column. */
const MAX_AMOUNT = 10n ** 15n;

/** True for the code of a currency that a shop may price in, in capitals. */
export function isCurrency(code: string): code is Currency {
  return Object.hasOwn(CURRENCIES, code);
}

export type PriceFault =
  | 'empty'
  | 'not_a_price'
  | 'several_prices'
  | 'negative'
  | 'fraction'
  | 'ambiguous'
  | 'too_large'
  | 'unknown_currency';

export type ParsedPrice = { ok: true; money: Money } | { ok: false; fault: PriceFault };

/* biome-ignore format: a table of words, in matching form. */
const WORDS: ReadonlyArray<[RegExp, Currency]> = [
  [/^(?:تومان|تومن|تومون|تمن|ت|toman|tomans|tooman|irt|tmn)$/, 'IRT'],
  [/^(?:ریال|rial|rials|irr|rls|﷼)$/, 'IRR'],
  [/^(?:\$|us\$|usd|دلار|dollar|dollars)$/, 'USD'],
  [/^(?:€|eur|یورو|euro|euros)$/, 'EUR'],
  [/^(?:£|gbp|پوند|pound|pounds)$/, 'GBP'],
  [/^(?:aed|درهم|dirham|dirhams)$/, 'AED'],
  [/^(?:sar|ریال سعودی)$/, 'SAR'],
  [/^(?:₺|try|لیر|لیر ترکیه)$/, 'TRY'],
  [/^(?:lbp|ل\.ل|لیره|لیره لبنان)$/, 'LBP'],
  [/^(?:iqd|دینار|دینار عراق)$/, 'IQD'],
  [/^(?:afn|افغانی)$/, 'AFN'],
  [/^(?:cad|ca\$|دلار کانادا)$/, 'CAD'],
];
const SCALES: Readonly<Record<string, number>> = { هزار: 3, میلیون: 6, ملیون: 6, میلیارد: 9, thousand: 3, million: 6 };

/** What may stand before a price without changing it. */
const LABEL = /^\s*(?:قیمت|مبلغ|price)\s*:?/;
/** A number as shops write it: digits with signs between them. */
const NUMBER = /[-−]?\d[\d.,٬٫،'’_/ ]*/g;
/** «۴۵۰/۰۰۰»: a stroke between groups of three, as Iranian shops write thousands. */
const STROKE_GROUPS = /^\d{1,3}(?:\/\d{3})+$/;

/**
 * Reads one price, as a feed, a page or a table states it: Latin, Persian or Arabic digits, any usual separators, a currency
 * before or behind it. A currency that is named wins over `fallback`, which stands for a bare number. A JavaScript number is
 * taken as a decimal. What could mean two amounts is refused, because a wrong price is worse than none.
 */
export function parsePrice(given: string | number, fallback: Currency | null): ParsedPrice {
  if (typeof given === 'number') return readDecimal(given, fallback);
  // The rial sign would be spelt out by the normaliser, and "٬" is kept by it.
  const text = normaliseText(given.slice(0, 200)).replace(/&nbsp;/g, ' ');
  if (text === '') return { ok: false, fault: 'empty' };
  const numbers = text.match(NUMBER) ?? [];
  if (numbers.length === 0) return { ok: false, fault: 'not_a_price' };
  if (numbers.length > 1) return { ok: false, fault: 'several_prices' };
  const number = (numbers[0] as string).trim().replace(/[.,٬٫،'’_/ ]+$/, '');
  // A space parts thousands only; any other stands between two numbers.
  if (/[ _'’]+(?!\d{3}(?!\d))/.test(number)) return { ok: false, fault: 'several_prices' };
  const at = text.indexOf(number);
  const rest = `${text.slice(0, at)} ${text.slice(at + number.length)}`;
  const words = rest
    .replace(LABEL, '')
    .replace(/^[\s:=.\-،,]+|[\s:=.\-،,]+$/g, '')
    .replace(/\s+/g, ' ');
  return readParts(number, words, fallback);
}

function readParts(number: string, words: string, fallback: Currency | null): ParsedPrice {
  if (/^[-−]/.test(number)) return { ok: false, fault: 'negative' };
  if (number.includes('/') && !STROKE_GROUPS.test(number)) return { ok: false, fault: 'several_prices' };
  const [first = '', ...others] = words.split(' ');
  const scale = SCALES[first] ?? 0;
  const named = scale > 0 ? others.join(' ') : words;
  const currency = named === '' ? fallback : currencyNamed(named);
  if (!currency) return { ok: false, fault: 'unknown_currency' };
  const isIranian = currency === 'IRT' || currency === 'IRR';
  if (number.includes('/') && (!isIranian || scale > 0)) return { ok: false, fault: 'several_prices' };
  return readDigits(number.replace(/[ _'’/]+/g, ','), currency, scale);
}

/** The currency that a word or sign names; null for none that we know. */
export function currencyNamed(word: string): Currency | null {
  const plain = normaliseText(word);
  const upper = plain.toUpperCase();
  if (isCurrency(upper)) return upper;
  return WORDS.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

function readDecimal(value: number, currency: Currency | null): ParsedPrice {
  if (!Number.isFinite(value)) return { ok: false, fault: 'not_a_price' };
  if (value < 0) return { ok: false, fault: 'negative' };
  if (!currency) return { ok: false, fault: 'unknown_currency' };
  if (value >= 1e21) return { ok: false, fault: 'too_large' };
  const text = String(value);
  if (text.includes('e')) return { ok: false, fault: 'fraction' };
  const [whole = '', fraction = ''] = text.split('.');
  return assemble(whole, fraction, currency, 0);
}

/** Tells thousands from decimals. `number` has digits and . , ٬ ٫ ، only. */
function readDigits(number: string, currency: Currency, scale: number): ParsedPrice {
  const plain = number.replace(/٬/g, ',').replace(/،/g, ',').replace(/٫/g, '.');
  const marks = plain.replace(/\d/g, '');
  const last = marks.at(-1);
  if (last === undefined) return assemble(plain, '', currency, scale);
  const parts = plain.split(/[.,]/);
  const tail = parts.at(-1) as string;
  const isGrouped = parts[0] !== '' && (parts[0] as string).length <= 3 && parts.slice(1).every((p) => p.length === 3);
  if (new Set(marks).size === 1) {
    if (marks.length > 1)
      return isGrouped ? assemble(parts.join(''), '', currency, scale) : { ok: false, fault: 'not_a_price' };
    return readOneMark(parts[0] as string, tail, { isPoint: last === '.', isGrouped, currency, scale });
  }
  // Two kinds of mark: the last is the decimal one and stands once; what stands before must be groups of three.
  const groups = parts.slice(0, -1);
  const isWellFormed =
    marks.indexOf(last) === marks.length - 1 &&
    new Set(marks.slice(0, -1)).size === 1 &&
    (groups[0] as string).length <= 3 &&
    groups.slice(1).every((group) => group.length === 3);
  return isWellFormed ? assemble(groups.join(''), tail, currency, scale) : { ok: false, fault: 'not_a_price' };
}

function readOneMark(
  head: string,
  tail: string,
  { isPoint, isGrouped, currency, scale }: { isPoint: boolean; isGrouped: boolean; currency: Currency; scale: number },
): ParsedPrice {
  // "1,234" is a thousand and more everywhere; "1.234" is so only where a currency has no decimals.
  if (isGrouped && scale === 0) {
    if (!isPoint || CURRENCIES[currency].digits === 0) return assemble(head + tail, '', currency, scale);
    return { ok: false, fault: 'ambiguous' };
  }
  return assemble(head, tail, currency, scale);
}

function assemble(whole: string, fraction: string, currency: Currency, scale: number): ParsedPrice {
  const digits = CURRENCIES[currency].digits + scale;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > digits) return { ok: false, fault: 'fraction' };
  if (whole.length > 18) return { ok: false, fault: 'too_large' };
  const amount = BigInt(`${whole || '0'}${kept.padEnd(digits, '0')}`);
  if (amount > MAX_AMOUNT) return { ok: false, fault: 'too_large' };
  return { ok: true, money: { amount, currency } };
}

/**
 * The same money in another currency: exact between toman and rial, the same for the same currency, null for everything
 * else, rials that are no whole tomans included.
 */
export function convertMoney(money: Money, currency: Currency): Money | null {
  if (money.currency === currency) return money;
  if (money.currency === 'IRT' && currency === 'IRR') return { amount: money.amount * 10n, currency };
  if (money.currency === 'IRR' && currency === 'IRT')
    return money.amount % 10n === 0n ? { amount: money.amount / 10n, currency } : null;
  return null;
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`; null when they cannot be compared. */
export function compareMoney(a: Money, b: Money): number | null {
  const isIranian = (money: Money) => money.currency === 'IRT' || money.currency === 'IRR';
  if (a.currency !== b.currency && !(isIranian(a) && isIranian(b))) return null;
  const inSmallest = (money: Money) => (money.currency === 'IRT' ? money.amount * 10n : money.amount);
  const difference = inSmallest(a) - inSmallest(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The amount as a decimal number in text, without grouping: "12.50". For APIs and files. */
export function decimalOf({ amount, currency }: Money): string {
  const { digits } = CURRENCIES[currency];
  const sign = amount < 0n ? '-' : '';
  const text = String(amount < 0n ? -amount : amount).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** As a customer reads it: «۱٬۲۳۴٬۰۰۰ تومان», "1,234,000 Toman", "$12.50". */
export function formatMoney(money: Money, language: 'fa' | 'en'): string {
  const { digits, fa, en } = CURRENCIES[money.currency];
  const number = decimalOf(money) as `${number}`;
  const isWhole = digits > 0 && money.amount % 10n ** BigInt(digits) === 0n;
  const minimumFractionDigits = isWhole && language === 'fa' ? 0 : digits;
  const form = { minimumFractionDigits, maximumFractionDigits: digits };
  if (language === 'fa') return `${new Intl.NumberFormat('fa-IR', form).format(number)} ${fa}`;
  const shown = new Intl.NumberFormat('en-US', form).format(number);
  const sign = { USD: '$', EUR: '€', GBP: '£' }[money.currency as string];
  return sign ? `${sign}${shown}` : `${shown} ${en}`;
}
