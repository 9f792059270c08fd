import { complains, isNoComplaint } from './complaints.ts';
import { isLatinPersian } from './latin-persian.ts';
import { countLetters, wordsOf } from './persian.ts';
import { readSendWish } from './send-wish.ts';

/**
 * What a customer wants, by rules: the lexicons below, in Persian, Latin-written Persian and English. Pure, and the
 * same
 * for every channel. A phrase is matched word by word in matching form; a last word that ends in `*` matches its
 * beginnings.
 */

/** Most telling first: the order in which they are reported when a message shows several. */
export const INTENTS = [
  'bot_question',
  'handoff',
  'complaint',
  'late',
  'cancel_order',
  'return',
  'warranty',
  'order_status',
  'document',
  'picture',
  'notify',
  'booking',
  'order',
  'discount',
  'shipping',
  'payment',
  'price',
  'availability',
  'hours',
  'address',
  'help',
  'thanks',
  'goodbye',
  'greeting',
] as const;
export type Intent = (typeof INTENTS)[number];

/** Courtesies: they ask nothing of the shop. */
export const SOCIAL_INTENTS: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'goodbye', 'help']);
/** Questions of goods. */
export const GOODS_INTENTS: ReadonlySet<Intent> = new Set(['price', 'availability', 'order']);

