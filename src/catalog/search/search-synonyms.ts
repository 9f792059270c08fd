import { wordsOf } from '../../text/persian.ts';
import { stemOf } from '../../text/word-match.ts';

/** Words of shops that mean the same, across languages and spellings. One line a meaning; extended as shops need it. */

/** What kind of thing something is. */
/* biome-ignore format: a table of words. */
const KINDS: readonly (readonly string[])[] = [
  ['کیف', 'bag', 'bags', 'handbag', 'kif'], ['کوله', 'کوله‌پشتی', 'backpack', 'rucksack'],
  ['کفش', 'shoe', 'shoes', 'kafsh'], ['کتونی', 'کتانی', 'اسنیکر', 'sneaker', 'sneakers', 'trainers', 'katooni'],
  ['بوت', 'نیم‌بوت', 'چکمه', 'boot', 'boots'], ['صندل', 'دمپایی', 'sandal', 'sandals', 'slippers'],
  ['پیراهن', 'پیرهن', 'شومیز', 'shirt', 'blouse', 'pirahan'], ['تیشرت', 'تی‌شرت', 'tshirt', 't-shirt', 'tee'],
  ['شلوار', 'trousers', 'pants', 'shalvar'], ['جین', 'لی', 'jeans', 'denim'], ['مانتو', 'manto', 'overcoat', 'coat', 'mantoo'],
  ['کت', 'coat', 'blazer'], ['کاپشن', 'ژاکت', 'jacket'], ['هودی', 'سویشرت', 'hoodie', 'sweatshirt'],
  ['پلیور', 'بافت', 'sweater', 'jumper'], ['دامن', 'skirt'], ['لباس', 'dress', 'clothes'],
  ['روسری', 'شال', 'scarf', 'shawl'], ['کمربند', 'belt'], ['کلاه', 'hat', 'cap'], ['جوراب', 'socks'],
  ['عینک', 'glasses', 'sunglasses'], ['ساعت', 'watch', 'saat'], ['دستبند', 'bracelet'], ['گردنبند', 'گردن‌بند', 'necklace'],
  ['انگشتر', 'حلقه', 'ring'], ['گوشواره', 'earring', 'earrings'], ['عطر', 'ادکلن', 'perfume', 'cologne', 'atr'],
  ['کرم', 'cream'], ['رژ', 'رژلب', 'lipstick'], ['شامپو', 'shampoo'], ['صابون', 'soap'],
  ['گوشی', 'موبایل', 'تلفن', 'phone', 'mobile', 'smartphone', 'gushi', 'gooshi'], ['لپ‌تاپ', 'لپتاپ', 'laptop', 'notebook'],
  ['تبلت', 'tablet'], ['هدفون', 'هدست', 'headphone', 'headphones', 'headset'],
  ['ایرپاد', 'هندزفری', 'ایربادز', 'earbuds', 'earphones', 'airpods'], ['شارژر', 'charger'],
  ['پاوربانک', 'پاور‌بانک', 'powerbank', 'power bank'], ['کابل', 'cable'], ['قاب', 'کاور', 'case', 'cover'],
  ['اسپیکر', 'بلندگو', 'speaker'], ['کیبورد', 'صفحه‌کلید', 'keyboard'], ['ماوس', 'موس', 'mouse'],
  ['مانیتور', 'monitor', 'display'], ['تلویزیون', 'tv', 'television'], ['دوربین', 'camera'],
  ['لامپ', 'چراغ', 'آباژور', 'lamp', 'light'], ['فرش', 'قالی', 'carpet', 'rug'], ['میز', 'table', 'desk'],
  ['صندلی', 'chair'], ['مبل', 'کاناپه', 'sofa', 'couch'], ['پتو', 'blanket'], ['بالش', 'pillow'],
  ['لیوان', 'ماگ', 'mug', 'cup'], ['بشقاب', 'plate'], ['قابلمه', 'pot'], ['تابه', 'ماهیتابه', 'pan'],
  ['کتری', 'kettle'], ['قوری', 'teapot'], ['چاقو', 'knife', 'knives'], ['قهوه', 'coffee'], ['چای', 'چایی', 'tea'],
  ['شکلات', 'chocolate'], ['عسل', 'honey'], ['زعفران', 'saffron'], ['پسته', 'pistachio', 'pistachios'],
  ['کیف‌پول', 'wallet', 'wallets', 'purse'], ['جاکلیدی', 'جاسوییچی', 'جاسوئیچی', 'keychain', 'keyring'], ['جاکارتی', 'cardholder'], ['چمدان', 'ساک', 'suitcase', 'luggage'],
  ['کتاب', 'book'], ['دفتر', 'دفترچه', 'notebook'], ['خودکار', 'pen'], ['اسباب‌بازی', 'toy', 'toys'],
  ['عروسک', 'doll'], ['گلدان', 'vase', 'planter'], ['شمع', 'candle'],
];

