import { formPattern } from '../text/form-pattern.ts';
import { wordsOf } from '../text/persian.ts';

/** What customers ask of a shop's service, in whichever of its languages. Pure. Patterns over words in matching form. */
const form = (...patterns: string[]) => new RegExp(formPattern(`(?<!\\p{L})(?:${patterns.join('|')})(?!\\p{L})`), 'u');
const SEND =
  '(?:ارسال\\p{L}*|پست\\p{L}*|پیک\\p{L}*|بفرست\\p{L}*|میفرست\\p{L}*|فرستادن|ersal\\p{L}*|post|peyk|befrest\\p{L}*|mifrest\\p{L}*|shipping|ship|shipped|deliver\\p{L}*|postage|courier|send(?! me| us))';
const PAY = '(?:پول\\p{L}*|پرداخت\\p{L}*|هزینه\\p{L}*|pool|pardakht\\p{L}*|pay|paying|payment|cash)';

/* biome-ignore format: a table of patterns. */
const MEANINGS = {
  shipping: form(SEND, '(?:bring|drop) (?:it|them|this)?(?: \\p{L}+){0,2} ?to'),
  shipping_cost: form(`(?:هزینه|کرایه|قیمت|پول|مبلغ|hazine\\p{L}*) ?(?:ی )?(?:\\p{L}+ )?${SEND}`, `${SEND} (?:\\p{L}+ ){0,3}(?:چقدر\\p{L}*|چنده|چند (?:تومن|تومان|میشه|در ?میاد)|رایگان\\p{L}*|مجانی\\p{L}*|هزینه\\p{L}*|cheghadr\\p{L}*|chande|rayegan\\p{L}*|costs?|fees?|charges?|price|free)`,
    `(?:free|رایگان|مجانی|rayegan) (?:\\p{L}+ )?${SEND}`, `how much (?:\\p{L}+ ){0,4}${SEND}`, `(?:cost|fee|charge|price)s? (?:\\p{L}+ ){0,3}${SEND}`),
  shipping_time: form('میرس(?:ه|ونید|ونین|د)', 'how long (?:until|till|before) (?:it|they) (?:\\p{L}+ )?(?:gets?|arrives?|comes?|here)', 'برسه', 'mires(?:e|eh)', 'arrives? (?:by|before|on|in)', '(?:get|have|receive) it (?:by|before|on|in (?:time|\\d+|an?|two|three))', 'چند روز\\p{L}*(?! پیش)', '(?:کی|چه روزی|چند وقته?|تا کی) (?:\\p{L}+ ){0,3}(?:میرس\\p{L}*|برس\\p{L}*|میاد|ارسال\\p{L}*|میفرست\\p{L}*|دستم|بدستم|تحویل\\p{L}*)', '(?:چقدر|چه قدر|چند روز|چند وقت) (?:\\p{L}+ ){0,3}(?:طول|زمان|میکشه)', '(?:زمان|مدت) ?(?:ی )?(?:\\p{L}+ )?(?:ارسال|تحویل|رسیدن)\\p{L}*', 'chand rooz\\p{L}*', 'key (?:\\p{L}+ ){0,2}mires\\p{L}*', 'key ersal\\p{L}*',
    `how (?:long|fast|soon|many days)(?: \\p{L}+){0,6} (?:${SEND}|take|arrive|get here|receive)`, 'how long does it take', 'how long (?:is|until|till|for) (?:the )?(?:delivery|shipping)', '(?:delivery|shipping) times?', 'when (?:will|would|can|does) (?:\\p{L}+ ){0,4}(?:arrive|come|get|receive|be delivered|ship)'),
  shipping_where: form('(?:به|برا(?:ی)?|be|baraye?) (?:شهرستان\\p{L}*|همه ?(?:جا|ی)|سراسر|کل|خارج\\p{L}*|shahrestan\\p{L}*)', `کجاها (?:\\p{L}+ )?${SEND}`, `${SEND} (?:به|برا(?:ی)?|be|baraye?) \\p{L}+`, `(?:به|برا(?:ی)?|be) \\p{L}+ (?:هم )?${SEND}`, 'محدوده\\p{L}*', '(?:ship|deliver|send|delivery|shipping) (?:it )?(?:to|outside|abroad|internationally|nationwide|anywhere)', 'international'),
  shipping_way: form('(?:با|از طریق) (?:چی|پست|پیک|تیپاکس|باربری|چه پستی) (?:\\p{L}+ )?(?:میفرست\\p{L}*|ارسال\\p{L}*)', 'تیپاکس', '(?:نحوه|روش|چطور\\p{L}*|چجوری|چگونه) ?(?:ی )?(?:\\p{L}+ )?(?:ارسال\\p{L}*|میفرست\\p{L}*)', '(?:how|which courier|what courier) do you (?:ship|deliver|send|use)', 'shipping methods?'),
  pay_on_delivery: form(`(?:موقع|هنگام|زمان|وقت|وقتی|بعد از|پس از|در ?ب?|دم) ?(?:ی )?(?:تحویل|رسید|گرفتم|منزل|در|خونه)\\p{L}* ?(?:\\p{L}+ ){0,4}${PAY}`, `${PAY} (?:\\p{L}+ ){0,3}(?:موقع|هنگام|زمان|وقت|بعد از|در ?ب?|دم) (?:تحویل|منزل|در|خونه)`, 'پرداخت در محل', 'درب منزل', 'dar mahal', 'dame dar', 'cash on delivery', 'cod', '(?:pay|payment|cash) (?:\\p{L}+ ){0,3}(?:on|at|upon|when|after) (?:\\p{L}+ ){0,3}(?:delivery|door|arriv\\p{L}*|receiv\\p{L}*|get)'),
  installments: form('قسط\\p{L}*', 'نقد\\p{L}* (?:\\p{L}+ ){0,2}نمی?\\p{L}+', 'نمی?تون\\p{L}* (?:\\p{L}+ ){0,3}(?:نقد\\p{L}*|یکجا|یه ?جا|همشو)', 'چند (?:مرحله|قسمت|بار) (?:\\p{L}+ )?(?:پرداخت|بدم)', '(?:split|spread)\\p{L}* (?:\\p{L}+ ){0,4}(?:payments?|cost|price)?', 'in (?:\\d+ |\\p{L}+ )?payments', 'can ?t pay (?:\\p{L}+ ){0,3}(?:at once|all|full)', 'tabby|tamara|klarna|afterpay', 'اقساط\\p{L}*', 'چکی', 'چند ?ماهه پرداخت', 'اسنپ ?پی', 'تارا پی', 'ghest\\p{L}*', 'aghsat\\p{L}*', 'installments?', 'instalments?', 'pay later', 'monthly payments?', 'pay monthly'),
  card_transfer: form('کارت به کارت', 'شماره (?:کارت|حساب|شبا)\\p{L}*', 'واریز\\p{L}*', 'kart be kart', 'shomare (?:kart|hesab)\\p{L}*', 'card to card', 'bank transfer', 'transfer (?:the )?money', 'account number'),
  payment_way: form(`(?:انلاین|اینترنتی|online) ${PAY}`, '(?:چطور\\p{L}*|چجوری|چگونه|نحوه|روش|راه|شیوه)\\p{L}* ?(?:ی |های )?(?:\\p{L}+ )?(?:پرداخت|پول)\\p{L}*', 'درگاه\\p{L}*', 'پرداخت انلاین', 'chetori? (?:\\p{L}+ )?(?:pardakht|pool)\\p{L}*', 'how (?:can|do|should) (?:i|we) pay', 'payment (?:methods?|options?|ways?)', 'ways? (?:to pay|of payment)', 'cash(?! now| and we)', '(?:credit|debit|visa|master) ?cards?', 'accept (?:\\p{L}+ )?(?:cards?|cash|paypal)'),
  exchange: form('تعویض\\p{L}*', 'عوض\\p{L}* (?:کن\\p{L}*|میکن\\p{L}*|بش\\p{L}*)', '(?:سایز|اندازه)\\p{L}* (?:\\p{L}+ ){0,4}(?:نبود|نشد|نخورد|نخوره|نباش\\p{L}*|نشه|کوچیک\\p{L}*|کوچک\\p{L}*|بزرگ\\p{L}*|تنگ\\p{L}*|گشاد\\p{L}*)', '(?:کوچیک|کوچک|بزرگ|تنگ|گشاد)\\p{L}* (?:برام|بود|شد|باشه|بشه|دراومد)', 'اندازه?م (?:نبود|نشد|نباشه|نشه)', 'taviz\\p{L}*', 'avaz\\p{L}* (?:kon\\p{L}*|mikon\\p{L}*)', 'andaza?m (?:nabood|nashod|nabashe|nashe)', 'exchange\\p{L}*', 'swap\\p{L}*', '(?:doesn t|does not|didn t|won t|not) fit', 'wrong size', 'too (?:small|big|tight|large|loose)'),
  returns: form('مرجوع\\p{L}*', 'پس(?:ش)? (?:بد\\p{L}*|داد\\p{L}*|می ?گیر\\p{L}*|بفرست\\p{L}*|فرستاد\\p{L}*|می ?د\\p{L}*)', 'برگشت\\p{L}*', 'برگردون\\p{L}*', 'عودت\\p{L}*', 'بازگشت (?:وجه|پول|کالا)', 'ضمانت بازگشت', 'marjoo\\p{L}*', 'pas bed\\p{L}*', 'returns?', 'returned', 'refund\\p{L}*', 'money back', 'send (?:it|them) back', 'change my mind'),
  hours: form('(?:تا|از) (?:چند|ساعت چند|چه ساعتی) (?:\\p{L}+ ){0,2}(?:باز\\p{L}*|هست\\p{L}*|کار|سر ?کار|جواب)', '(?:ta|az) (?:chand|key|saat) (?:\\p{L}+ ){0,2}(?:baz\\p{L}*|hast\\p{L}*)', 'baz (?:hastid|hastin|mikonid)|bazid|bazin', '(?:what|which) (?:time|hours|days) (?:\\p{L}+ ){0,3}(?:open|close|work)\\p{L}*', 'when (?:\\p{L}+ ){0,3}(?:open|close|closing)', 'opening times?|closing time|hours of', 'ساع(?:ت|ات) ?(?:ی )?(?:کار\\p{L}*|باز\\p{L}*|فعالیت)', '(?:چه ساعتی|کی|تا کی|تا چند|از چند|تا ساعت چند) (?:\\p{L}+ ){0,2}(?:باز\\p{L}*|هستید|هستین|می ?بند\\p{L}*|تعطیل\\p{L}*)', 'ساعت \\d{1,2} ?(?:شب|صبح|ظهر|عصر|بعدازظهر)? (?:\\p{L}+ ){0,2}(?:هستید|هستین|باز\\p{L}*)', 'باز(?:ید|ین|ه| هستید| هستین| میکنید| میکنین|ه الان)', 'تعطیل\\p{L}*', '(?:جمعه|پنجشنبه|شنبه|یکشنبه|امروز|فردا|الان|جمعه ها|روزای تعطیل)\\p{L}* (?:\\p{L}+ ){0,2}(?:باز\\p{L}*|هستید|هستین|کار میکن\\p{L}*)', 'saat\\p{L}* kar\\p{L}*', 'baz(?:id|in| hastid| hastin)', '(?:opening|working|business|shop|your|store) hours', 'what are your hours', '(?:are you|is (?:the|your) (?:shop|store)|you guys) (?:\\p{L}+ )?(?:open|closed)', '(?:when|what time|until what time|till when) do you (?:open|close)', 'open (?:on|until|till|now|today|tomorrow|at)'),
  address: form('ادرس(?!ی)\\p{L}*', '(?:the |ur |your )?address', 'کجای \\p{L}+', 'کجا(?:یید|یین|ین|ید|ست)', 'کجا (?:ه?ست|هستش|واقع\\p{L}*)', 'koja(?: \\p{L}+)? ?(?:hast\\p{L}*|st|id|in)', 'where (?:exactly |abouts? )?(?:are|r) (?:you|u)', '(?:get|come|drive|go) to (?:ur|your|the|you)(?: (?:shop|store|salon|place|office|branch|clinic))?', '(?:با )?مترو|ایستگاه|نزدیک کجا', 'metro|subway|bus stop|directions?', 'از کجا (?:بیام|بیایم)|چطور\\p{L}* (?:بیام|بیایم)', 'کجای(?:ید|ین)', '(?:کجا|کدوم (?:شهر|خیابون|محله)\\p{L}*) (?:هستید|هستین|ست|بیام|بیایم|میتونم بیام)', '(?:فروشگاه|مغازه|شعبه|دفتر|سالن|مطب|کافه|رستوران|اتلیه|پیج)\\p{L}* (?:\\p{L}+ ){0,2}کجا\\p{L}*', 'کجا (?:\\p{L}+ ){0,3}(?:ببینم|ببینمش|بخرم حضوری|پرو)', 'حضوری', 'از نزدیک', 'لوکیشن\\p{L}*', 'شعبه\\p{L}*', 'مغازه\\p{L}* دار(?:ید|ین)', 'adres\\p{L}*', 'kojaei?(?:d|n)|kojast|hozoori', '(?:your|shop|store|the) (?:address|location|showroom)', 'where (?:are you|is (?:your|the) (?:shop|store|salon|clinic|place|office|restaurant|cafe))(?: located| based)?', 'physical (?:shop|store)', '(?:visit|come (?:to|by|see)|see it|try it|pick ?up) (?:\\p{L}+ ){0,3}(?:in person|shop|store|myself)', 'in person', 'located|branch(?:es)?'),
  phone: form('(?:شماره|تلفن)\\p{L}* (?:بد(?:ید|ین)|دارید|دارین|میدین|میدید)', 'شماره ?(?:ی )?(?:تماس|تلفن|موبایل|واتس ?اپ)\\p{L}*', 'تلفن\\p{L}*', 'واتس ?اپ\\p{L}*', 'shomare (?:tamas|telefon)\\p{L}*', '(?:phone|contact|whatsapp|telephone) ?(?:number)?'),
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
  cancelling: form('ن(?:می)?تون\\p{L}* (?:بیام|بیایم|بیاد)', 'نشد (?:بیام|بیایم)', 'جابه ?جا\\p{L}*', 'عوض کردن (?:وقت|نوبت|ساعت)', '(?:لغو|کنسل)\\p{L}*', 'can ?t (?:come|make it)|cannot (?:come|make it)|reschedul\\p{L}*', '(?:لغو|کنسل)\\p{L}* (?:\\p{L}+ ){0,2}(?:کن\\p{L}*|نوبت|سفارش|رزرو|وقت)', 'cancel\\p{L}*', 'cancellation'),
  minimum: form('حداقل (?:\\p{L}+ )?(?:سفارش|خرید|تعداد)', 'hadaghal\\p{L}* (?:sefaresh|kharid)', 'minimum (?:order|purchase|quantity)'),
  parking: form('پارک(?:ینگ)?\\p{L}*', '(?:ماشین|خودرو)\\p{L}* (?:\\p{L}+ ){0,2}(?:کجا|بذار\\p{L}*|بگذار\\p{L}*)', 'کجا (?:\\p{L}+ ){0,2}(?:ماشین|بذارم)', 'park(?:ing)?', '(?:where|place) (?:\\p{L}+ ){0,4}(?:my )?car', 'mashin\\p{L}* (?:\\p{L}+ )?koja'),
  allergy: form('حساسیت\\p{L}*', 'الرژی\\p{L}*', 'گلوتن', 'allerg\\p{L}*', 'gluten', 'nuts?'),
  ingredients: form('مواد (?:اولیه|تشکیل ?دهنده)', 'ترکیبات\\p{L}*', 'نگهدارنده', 'ingredients?', 'preservatives?', 'vegan', 'vegetarian', 'وگان', 'گیاهی'),
  expiry: form('انقضا\\p{L}*', 'تاریخ (?:مصرف|تولید|انقضا)\\p{L}*', 'چقدر (?:\\p{L}+ )?(?:میمونه|ماندگار\\p{L}*)', 'expir\\p{L}*', 'shelf life', 'best before'),
  men: form('اقا(?:یون|یان|ها)?', 'مردا(?:نه)?|مردها|مردونه', 'شوهرم|نامزدم|پسرا', 'aghayoon|mardha', 'm[ae]n|males?|guys|gentlemen|(?:my )?(?:husband|boyfriend)'),
  children: form('بچه ?(?:م|ام|ها|مو)?', 'کودک\\p{L}*|خردسال\\p{L}*|نوزاد\\p{L}*|فرزند\\p{L}*', '(?:دختر|پسر)(?:م|مو|مون)? ?(?:\\d+ سال\\p{L}*)?(?: \\p{L}+){0,2} (?:بیار\\p{L}*|همرام|میاد)', '(?:دختر|پسر) (?:\\d+|\\p{L}+) سال\\p{L}*', 'bache\\p{L}*', '(?:bring|with) (?:\\p{L}+ ){0,2}(?:kids?|child(?:ren)?|baby|son|daughter|toddler)', 'kids?|child(?:ren)?|toddlers?'),
  deposit: form('بیعانه\\p{L}*|بیعونه\\p{L}*', 'پیش ?پرداخت\\p{L}*|ودیعه', 'beyane\\p{L}*|pish ?pardakht', 'deposits?|down ?payment|prepay\\p{L}*'),
  trade_in: form('(?:دست ?دوم|کارکرده|کهنه|قدیمی)\\p{L}* (?:\\p{L}+ ){0,4}(?:میخر\\p{L}*|می ?گیر\\p{L}*|برمیدار\\p{L}*|عوض|معاوضه|تعویض|بدم)', '(?:عوض|معاوضه|تعویض) (?:\\p{L}+ ){0,3}(?:قدیمی|کارکرده|دست دوم)\\p{L}*', 'معاوضه|تهاتر', 'trade ?ins?|trade in|trade (?:\\p{L}+ ){0,3}(?:old|used)|part (?:payment|exchange)', '(?:take|buy|accept|want|swap|exchange) (?:\\p{L}+ )?(?:old|used|second hand)', '(?:old|used) (?:phones?|iphones?|devices?|laptops?|tablets?|items?)', 'moaveze'),
  samples: form('تستر\\p{L}*', '(?:نمونه|سمپل)\\p{L}*(?! ?کار)', 'بو (?:کن\\p{L}*|بکش\\p{L}*)|بوش (?:کنم|رو ببینم)', '(?:قبل|پیش) (?:از )?خرید (?:\\p{L}+ ){0,3}(?:بو|تست|امتحان)\\p{L}*', 'testers?|samples?|nemoone', '(?:smell|try|test) (?:\\p{L}+ ){0,2}(?:first|before)', 'befor(?:e|re) (?:i )?buy\\p{L}* (?:\\p{L}+ ){0,3}(?:smell|try)'),
  lettering: form('(?:متن|اسم|نام|نوشته|جمله|تبریک)\\p{L}* (?:\\p{L}+ ){0,4}(?:بنویس\\p{L}*|مینویس\\p{L}*|نوشت\\p{L}*|میزن\\p{L}*|بزن\\p{L}*|حک|درج)', '(?:روش|رو|روی) (?:\\p{L}+ ){0,4}(?:بنویس\\p{L}*|مینویس\\p{L}*|نوشت\\p{L}*|متن\\p{L}*)', '(?:بنویس|مینویس)\\p{L}* (?:روش|روی)', '(?:benevis|minevis)\\p{L}*', 'writ(?:e|ing) (?:\\p{L}+ ){0,4}(?:on|name|text|message)', '(?:name|text|message|writing|words?|lettering)s? on (?:the|it|a|my)'),
  photo_print: form('(?:عکس|تصویر|لوگو)\\p{L}* (?:\\p{L}+ ){0,3}(?:بزن\\p{L}*|میزن\\p{L}*|چاپ|بنداز\\p{L}*|میندا\\p{L}*)', '(?:رو|روی|روش) (?:\\p{L}+ ){0,2}(?:عکس|تصویر|لوگو)', 'چاپ (?:\\p{L}+ ){0,2}(?:عکس|تصویر|لوگو)', '(?:aks|axe?|logo) (?:\\p{L}+ )?(?:chap|mizan)\\p{L}*', 'print\\p{L}* (?:\\p{L}+ ){0,4}(?:photo|picture|image|logo)', '(?:photo|picture|image|logo)s? (?:\\p{L}+ ){0,2}on (?:the|it|a|my)'),
  lead_time: form('(?:از )?چند (?:روز|ساعت|وقت) (?:قبل|جلوتر|زودتر|پیش)(?:\\p{L}*) (?:\\p{L}+ ){0,3}(?:بگم|سفارش|خبر|هماهنگ|ثبت|باید)', '(?:چقدر|چقد) (?:قبل|زودتر|جلوتر)\\p{L}*', '(?:برا|برای|واسه) (?:فردا|امشب|امروز|پس ?فردا|اخر هفته|یک ?شنبه|دو ?شنبه|سه ?شنبه|چهار ?شنبه|پنج ?شنبه|شنبه|جمعه)', 'how (?:far|early|long|many days) (?:\\p{L}+ ){0,4}(?:in advance|before|ahead)', '(?:days?|hours?) (?:in advance|ahead|notice)', 'short notice'),
  pickup: form('(?:خودم|حضوری) (?:\\p{L}+ ){0,2}(?:بیام|میام|بگیرم|ببرم|تحویل)', 'بیام (?:ببرم|بگیرم|تحویل)', 'تحویل حضوری', 'pick ?up|pick (?:it|them|this) up|collect (?:it|them|in)|take ?away'),
  home_service: form('(?:در|توی?|تو) (?:منزل|خونه|خانه)(?! \\p{L}*پرداخت)', '(?:در|تو) محل(?! پرداخت)', '(?:میای|بیای|میان|بیان)\\p{L}* (?:\\p{L}+ ){0,2}(?:خونه|منزل|محل|خانه)', 'اعزام\\p{L}*', '(?:come|visit) (?:\\p{L}+ ){0,2}(?:to )?(?:my|our) (?:home|house|place|office)', 'home (?:visits?|service)|at home|on ?site|house calls?'),
  inspection: form('کارشناسی\\p{L}*|عیب ?یابی\\p{L}*|بازدید\\p{L}*|ایاب ?(?:و )?ذهاب\\p{L}*|چکاپ', '(?:چک|نگاه) (?:کردن|کنید|کنین|میکنید) (?:\\p{L}+ ){0,2}(?:پول|هزینه)', 'diagnos\\p{L}*|inspect\\p{L}*|call ?out|check ?up|(?:just )?to look at it', 'karshenasi|eybyabi'),
  data: form('(?:اطلاعات|عکس ?ها|عکسا|فایل ?ها|مخاطب\\p{L}*|دیتا)\\p{L}* (?:\\p{L}+ ){0,3}(?:پاک|حذف|بپر\\p{L}*|میپر\\p{L}*|از بین|میره|نره)', 'پاک (?:میشه|نمیشه|نشه|بشه)', 'بک ?اپ\\p{L}*|ریکاوری\\p{L}*', '(?:lose|losing|erase|delete|wipe|keep|lost) (?:\\p{L}+ ){0,3}(?:data|photos|files|contacts|pictures)', 'back ?up|(?:my )?data'),
  spare_parts: form('قطع(?:ه|ات)\\p{L}*|یدکی\\p{L}*', 'ghat(?:e|aat)\\p{L}*', '(?:spare |original |genuine )?parts'),
  test_period: form('مهلت\\p{L}*', '(?:روز|هفته) (?:مهلت )?تست', 'تست\\p{L}* (?:\\p{L}+ ){0,2}(?:مهلت|فرصت)', 'mohlat\\p{L}*', 'trial|test (?:period|days)|days to test|try it (?:for|at home)'),
  registry: form('رجیستر\\p{L}*|کد فعال ?سازی', 'register\\p{L}*|registr\\p{L}*|rejister\\p{L}*'),
  installation: form('نصب\\p{L}*|راه ?انداز\\p{L}*', 'nasb', 'install(?:s|ed|ing|ation)?|set ?up'),
  gift_card: form('(?:کارت|بن) هدیه', 'gift ?(?:cards?|vouchers?|certificates?)|voucher'),
  trust: form('اعتماد\\p{L}*|مطمئن (?:باشم|بشم)|کلاه ?بردار\\p{L}*|ای ?نماد|نماد اعتماد|معتبر\\p{L}*', 'trust\\p{L}*|legit\\p{L}*|reliable|scam|etemad'),
  halal: form('حلال', 'halal'),
  hygiene: form('استریل\\p{L}*|ضد ?عفونی\\p{L}*|بهداشت\\p{L}*|یک ?بار ?مصرف', 'steril\\p{L}*|disinfect\\p{L}*|hygien\\p{L}*|disposable'),
  brand_used: form('(?:مواد|متریال|برند|مارک)\\p{L}* (?:\\p{L}+ ){0,3}(?:چیه|استفاده|کار|چه)\\p{L}*', '(?:چه|کدوم) (?:مواد|متریال|برند|مارک)\\p{L}*', '(?:what|which) (?:brands?|materials?|products) (?:\\p{L}+ ){0,2}(?:use|using|work with)'),
  restock: form('(?:کی|چه موقع) (?:\\p{L}+ ){0,2}(?:شارژ|موجود|میارید|میارین|میرسه جنس)\\p{L}*', 'کار(?:ای|های) جدید|کالکشن جدید|مدل(?:ای|های) جدید', 'new (?:arrivals?|collection|stock|models?)|restock\\p{L}*'),
  hiring: form('استخدام\\p{L}*|نیرو (?:میخوا|لازم)\\p{L}*|همکاری با شما', 'hiring|vacanc\\p{L}*|job(?:s| opening)?|estekhdam'),
  live_food: form('تازه\\p{L}* (?:هست|میپز\\p{L}*|روز)', 'روزانه (?:پخت|تازه)\\p{L}*', 'fresh(?:ly)? (?:baked|made|daily)'),
  custom: form('سفارشی', 'شخصی ?سازی\\p{L}*', 'حکاکی', 'custom\\p{L}*', 'personali[sz]ed?', 'engrav\\p{L}*'),
} as const satisfies Record<string, RegExp>;