/* biome-ignore format: a table of words reads better in lines of its own choosing. */
const LEXICON: Readonly<Record<Intent, readonly string[]>> = {
  bot_question: ['ربات*', 'رباتی', 'بات هستی*', 'آدمی یا', 'آدم هستی*', 'واقعی هستی*', 'are you a bot',
    'are you a robot', 'are you human', 'are you a human', 'are you real', 'are you a real person', 'is this a bot',
    'am i talking to a bot', 'chatbot', 'chat bot'],
  handoff: ['اپراتور*', 'با آدم', 'آدم واقعی', 'یه آدم', 'یک آدم', 'یک انسان', 'با انسان', 'پشتیبان*', 'کارشناس*',
    'با یک نفر', 'با یه نفر', 'با کسی', 'با مسئول*', 'با مدیر*', 'مدیرتون', 'مسئول فروش', 'با همکار*', 'با خودتون',
    'با یکی حرف', 'با یکی صحبت', 'یه نفر جواب', 'یکی جواب', 'یکی بیاد', 'مدیر پیج', 'مدیر فروشگاه', 'صاحب پیج', 'صاحب مغازه', 'صاحب فروشگاه', 'حرف بزنم', 'صحبت کنم', 'صحبت داشته باشم',
    'شماره مدیر', 'موبایل مدیر', 'مدیر سالن*', 'کار شخصی', 'مسئول پیج', 'فروشنده هست*', 'فروشنده جواب', 'harf bezan*', 'sohbat kon*', 'admin', 'modir*', 'زنگ بزنید', 'زنگ بزنین', 'بهم زنگ', 'تماس بگیرید', 'تماس بگیرین', 'ادمین*', 'poshtiban*', 'oprator', 'ye adam', 'yek adam', 'moshaver*', 'human',
    'operator', 'live agent', 'an agent', 'agent please', 'real person', 'a person', 'real human', 'talk to someone',
    'speak to someone', 'speak to a', 'speak with a', 'talk to a', 'customer service', 'customer support',
    'contact support', 'support team', 'representative', 'your manager', 'the manager', 'a manager', 'call me', 'someone real', 'actual person', 'an actual human', 'the owner',
    'shop owner', 'a colleague', 'your colleague', 'talk with someone', 'talk to somebody', 'speak to somebody', 'someone call'],
  complaint: ['شکایت*', 'ناراضی*', 'خراب*', 'شکسته*', 'افتضاح*', 'کلاهبردار*', 'کلاه برداری', 'نرسیده', 'نرسید',
    'به دستم نرسید*', 'اشتباه فرستاد*', 'اشتباه ارسال', 'خیلی بد', 'بی کیفیت', 'پاره بود*', 'پاره شد*', 'پاره شده*', 'لک داشت*', 'لکه داشت*', 'ترک داشت*', 'ترک خورده*', 'زدگی داشت*', 'نشتی داشت*', 'کار نمیکنه', 'کار نمی‌کند', 'روشن نمیشه', 'روشن نمی‌شود',
    'ترش شده*', 'مریض شد*', 'کهنه بود*', 'مونده بود*', 'فاسد*', 'له شده*', 'آبروم رفت', 'تقلبی بود*', 'فیک بود*', 'ریخته بود*', 'kohne bud', 'kohne bood', 'taze nabud', 'taze nabood', 'tazeh nabud', 'smashed', 'crushed', 'half empty', 'arrived empty', 'died after',
    'stopped charging', 'stale', 'spoiled', 'went bad', 'made us sick', 'got sick', 'nothing arrived', 'خراب شد*', 'ایراد داشت', 'ایراد داره', 'ایراد دارد', 'مشکل داشت', 'زمین تا آسمون', 'زمین تا آسمان', 'با عکس فرق*', 'فرق داشت', 'متفاوت بود', 'مثل عکس نبود*', 'شبیه عکس نبود*', 'اون چیزی نبود', 'اونی نبود',
    'اونی نیست که', 'کامل نبود', 'ناقص*', 'اشتباه بود', 'اشتباه اومد*', 'اشتباه اومده', 'به دستم نیومد*', 'بسته‌ام نیومد*', 'بسته نیومد*', 'نه بسته میاد', 'نمیاد چرا', 'دلخور*', 'ناراحتم', 'شاکی*',
    'حساسیت دادم', 'kharab*', 'shekast*', 'nareside*', 'naresid', 'shekayat*', 'narazi*', 'pare bood', 'torn', 'ripped', 'cracked', 'leaking', 'leaked', 'stained', 'missing item*', 'something missing', 'item missing', 'arrived late', 'still not here',
    'still hasn t', 'still haven t received', 'haven t received', 'havent received', 'never received', 'not received', 'not as described', 'not what i ordered', 'doesn t look like', 'nothing like the', 'looks different', 'not like the pic*', 'faulty', 'poor quality', 'bad quality', 'ripped off',
    'complain*', 'broken', 'damaged', 'defective', 'terrible', 'awful',
    'horrible', 'scam*', 'fraud*', 'worst', 'never arrived', 'not arrived', 'hasn t arrived', 'hasnt arrived',
    'didn t arrive', 'didnt arrive', 'wrong item', 'wrong size arrived', 'disappointed', 'unacceptable',
    'stopped working', 'doesn t work', 'not working'],
  late: ['دیر جواب*', 'دیر پاسخ*', 'جواب نمی‌دید*', 'جواب نمی‌دین', 'جواب نمی‌دهید', 'جواب نمی‌دی', 'چرا جواب*', 'جواب بدید', 'جواب بدین', 'جواب بده',
    'جواب ندادید', 'جواب ندادین', 'جوابمو*', 'جواب منو', 'پاسخگو نیست*', 'پاسخ نمی‌دید*', 'پاسخ نمی‌دهید', 'پاسخ بدید', 'کسی نیست', 'کسی اونجا*', 'منتظر جواب*',
    'منتظر پاسخ*', 'منتظرم', 'معطل*', 'javab nemid*', 'javab bed*', 'dir javab', 'answer late', 'late to answer', 'late reply', 'late answer', 'slow to reply',
    'slow reply', 'still waiting', 'don t you answer', 'why no answer', 'no reply', 'not answering', 'not responding', 'answer me', 'anyone there',
    'anybody there', 'anyone here', 'keep me waiting', 'been waiting', 'i m waiting', 'i am waiting'],
  cancel_order: ['لغو سفارش*', 'سفارشم رو لغو', 'سفارشمو لغو', 'سفارش رو لغو', 'سفارش را لغو', 'لغو', 'لغوش', 'laghv*', 'cancel konid', 'cancelesh', 'کنسل*', 'انصراف*',
    'cancel my', 'cancel the order', 'cancel an order', 'cancel order'],
  return: ['مرجوع*', 'پس بدم', 'پسش بدم', 'پس بدهم', 'پس دادن', 'پس می‌گیرید', 'عودت*', 'تعویض*', 'عوض کنم',
    'عوضش کنم', 'ضمانت بازگشت*', 'پولم', 'بازگشت وجه', 'برگشت پول', 'return', 'returns', 'refund*',
    'exchange it', 'can i exchange', 'money back'],
  warranty: ['ضمانت*', 'گارانتی*', 'وارانتی*', 'garanti*', 'zemanat*', 'warranty', 'warranties', 'guarantee*'],
  order_status: ['سفارشم', 'سفارشمو', 'سفارش من', 'سفارش قبلی*', 'وضعیت سفارش*', 'پیگیری*', 'کد رهگیری*',
    'کد پیگیری*', 'بسته‌ام', 'بسته من', 'مرسوله*', 'کجا موند*', 'my order', 'order status', 'status of my', 'track',
    'tracking', 'my package', 'my parcel', 'order number'],
  /** Found by what is asked to be sent. */
  document: [],
  picture: [],
  notify: ['خبرم کن*', 'خبرم کنید', 'خبرم کنین', 'خبر بدید', 'خبر بدین', 'خبر بده', 'خبر بدهید', 'بهم خبر', 'اطلاع بدید', 'اطلاع بدین', 'اطلاع بدهید', 'شارژ شد بگید',
    'موجود شد بگید', 'موجود شد بگین', 'موجود شد پیام', 'khabaram kon*', 'khabar bed*', 'notify me', 'let me know when', 'tell me when it', 'tell me when they',
    'tell me once', 'remind me when', 'when it is back', 'when it s back', 'back in stock'],
  booking: ['نوبت*', 'رزرو*', 'وقت می‌خوام', 'وقت می‌خواستم', 'وقت بگیرم', 'وقت خالی*', 'وقت دارید', 'وقت دارین',
    'وقت بدید', 'book a', 'book an', 'to book', 'book me', 'can i book', 'book for', 'booking*', 'appointment*',
    'reserve', 'reservation*', 'reschedule', 'free slot*', 'available slot*', 'time slot*'],
  order: ['بخرم', 'بخرمش*', 'بخریم', 'بخریمش*', 'می‌خرم', 'می‌خرمش', 'خرید', 'خرید کنم', 'می‌خوامش', 'می‌خوامشون', 'می‌خواهمش',
    'می‌خواستمش', 'سفارش*', 'کنار بذار*', 'کنار بگذار*', 'برمی‌دارم', 'برش می‌دارم', 'لینک خرید', 'لینک پرداخت',
    'شماره کارت*', 'اینو می‌خوام', 'همینو می‌خوام', 'این رو می‌خوام', 'این را می‌خوام', 'یکی می‌خوام',
    'یه دونه می‌خوام', 'یک عدد می‌خوام', 'mikham bekharam', 'mikhamesh', 'mikharam', 'bekharam', 'sefaresh*', 'buy',
    'buying', 'purchase', 'order', 'ordering', 'i want it', 'i want this', 'i want that', 'i want one', 'i want two',
    'i want these', 'i want to get', 'i ll take', 'ill take', 'i will take', 'i ll have', 'can i get one',
    'add to cart', 'checkout', 'check out', 'ready to pay', 'payment link'],
  discount: ['تخفیف*', 'حراج*', 'آف دارید', 'ارزون‌تر', 'ارزان‌تر', 'takhfif*', 'discount*', 'coupon*', 'promo',
    'promo code', 'on sale', 'cheaper'],
  shipping: ['ارسال*', 'پست', 'پستی', 'پیک', 'کی می‌رسه', 'کی می‌رسد', 'چند روزه', 'چند روز', 'تحویل*', 'ersal*', 'shipping', 'ship', 'shipped', 'deliver', 'delivers', 'delivery', 'courier',
    'postage', 'how long does it take'],
  payment: ['پرداخت*', 'کارت به کارت', 'قسط*', 'اقساط*', 'قسطی', 'درگاه*', 'پول رو چطور', 'pay', 'payment*',
    'credit card', 'debit card', 'cash on delivery', 'installment*', 'paypal'],
  price: ['قیمت*', 'چنده', 'چندن', 'چند تومن', 'چند تومان', 'چند می‌شه', 'چند می‌شود', 'چند درمیاد', 'چقدر', 'چقدره',
    'چه قدر', 'هزینه*', 'پرایس', 'gheymat*', 'qeymat*', 'gheimat*', 'ghimat*', 'chande', 'chandeh', 'cheghadr*', 'price', 'prices', 'priced',
    'pricing', 'how much', 'cost', 'costs', 'pp please'],
  availability: ['موجود*', 'دارید', 'دارین', 'داری', 'ناموجود', 'رنگ*', 'سایز*', 'mojood*', 'mojud*', 'darid', 'darin',
    'in stock', 'available', 'do you have', 'have you got', 'do you sell', 'out of stock', 'size', 'sizes', 'color',
    'colors', 'colour', 'colours'],
  hours: ['ساعت کار*', 'ساعات کار*', 'کی باز', 'چه ساعتی', 'تا ساعت', 'از ساعت', 'باز هستید', 'بازید', 'بازین',
    'باز هستین', 'تعطیل*', 'چه روزهایی', 'opening hours', 'working hours', 'business hours', 'open',
    'what time do you', 'when do you close', 'are you closed'],
  address: ['آدرس*', 'کجایید', 'کجایین', 'کجا هستید', 'کجاست', 'لوکیشن*', 'حضوری', 'شعبه*', 'مغازه', 'شماره تماس*',
    'شماره تلفن*', 'adres*', 'kojast', 'address', 'location', 'located', 'where are you', 'where is your',
    'phone number', 'your shop', 'branch'],
  help: ['کمک', 'کمکم', 'راهنمایی*', 'راهنما', 'سوال دارم', 'یه سوال', 'یک سوال', 'komak', 'help',
    'i have a question', 'question'],
  thanks: ['ممنون*', 'مرسی*', 'سپاس*', 'متشکر*', 'تشکر*', 'دستت درد', 'دستتون درد', 'دمت گرم', 'دمتون گرم', 'mersi',
    'merci', 'mamnoon*', 'mamnun*', 'thank', 'thanks', 'thx', 'ty', 'tnx', 'cheers', 'appreciate*'],
  goodbye: ['خداحافظ*', 'خدا حافظ', 'خدانگهدار*', 'فعلا', 'بای', 'شب خوش', 'bye', 'goodbye', 'good bye',
    'good night', 'see you', 'khodahafez'],
  greeting: ['سلام*', 'درود*', 'وقت بخیر', 'وقتتون بخیر', 'صبح بخیر', 'صبحتون بخیر', 'روز بخیر', 'روزتون بخیر',
    'عصر بخیر', 'شب بخیر', 'ظهر بخیر', 'خسته نباشید', 'خسته نباشین', 'خوبی', 'خوبید', 'خوبین', 'چطوری', 'چطورید',
    'salam*', 'khobi', 'khoobi*', 'hi', 'hii', 'hello', 'helo', 'hallo', 'hey', 'hiya', 'good morning',
    'good afternoon', 'good evening', 'how are you'],
};

