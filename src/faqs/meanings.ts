import { wordsOf } from '../text/persian.ts';

/** What customers ask of a shop's service, in whichever of its languages. Pure. Patterns over words in matching form. */
const form = (...patterns: string[]) => new RegExp(`(?<!\\p{L})(?:${patterns.join('|')})(?!\\p{L})`, 'u');
const SEND =
  '(?:ارسال\\p{L}*|پست\\p{L}*|پیک\\p{L}*|بفرست\\p{L}*|میفرست\\p{L}*|فرستادن|ersal\\p{L}*|post|befrest\\p{L}*|mifrest\\p{L}*|shipping|ship|shipped|deliver\\p{L}*|postage|courier|send)';
const PAY = '(?:پول\\p{L}*|پرداخت\\p{L}*|هزینه\\p{L}*|pool|pardakht\\p{L}*|pay|paying|payment|cash)';

/* biome-ignore format: a table of patterns. */
const MEANINGS = {
  shipping_cost: form(`(?:هزینه|کرایه|قیمت|پول|مبلغ|hazine\\p{L}*) ?(?:ی )?(?:\\p{L}+ )?${SEND}`, `${SEND} (?:\\p{L}+ ){0,3}(?:چقدر\\p{L}*|چنده|چند (?:تومن|تومان|میشه|در ?میاد)|رایگان\\p{L}*|مجانی\\p{L}*|هزینه\\p{L}*|cheghadr\\p{L}*|chande|rayegan\\p{L}*|costs?|fees?|charges?|price|free)`,
    `(?:free|رایگان|مجانی|rayegan) (?:\\p{L}+ )?${SEND}`, `how much (?:\\p{L}+ ){0,4}${SEND}`, `(?:cost|fee|charge|price)s? (?:\\p{L}+ ){0,3}${SEND}`),
  shipping_time: form('میرس(?:ه|ونید|ونین|د)', 'برسه', 'mires(?:e|eh)', 'arrives? (?:by|before|on|in)', '(?:get|have|receive) it (?:by|before|on|in)', 'چند روز\\p{L}*(?! پیش)', '(?:کی|چه روزی|چند وقته?|تا کی) (?:\\p{L}+ ){0,3}(?:میرس\\p{L}*|برس\\p{L}*|میاد|ارسال\\p{L}*|میفرست\\p{L}*|دستم|بدستم|تحویل\\p{L}*)', '(?:چقدر|چه قدر|چند روز|چند وقت) (?:\\p{L}+ ){0,3}(?:طول|زمان|میکشه)', '(?:زمان|مدت) ?(?:ی )?(?:\\p{L}+ )?(?:ارسال|تحویل|رسیدن)\\p{L}*', 'chand rooz\\p{L}*', 'key (?:\\p{L}+ ){0,2}mires\\p{L}*', 'key ersal\\p{L}*',
    `how (?:long|fast|soon|many days)(?: \\p{L}+){0,6} (?:${SEND}|take|arrive|get here|receive)`, 'how long does it take', 'how long (?:is|until|till|for) (?:the )?(?:delivery|shipping)', '(?:delivery|shipping) times?', 'when (?:will|would|can|does) (?:\\p{L}+ ){0,4}(?:arrive|come|get|receive|be delivered|ship)'),
  shipping_where: form('(?:به|برا(?:ی)?|be|baraye?) (?:شهرستان\\p{L}*|همه ?(?:جا|ی)|سراسر|کل|خارج\\p{L}*|shahrestan\\p{L}*)', `کجاها (?:\\p{L}+ )?${SEND}`, `${SEND} (?:به|برا(?:ی)?|be|baraye?) \\p{L}+`, `(?:به|برا(?:ی)?|be) \\p{L}+ (?:هم )?${SEND}`, 'محدوده\\p{L}*', '(?:ship|deliver|send|delivery|shipping) (?:it )?(?:to|outside|abroad|internationally|nationwide|anywhere)', 'international'),
  shipping_way: form('(?:با|از طریق) (?:چی|پست|پیک|تیپاکس|باربری|چه پستی) (?:\\p{L}+ )?(?:میفرست\\p{L}*|ارسال\\p{L}*)', 'تیپاکس', '(?:نحوه|روش|چطور\\p{L}*|چجوری|چگونه) ?(?:ی )?(?:\\p{L}+ )?(?:ارسال\\p{L}*|میفرست\\p{L}*)', '(?:how|which courier|what courier) do you (?:ship|deliver|send|use)', 'shipping methods?'),
  pay_on_delivery: form(`(?:موقع|هنگام|زمان|وقت|وقتی|بعد از|پس از|در ?ب?|دم) ?(?:ی )?(?:تحویل|رسید|گرفتم|منزل|در|خونه)\\p{L}* ?(?:\\p{L}+ ){0,4}${PAY}`, `${PAY} (?:\\p{L}+ ){0,3}(?:موقع|هنگام|زمان|وقت|بعد از|در ?ب?|دم) (?:تحویل|منزل|در|خونه)`, 'پرداخت در محل', 'درب منزل', 'dar mahal', 'dame dar', 'cash on delivery', 'cod', '(?:pay|payment|cash) (?:\\p{L}+ ){0,3}(?:on|at|upon|when|after) (?:\\p{L}+ ){0,3}(?:delivery|door|arriv\\p{L}*|receiv\\p{L}*|get)'),
  installments: form('قسط\\p{L}*', 'اقساط\\p{L}*', 'چکی', 'چند ?ماهه پرداخت', 'اسنپ ?پی', 'تارا پی', 'ghest\\p{L}*', 'aghsat\\p{L}*', 'installments?', 'instalments?', 'pay later', 'monthly payments?', 'pay monthly'),
  card_transfer: form('کارت به کارت', 'شماره (?:کارت|حساب|شبا)\\p{L}*', 'واریز\\p{L}*', 'kart be kart', 'shomare (?:kart|hesab)\\p{L}*', 'card to card', 'bank transfer', 'transfer (?:the )?money', 'account number'),
  payment_way: form('(?:چطور\\p{L}*|چجوری|چگونه|نحوه|روش|راه|شیوه)\\p{L}* ?(?:ی |های )?(?:\\p{L}+ )?(?:پرداخت|پول)\\p{L}*', 'درگاه\\p{L}*', 'پرداخت انلاین', 'chetori? (?:\\p{L}+ )?(?:pardakht|pool)\\p{L}*', 'how (?:can|do|should) (?:i|we) pay', 'payment (?:methods?|options?|ways?)', 'ways? (?:to pay|of payment)', '(?:credit|debit|visa|master) ?cards?', 'accept (?:\\p{L}+ )?(?:cards?|cash|paypal)'),
  exchange: form('تعویض\\p{L}*', 'عوض\\p{L}* (?:کن\\p{L}*|میکن\\p{L}*|بش\\p{L}*)', '(?:سایز|اندازه)\\p{L}* (?:\\p{L}+ ){0,4}(?:نبود|نشد|نخورد|نخوره|نباش\\p{L}*|نشه|کوچیک\\p{L}*|کوچک\\p{L}*|بزرگ\\p{L}*|تنگ\\p{L}*|گشاد\\p{L}*)', '(?:کوچیک|کوچک|بزرگ|تنگ|گشاد)\\p{L}* (?:برام|بود|شد|باشه|بشه|دراومد)', 'اندازه?م (?:نبود|نشد|نباشه|نشه)', 'taviz\\p{L}*', 'avaz\\p{L}* (?:kon\\p{L}*|mikon\\p{L}*)', 'andaza?m (?:nabood|nashod|nabashe|nashe)', 'exchange\\p{L}*', 'swap\\p{L}*', '(?:doesn t|does not|didn t|won t|not) fit', 'wrong size', 'too (?:small|big|tight|large|loose)'),
  returns: form('مرجوع\\p{L}*', 'پس(?:ش)? (?:بد\\p{L}*|داد\\p{L}*|می ?گیر\\p{L}*|بفرست\\p{L}*|فرستاد\\p{L}*|می ?د\\p{L}*)', 'برگشت\\p{L}*', 'برگردون\\p{L}*', 'عودت\\p{L}*', 'بازگشت (?:وجه|پول|کالا)', 'ضمانت بازگشت', 'marjoo\\p{L}*', 'pas bed\\p{L}*', 'returns?', 'returned', 'refund\\p{L}*', 'money back', 'send (?:it|them) back', 'change my mind'),
  hours: form('ساع(?:ت|ات) ?(?:ی )?(?:کار\\p{L}*|باز\\p{L}*|فعالیت)', '(?:چه ساعتی|کی|تا کی|تا چند|از چند|تا ساعت چند) (?:\\p{L}+ ){0,2}(?:باز\\p{L}*|هستید|هستین|می ?بند\\p{L}*|تعطیل\\p{L}*)', 'ساعت \\d{1,2} ?(?:شب|صبح|ظهر|عصر|بعدازظهر)? (?:\\p{L}+ ){0,2}(?:هستید|هستین|باز\\p{L}*)', 'باز(?:ید|ین|ه| هستید| هستین| میکنید| میکنین|ه الان)', 'تعطیل\\p{L}*', '(?:جمعه|پنجشنبه|شنبه|یکشنبه|امروز|فردا|الان|جمعه ها|روزای تعطیل)\\p{L}* (?:\\p{L}+ ){0,2}(?:باز\\p{L}*|هستید|هستین|کار میکن\\p{L}*)', 'saat\\p{L}* kar\\p{L}*', 'baz(?:id|in| hastid| hastin)', '(?:opening|working|business|shop|your|store) hours', 'what are your hours', '(?:are you|is (?:the|your) (?:shop|store)|you guys) (?:\\p{L}+ )?(?:open|closed)', '(?:when|what time|until what time|till when) do you (?:open|close)', 'open (?:on|until|till|now|today|tomorrow|at)'),
  address: form('ادرس(?!ی)\\p{L}*', 'کجای(?:ید|ین)', '(?:کجا|کدوم (?:شهر|خیابون|محله)\\p{L}*) (?:هستید|هستین|ست|بیام|بیایم|میتونم بیام)', '(?:فروشگاه|مغازه|شعبه|دفتر|سالن|مطب|کافه|رستوران|اتلیه|پیج)\\p{L}* (?:\\p{L}+ ){0,2}کجا\\p{L}*', 'کجا (?:\\p{L}+ ){0,3}(?:ببینم|ببینمش|بخرم حضوری|پرو)', 'حضوری', 'از نزدیک', 'لوکیشن\\p{L}*', 'شعبه\\p{L}*', 'مغازه\\p{L}* دار(?:ید|ین)', 'adres\\p{L}*', 'kojaei?(?:d|n)|kojast|hozoori', '(?:your|shop|store|the) (?:address|location|showroom)', 'where (?:are you|is (?:your|the) (?:shop|store|salon|clinic|place|office|restaurant|cafe))(?: located| based)?', 'physical (?:shop|store)', '(?:visit|come (?:to|by|see)|see it|try it|pick ?up) (?:\\p{L}+ ){0,3}(?:in person|shop|store|myself)', 'in person', 'located|branch(?:es)?'),
  phone: form('شماره ?(?:ی )?(?:تماس|تلفن|موبایل|واتس ?اپ)\\p{L}*', 'تلفن\\p{L}*', 'واتس ?اپ\\p{L}*', 'shomare (?:tamas|telefon)\\p{L}*', '(?:phone|contact|whatsapp|telephone) ?(?:number)?'),
  wrapping: form('بسته ?بندی\\p{L}*', 'کادو ?پیچ\\p{L}*', 'کادو\\p{L}* (?:هم )?(?:کن\\p{L}*|میکن\\p{L}*|بگیر\\p{L}*|بش\\p{L}*|شده)', 'کاغذ کادو', 'جعبه\\p{L}* (?:کادو\\p{L}*|هدیه)', 'baste ?bandi\\p{L}*', 'kado (?:mikon\\p{L}*|kon\\p{L}*)', '(?:gift )?wrap\\p{L}*', 'gift (?:box|bag|packag\\p{L}*)', 'packag(?:ing|ed)'),
  wholesale: form('عمده\\p{L}*', 'تعداد (?:بالا|زیاد)', 'همکار(?:ی)? (?:قیمت|تخفیف)', 'omde\\p{L}*', 'wholesale', 'bulk', 'large (?:orders?|quantit\\p{L}*)', 'reseller'),
  originality: form('اصل(?:ه|ن|ی|یه|ا)?(?= |$)', 'اورجینال\\p{L}*', 'اوریجینال\\p{L}*', 'اصالت\\p{L}*', 'فیک\\p{L}*', 'کپی\\p{L}*', 'تقلبی\\p{L}*', 'orig?inal', 'genuine', 'authentic\\p{L}*', 'fake', 'asl(?:e|an)?'),
  warranty: form('گارانتی\\p{L}*', 'وارانتی\\p{L}*', 'ضمانت(?! بازگشت)\\p{L}*', 'garanti\\p{L}*', 'warrant\\p{L}*', 'guarantee\\p{L}*'),
  discount: form('تخفیف\\p{L}*', 'حراج\\p{L}*', 'جشنواره', 'کد تخفیف', 'takhfif\\p{L}*', 'discounts?', 'coupons?', 'promo\\p{L}*', 'on sale', 'sales?(?= on| now|$)'),
  invoice: form('فاکتور\\p{L}*', 'factor|faktor', 'invoices?', 'receipts?'),
  ordering: form('(?:چطور\\p{L}*|چجوری|چگونه|نحوه|روش|از کجا) ?(?:ی )?(?:\\p{L}+ ){0,3}(?:سفارش|خرید|بخرم|ثبت)\\p{L}*', 'chetori? (?:\\p{L}+ ){0,2}(?:sefaresh|bekharam|kharid)\\p{L}*', 'how (?:can|do|should) (?:i|we) (?:order|buy|purchase|place)', 'how to (?:order|buy)', 'order process'),
  tracking: form('ره ?گیری\\p{L}*', 'پیگیری\\p{L}*', 'rahgiri', 'track(?:ing)?'),
  care: form('شست ?و? ?شو\\p{L}*', 'بشور\\p{L}*', 'میشور\\p{L}*', 'لباس ?شویی\\p{L}*', 'اتو\\p{L}*', 'نگهداری\\p{L}*', 'wash\\p{L}*', 'iron(?:ing|ed)?', 'take care of', 'care instructions?', 'machine'),
  size_guide: form('(?:راهنمای?|جدول|چارت) سایز\\p{L}*', 'سایز ?بندی\\p{L}* چطور\\p{L}*', '(?:چه|کدوم) سایزی? (?:\\p{L}+ ){0,3}(?:بخرم|بگیرم|بردارم|مناسب|میشه|بهم|بهتره|اندازم)', 'قد\\p{L}* (?:\\p{L}+ )?(?:\\d+ )?(?:\\p{L}+ )?وزن', 'size (?:chart|guide|table)', '(?:which|what) size (?:should|do|would|is right|fits)', 'my size'),
  booking: form('نوبت\\p{L}*', 'رزرو\\p{L}*', 'وقت (?:گرفتن|بگیر\\p{L}*|میخوا\\p{L}*|خالی)', 'nobat\\p{L}*', 'rezerv\\p{L}*', 'appointments?', 'book(?:ing)?', 'reserv\\p{L}*'),
  cancelling: form('(?:لغو|کنسل)\\p{L}* (?:\\p{L}+ ){0,2}(?:کن\\p{L}*|نوبت|سفارش|رزرو|وقت)', 'cancel\\p{L}*', 'cancellation'),
  minimum: form('حداقل (?:\\p{L}+ )?(?:سفارش|خرید|تعداد)', 'hadaghal\\p{L}* (?:sefaresh|kharid)', 'minimum (?:order|purchase|quantity)'),
  parking: form('پارک(?:ینگ)?\\p{L}*', 'parking'),
  allergy: form('حساسیت\\p{L}*', 'الرژی\\p{L}*', 'گلوتن', 'allerg\\p{L}*', 'gluten', 'nuts?'),
  ingredients: form('مواد (?:اولیه|تشکیل ?دهنده)', 'ترکیبات\\p{L}*', 'نگهدارنده', 'ingredients?', 'preservatives?', 'vegan', 'vegetarian', 'وگان', 'گیاهی'),
  expiry: form('انقضا\\p{L}*', 'تاریخ (?:مصرف|تولید|انقضا)\\p{L}*', 'چقدر (?:\\p{L}+ )?(?:میمونه|ماندگار\\p{L}*)', 'expir\\p{L}*', 'shelf life', 'best before'),
  custom: form('سفارشی', 'شخصی ?سازی\\p{L}*', 'حکاکی', 'custom\\p{L}*', 'personali[sz]ed?', 'engrav\\p{L}*'),
} as const satisfies Record<string, RegExp>;

export type Meaning = keyof typeof MEANINGS;
const NAMES = Object.keys(MEANINGS) as Meaning[];

/** Whatever is said of delivery or payment may answer these. */
const BROAD: ReadonlySet<Meaning> = new Set(['shipping_way', 'shipping_where', 'payment_way']);

/** True where a text asks for nothing that only an answer of its own kind answers. */
export function isBroad(meanings: ReadonlySet<Meaning>): boolean {
  return [...meanings].every((meaning) => BROAD.has(meaning));
}

/** What a text asks or tells of a shop's service; empty where none of it. */
export function meaningsOf(text: string): Set<Meaning> {
  const words = wordsOf(text.slice(0, 1000)).join(' ');
  return new Set(NAMES.filter((name) => MEANINGS[name].test(words)));
}
