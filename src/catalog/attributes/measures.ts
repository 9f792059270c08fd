import { numbersInDigits } from '../../text/number-words.ts';
import { normaliseText, wordsOf } from '../../text/persian.ts';

/** Amounts with a unit, however they are written: «صد میل», "100ml", «دو کیلویی», "1.5 kilo". Pure. */

/** What a unit measures; amounts of one kind compare. */
export type MeasureKind =
  | 'volume'
  | 'weight'
  | 'capacity'
  | 'age'
  | 'length'
  | 'diagonal'
  | 'power'
  | 'people'
  | 'pieces'
  | 'charge'
  | 'pages';

interface Measure {
  kind: MeasureKind;
  /** In the smallest unit of its kind. */
  amount: number;
  /** As it was written, in matching form. */
  text: string;
}

/* biome-ignore format: a table of words. */
const UNITS: readonly (readonly [MeasureKind, factor: number, words: readonly string[]])[] = [
  ['volume', 1, ['میلی لیتر', 'میلیلیتر', 'میلی', 'میل', 'سی سی', 'سیسی', 'ml', 'mil', 'mili', 'cc']],
  ['volume', 1000, ['لیتر', 'liters', 'liter', 'litres', 'litre', 'litr', 'lit']],
  ['weight', 1, ['گرم', 'grams', 'gram', 'geram', 'gr', 'g']],
  ['weight', 1000, ['کیلوگرم', 'کیلو گرم', 'کیلو', 'kilograms', 'kilogram', 'kilos', 'kilo', 'kg']],
  ['capacity', 1, ['گیگابایت', 'گیگ', 'gigabytes', 'gigabyte', 'gigs', 'gig', 'gb']],
  ['capacity', 1024, ['ترابایت', 'ترا', 'terabytes', 'terabyte', 'tb']],
  ['age', 1, ['ساله', 'سال', 'years old', 'year old', 'years', 'year', 'yrs', 'sale', 'saleh']],
  ['length', 0.1, ['میلیمتر', 'میلی متر', 'mm']],
  ['length', 1, ['سانتیمتر', 'سانتی متر', 'سانتی', 'سانت', 'centimeters', 'cm', 'sant', 'santi']],
  ['length', 100, ['متر', 'meters', 'meter', 'metres', 'metre', 'metr']],
  ['diagonal', 1, ['اینچ', 'inches', 'inch']],
  ['power', 1, ['وات', 'watts', 'watt', 'w']],
  ['people', 1, ['نفره', 'نفر', 'people', 'persons', 'person', 'nafare', 'nafar']],
  ['pieces', 1, ['تایی', 'عددی', 'عدد', 'تیکه', 'تکه', 'teke', 'tike', 'pieces', 'piece', 'pcs', 'pack']],
  ['pages', 1, ['صفحه', 'برگ', 'pages', 'page', 'sheets', 'safhe']],
  ['charge', 1, ['میلی امپر', 'mah']],
];
const BY_UNIT = new Map(
  UNITS.flatMap(([kind, factor, words]) => words.map((word) => [word, { kind, factor }] as const)),
);
const UNIT = [...BY_UNIT.keys()].sort((a, b) => b.length - a.length).join('|');
/** «میلش», «کیلوییش», «ساله‌ها». */
const ENDING = '(?: ?(?:یی|ی|ای))?(?: ?(?:شه|شو|شون|ش|ه|ها|هاش))?';
const MEASURE = new RegExp(
  `(?<![\\p{L}\\d.])(\\d+(?:[./٫]\\d+)?|نیم|half a|half) ?(${UNIT})${ENDING}(?![\\p{L}\\d])`,
  'gu',
);

/** All that a text says with a unit, in its order. */
export function measuresIn(text: string): Measure[] {
  const form = numbersInDigits(normaliseText(text));
  return [...form.matchAll(MEASURE)].flatMap(([whole, number = '', unit = '']) => {
    // "5g" is a network.
    if (unit === 'g' && /^[2-6]g$/.test(whole.trim())) return [];
    const known = BY_UNIT.get(unit);
    const value = /^\d/.test(number) ? Number(number.replace(/[/٫]/, '.')) : 0.5;
    return known && Number.isFinite(value)
      ? [{ kind: known.kind, amount: value * known.factor, text: whole.trim() }]
      : [];
  });
}

const ASKED = new RegExp(
  `(?<!\\p{L})(?:چند(?: تا)?|how many|how much|chand(?: ta)?) ?(${UNIT})${ENDING}(?:س|ست|ه|شه|یه)?(?![\\p{L}\\d])`,
  'gu',
);

/** What is asked for by its unit: «چند صفحه‌ست؟», "how many liters". */
export function kindsAsked(text: string): MeasureKind[] {
  const found = [...normaliseText(text).matchAll(ASKED)].flatMap(([, unit = '']) => BY_UNIT.get(unit)?.kind ?? []);
  return [...new Set(found)];
}

/** The words of a unit in which a kind is measured: «صفحه». */
export const unitsOf = (kind: MeasureKind): readonly string[] =>
  UNITS.filter(([own]) => own === kind).flatMap(([, , words]) => words);

/** What a text is when it is an amount and nothing else; null for any other. */
export function measureOf(text: string): Measure | null {
  const [only, ...others] = measuresIn(text);
  const isWhole =
    only &&
    others.length === 0 &&
    wordsOf(only.text).join('') === wordsOf(numbersInDigits(normaliseText(text))).join('');
  return isWhole ? only : null;
}

export const isSameAmount = (one: Measure, other: Measure): boolean =>
  one.kind === other.kind && Math.abs(one.amount - other.amount) < 1e-6;