interface Phrase {
  /** Words with a blank on each open side, ready for `includes`. */
  needle: string;
}

function compile(phrase: string): Phrase {
  const beginning = phrase.endsWith('*');
  return { needle: ` ${wordsOf(phrase).join(' ')}${beginning ? '' : ' '}` };
}

const PHRASES: ReadonlyArray<[Intent, readonly Phrase[]]> = INTENTS.map((intent) => [
  intent,
  LEXICON[intent].map(compile),
]);

/** Words that look like an intent's but are not: taken out before matching. */
const MISLEADING = [
  'خراب نمیشه',
  'خراب میشه',
  'خراب نشه',
  'خراب بشه',
  'پاره نمیشه',
  'in order to',
  'out of order',
  'check out our',
  'open to',
  'no order',
  'سفارشی',
].map((p) => compile(p).needle);
/** «… می‌خوام» asks for one of these, not for goods. */
const NOT_GOODS = new Set(
  [
    'کمک',
    'راهنمایی',
    'اطلاعات',
    'بیشتر',
    'توضیح',
    'توضیحات',
    'عکس',
    'اپراتور',
    'مشاوره',
    'قیمت',
    'آدرس',
    'نوبت',
    'وقت',
    'ارتباط',
    'تخفیف',
    'معذرت',
    'عذر',
  ].flatMap(wordsOf),
);
const WANT = new Set(['می‌خوام', 'می‌خام', 'می‌خواهم', 'می‌خواستم', 'mikham', 'mikhastam'].flatMap(wordsOf));
/** «آبیش رو می‌خوام دوتا», «… لطفا»: said behind the wish. */
const COUNTS = new Set(
  [
    'دوتا',
    'دو',
    'سه',
    'تا',
    'یکی',
    'یدونه',
    'دونه',
    'عدد',
    'لطفا',
    'ممنون',
    'مرسی',
    '2',
    '3',
    '1',
    'lotfan',
    'dota',
  ].flatMap(wordsOf),
);
const REFUSED_FA = /^نمی?(?:خوام|خواهم|خام|خواستم|خرم)/;
const NEGATIONS = new Set(['not', 'don', 'dont', 'never', 'won', 'wont', 'cannot', 'can', 'didn', 'didnt', 'wouldn']);
const NEGATED_BY_T = new Set(['don', 'won', 'can', 'didn', 'wouldn']);

