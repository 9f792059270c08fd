import { withoutDenied } from '../../text/denied.ts';
import { numbersInDigits } from '../../text/number-words.ts';
import { wordsOf } from '../../text/persian.ts';
import { stemOf } from '../../text/word-match.ts';
import type { AttributeKey } from './attribute-names.ts';
import { knownValueAt } from './attribute-values.ts';

/** A value that a customer asks for: the colour black, size 40. */
export interface Trait {
  name: string;
  /** As they wrote it, without an ending; in matching form. */
  value: string;
  /** Its words, in matching form: they narrow what is found and never hide it. */
  words: readonly string[];
}

/** What a customer's words ask of the attributes of a product. */
export interface AttributeWish {
  traits: readonly Trait[];
  /** What they ask for without naming a value: «رنگ‌هاش چیه؟» asks for the colour. */
  asked: readonly string[];
  /** Words that only ask: they name no product, in matching form. */
  asking: ReadonlySet<string>;
  /** «اصله؟» is a question that wants a yes or no, "is it fake?" wants the other one. */
  isReversed: boolean;
  /** Keys of TOPICS that are asked of the products that are meant: known once they are. */
  topics?: readonly string[];
  /** What was said about them. */
  said?: string;
  /** Something is asked of them that no rule has a name for. */
  isOpen?: boolean;
  /** What is asked for is answered as well: where the shop says nothing of the rest, nothing need be said of it. */
  isBeside?: boolean;
}

export const NO_WISH: AttributeWish = { traits: [], asked: [], asking: new Set(), isReversed: false };

/** True when anything is asked of attributes. */
export function hasWish({ traits, asked, topics = [], isOpen = false }: AttributeWish): boolean {
  return traits.length > 0 || asked.length > 0 || topics.length > 0 || isOpen;
}

/* biome-ignore format: a table of words. */
const NAMING: Readonly<Partial<Record<AttributeKey, readonly string[]>>> = {
  size: ['سایز', 'سایزبندی', 'سایزبندیش', 'اندازه', 'size', 'sizes', 'sizing', 'saiz', 'saize', 'sizesh', 'سایزبندیتون', 'saizesh', 'saizash'],
  colour: ['رنگ', 'رنگبندی', 'رنگبندیش', 'color', 'colors', 'colour', 'colours', 'rang', 'rangesh', 'rangash', 'ranghash'],
  material: ['جنس', 'جنسش', 'جنسشون', 'متریال', 'متریالش', 'material', 'fabric', 'jens', 'jensesh'],
  warranty: ['گارانتی', 'ضمانت', 'ضمانتنامه', 'warranty', 'guarantee', 'guaranteed', 'garanti', 'garantie'],
  originality: ['اصل', 'اصله', 'اصلیه', 'اورجینال', 'اورجیناله', 'اوریجینال', 'اوریجیناله', 'اصالت', 'فیک', 'فیکه', 'کپی', 'کپیه', 'تقلبی', 'تقلبیه',
    'original', 'orginal', 'genuine', 'authentic', 'fake', 'replica', 'counterfeit', 'asle', 'asl'],
  volume: ['حجم', 'volume', 'hajm', 'hajmesh'],
  weight: ['وزن', 'weight', 'heavy', 'weigh', 'weighs', 'vazn', 'vaznesh'],
  dimensions: ['ابعاد', 'dimensions', 'measurements', 'abad'],
  capacity: ['حافظه', 'ظرفیت', 'storage', 'capacity'],
  expiry: ['انقضا', 'انقضاش', 'انقضای', 'انقضاشون', 'expiry', 'expire', 'expires'],
};
/** Ways to ask in several words; all of them only ask. */
/* biome-ignore format: a table of words. */
const PHRASES: readonly (readonly [AttributeKey, string])[] = [
  ['material', 'made of'], ['material', 'made from'], ['material', 'از چی ساخته'], ['country', 'ساخت کجا'], ['country', 'ساخت کجاست'],
  ['country', 'ساخت کدوم کشور'], ['country', 'مال کجاست'], ['country', 'where is it made'], ['country', 'where was it made'], ['country', 'made in'],
  ['country', 'کشور سازنده'], ['dimensions', 'how big'], ['dimensions', 'how large'], ['dimensions', 'how tall'], ['dimensions', 'how wide'],
  ['dimensions', 'چه ابعادی'], ['weight', 'how heavy'], ['colour', 'رنگ بندی'], ['size', 'سایز بندی'], ['warranty', 'ضمانت نامه'], ['expiry', 'تاریخ انقضا'],
  ['originality', 'های کپی'], ['originality', 'the real thing'],
];
const REVERSING = new Set(
  ['فیک', 'فیکه', 'کپی', 'کپیه', 'تقلبی', 'تقلبیه', 'fake', 'replica', 'counterfeit'].flatMap(wordsOf),
);
/** Words that surround a question of attributes and name nothing. */
/* biome-ignore format: a table of words. */
const FILLERS = new Set(['هاش', 'هاشو', 'هاشون', 'هایش', 'بندی', 'بندیش', 'بندیتون', 'ماه', 'ماهه', 'سال', 'ساله', 'مدت', 'مدتش', 'دیگش', 'دیگه', 'دیگر', 'دیگری', 'دیگشو',
  'چیاست', 'چیان', 'چیا', 'چه', 'کدوماست', 'شماره', 'رنگی', 'خودش', 'خودشه', 'نوع', 'داره', 'دارن', 'میاد', 'هستن', 'بقیه', 'چند', 'اش', 'کشور',
  'come', 'comes', 'coming', 'long', 'last', 'lasts', 'other', 'others', 'another', 'different', 'else', 'month', 'months', 'year', 'years', 'does', 'under',
  'real', 'thing', 'mm', 'options', 'option', 'choices', 'range', 'big', 'large', 'tall', 'wide', 'heavy', 'where',
].flatMap(wordsOf));
/** Behind the name of an attribute, none of these is its value. */
/* biome-ignore format: a table of words. */
const NO_VALUE = new Set(['و', 'یا', 'هم', 'رو', 'را', 'ها', 'های', 'هایی', 'ی', 'ای', 'بزرگتر', 'کوچکتر', 'دلخواه', 'خاص', 'خاصی', 'مورد', 'موجود', 'قیمت', 'میخوام', 'میخواستم', 'بزرگ', 'کوچک', 'کوچیک', 'بزرگه', 'درست', 'من', 'خودم', 'شما', 'بدنه', 'پارچه', 'محصول', 'کار', 'این', 'اون', 'چطور', 'چطوره', 'چی', 'چیه', 'کدوم', 'دارید', 'دارین', 'داری', 'هست', 'هستش', 'نیست', 'است',
  'is', 'are', 'do', 'does', 'you', 'have', 'for', 'of', 'the', 'a', 'in', 'and', 'or', 'it', 'what', 'which', 'chart', 'guide', 'available', 'please', 'there', 'on', 'to', 'this', 'that', 'can', 'i', 'with', 'your', 'my', 'has', 'got', 'any',
  'chie', 'chiye', 'chi', 'darid', 'darin', 'dare', 'hast', 'ham', 'bandi',
].flatMap(wordsOf));

