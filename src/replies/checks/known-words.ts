import { isSameWord } from '../../faqs/faq-match.ts';
import { normaliseText, wordsOf } from '../../text/persian.ts';

/* biome-ignore format: a table of words. */
const COMMON = new Set(['و', 'یا', 'در', 'به', 'از', 'که', 'را', 'رو', 'با', 'برای', 'این', 'اون', 'آن', 'همین', 'همان',
  'است', 'هست', 'هستش', 'هستند', 'نیست', 'بود', 'شد', 'شده', 'میشه', 'میشود', 'شما', 'من', 'ما', 'شون', 'تون', 'مون', 'ش',
  'هم', 'نیز', 'فقط', 'الان', 'حالا', 'اکنون', 'امروز', 'قیمت', 'قیمتش', 'قیمتشون', 'قیمتی', 'هزینه', 'مبلغ', 'معادل', 'برابر',
  'حدود', 'محصول', 'محصولات', 'کالا', 'مدل', 'رنگ', 'سایز', 'موجود', 'موجوده', 'موجودند', 'داریم', 'دارد', 'داره', 'دارند',
  'دارای', 'بله', 'سلام', 'ممنون', 'عزیز', 'دوست', 'لطفا', 'سایت', 'لینک', 'خرید', 'سفارش', 'بخرید', 'ببینید', 'عرض',
  'خدمتتون', 'خدمت', 'شروع', 'ناموجود', 'تومان', 'تومن', 'ریال', 'هزار', 'میلیون', 'ها', 'های', 'ای', 'ی', 'تا', 'هر', 'یک',
  'یه', 'دو', 'سه', 'عدد', 'دونه', 'جفت', 'دست', 'خیلی', 'بسیار', 'زیبا', 'قشنگ', 'خوب', 'عالی', 'ما', 'فروشگاه', 'اینجا',
  'زیر', 'بالای', 'قبلا', 'قبلی', 'قبل', 'اصلی', 'جدید', 'تخفیف', 'ولی', 'اما', 'چون', 'اگر', 'اگه', 'می', 'میخواهید',
  'میخواید', 'میتونید', 'میتوانید', 'انتخاب', 'خوبی', 'مناسب', 'مناسبی', 'کنید', 'کنیم', 'کنم', 'بله', 'حتما', 'البته', 'متاسفانه',
  'the', 'a', 'an', 'is', 'are', 'was', 'it', 'its', 'it', 'that', 'this', 'these', 'those', 'our', 'your', 'you', 'we',
  'for', 'at', 'in', 'on', 'of', 'to', 'and', 'or', 'with', 'from', 'by', 'as', 'only', 'just', 'now', 'currently',
  'today', 'price', 'prices', 'priced', 'cost', 'costs', 'available', 'stock', 'sold', 'out', 'has', 'have', 'comes',
  'come', 'yes', 'no', 'not', 'hi', 'hello', 'also', 'too', 'one', 'ones', 'each', 'both', 'here', 'there', 'see', 'link',
  'more', 'was', 'were', 'will', 'can', 'could', 'would', 'be', 'been', 'still', 'right', 'in', 's', 're', 've', 'll', 't',
  'm', 'd', 'toman', 'tomans', 'rial', 'rials', 'dollars', 'usd', 'thousand', 'million', 'item', 'product', 'products',
  'great', 'nice', 'lovely', 'good', 'choice', 'but', 'if', 'like', 'under', 'over', 'before', 'old', 'original',
  'which', 'what', 'please', 'order', 'buy', 'shop', 'store', 'us', 'about', 'per', 'then', 'so', 'its', 'than',
].flatMap(wordsOf));

/** What an answer may call things by: titles, the shop's words and the customer's. */
export interface KnownWords {
  has(word: string): boolean;
  /** True for words of everyday speech as well. */
  isOrdinary(word: string): boolean;
}