function haystackOf(text: string): string {
  let haystack = ` ${wordsOf(text).join(' ')} `;
  for (const needle of MISLEADING) haystack = haystack.replaceAll(needle, ' ');
  return haystack;
}

/** One turn asks for the same lines again and again: the catalog, the order form and the answer each for themselves. */
const MAX_KEPT = 100;
const kept = new Map<string, readonly Intent[]>();

/** The intents that a message shows, most telling first; empty when no rule knows it. */
export function detectIntents(text: string): Intent[] {
  const known = kept.get(text);
  if (known) return [...known];
  const found = findIntents(text);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(text, found);
  return [...found];
}

function findIntents(text: string): Intent[] {
  const haystack = haystackOf(text);
  const found = new Set<Intent>();
  for (const [intent, phrases] of PHRASES) {
    if (phrases.some((phrase) => haystack.includes(phrase.needle))) found.add(intent);
  }
  if (complains(haystack)) found.add('complaint');
  else if (found.has('complaint') && isNoComplaint(haystack)) found.delete('complaint');
  const sending = readSendWish(haystack.trim().split(' '));
  if (sending?.wants) found.add(sending.wants);
  if (sending?.isShipping) found.add('shipping');
  if (NUMBERED_ORDER.test(haystack)) found.add('order_status');
  if (WHENEVER.test(haystack)) found.add('notify');
  const wantsElse = found.has('booking') || found.has('handoff') || found.has('help');
  if (!wantsElse && (wantsGoods(haystack) || TAKES.test(haystack))) found.add('order');
  // «چند؟» alone asks for a price; «چند روز» does not.
  if (haystack.endsWith(' چند ')) found.add('price');
  const aboutExistingOrder =
    found.has('order_status') || found.has('cancel_order') || found.has('complaint') || found.has('return');
  if (found.has('order') && (aboutExistingOrder || isRefused(haystack))) found.delete('order');
  if (found.has('order_status') && found.has('address')) found.delete('address');
  if (found.has('handoff') && found.has('availability')) found.delete('availability');
  if (found.has('bot_question') && found.has('handoff'))
    found.delete(wantsPerson(haystack) ? 'bot_question' : 'handoff');
  if (found.has('return') && found.has('warranty') && haystack.includes(' ضمانت بازگشت')) found.delete('warranty');
  if (found.has('order') && isSupposed(haystack)) found.delete('order');
  if (found.has('discount') && !asksForLess(haystack)) found.delete('discount');
  if (found.has('booking')) found.delete('availability');
  return INTENTS.filter((intent) => found.has(intent));
}