const BY_NAMING = new Map(
  Object.entries<readonly string[]>(NAMING).flatMap(([name, words]) =>
    words.flatMap((word) => wordsOf(word).map((one) => [one, name] as const)),
  ),
);
const ASKING_PHRASES = PHRASES.map(([name, phrase]) => ({ name, words: wordsOf(phrase) }));

const AND = new Set(['و', 'یا', 'and', 'or'].flatMap(wordsOf));

/** Units behind a number, and what they measure. */
/* biome-ignore format: a table of words. */
const MEASURES: ReadonlyMap<string, string> = new Map([
  ...['ml', 'mil', 'میل', 'میلی', 'میلیلیتر', 'لیتر', 'لیتری', 'cc', 'سیسی', 'liter', 'litre'].map((unit) => [unit, 'volume'] as const),
  ...['گرم', 'گرمی', 'کیلو', 'کیلوگرم', 'کیلویی', 'kg', 'kilo', 'kilos', 'gr', 'gram', 'grams'].map((unit) => [unit, 'weight'] as const),
  ...['گیگ', 'گیگابایت', 'گیگی', 'gb', 'tb', 'ترابایت', 'ترا'].map((unit) => [unit, 'capacity'] as const),
]);
/** «میلش», «کیلوییشه». */
const measureNamed = (unit: string): string | undefined =>
  MEASURES.get(unit) ?? MEASURES.get(unit.replace(/(?:شه|شو|ش|ه)$/u, ''));
const MEASURED = /^(\d{1,4})(ml|cc|kg|gr|gb|tb)$/;