/** Collects the words of texts that an answer may repeat. */
export function collectWords(texts: readonly string[]): KnownWords {
  const words = new Set(texts.flatMap(wordsOf));
  const list = [...words];
  const has = (word: string) =>
    words.has(word) ||
    (/\d/.test(word) ? false : word.length >= 4 && list.some((other) => other.length >= 4 && isSameWord(word, other)));
  return { has, isOrdinary: (word) => COMMON.has(word) || /^\d+$/.test(word) || has(word) };
}

const QUOTED = /«([^«»]{1,200})»|“([^“”]{1,200})”|"([^"]{1,200})"/gu;
const NAMING = new Set(['مدل', 'برند', 'مارک', 'model', 'brand']);
const MIXED_CODE = /(?<![\p{L}\p{N}])(?=[a-z0-9-]*[a-z])(?=[a-z0-9-]*\d)[a-z0-9][a-z0-9-]{1,30}(?![\p{L}\p{N}])/gu;
const UNIT_CODE = /^\d+(?:k|m|g|kg|cm|mm|ml|l|gb|tb|mb|h|am|pm|d|x|st|nd|rd|th|t|mah|hz|w|v|oz|inch)$/;
const LATIN_NAME = /(?<![\p{L}\p{N}@#._/-])[A-Z][A-Za-z]{2,30}(?:[ -][A-Z][A-Za-z0-9]{1,30})*/gu;
/* biome-ignore format: a table of words. */
const ORDINARY_LATIN = new Set(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'january',
  'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december', 'vip',
  'instagram', 'telegram', 'whatsapp', 'toman', 'tomans', 'rial', 'iran', 'tehran', 'persian', 'english', 'faq', 'start',
  'stop', 'thank', 'thanks', 'sure', 'sorry', 'could', 'which', 'what', 'when', 'where', 'how', 'shall', 'let', 'please']);
const OFFERS = /(?:\b(?:the|our|a|an|have|offer|offers|sell|recommend|try|called|named)\s+)$/i;

/** Names of things in an answer that neither the catalog nor the shop nor the customer ever used. */
export function findUnknownNames(text: string, known: KnownWords): string[] {
  const names: string[] = [];
  const isUnknown = (phrase: string) => wordsOf(phrase).some((word) => !known.isOrdinary(word));
  for (const match of text.matchAll(QUOTED)) {
    const phrase = match[1] ?? match[2] ?? match[3] ?? '';
    if (isUnknown(phrase)) names.push(phrase);
  }
  const form = normaliseText(text);
  for (const { 0: code } of form.matchAll(MIXED_CODE))
    if (!UNIT_CODE.test(code) && !known.has(code) && wordsOf(code).some((word) => !known.has(word))) names.push(code);
  const words = wordsOf(text);
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    if (NAMING.has(word) && next !== undefined && !known.isOrdinary(next) && next.length > 2) names.push(next);
  }
  return [...names, ...findLatinNames(text, known)];
}

/** A Latin name within Persian words; within English, several capitals in a row or one behind a word that offers. */
function findLatinNames(text: string, known: KnownWords): string[] {
  const isPersian = /\p{Script=Arabic}/u.test(text);
  return [...text.matchAll(LATIN_NAME)]
    .filter(({ 0: name, index }) => {
      const words = wordsOf(name);
      const unknown = words.filter((word) => !known.isOrdinary(word) && !ORDINARY_LATIN.has(word));
      if (unknown.length === 0) return false;
      const head = text.slice(0, index);
      return isPersian || (words.length > 1 && unknown.length > 1) || OFFERS.test(head);
    })
    .map(({ 0: name }) => name);
}

/** Unknown words that stand beside a product's own words and so make another product of it. */
export function findForeignNeighbours(text: string, title: string, known: KnownWords): string[] {
  const words = wordsOf(text);
  const own = wordsOf(title);
  const isOwn = (word: string | undefined) => word !== undefined && own.some((other) => isSameWord(word, other));
  return words.filter(
    (word, at) => !isOwn(word) && !known.isOrdinary(word) && (isOwn(words[at - 1]) || isOwn(words[at + 1])),
  );
}