/** True when the message shows that its writer wants to buy now. */
export function hasPurchaseIntent(text: string): boolean {
  return detectIntents(text).includes('order') && !ASKS_THE_WAY.test(` ${wordsOf(text).join(' ')} `);
}

/** «همون رو ثبت کنید»، «۲ بسته بذارید برام»، «همینو بگیریم»: taken without a word of buying. */
const TAKES =
  / (?:همون|همین|اون|این)\S* (?:\S+ ){0,3}(?:رو |را )?(?:ثبت کن\S*|بگیر(?:م|یم)|برمیدار(?:م|یم)) | (?:\d+|یک|یه|دو|سه|چهار|پنج) ?(?:بسته|تا|عدد|جفت|دونه) (?:بذار\S*|بزار\S*|کنار بذار\S*|ثبت کن\S*)(?: برام| برامون| لطفا)* | (?:سایز|رنگ) \S+ برمیدار(?:م|یم) /;

/** «چطور سفارش بدم؟»: how it is done is asked, and nothing ordered. */
const ASKS_THE_WAY =
  / (?:چطور|چطوری|چجوری|چه جوری|چگونه|از کجا|کجا|how (?:do|can|should|to)|where (?:do|can)|chetor|chejoori|chetori) .{0,40}(?:سفارش|بخر|خرید|order|buy|purchase|sefaresh|bekhar)/;

