import { normaliseText, toLatinDigits, wordsOf } from '../../text/persian.ts';
import { stemOf } from '../../text/word-match.ts';
import { isSameAmount, measureOf, measuresIn } from './measures.ts';

/**
 * Values that shops and customers write differently: each line is one value, the Persian and the English word to show it by first.
 * A word with a star means something else as well, so a customer has to say what it is: «رنگ کرم».
 */
/* biome-ignore format: a table of words. */
const VALUES = {
  colour: [
    ['مشکی', 'black', 'سیاه', 'meshki', 'siah', 'blk'], ['سفید', 'white', 'sefid'], ['قرمز', 'red', 'ghermez'], ['آبی', 'blue', 'abi'],
    ['آبی روشن', 'light blue'], ['آبی تیره', 'dark blue'], ['آبی آسمانی', 'sky blue'], ['فیروزه‌ای', 'turquoise', 'firoozei'],
    ['سبز', 'green', 'sabz'], ['سبز یشمی', 'dark green', 'یشمی'], ['زیتونی', 'olive'], ['زرد', 'yellow', 'zard'], ['خردلی', 'mustard*'],
    ['صورتی', 'pink', 'soorati', 'surati'], ['گلبهی', 'peach*'], ['بنفش', 'purple', 'violet', 'banafsh'], ['یاسی', 'lilac'], ['نارنجی', 'orange*', 'narenji'],
    ['قهوه‌ای', 'brown', 'ghahvei', 'ghahveyi'], ['عسلی', 'honey*', 'tan*'], ['شکلاتی', 'chocolate*'], ['نسکافه‌ای', 'mocha*'],
    ['طوسی', 'grey', 'gray', 'خاکستری', 'toosi', 'tusi'], ['نوک مدادی', 'charcoal'], ['سرمه‌ای', 'navy', 'navy blue', 'sormei', 'sormeyi'], ['کرم*', 'cream*', 'کرمی', 'kerem'], ['بژ', 'beige'],
    ['زرشکی', 'burgundy', 'maroon'], ['طلایی', 'gold*', 'golden', 'talaei', 'talayi'], ['نقره‌ای', 'silver*', 'noghrei'], ['رزگلد', 'rose gold', 'رز گلد'], ['مسی', 'copper*'],
    ['استخوانی', 'ivory'], ['شیری*', 'off white'], ['خاکی', 'khaki'], ['بی‌رنگ', 'transparent', 'شفاف*'], ['چند رنگ', 'multicolour', 'multicolor'],
  ],
  material: [
    ['چرم', 'leather', 'چرمی', 'charm', 'charmi'], ['چرم مصنوعی', 'faux leather', 'چرم صنعتی'], ['نخ*', 'cotton', 'نخی', 'پنبه', 'پنبه‌ای', 'nakhi'], ['کتان', 'linen', 'لینن'], ['پشم', 'wool', 'پشمی'],
    ['پلی‌استر', 'polyester'], ['ابریشم', 'silk', 'ابریشمی'], ['چوب*', 'wood*', 'چوبی', 'wooden'], ['استیل', 'stainless steel', 'استیل ضد زنگ'], ['سرامیک', 'ceramic', 'سرامیکی'],
    ['شیشه*', 'glass*', 'شیشه‌ای'], ['پلاستیک', 'plastic', 'پلاستیکی'], ['سیلیکون', 'silicone', 'سیلیکونی'], ['جین', 'denim'], ['مخمل', 'velvet', 'مخملی'], ['ساتن', 'satin'],
  ],
  condition: [['نو*', 'new*'], ['کارکرده', 'used*', 'دست دوم'], ['بازسازی‌شده', 'refurbished']],
  size: [
    ['فری سایز', 'free size', 'فری‌سایز', 'one size', 'تک سایز'], ['XS', 'xs', 'ایکس اسمال'], ['S*', 's*', 'small*', 'اسمال'], ['M*', 'm*', 'medium*', 'مدیوم'], ['L*', 'l*', 'large*', 'لارج'],
    ['XL', 'xl', 'ایکس لارج', 'extra large'], ['XXL', 'xxl', '2xl', 'دو ایکس لارج'], ['XXXL', 'xxxl', '3xl', 'سه ایکس لارج'], ['4XL', 'xxxxl', '4xl'], ['5XL', '5xl'],
  ],
} as const satisfies Record<string, readonly (readonly string[])[]>;

