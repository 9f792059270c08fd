import { matchingForm } from '../../analytics/figures.ts';
import { type PriceBound, readBudget } from '../../replies/reading/budget.ts';
import { withoutDenied } from '../../text/denied.ts';
import { detectIntents, type Intent } from '../../text/intents.ts';
import { readLatin } from '../../text/latin-persian.ts';
import type { Currency } from '../../text/money.ts';
import { numbersInDigits } from '../../text/number-words.ts';
import { wordsOf } from '../../text/persian.ts';
import { type AttributeWish, readAttributeWish } from '../attributes/customer-words.ts';

/** What a message asks of the catalog. */
export interface ProductQuery {
  /** What is looked for, in matching form and in order; empty when only filters were named. */
  words: string[];
  /** «a or b» read apart: the words of each side. Empty when nothing was left to choose. */
  alternatives: string[][];
  /** Sizes, colours and other attributes that are asked for. */
  wish: AttributeWish;
  /** Those of `words` that only narrow: a colour that a product does not have must not hide it. */
  soft: ReadonlySet<string>;
  minPrice: PriceBound | null;
  maxPrice: PriceBound | null;
  /** Asked for what can be bought now. It orders and does not hide: «مهتاب موجوده؟» wants an answer about it. */
  available: boolean;
  sort: 'cheapest' | 'dearest' | null;
  intents: Intent[];
  /** What its Latin words are. */
  latin: 'persian' | 'english' | 'unknown';
}