/** For whom it is, what it is like and who makes it. */
/* biome-ignore format: a table of words. */
const QUALITIES: readonly (readonly string[])[] = [
  ['مردانه', 'مردونه', 'men', 'mens', 'mardane', 'mardone', 'mardune', 'mardoone'], ['زنانه', 'زنونه', 'women', 'womens', 'ladies', 'zanane', 'zanone', 'zanune', 'zanoone'],
  ['بچه', 'بچگانه', 'بچه‌گانه', 'کودک', 'kids', 'children'],
  ['مشکی', 'سیاه', 'black', 'meshki'], ['سفید', 'white', 'sefid'], ['قرمز', 'red', 'ghermez'], ['آبی', 'blue', 'abi'],
  ['سبز', 'green', 'sabz'], ['زرد', 'yellow'], ['صورتی', 'pink'], ['بنفش', 'purple'], ['نارنجی', 'orange'],
  ['قهوه‌ای', 'brown'], ['طوسی', 'خاکستری', 'grey', 'gray'], ['سرمه‌ای', 'navy'], ['کرم', 'بژ', 'beige'],
  ['طلایی', 'gold', 'golden'], ['نقره‌ای', 'silver'], ['چرم', 'چرمی', 'leather', 'charm', 'charmi'], ['نخی', 'نخ', 'پنبه', 'cotton'], ['لینن', 'linen', 'لنین'],
  ['چوبی', 'چوب', 'wooden', 'wood'], ['سرامیکی', 'سرامیک', 'ceramic'], ['بی‌سیم', 'وایرلس', 'wireless', 'bluetooth', 'بلوتوث'],
  ['سامسونگ', 'samsung'], ['اپل', 'apple'], ['آیفون', 'ایفون', 'iphone'], ['شیائومی', 'شیاومی', 'xiaomi'],
  ['هواوی', 'huawei'], ['سونی', 'sony'], ['ایسوس', 'asus'], ['لنوو', 'lenovo'], ['نایک', 'نایکی', 'nike'],
  ['آدیداس', 'ادیداس', 'adidas'], ['پوما', 'puma'],
];

/** «کوله‌پشتی» is written with and without its half-space; as two words each stands for itself. */
function formsOf(meaning: readonly string[]): string[] {
  return meaning.flatMap((entry) => {
    const parts = wordsOf(entry);
    return parts.length > 1 ? [parts.join('')] : parts;
  });
}

const BY_WORD = new Map<string, Set<string>>();
for (const meaning of [...KINDS, ...QUALITIES]) {
  const words = formsOf(meaning);
  for (const word of words) {
    const others = BY_WORD.get(word) ?? new Set();
    for (const other of words) others.add(other);
    BY_WORD.set(word, others);
  }
}

/** Words with the same meaning, the word itself left out. In matching form. */
export function synonymsOf(word: string): string[] {
  return [...(BY_WORD.get(word) ?? [])].filter((other) => other !== word);
}

const KIND_OF = new Map(KINDS.flatMap((meaning, kind) => formsOf(meaning).map((word) => [word, kind] as const)));

/** Words that mean the same when they stand together: "wallet" in a catalog that writes «کیف پول». */
const PHRASES = new Map<string, string[][]>();
for (const meaning of KINDS)
  for (const phrase of meaning.map(wordsOf).filter((words) => words.length > 1))
    for (const word of formsOf(meaning)) PHRASES.set(word, [...(PHRASES.get(word) ?? []), phrase]);

/** Several words that together mean the same as one. In matching form. */
export function phrasesOf(word: string): readonly string[][] {
  return PHRASES.get(word) ?? PHRASES.get(stemOf(word)) ?? [];
}

/** The kinds of things that words in matching form name, each as a number of its own. */
export function kindsAmong(words: readonly string[]): Set<number> {
  const kinds = words.map((word) => KIND_OF.get(word) ?? KIND_OF.get(stemOf(word)));
  return new Set(kinds.filter((kind) => kind !== undefined));
}