export type Meaning = keyof typeof MEANINGS;
const NAMES = Object.keys(MEANINGS) as Meaning[];

/** Meanings of which the shop's answer to one often tells the other as well. */
const TOPICS: readonly (readonly Meaning[])[] = [
  ['shipping', 'shipping_cost', 'shipping_time', 'shipping_where', 'shipping_way', 'pickup'],
  ['pay_on_delivery', 'installments', 'card_transfer', 'payment_way'],
  ['returns', 'exchange', 'test_period'],
  ['deposit', 'cancelling'],
  ['address', 'phone', 'pickup', 'parking'],
  ['spare_parts', 'originality', 'warranty'],
  ['allergy', 'ingredients'],
];
/** Whatever is said of delivery or payment may answer these. */
const BROAD: ReadonlySet<Meaning> = new Set(['shipping', 'shipping_way', 'shipping_where', 'payment_way']);
/** «تستر می‌فرستید؟» asks for no delivery: words of sending are its subject only where nothing else is. */
const WEAK: ReadonlySet<Meaning> = new Set(['shipping', 'shipping_way', 'men', 'children', 'custom', 'brand_used']);
/** One that is only another's wording. */
const WITHIN: readonly (readonly [part: Meaning, whole: Meaning])[] = [
  ['home_service', 'pay_on_delivery'],
  ['originality', 'spare_parts'],
  ['booking', 'cancelling'],
  ['shipping', 'shipping_cost'],
  ['shipping', 'shipping_time'],
  ['shipping', 'shipping_where'],
  ['shipping', 'shipping_way'],
  ['payment_way', 'pay_on_delivery'],
  ['payment_way', 'installments'],
  ['children', 'gift_card'],
  ['discount', 'gift_card'],
];