/* biome-ignore format: a table of words. */
const EMPTY_WORDS = new Set(['و', 'یا', 'در', 'به', 'از', 'که', 'را', 'رو', 'با', 'برای', 'واسه', 'این', 'اون', 'آن', 'همین', 'همون',
  'است', 'هست', 'هستش', 'هستن', 'نیست', 'بود', 'شما', 'من', 'ما', 'خودم', 'چه', 'چی', 'چیه', 'چیا', 'چطور', 'چطوره', 'چطوری', 'چجوری', 'چجوریه', 'چگونه', 'آیا', 'تا', 'هم',
  'یه', 'یک', 'یکی', 'دونه', 'عدد', 'تا', 'دارید', 'دارین', 'داری', 'دارد', 'داره', 'دارم', 'داریم', 'نداری', 'ندارید', 'ندارین', 'چند',
  'چنده', 'چندن', 'چنه', 'چقدر', 'چقدره', 'چقد', 'قدر', 'قدره', 'کنم', 'کنید', 'کنین', 'کنی', 'بکنم', 'میکنم', 'میکنید', 'میشه', 'میشود',
  'شه', 'شد', 'میخوام', 'میخواهم', 'میخواستم', 'میخواستمش', 'بخوام', 'خواستم', 'میخوامش', 'لطفا', 'سلام', 'درود', 'ممنون', 'مرسی', 'خسته',
  'نباشید', 'نباشین', 'وقت', 'بخیر', 'تون', 'تان', 'شون', 'مون', 'ها', 'های', 'هایی', 'هایتان', 'هاتون', 'ای', 'اش', 'ش', 'ی', 'بگید',
  'بگین', 'بگو', 'بدید', 'بدین', 'بده', 'بفرمایید', 'بفرستید', 'بفرستین', 'بفرست', 'میفرستید', 'میفرستین', 'میفرستی', 'فرستید', 'نشون', 'نشان', 'بدونم', 'ببینم', 'هزینه', 'قیمت',
  'قیمتش', 'قیمتشون', 'قیمتا', 'قیمتها', 'قیمتی', 'قیمتو', 'مبلغ', 'تومان', 'تومن', 'ریال', 'هزار', 'میلیون', 'موجود', 'موجوده', 'موجودی',
  'موجودید', 'ناموجود', 'الان', 'هنوز', 'دیگه', 'هنوزم', 'خوبه', 'خوب', 'کدوم', 'کدام', 'ببخشید', 'عزیز', 'جان', 'عکس', 'لینک', 'خرید',
  'بخرم', 'بخرمش', 'بخریم', 'سفارش', 'محصول', 'محصولات', 'محصولی', 'جنس', 'کالا', 'مدل', 'مدلی', 'مدلهای', 'رنگ', 'سایز', 'پیشنهاد', 'معرفی', 'زیر',
  'بالای', 'کمتر', 'بیشتر', 'حداکثر', 'حداقل', 'بین', 'الی', 'سقف', 'بودجه', 'ام', 'ارزون', 'ارزان', 'ارزونترین', 'ارزانترین', 'گرون',
  'گرونترین', 'گرانترین', 'ترین', 'تر', 'گران', 'دنبال', 'میگردم', 'هستم', 'کی', 'چیزی', 'هر', 'خیلی', 'فقط', 'مثل', 'مشابه', 'شبیه', 'کار',
  'کادو', 'هدیه', 'نه', 'بله', 'اره', 'مامانم', 'بابام', 'مادرم', 'پدرم', 'خوبید', 'خوبین', 'خوبی', 'بدم', 'باشه', 'باشد', 'شیک', 'قشنگ', 'خانومم', 'همسرم', 'دوستم', 'داداشم', 'خواهرم', 'پسرم', 'دخترم', 'راهنمایی', 'راهنماییم', 'راهنماییمون', 'سوال', 'سوالی', 'داشتم', 'بهم',
  'میدید', 'میدین', 'نشه', 'نشود', 'نباشه', 'نباشد', 'نره', 'نیم', 'پایین', 'بالا', 'پرایس', 'اینفو', 'دایرکت', 'دایرکتی', 'فروشگاه', 'فروشید', 'میفروشید', 'میفروشین', 'توی', 'تو', 'انواع', 'لیست', 'اگه', 'اگر', 'واقعا', 'نمیدونم', 'میتونم',
  'برا', 'کادوی', 'کادویی', 'هدیه‌ای', 'نداره', 'ندارن', 'پس', 'تموم', 'تمام', 'شده', 'میخام', 'میخاستم', 'دوتا', 'سهتا', 'یدونه', 'یکیشو', 'چیزای', 'میگم', 'منظورم', 'همونی', 'حدودا', 'تقریبا', 'کلا', 'بگم', 'ببخشین', 'خانم', 'اقا', 'جون', 'سلامت', 'مخصوص', 'مناسب', 'بهترین',
  'the', 'a', 'an', 'is', 'are', 'am', 'do', 'does', 'did', 'you', 'your', 'i', 'my', 'me', 'we', 'our', 'us', 'it', 'its', 'to', 'of',
  'for', 'in', 'on', 'at', 'and', 'or', 'with', 'what', 'whats', 'which', 'when', 'how', 'much', 'many', 'can', 'could', 'would', 'will',
  's', 'm', 't', 're', 'll', 've', 'd', 'please', 'pls', 'this', 'that', 'these', 'those', 'there', 'have', 'has', 'got', 'be', 'if', 'hi',
  'hello', 'hey', 'price', 'prices', 'priced', 'cost', 'costs', 'know', 'tell', 'about', 'want', 'wanna', 'need', 'like', 'get', 'any', 'some',
  'looking', 'look', 'buy', 'order', 'purchase', 'one', 'show', 'see', 'sell', 'selling', 'stock', 'available', 'availability', 'under',
  'below', 'less', 'than', 'up', 'over', 'above', 'more', 'between', 'difference', 'differences', 'different', 'two', 'both', 'compare', 'versus', 'vs', 'most', 'max', 'maximum', 'min', 'budget', 'around', 'cheapest',
  'cheap', 'cheaper', 'expensive', 'toman', 'tomans', 'rial', 'rials', 'usd', 'dollar', 'dollars', 'eur', 'still', 'now', 'only', 'just',
  'picture', 'photo', 'link', 'product', 'products', 'item', 'items', 'something', 'model', 'models', 'color', 'colour', 'size', 'gift',
  'hezar', 'gheymat', 'qeymat', 'gheymate', 'chande', 'cheghadr', 'darid', 'darin', 'salam', 'mikham', 'mojood', 'mojude', 'mojoode', 'lotfan',
  'zire', 'zir', 'balaye', 'kamtar', 'bishtar', 'arzoon', 'arzoontar', 'hodood', 'nashe', 'nabashe', 'dm', 'pm', 'plz', 'plzz', 'plss', 'kindly', 'inbox', 'info', 'gheimat', 'gheimate', 'ghimat', 'gheymatesh', 'chandeh', 'chand', 'dari', 'dare', 'hast', 'mikhastam', 'mikhamesh', 'bekharam',
  'mikharam', 'sefaresh', 'bebakhshid', 'baraye', 'doone', 'ye', 'yek', 'ke', 'ba', 'az', 'va', 'aks', 'mishe',
  'bedid', 'befrestid', 'mersi', 'mamnoon', 'hamin', 'oon', 'chie', 'chiye', 'recommend', 'suggest', 'let', 'from', 'by', 'here', 'also', 'too', 'so', 'good', 'nice', 'best', 'help', 'interested', 'thanks',
  'thank', 'ok', 'okay', 'not', 'no', 'yes', 'make', 'made', 'anything', 'everything', 'shop', 'store', 'catalog', 'who', 'where', 'why', 'kind', 'type', 'types',
].flatMap(wordsOf));

