/** Numbers written in Persian words, in matching form: «چهل و شش» is 46. Pure. */

/* biome-ignore format: a table of words. */
const TENS: Readonly<Record<string, number>> = { بیست: 20, سی: 30, چهل: 40, پنجاه: 50, شصت: 60, هفتاد: 70, هشتاد: 80, نود: 90 };
/* biome-ignore format: a table of words. */
const UNITS: Readonly<Record<string, number>> = { یک: 1, دو: 2, سه: 3, چهار: 4, پنج: 5, شش: 6, شیش: 6, هفت: 7, هشت: 8, نه: 9 };
const TEN = Object.keys(TENS).join('|');
const UNIT = Object.keys(UNITS).join('|');
const COMPOUND = new RegExp(`(?<!\\p{L})(${TEN}) و (${UNIT})(?!\\p{L})`, 'gu');
/** A round ten alone may be anything («چهل تیکه»), but not behind the name of a size. */
const NAMED = new RegExp(`((?:سایز|شماره|size) )(${TEN})(?!\\p{L})`, 'gu');

/** Before a unit one word is a number: «دو کیلویی», «صد میل», «یه کیلو». */
const UNITS_BEHIND =
  '(?:کیلو|گرم|میل|لیتر|سی ?سی|گیگ|ترا|سال|ماه|سانت|متر|اینچ|وات|نفر|تایی|عددی|kilo|kg|gram|ml|mil|gig|gb)';
/* biome-ignore format: a table of words. */
const MEASURING: Readonly<Record<string, number>> = { ...UNITS, ...TENS, یه: 1, ده: 10, پانزده: 15, پونزده: 15, صد: 100, دویست: 200, سیصد: 300, چهارصد: 400, پونصد: 500, پانصد: 500 };
const MEASURED = new RegExp(`(?<!\\p{L})(${Object.keys(MEASURING).join('|')}) (?=${UNITS_BEHIND})`, 'gu');

/** The same with those numbers in digits. */
export function numbersInDigits(form: string): string {
  return form
    .replace(COMPOUND, (_, ten: string, unit: string) => String((TENS[ten] ?? 0) + (UNITS[unit] ?? 0)))
    .replace(NAMED, (_, name: string, ten: string) => name + String(TENS[ten]))
    .replace(MEASURED, (_, number: string) => `${MEASURING[number]} `);
}