interface Known {
  name: string;
  /** The value in its one spelling: what two spellings of it share. */
  id: string;
  fa: string;
  en: string;
}

interface Spelling {
  words: readonly string[];
  known: Known;
  isAmbiguous: boolean;
}

const SPELLINGS: readonly Spelling[] = Object.entries<readonly (readonly string[])[]>(VALUES)
  .flatMap(([name, values]) =>
    values.flatMap((spellings) => {
      const plain = spellings.map((spelling) => spelling.replace('*', ''));
      const [fa = '', en = ''] = plain;
      const known = { name, id: `${name}:${en}`, fa, en };
      return spellings.map((spelling) => ({
        words: wordsOf(spelling.replace('*', '')),
        known,
        isAmbiguous: spelling.includes('*'),
      }));
    }),
  )
  .sort((a, b) => b.words.length - a.words.length);

const BY_FIRST = new Map<string, Spelling[]>();
for (const spelling of SPELLINGS) {
  const first = spelling.words[0] ?? '';
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), spelling]);
}

export interface KnownValue {
  name: string;
  fa: string;
  en: string;
  /** As it stood there, without an ending; in matching form. */
  value: string;
  /** In words. */
  length: number;
  isCertain: boolean;
}

/** The known value that begins at a word, the longest first. `isCertain`: no other meaning of these words is usual. Pure. */
export function knownValueAt(words: readonly string[], at: number): KnownValue | null {
  const word = words[at] ?? '';
  // «مشکیش» and «قرمزه» are the value with an ending.
  for (const first of new Set([
    word,
    stemOf(word),
    word.replace(/(?:شو|ش|ه|شم)$/u, ''),
    word.replace(/(?:esho|esh|ash|sh|eshoon)$/, ''),
  ])) {
    const found = (BY_FIRST.get(first) ?? []).find(({ words: own }) =>
      own.every((one, index) => index === 0 || words[at + index] === one),
    );
    const isForm = first.length >= 2 && (!/^[a-z]/.test(first) || /^[a-z]{4,}$/.test(first));
    if (found && (first === word || (found.words.length === 1 && isForm))) {
      const { name, fa, en } = found.known;
      return { name, fa, en, value: found.words.join(' '), length: found.words.length, isCertain: !found.isAmbiguous };
    }
  }
  return null;
}

/** The one spelling of a value: «سیاه», "Black" and «مشکی» share it; other words stay in matching form. Pure. */
export function valueId(name: string, value: string): string {
  const words = wordsOf(value);
  const known = SPELLINGS.find(
    (spelling) => spelling.known.name === name && spelling.words.join('') === words.join(''),
  );
  return known?.known.id ?? words.join(' ');
}

/** Measures as structured data writes them. */
const UNITS: Readonly<Record<string, string>> = {
  year: 'سال',
  years: 'سال',
  month: 'ماه',
  months: 'ماه',
  day: 'روز',
  days: 'روز',
  kg: 'کیلوگرم',
  g: 'گرم',
  l: 'لیتر',
  ml: 'میلی‌لیتر',
  cm: 'سانتی‌متر',
  mm: 'میلی‌متر',
  m: 'متر',
};

/** A value as it is written to a customer: the shop's own words, but for one that is only known in the other language. */
export function valueIn(name: string, value: string, language: 'fa' | 'en'): string {
  const isPersian = /\p{Script=Arabic}/u.test(value);
  if (isPersian === (language === 'fa') && /\p{L}/u.test(value)) return value;
  const [, amount, unit] = /^([\d.,]+)\s*([a-z]+)$/iu.exec(value) ?? [];
  const isNetwork = /^[2-6]g$/i.test(value);
  if (language === 'fa' && !isNetwork && amount && unit && UNITS[unit.toLowerCase()])
    return `${amount} ${UNITS[unit.toLowerCase()]}`;
  const words = wordsOf(value).join('');
  const known = SPELLINGS.find((spelling) => spelling.known.name === name && spelling.words.join('') === words)?.known;
  return known && name !== 'size' ? known[language] : value;
}