const AVAILABLE = /(?<!\p{L})(?:موجود(?:ه|ی|ن|ها)?|in stock|available|mojood\p{L}*)(?!\p{L})/u;
const CHEAPEST = /(?:ارزان ?ترین|ارزون ?ترین|cheapest|lowest price)/u;
const DEAREST = /(?:گران ?ترین|گرون ?ترین|most expensive|highest price)/u;
const OR = /(?<![\p{L}\p{N}])(?:یا|or)(?![\p{L}\p{N}])/u;
const MAX_WORDS = 10;
const MAX_ALTERNATIVES = 4;
const MAX_TEXT = 600;

/** Reads what a message asks of the catalog: words, bounds of price, availability. Pure. */
export function parseProductQuery(text: string): ProductQuery {
  const form = numbersInDigits(matchingForm(withoutDenied(text.slice(0, MAX_TEXT))));
  const { min, max, rest: named } = readBudget(form);
  const wish = readAttributeWish(named);
  const isAsking = (word: string) => wish.asking.has(word);
  const sides = named.split(OR).map((side) => namingWordsOf(side).filter((word) => !isAsking(word)));
  const alternatives = sides.filter((words) => words.length > 0).slice(0, MAX_ALTERNATIVES);
  const words = namingWordsOf(named).filter((word) => !isAsking(word));
  return {
    words,
    alternatives: alternatives.length > 1 ? alternatives : [],
    wish,
    soft: softWordsOf(words, wish),
    minPrice: min,
    maxPrice: max,
    available: AVAILABLE.test(form),
    sort: CHEAPEST.test(form) ? 'cheapest' : DEAREST.test(form) ? 'dearest' : null,
    intents: detectIntents(text),
    latin: readLatin(wordsOf(form)),
  };
}

/** Words of the values that are asked for. A value alone may be the product itself: then it is what is looked for. */
function softWordsOf(words: readonly string[], wish: AttributeWish): ReadonlySet<string> {
  const narrowing = wish.traits.flatMap((trait) => trait.words.flatMap(searchWordsOf));
  return new Set(narrowing.filter((word) => words.includes(word)));
}

/** «۲ تا»، "3 pieces": how many, which names no product. «۲ تا ۳» is a range. */
const COUNT = /(?<![\p{L}\p{N}])\d{1,2} ?(?:تا|عدد|دونه|دانه|جفت|ta|pcs|pieces?)(?![\p{L}\p{N}])(?! ?\d)/gu;

function namingWordsOf(form: string): string[] {
  return [...new Set(searchWordsOf(form.replace(COUNT, ' ')).filter(namesSomething))].slice(0, MAX_WORDS);
}

/** «کدومشون», «مدلاش»: what is no ending of a name. */
const SPOKEN_ENDING =
  /^([\u0600-\u06ff]{3,}?)(?:هاتونو|هاشونو|اتونو|اشونو|هاتون|هاشون|هاش|اتون|اشون|اش|تون|شون|مون|شو|ش|ه|و)$/u;

/** False for words such as «مدل», which stand in any question and any title. */
export function namesSomething(word: string): boolean {
  return !EMPTY_WORDS.has(word) && !EMPTY_WORDS.has(SPOKEN_ENDING.exec(word)?.[1] ?? '');
}

/** Words as search compares them: «13پرو» is two. */
export function searchWordsOf(text: string): string[] {
  return wordsOf(text).flatMap((word) => word.match(/[\u0600-\u06ff]+|[^\u0600-\u06ff]+/g) ?? []);
}

/** No shop that prices in tomans sells for less, so smaller numbers were said in thousands, and the smallest in millions. */
const SMALLEST_TOMAN_PRICE = 10_000;
const LARGEST_IN_MILLIONS = 20;

/** A bound in the smallest unit of a shop's currency; null when it was named in another one. Pure. */
export function boundIn(bound: PriceBound, currency: Currency, digits: number): bigint | null {
  const iranian = currency === 'IRT' || currency === 'IRR';
  if (!iranian) {
    if (bound.unit === 'irr') return null;
    return BigInt(Math.round(bound.value * 10 ** digits));
  }
  if (bound.unit !== null && bound.unit !== 'irr') return null;
  const namedRial = bound.unit === 'irr' && bound.factor === 1;
  let tomans = namedRial ? bound.value / 10 : bound.value;
  if (!namedRial && !bound.scaled && tomans < SMALLEST_TOMAN_PRICE)
    tomans *= tomans <= LARGEST_IN_MILLIONS ? 1_000_000 : 1000;
  return BigInt(Math.round(currency === 'IRT' ? tomans : tomans * 10));
}