/** True where a text asks for nothing that only an answer of its own kind answers. */
export function isBroad(meanings: ReadonlySet<Meaning>): boolean {
  return [...meanings].every((meaning) => BROAD.has(meaning));
}

/** True for meanings of which one answer often tells both: the cost of delivery and where it goes. */
export function areNear(a: ReadonlySet<Meaning>, b: ReadonlySet<Meaning>): boolean {
  return TOPICS.some((topic) => topic.some((one) => a.has(one)) && topic.some((one) => b.has(one)));
}

/** What an answer tells without the words that ask for it: «پست، ۳ روزه» tells how long it takes. */
/* biome-ignore format: a table of patterns. */
const TOLD = {
  shipping_time: form('(?:\\d+|یک|دو|سه|چهار) ?(?:تا \\d+ )?(?:روز|ساعت)\\p{L}*', 'همون روز|همان روز|فردا', '\\d+ (?:to \\d+ )?(?:working |business )?(?:days?|hours?)', 'same day|next day'),
  shipping_cost: form('\\d+ ?(?:هزار|تومن|تومان|درهم|ریال)\\p{L}*', 'رایگان\\p{L}*|کرایه\\p{L}*|هزینه\\p{L}*', '\\d+ (?:aed|toman|tomans|usd|eur|dirhams?|dollars?)', 'free|paid by'),
  shipping_where: form('به (?:همه|سراسر|کل|تمام)\\p{L}*', 'شهر(?:ستان|ها|های)?\\p{L}*|تهران', 'anywhere|everywhere|nationwide|worldwide|(?:only )?(?:inside|within)'),
} as const satisfies Partial<Record<Meaning, RegExp>>;
const SENDS = form(SEND);