/** Numbers alone are written in the digits of the answer's language; codes stay as the shop writes them. */
export function digitsIn(value: string, language: 'fa' | 'en'): string {
  if (language === 'en') return toLatinDigits(value);
  if (/[a-z]/i.test(value)) return value;
  return value.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
}

/** Whether a stated value is, or holds, the one that was asked for: «مشکی مات» is black, "40 (EU)" is 40, «۴۰» is no «۴۰۵». Pure. */
export function isValue(name: string, stated: string, asked: string): boolean {
  const wanted = valueId(name, asked);
  if (valueId(name, stated) === wanted) return true;
  const measure = measureOf(asked);
  const alike = measure === null ? [] : measuresIn(stated).filter(({ kind }) => kind === measure.kind);
  if (measure && alike.length > 0) return alike.some((one) => isSameAmount(one, measure));
  const words = wordsOf(stated);
  const askedWords = wordsOf(asked);
  if (askedWords.length === 0) return false;
  if (name === 'size') return inRange(stated, asked) || (words.length > 1 && words.includes(askedWords.join('')));
  for (let at = 0; at < words.length; at++) {
    const known = knownValueAt(words, at);
    if (known && `${known.name}:${known.en}` === wanted) return true;
  }
  return askedWords.every((word) => words.includes(word)) || holdsAll(name, words, askedWords);
}

/** «سبز زیتونی» and "olive green": several values together, each of them known. */
function holdsAll(name: string, stated: readonly string[], asked: readonly string[]): boolean {
  const wanted = idsIn(name, asked);
  const held = new Set(idsIn(name, stated));
  return wanted.length > 1 && wanted.length === asked.length && wanted.every((id) => held.has(id));
}

function idsIn(name: string, words: readonly string[]): string[] {
  return words.flatMap((_, at) => {
    const known = knownValueAt(words, at);
    return known?.name === name && known.length === 1 ? [`${known.name}:${known.en}`] : [];
  });
}

/** The words by which a stated value may be called, in each language that is known of it. */
export function spellingsOf(name: string, value: string): string[][] {
  const known = SPELLINGS.find(({ known: one }) => one.name === name && one.id === valueId(name, value))?.known;
  const all = [value, ...(known ? [known.fa, known.en] : [])].map((spelling) => wordsOf(spelling));
  return all.filter((words) => words.length > 0);
}

/** The options that a variant's title names, where all of it is known values: «آبی / ۴۰»; none where anything else stands in it. */
export function optionsOfTitle(title: string, ofProduct: string): { name: string; value: string }[] {
  const own = title.startsWith(ofProduct) ? title.slice(ofProduct.length) : title;
  const parts = own
    .split(/\s*[/|،,–—]\s*|\s+-\s+|^\s*-\s*/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const options = parts.map((part) => {
    const words = wordsOf(part);
    const known = knownValueAt(words, 0);
    if (known && known.length === words.length) return { name: known.name, value: part };
    return /^\d{1,3}$/.test(words.join('')) ? { name: 'size', value: part } : null;
  });
  const named = options.filter((option) => option !== null);
  const isWhole = named.length === parts.length && new Set(named.map(({ name }) => name)).size === parts.length;
  return isWhole ? named : [];
}

/** «۳۸ تا ۴۴» names all sizes between. Clothes go by twos, so an odd number between even ones is not proven. */
function inRange(stated: string, asked: string): boolean {
  const range = /^\D{0,12}(\d{1,3})\s*(?:تا|الی|to|-|–)\s*(\d{1,3})\D{0,12}$/u.exec(normaliseText(stated));
  const wanted = /^\d{1,3}$/.test(normaliseText(asked)) ? Number(normaliseText(asked)) : null;
  if (!range || wanted === null) return false;
  const [from, to] = [Number(range[1]), Number(range[2])];
  return wanted >= from && wanted <= to && (from % 2 !== to % 2 || wanted % 2 === from % 2);
}