/** «با آدم واقعی حرف بزنم نه ربات» asks for one; «ربات هستید یا آدم؟» only wonders. */
function wantsPerson(haystack: string): boolean {
  return (
    / (?:نه ربات|نه بات|not a (?:ro)?bot|no bots?) /.test(haystack) ||
    / (?:میخوام|میخواهم|میخواستم|وصل|صحبت|حرف|بدید|بدین|بیاد|جواب بده|want|talk|speak|connect|need|mikham|sohbat|harf) /.test(
      haystack,
    )
  );
}

/** «ارزون‌تر از ۷۰۰» and "cheaper than 50" tell what one has to spend, and ask for nothing off a price. */
const COMPARED =
  / (?:(?:ارزون|ارزان) ?تر از|cheaper than|arz[ou]+n ?tar az)(?= )| (?:از|az) (?:\S+ ){1,5}(?:ارزون|ارزان|arz[ou]+n) ?(?:تر|tar)(?= )/g;

function asksForLess(haystack: string): boolean {
  const rest = haystack.replace(COMPARED, ' ');
  return PHRASES.some(
    ([intent, phrases]) => intent === 'discount' && phrases.some(({ needle }) => rest.includes(needle)),
  );
}

/** «اگه امروز سفارش بدم کی می‌رسه؟» orders nothing yet; «چطور سفارش بدم؟» asks the way to it. */
function isSupposed(haystack: string): boolean {
  const at = haystack.search(/ (?:اگه|اگر|چنانچه|if|suppose|age|agar) /);
  return at >= 0 && /(?:سفارش|بخر|خرید|order|buy|purchase|sefaresh|bekhar)/.test(haystack.slice(at));
}

/** «کیف قرمز رو می‌خوام»: wanting, at the end of the sentence, of something that can be sold. */
function wantsGoods(haystack: string): boolean {
  const words = haystack.trim().split(' ');
  while (words.length > 2 && COUNTS.has(words.at(-1) as string)) words.pop();
  const last = words.at(-1);
  const before = words.at(-2);
  return last !== undefined && before !== undefined && WANT.has(last) && !NOT_GOODS.has(before);
}

/**
 * "I don't want to buy it": a negation at most three words before the buying word; «نمی‌خوام بخرم» wherever it
 * stands.
 */
function isRefused(haystack: string): boolean {
  const words = haystack.trim().split(' ');
  if (words.some((word) => REFUSED_FA.test(word))) return true;
  return words.some((word, at) => {
    if (!/^(buy|order|purchase|want|take)$/.test(word)) return false;
    return words.slice(Math.max(0, at - 3), at).some((earlier, index, slice) => {
      if (!NEGATIONS.has(earlier)) return false;
      return NEGATED_BY_T.has(earlier) ? (slice[index + 1] ?? '') === 't' : true;
    });
  });
}