/** Everything that an answer speaks of; empty where none of it. */
export function tellsOf(answer: string): Set<Meaning> {
  const words = wordsOf(answer.slice(0, 1000)).join(' ');
  const told = mentionsOf(answer);
  if (SENDS.test(words))
    for (const name of Object.keys(TOLD) as (keyof typeof TOLD)[]) if (TOLD[name].test(words)) told.add(name);
  return told;
}

function mentionsOf(text: string): Set<Meaning> {
  const words = wordsOf(text.slice(0, 1000)).join(' ');
  return new Set(NAMES.filter((name) => MEANINGS[name].test(words)));
}

const OF_AN_ORDER = form(
  '(?:سفارش|بسته|مرسوله|خرید|پیک)\\p{L}* (?:\\p{L}+ |\\d+ ){0,4}کجا\\p{L}*',
  'where (?:is|s|are) (?:my|the) (?:\\p{L}+ )?(?:order|parcel|package|stuff|delivery)',
  '(?:sefaresh|baste|peyk)\\p{L}* (?:\\p{L}+ ){0,2}koja\\p{L}*',
);

/** What a text asks of a shop's service; empty where none of it. */
export function meaningsOf(text: string): Set<Meaning> {
  const found = mentionsOf(text);
  for (const [part, whole] of WITHIN) if (found.has(whole)) found.delete(part);
  // Where an order is, no address tells.
  if (OF_AN_ORDER.test(wordsOf(text.slice(0, 1000)).join(' '))) found.delete('address');
  if ([...found].some((meaning) => !WEAK.has(meaning))) for (const weak of WEAK) found.delete(weak);
  return found;
}
