import { formPattern } from './form-pattern.ts';

/**
 * What people who are not content write, by its kind: what came was wrong, late, spoiled or does not work, somebody was rude. Pure.
 * Patterns over words in matching form.
 */
const within = (...patterns: string[]) =>
  new RegExp(formPattern(`(?<!\\p{L})(?:${patterns.join('|')})(?!\\p{L})`), 'u');
const CAME = '(?:(?:فرستاد|اورد)(?!م(?: |$))|اومد|امد|داد(?:ید|ین|ن)|ارسال|رسید|تحویل|گرفتم|برام|دستم)\\p{L}*';
const WAS = '(?:بود(?:ن|ند)?|شده(?: بود)?|شد(?:ن|م)?|اومد\\p{L}*|رسید\\p{L}*|داشت|در ?اومد\\p{L}*|درومد\\p{L}*)';

/* biome-ignore format: a table of patterns. */
const COMPLAINTS = within(
  // Something else came than was ordered.
  `اشتباه(?:ی|ا)? (?:\\p{L}+ ){0,2}${CAME}`, `${CAME} (?:\\p{L}+ ){0,2}اشتباه(?:ی|ه|ا| بود)?`,
  `(?:سفارش داد(?:م|ه بودم)|خواسته بودم|گفته بودم|سفارش دادیم) (?:[\\p{L}\\d]+ ){0,6}(?:اومد|امد|رسید|فرستاد|اورد|داد(?:ید|ین))\\p{L}*`,
  '(?:sent|gave|got|received|delivered|brought)(?: me| us)? (?:\\p{L}+ ){0,3}wrong', 'wrong (?:[\\p{L}\\d]+ ){1,3}(?:arrived|came|sent|delivered|again)', 'wrong (?:order|colou?r|one|product|item|flavou?r|model)',
  '(?:ordered|asked for) (?:[\\p{L}\\d]+ ){1,5}(?:but |and )?(?:got|received|you sent|they sent|it came)',
  // Something is not there.
  '(?:یکی|دوتا|نصف|یه ?دونه|یه ?تیکه)\\p{L}* (?:\\p{L}+ ){0,3}(?:کم(?:ه| بود| داشت| اومد\\p{L}*)|نبود(?:ش)?)', 'کم (?:اومده?|فرستاد\\p{L}*|بود تعداد\\p{L}*)', 'جا (?:مونده|افتاده|انداخت\\p{L}*)',
  '(?:is|was|were|one|two|something|half) (?:\\p{L}+ ){0,3}missing', 'only (?:got|received|sent)(?: me)? (?:one|half|\\d)',
  // Late, or never.
  '(?:خیلی |چقدر |باز )?دیر (?:رسید|اومد|امد|اورد|فرستاد|ارسال|تحویل)\\p{L}*', '(?:هنوز|هنوزم|هنوز هم) (?:\\p{L}+ ){0,5}(?:نرسید\\p{L}*|نیومد\\p{L}*|نیاورد\\p{L}*|نفرستاد\\p{L}*|ارسال نش\\p{L}*|تحویل نگرفت\\p{L}*|دریافت نکرد\\p{L}*|خبری نیست)',
  '(?:روز|هفته|ماه|ساعت)(?:ه|ست|س|ه که|ی هست| پیش)? (?:\\p{L}+ ){0,8}(?:نرسید\\p{L}*|نیومد\\p{L}*|نفرستاد\\p{L}*|نیاورد\\p{L}*|خبری نیست|خبری نشد|ارسال نش\\p{L}*)', 'سفارش\\p{L}* (?:\\p{L}+ ){0,4}(?:نرسید\\p{L}*|نیومد\\p{L}*)', '(?:خبری|اثری) (?:ازش |از \\p{L}+ )?(?:نیست|نشد)', 'hanooz (?:\\p{L}+ ){0,4}(?:naresid\\p{L}*|nayoomad\\p{L}*|nayumad\\p{L}*|nafrestad\\p{L}*)',
  '(?:hasn t|has not|haven t|have not) (?:come|arrived|shipped|been (?:delivered|shipped|sent)|got(?:ten)?|received|showed|shown)', '(?:didn t|did not|never) (?:come|came|arrived?|showed?(?: up)?|delivered?|got (?:my|it|the)|received?)', '(?:order|parcel|package|food|delivery|cake|driver|courier|technician)(?: \\p{L}+){0,3} (?:days?|hours?|weeks?|very|so|too) late', '(?:hours?|days?|weeks?) late', 'ordered (?:[\\p{L}\\d]+ ){1,8}(?:and )?(?:nothing|still (?:nothing|no|waiting|not))', 'no (?:sign of|update on|news of) (?:my|the)', 'still (?:nothing|no (?:sign|news|update|parcel|delivery)|not (?:here|arrived|delivered))',
  // Somebody was rude.
  'بی ?ادب\\p{L}*|بی ?احترام\\p{L}*|بد ?(?:رفتار|برخورد|اخلاق|دهن)\\p{L}*|توهین\\p{L}*|فحش\\p{L}*|داد (?:زد|کشید)|سرم داد', '(?:رفتار|برخورد|اخلاق|لحن)\\p{L}* (?:\\p{L}+ ){0,4}(?:بد|افتضاح|زشت|تند|نامناسب|زننده|خوب نبود|درست نبود)\\p{L}*', '(?:گوشی|تلفن)\\p{L}* (?:رو )?قطع کرد\\p{L}*', 'bi ?adab\\p{L}*|bad ?(?:akhlagh|barkhord|raftar)\\p{L}*',
  'rude|impolite|disrespect\\p{L}*|unprofessional|bad attitude|yelled at|hung up|(?:was|were|been|got) ignored|no ?one showed up',
  // What came is spoiled or damaged.
  `(?:سرد|خام|سوخته|بیات|کپک ?(?:زده)?|بد ?مزه|تلخ|ترش|له|لهیده|خیس|کثیف|کهنه|مونده|خراب|پاره|شکسته|کج|زنگ ?زده|خط ?خطی|دست دوم|استفاده شده|کارکرده|باز شده|نصفه|خالی|شل|تاریخ گذشته|منقضی) (?:\\p{L}+ ){0,2}(?:بود(?:ن|ند)?|شده بود|اومد\\p{L}*|رسید\\p{L}*|در ?اومد\\p{L}*|درومد\\p{L}*|تحویل داد\\p{L}*)`,
  `(?:لک|لکه|خش|خط و خش|ترک|زدگی|سوراخ|نخ ?کش|پارگی|شکستگی|ایراد|نشتی|مو|حشره|سوسک) (?:\\p{L}+ ){0,2}(?:داشت|داره|بود توش|پیدا کردم)`, '(?:توش|داخلش|تو(?:ی)? \\p{L}+) (?:یه |یک )?(?:مو|حشره|سوسک|مگس|شیشه) (?:بود|پیدا)', 'رنگ\\p{L}* (?:\\p{L}+ ){0,2}(?:پس (?:داد|میده)|رفت(?:ه)?|پرید(?:ه)?)', '(?:درز|دوخت|زیپ|بند(?!ی)|دکمه|کف|زیره|دسته)\\p{L}* (?:\\p{L}+ ){0,2}(?:باز شد\\p{L}*|در ?رفت\\p{L}*|کند\\p{L}*|جدا شد\\p{L}*|شکست(?:ه|ن|ش)?(?= |$)|پاره شد\\p{L}*|ور ?اومد\\p{L}*)', 'اب رفت(?:ه|ن)?(?: |$)|پوست ?پوست شد\\p{L}*|از ?هم (?:باز|وا) شد', 'بو\\p{L}? (?:\\p{L}+ ){0,2}(?:می ?داد|گرفته بود)', '(?:اصلا|هیچ|زیاد) (?:\\p{L}+ )?(?:مثل|شبیه|عین) (?:عکس|اون|سایت|پیج)\\p{L}* (?:نیست|نبود|نشد)\\p{L}*',
  '(?:arrived|came|was|were|is|are|it s|got|showed up)(?: (?:all|totally|completely|so|very|already|with|a|an|the|broken|partly|half))* (?:broken|damaged|cracked|torn|dirty|stained|melted|ice cold|cold|raw|undercooked|burnt|stale|rotten|expired|dead|scratched|dented|crushed|smashed|leaking|opened|soggy|mou?ldy|defective|faulty|ruined|shattered|chipped|used|old and dry)(?= |$)(?! you)', '(?:hair|bug|insect|glass) in (?:my|the|it)', '(?:fell|falling|came|coming) (?:apart|off)|peel(?:ed|ing) off|faded after|shrank|shrunk|ripped after|burn(?:ed|t) my|ruined my|messed up my',
  // It does not do what it should.
  `(?:کار|روشن|وصل|شارژ|جفت|پخش|بالا) ن(?:می ?کنه|می ?کند|کرد|می ?شه|می ?شود|شد|می ?اد)`, '(?:خاموش|قطع|هنگ|ریست) (?:می ?شه|می ?کنه|شده|کرده|شد)', 'قطع و وصل|از کار افتاد\\p{L}*|صدا(?:ش|ی \\p{L}+)? (?:قطع|نمیاد|در نمیاد|خش)', `${WAS} خراب`, 'زود (?:خراب|تموم|پاره) شد\\p{L}*',
  '(?:stopped|quit) (?:working|charging|connecting)|(?:doesn t|does not|won t|will not|didn t|isn t|not) (?:work(?:ing)?|turn(?:ing)? on|charg(?:e|ing)|connect(?:ing)?|switch on|start)|keeps (?:disconnecting|crashing|turning off|shutting|freezing)|dead on arrival|died (?:after|in)',
  // Not content at all.
  'نا ?امید\\p{L}*|نا ?راضی\\p{L}*|(?:اصلا|هیچ) ?(?:وقت )?(?:راضی|خوب|خوشم) (?:ن(?:یستم|بود\\p{L}*|یومد))|راضی ن(?:یستم|بودم)', '(?:خیلی|واقعا|چقدر) (?:بد|ضعیف|بی ?کیفیت|زشت|افتضاح) (?:بود|بودن|شد|شده|دراومد)\\p{L}*', 'کیفیت\\p{L}* (?:\\p{L}+ ){0,3}(?:پایین(?:ه| بود)?|بد(?:ه| بود)|افتضاح\\p{L}*|ضعیف\\p{L}*|خوب نبود)', 'دیگه (?:\\p{L}+ ){0,3}(?:خرید نمی|نمی ?خرم|سفارش نمی)\\p{L}*', 'گول(?:م)? (?:خوردم|زد\\p{L}*)|سرم کلاه|پشیمون(?:م| شدم| کرد\\p{L}*) (?:از|که) (?:خرید|ازتون|سفارش)\\p{L}*', '(?:مو|ابرو|ناخن|مژه|صورت|پوست|دست|سر)\\p{L}{0,4} (?:\\p{L}+ ){0,3}(?:سوخت\\p{L}*|سوزون\\p{L}*|خراب (?:شد|کرد)\\p{L}*|ریخت\\p{L}*|ورم\\p{L}*|عفونت\\p{L}*|زشت شد\\p{L}*|زخم\\p{L}*)', '(?:دو ?بار|اضافه|بیشتر) (?:پول |از کارتم |از حسابم )?(?:کم|کسر|گرفت|برداشت)\\p{L}* (?:شد|کرد|ازم)\\p{L}*',
  'disappoint\\p{L}*|not (?:at all |very |really )?(?:happy|satisfied|impressed) (?:with|about|at)|unhappy with|bad experience|waste of money|(?:over ?charged|charged (?:me )?(?:twice|double|too much))|(?:mojeha|moo|pust|nakhon|nakhoon)\\p{L}* (?:\\p{L}+ ){0,2}(?:rikht\\p{L}*|raikht\\p{L}*|sookht\\p{L}*|sukht\\p{L}*|kharab)',
);
/** Somebody wonders what would happen, and nothing has. */
const SUPPOSED = within('اگه|اگر|چنانچه|در صورت(?:ی)?(?: که)?|نکنه', 'if|in case|what happens|suppose', 'age|agar');
/** What is broken is brought to be mended: «گوشیم روشن نمی‌شه، درست می‌کنید؟». */
const TO_MEND = within(
  'تعمیر\\p{L}*|(?:درست|راه ?اندازی) (?:می ?کن|کن|می ?ش|ش)\\p{L}*|(?:عوض|تعویض) (?:می ?کن|کرد|می ?ش)\\p{L}*|سرویس\\p{L}*',
  'fix\\p{L}*|repair\\p{L}*|mend|replace',
  'tamir\\p{L}*|dorost (?:mi|kon)\\p{L}*',
);
const ASKED = within(
  'چند\\p{L}*|چقدر\\p{L}*|چقد|هزینه\\p{L}*|قیمت\\p{L}*|دار(?:ید|ین)|می ?کن(?:ید|ین)|می ?ش(?:ه|ود)',
  'how much|how long|do you|can you|could you|cost|price',
  'chand\\p{L}*|mikon\\p{L}*|mishe',
);
/** It was this shop's. */
const FROM_HERE = within(
  'ازتون|از شما|شما|تون|فرستاد\\p{L}*|خریدم|خریده بودم|گرفتم|گرفته بودم|سفارش\\p{L}*|(?:پیش|پیشتون)',
  'from you|you (?:sent|fixed|repaired|gave|sold|installed)|i (?:bought|ordered|got)|your',
  'az shoma|azatoon|ferestad\\p{L}*|kharidam|gereftam',
);

/** What the words of a message, with a space at both ends, tell of it. */
export function complains(haystack: string): boolean {
  return COMPLAINTS.test(haystack) && !isNoComplaint(haystack);
}

/** Words that complain where something happened, in a message that only supposes it or wants something mended. */
export function isNoComplaint(haystack: string): boolean {
  return SUPPOSED.test(haystack) || (TO_MEND.test(haystack) && ASKED.test(haystack) && !FROM_HERE.test(haystack));
}