/** «هر وقت اومد بهم بگین». */
const WHENEVER =
  / (?:وقتی|هر وقت|هروقت|هر موقع|whenever|when|once) (?:\S+ ){1,5}(?:پیام (?:بد\S*)|خبر\S*|(?:به من|بهم) بگ\S*|ping me|message me|text me)(?= )| ping me(?= )/;

/** «سفارش ۲۴۵۱ من»: one that was given its number exists. */
const NUMBERED_ORDER = / (?:سفارش|سفارشم|sefaresh\w*|order(?: number| no)?) (?:شماره )?\d{3,}(?= )/;

const POLITE = new Set(
  ['please', 'pls', 'plz', 'thanks', 'thank', 'you', 'now', 'لطفا', 'ممنون', 'مرسی', 'خواهشا', 'ok'].flatMap(wordsOf),
);
/* biome-ignore format: a table of words. */
const OPT_OUT = messages(['stop', 'stopall', 'stop all', 'unsubscribe', 'unsubscribe me', 'optout', 'opt out',
  'quit', 'end', 'revoke', 'remove me', 'stop messaging me', 'stop texting me', 'stop sending me messages',
  'stop sending messages', 'stop messages', 'do not message me', 'don t message me', 'dont message me',
  'don t text me', 'no more messages', 'استاپ', 'لغو', 'لغو عضویت', 'لغو اشتراک', 'لغو پیام', 'لغو پیامک', 'توقف',
  'متوقف کن', 'متوقف کنید', 'دیگه پیام نده', 'دیگه پیام ندید', 'دیگه پیام ندین', 'دیگر پیام نده', 'دیگر پیام ندهید',
  'دیگه بهم پیام نده', 'دیگه بهم پیام ندید', 'پیام نده', 'پیام ندید', 'پیام ندین', 'پیام ندهید', 'به من پیام ندهید',
  'نفرست', 'دیگه نفرست', 'دیگه نفرستید']);
/* biome-ignore format: a table of words. */
const OPT_IN = messages(['start', 'unstop', 'subscribe', 'resubscribe', 'opt in', 'optin', 'شروع', 'شروع مجدد',
  'شروع کن', 'عضویت', 'اشتراک', 'دوباره پیام بده', 'دوباره پیام بدید']);

function messages(list: readonly string[]): ReadonlySet<string> {
  return new Set(list.map((message) => wordsOf(message).join(' ')));
}

/**
 * Whether a message as a whole asks to stop or to resume messages. Only the whole message counts: "don't stop" and
 * «سفارشم رو لغو کن» ask for something else, and a plain yes is never consent.
 */
export function detectOptOut(text: string): 'opt_out' | 'opt_in' | null {
  if (text.length > 200) return null;
  const message = withoutCourtesy(text);
  if (OPT_OUT.has(message)) return 'opt_out';
  return OPT_IN.has(message) ? 'opt_in' : null;
}

function withoutCourtesy(text: string): string {
  const words = wordsOf(text).filter((word) => !POLITE.has(word));
  return words.filter((word, at) => word !== words[at - 1]).join(' ');
}

/** Whether a message that opts out would, amid an order, only mean the order. */
export function mayMeanOrder(text: string): boolean {
  return withoutCourtesy(text) === 'لغو';
}

/** What writers of either language say. */
const OF_NO_LANGUAGE = new Set(['ok', 'okay', 'okey', 'bye', 'merci', 'wow']);

/** The language that a message is written in, or null when it does not tell (emoji, digits, "ok", links). */
export function detectLanguage(text: string): 'fa' | 'en' | null {
  const prose = text.replace(/\[[a-z_]+\]|(?:https?:\/\/|www\.)\S+|\S+@\S+|[@#]\S+/gu, ' ');
  const { persian, latin } = countLetters(prose);
  // Names of goods are often Latin within a Persian sentence, hardly ever the other way round.
  if (persian > 0 && persian * 3 >= latin) return 'fa';
  if (latin === 0) return null;
  const words = wordsOf(prose);
  if (isLatinPersian(words)) return 'fa';
  return words.every((word) => OF_NO_LANGUAGE.has(word) || /^\d+$/.test(word)) ? null : 'en';
}