/** Reads what a text asks of attributes: values that are wanted, and attributes that are asked for. Pure. */
export function readAttributeWish(text: string): AttributeWish {
  // «سایز ۴۲ش» is size 42.
  const words = wordsOf(numbersInDigits(wordsOf(withoutDenied(text.slice(0, 600))).join(' '))).map((word) =>
    word.replace(/^(\d{1,3})(?:ش|شو|شم|یه|ه)$/u, '$1'),
  );
  const traits: Trait[] = [];
  const asked = new Set<string>();
  const asking = new Set<string>();
  let isReversed = false;
  const take = (name: string, from: number, to: number, written?: string): void => {
    const own = words.slice(from, to);
    const known = knownValueAt(words, from);
    const value = known?.name === name && known.length === own.length ? known.value : (written ?? own.join(' '));
    traits.push({ name, value, words: own });
  };
  for (const { name, words: own } of ASKING_PHRASES)
    if (words.some((_, at) => own.every((word, index) => words[at + index] === word))) {
      asked.add(name);
      for (const word of own) asking.add(word);
    }
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const measured = MEASURED.exec(word);
    const isDecimal = /^\d{1,3}$/.test(words[at + 1] ?? '') && text.includes(`${word}.${words[at + 1]}`);
    const unitAt = isDecimal ? at + 2 : at + 1;
    const measure = /^\d{1,4}$/.test(word) ? measureNamed(words[unitAt] ?? '') : undefined;
    if (measured) take(MEASURES.get(measured[2] as string) ?? 'volume', at, at + 1);
    else if (measure) {
      take(measure, at, unitAt + 1, isDecimal ? `${word}.${words[at + 1]} ${words[unitAt]}` : undefined);
      at = unitAt;
    } else {
      const name = namedBy(word);
      const known = name ? null : knownValueAt(words, at);
      if (name) {
        asking.add(word);
        isReversed ||= REVERSING.has(word);
        const found = valueBehind(words, at, name);
        if (found) take(name, found.from, found.to);
        else if (!GOODS.has(word) || words.some((other) => WHAT.has(other))) asked.add(name);
        at = (found?.to ?? at + 1) - 1;
        // «سایز ۳۸ و ۴۰».
        while (found && name === 'size' && AND.has(words[at + 1] ?? '') && /^\d{1,3}$/.test(words[at + 2] ?? '')) {
          take(name, at + 2, at + 3);
          at += 2;
        }
      } else if (known?.isCertain) {
        // «سبز زیتونی» is one colour.
        let to = at + known.length;
        for (let more = knownValueAt(words, to); more?.name === known.name; more = knownValueAt(words, to))
          to += more.length;
        take(known.name, at, to);
        at = to - 1;
      } else if (isShoeNumber(words, at)) {
        asking.add(word);
        take('size', at + 1, at + 2);
        at++;
      }
    }
  }
  if (traits.length === 0 && asked.size === 0) return NO_WISH;
  // «رنگ مشکی» names the colour; the name alone asks for nothing besides.
  for (const { name } of traits) asked.delete(name);
  for (const word of words) if (FILLERS.has(word)) asking.add(word);
  return { traits: uniqueTraits(traits), asked: [...asked], asking, isReversed };
}

/** «رنگش», «رنگاش» and «سایزهای» name what they are made of. */
function namedBy(word: string): string | null {
  const exact = BY_NAMING.get(word);
  if (exact) return exact;
  const forms = [
    stemOf(word),
    word.replace(/(?:اشو|اش|شو|ش|ا|و)$/u, ''),
    word.replace(/(?:ایی|ای|ی)(?:ش|شم|م|شون)?$/u, ''),
  ];
  const name = forms.map((form) => BY_NAMING.get(form)).find((one) => one !== undefined) ?? null;
  return name !== null && LITERAL.has(name) ? null : name;
}

/** «اصلا» and «اصلی» are everyday words, and «جنس» is as often the goods themselves: these count as they stand. */
const LITERAL: ReadonlySet<string> = new Set(['originality', 'material', 'expiry']);
/** «جنسش چیه» asks what it is made of, «جنس جدید دارید» does not. */
const GOODS = new Set(['جنس', 'jens'].flatMap(wordsOf));
const WHAT = new Set(['چیه', 'چی', 'چه', 'چیست', 'چطوره', 'چطور', 'چیا', 'chie', 'chiye'].flatMap(wordsOf));

/** The value that stands behind the name of an attribute: «سایز ۴۰»، «رنگ آبی روشن»، "colour red"; or before it: "44 size". */
function valueBehind(words: readonly string[], at: number, name: string): { from: number; to: number } | null {
  if (name === 'warranty' || name === 'originality' || name === 'dimensions' || name === 'expiry') return null;
  let from = at + 1;
  while (from < words.length && ['ی', 'های', 'شماره', 'ش', 'no', 'number'].includes(words[from] as string)) from++;
  const next = words[from];
  if (next === undefined) return null;
  const known = knownValueAt(words, from);
  if (known && known.name === name) return { from, to: from + known.length };
  if (/^\d{1,3}$/.test(next) && name === 'size') return { from, to: from + 1 };
  const isWord = !NO_VALUE.has(next) && !FILLERS.has(next) && namedBy(next) === null && !/^\d/.test(next);
  return isWord && name === 'colour' && words[at] === 'رنگ' ? { from, to: from + 1 } : null;
}

/** «شماره ۴۲»: so shoes are asked for. */
function isShoeNumber(words: readonly string[], at: number): boolean {
  return words[at] === 'شماره' && /^[1-5]\d$/.test(words[at + 1] ?? '');
}

function uniqueTraits(traits: readonly Trait[]): Trait[] {
  return [...new Map(traits.map((trait) => [`${trait.name} ${trait.value}`, trait])).values()];
}

/** A bare number or letter that a product with sizes may mean by a size: «کفش نایک ۴۳». */
export function maybeSize(word: string): Trait | null {
  return /^(?:[1-6]\d|x{0,3}[sl]|m|[2-6]xl)$/.test(word) ? { name: 'size', value: word, words: [word] } : null;
}
