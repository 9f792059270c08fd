import { formPattern } from '../../text/form-pattern.ts';
import { wordsOf } from '../../text/persian.ts';

/** What customers compare goods by besides their price: «سبک‌تره», "the smaller one", "which lasts longer". Pure. */
const SCALES = ['size', 'weight', 'length', 'width', 'thickness', 'duration', 'keeping', 'battery'] as const;
export type Scale = (typeof SCALES)[number];

export interface Comparison {
  scale: Scale;
  which: 'least' | 'most';
}

/** Of one word in Persian, without its ending, and in English with both of its endings. */
/* biome-ignore format: a table of words. */
const WORDS: readonly (readonly [Scale, 'least' | 'most', persian: string, english: string])[] = [
  ['size', 'least', 'کوچ(?:ی|و)?ک|جمع ?و ?جور|جم ?و ?جور|ریز', 'small(?:er|est)|tin(?:ier|iest)'],
  ['size', 'most', 'بزرگ|گنده|جادار', 'bigger|biggest|larg(?:er|est)|roomi(?:er|est)'],
  ['weight', 'least', 'سبک', 'light(?:er|est)'],
  ['weight', 'most', 'سنگین', 'heav(?:ier|iest)'],
  ['length', 'least', 'کوتاه|کم ?صفحه', 'short(?:er|est)'],
  ['length', 'most', 'بلند|پر ?صفحه', 'long(?:er|est)|tall(?:er|est)'],
  ['width', 'least', 'باریک', 'narrow(?:er|est)|slim(?:mer|mest)'],
  ['width', 'most', 'پهن|عریض', 'wid(?:er|est)'],
  ['thickness', 'least', 'نازک', 'thin(?:ner|nest)'],
  ['thickness', 'most', 'کلفت|ضخیم', 'thick(?:er|est)'],
  ['duration', 'least', 'سریع', 'fast(?:er|est)|quick(?:er|est)'],
  ['keeping', 'most', 'ماندگار|موندگار', 'long(?:er|est) ?lasting'],
];
const SPOKEN = '(?: ?(?:ش|شو|شون|شونه|رو|را|و|ی|یه|ها|هاش|ن))*';
/** Whole ways to ask, where no one word compares. */
/* biome-ignore format: a table of patterns. */
const PHRASES: readonly (readonly [Scale, 'least' | 'most', string])[] = [
  ['keeping', 'most', '(?:بیشتر|دیرتر) (?:می ?مون\\p{L}*|می ?مان\\p{L}*|دوام\\p{L}*|خراب\\p{L}*)|lasts? (?:the )?long(?:er|est)|keeps? (?:the )?long(?:er|est)'],
  ['battery', 'most', 'باتری\\p{L}* (?:بیشتر|قوی ?تر|بهتر)\\p{L}*|(?:bigger|better|biggest|best|longest) battery(?: life)?'],
  ['duration', 'least', '(?:زودتر|کمتر) (?:تموم|طول|حاضر|انجام|اماده)\\p{L}*|takes? (?:the )?(?:less|least)(?: time)?'],
  ['duration', 'most', '(?:بیشتر|دیرتر) (?:طول)\\p{L}*|takes? (?:the )?long(?:er|est)'],
];
const form = (pattern: string) => new RegExp(formPattern(`(?<![\\p{L}\\d])(?:${pattern})(?![\\p{L}\\d])`), 'u');
const COMPARED: readonly (readonly [Comparison, RegExp])[] = [
  ...PHRASES.map(([scale, which, pattern]) => [{ scale, which }, form(pattern)] as const),
  ...WORDS.map(([scale, which, fa, en]) => {
    const persian = `(?:${fa}) ?تر(?:ه|یه|ین(?:ه)?)?${SPOKEN}`;
    return [
      { scale, which },
      form(
        `${persian}|(?:the |much |a bit |any )?(?:${en})(?: (?:one|ones|of (?:them|these|those|the two|the \\p{L}+)))?`,
      ),
    ] as const;
  }),
];
/** «کوچیکه رو», «پهنه چنده»: the one that is small, where one of several is. */
const DEFINITE: readonly (readonly [Comparison, RegExp])[] = WORDS.map(
  ([scale, which, fa]) =>
    [
      { scale, which },
      form(
        `(?:(?:اون|همون|این) )(?:${fa})(?:ه|ش|شو|و)|(?:${fa})(?:ه|شو|و)(?= (?:رو|را|چند\\p{L}*|چقدر\\p{L}*|چی|چطور\\p{L}*|قیمت\\p{L}*|وزن\\p{L}*|می ?خوا\\p{L}*))|^(?:${fa})ه$`,
      ),
    ] as const,
);

export interface ComparisonInText {
  comparison: Comparison;
  /** The text in matching form without the words that compare. */
  rest: string;
}

/** By what a line tells one of several from the others; null where it does not. */
export function readComparison(line: string): ComparisonInText | null {
  const words = wordsOf(line.slice(0, 600)).join(' ');
  for (const [comparison, pattern] of [...COMPARED, ...DEFINITE])
    if (pattern.test(words)) return { comparison, rest: words.replace(pattern, ' ').replace(/ +/g, ' ').trim() };
  return null;
}
