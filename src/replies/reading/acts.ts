import { formPattern } from '../../text/form-pattern.ts';
import { wordsOf } from '../../text/persian.ts';

/**
 * What a customer does with a line besides asking for a fact: wants something cheaper, compares, looks for a gift. Pure. Forms are
 * patterns over the words of the line in matching form, so that endings and spellings of one act are one entry.
 */
export const ACTS = [
  /** Wants to see something like it for less, or for more. */
  'cheaper',
  'dearer',
  /** Wants to see something else of the kind. */
  'another',
  'compare',
  /** Wants to see what the shop has at all; with prices where the list of prices is asked for. */
  'overview',
  'price_list',
  'gift',
  /** Wants this very thing for less. */
  'haggle',
  'bulk',
  /** Asks whether it is there by a day. */
  'deadline',
] as const;
export type Act = (typeof ACTS)[number];

const LESS = '(?:ارز(?:و|ا)ن ?تر|قیمت پایین ?تر|کم ?قیمت ?تر|مناسب ?تر|اقتصادی ?تر|arz(?:oo|ou|u|a|o)n ?tar)';
const MORE = '(?:گر(?:و|ا)ن ?تر|با ?کیفیت ?تر|لوکس ?تر|ger(?:oo|ou|u|a|o)n ?tar)';
const THERE_IS =
  '(?:ن?دار(?:ید|ین|ی|ه|د|م)|ن?داری(?:د|ن)|هست|نیست|موجود(?:ه|ی)?|چی|چیه|میخوا(?:م|هم|ستم)|بگید|بگین|بذار(?:ید|ین)?|معرفی|نشون|پیشنهاد|بفرست(?:ید|ین)?|n?adar(?:id|in|i|e)|dar(?:id|in|i|e)|hast|mikha(?:m|stam))';
/* biome-ignore format: a table of words. */
const DAYS = '(?:امروز|امشب|فردا|پس ?فردا|شنبه|یک ?شنبه|دو ?شنبه|سه ?شنبه|چهار ?شنبه|پنج ?شنبه|پنشنبه|جمعه|اخر هفته|این هفته|هفته (?:دیگه|بعد|اینده)|عید|یلدا|شب یلدا|ولنتاین|روز (?:مادر|پدر|زن|مرد|دختر)|تولد\\p{L}*|مراسم|عروسی|مهمونی|سفر|\\d{1,2} روز(?:ه| دیگه)?|\\d{1,2} ساعت(?:ه)?|دو روز(?:ه)?|سه روز(?:ه)?|emrooz|emroz|farda|pas ?farda|shanbe|jome|panj ?shanbe|akhare? hafte|today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the weekend|this week(?:end)?|next week|christmas|valentines?|my birthday|the party|the wedding|(?:\\d{1,2}|two|three) days?)';
const ARRIVES =
  '(?:می ?رس(?:ه|د|ونید|ونین|انید)|نمی ?رس(?:ه|د)|برس(?:ه|د|ون(?:ید|ین))|بدست|به دست|دستم|تحویل|ارسال|می ?فرست(?:ید|ین)|mires(?:e|eh|oonid)|berese|dastam|tahvil|arrives?|arriv(?:ing|al)|deliver(?:ed|y|s)?|get it|get here|receive(?: it)?|have it|reach(?: me)?|here)';
const COMPARING =
  '(?:فرق\\p{L}*|تفاوت\\p{L}*|مقایسه\\p{L}*|fargh\\p{L}*|difference|differences|differ|compare|comparison|versus|vs|better|behtar\\p{L}*|بهتر(?:ه|ن|ین|ش|ند)?)';

const form = (...patterns: string[]) => new RegExp(formPattern(`(?<!\\p{L})(?:${patterns.join('|')})(?!\\p{L})`), 'u');

const FORMS: Readonly<Record<Act, RegExp>> = {
  cheaper: form(
    `${LESS}(?: ?(?:ش|شو|شون|هم|هاش|ها))*(?: (?:از این|ازش|چیزی|مدلی|یه|مدل))*(?: ${THERE_IS})`,
    `(?:چیز|مدل|یه|یکی|یک|چیزی|مدلی)(?: (?:دیگه|یه|کمی|کم|چیز|مدل))* ${LESS}`,
    `^(?:خیلی |یکم |یه کم |یه ?ذره )?${LESS}(?: ?(?:ش|شو|هم|لطفا|چطور|چی))*$`,
    `(?:از این|از اینا|از اون|ازین|ازش|az in) ${LESS}`,
    '(?:any(?:thing)?|something|some|one|ones|a|more|got|have|is there|less)(?: \\p{L}+)? (?:cheaper|less expensive|lower priced)',
    '(?:anything|something|one) (?:less expensive|more affordable|lower in price)',
    '^(?:a )?cheaper(?: one| ones| option| options)?(?: please)?$',
    'cheaper (?:options?|alternatives?|models?|ones?)',
  ),
  dearer: form(
    `${MORE}(?: ?(?:ش|شو|هم|هاش))*(?: ${THERE_IS})`,
    `(?:چیز|مدل|یه|یکی|چیزی|مدلی)(?: دیگه)? ${MORE}`,
    '(?:anything|something|any) (?:more expensive|better quality|higher quality|nicer|fancier)',
  ),
  another: form(
    `(?:چیز|مدل|کار|نمونه|گزینه|جنس|طرح)(?: ?(?:ی|ای|های|هایی|ها))* (?:دیگه|دیگر)(?: ?(?:ای|ش|هم|شو))*(?: (?:${THERE_IS}|چطور))?`,
    `^(?:دیگه|دیگر) چی(?: ?(?:ا|ها))? ${THERE_IS}`,
    '^(?:دیگه چی|دیگه چیا|بقیش|بقیشون|بقیه مدل\\p{L}*|مدلای دیگه|بازم (?:دارید|دارین|هست))$',
    '(?:any(?:thing)?|something|what) else(?: do you have| you have| is there)?',
    '(?:other|different|more|another) (?:models?|options?|ones?|designs?|styles?|kinds?|types?|products?|choices?)',
    '^(?:show me )?(?:another(?: one)?|some others|others|more)(?: please)?$',
    'model(?:haye?)? dige|chize? dige',
  ),
  compare: form(
    `${COMPARING} .*(?:یا|با|و|or|and|than|to|ya|ba)`,
    `(?:یا|ya|or|and|و|بین|beyne?|between|than|از) .*${COMPARING}`,
    `(?:کدوم|کدام|kodoom|kodum|which)\\p{L}* (?:\\p{L}+ ){0,4}${COMPARING}`,
    'fargh(?:esh|eshoon)?|فرقش(?:ون)?|تفاوتش(?:ون)?|مقایسه(?:شون)?|(?:the )?difference|vs',
    `${COMPARING} (?:دار(?:ه|ن|ند)|چیه|چی|هست)`,
    '(?:فرق|تفاوت|اختلاف)\\p{L}* ?(?:ی )?(?:قیمت|هزینه|پول)\\p{L}*|(?:price|cost) difference|difference in (?:price|cost)|(?:fargh|ekhtelaf)\\p{L}* (?:gheymat|qeymat|gheimat)\\p{L}*',
    `(?:کدوم|کدام|which|what|kodoom|kodum)\\p{L}* (?:\\p{L}+ ){0,4}(?:${LESS}|${MORE}|cheaper|pricier|more expensive|less expensive).* (?:یا|or|ya) `,
    `(?:یا|or|ya) .*(?:کدوم|کدام|which|kodoom|kodum)\\p{L}* (?:\\p{L}+ ){0,4}(?:${LESS}|${MORE}|cheaper|pricier|more expensive|less expensive)`,
    'difference between|(?:فرق|تفاوت) (?:این|اون|دو|دوتا|بین)',
  ),
  overview: form(
    '^(?:شما |حالا |کلا |الان )*(?:چی|چیا|چه چیز(?:ی|ایی|هایی)|چه محصولات?ی?|چه جنس(?:ی|ایی)|چه کالاهایی|چه مدل(?:ی|ایی|هایی)?) (?:ها )?(?:دار(?:ید|ین)|داری|می ?فروش(?:ید|ین)|موجود(?:ه| دارید| دارین)?|هست)',
    '(?:محصولات|کارها|کارا|جنسا|اجناس|مدل ?ها|مدلا)(?: ?(?:تون|تان|ی شما|ی فروشگاه))*(?: (?:رو|را))?(?: (?:چیه|چیا(?:ن|ست)?|چی هست(?:ن)?|چی(?:ه|ن)|ببینم|نشون|بفرست|معرفی|کجاست))',
    '(?:کاتالوگ|کاتالوگتون|لیست محصول(?:ات)?|لیست کارا|لیست)(?: ?(?:تون|تان|شما))*(?: (?:رو|را|و|کامل))?(?: (?:بفرست|بفرستید|بفرستین|دارید|دارین|بدید|بدین|میخوام|میفرستید|لطفا))',
    '^(?:hi |hello )?(?:so )?what (?:all )?(?:do|else do|can|products do|items do|kind of products do|things do) (?:you|u)(?: guys)? (?:have|sell|offer|carry)(?: here| in your shop| in stock| there)?$',
    '(?:show|send)(?: me)? (?:your|all|the) (?:products?|catalog(?:ue)?|items|collection)',
    '(?:product|full) list|your (?:products|catalog(?:ue)?|collection)',
    '^(?:salam )?chi(?:a)? dar(?:id|in|i)$',
    'list(?:e)? mahsool\\p{L}*',
  ),
  price_list: form(
    '(?:لیست|جدول) قیمت\\p{L}*|قیمت(?: ?(?:ها|ا|های))?(?: ?(?:تون|ی محصولات\\p{L}*))? (?:رو )?(?:لیست|همه|کلی)|لیستی? از قیمت\\p{L}*|price ?list|list of (?:your )?prices|rate card|list(?:e)? (?:gheymat|qeymat|gheimat)\\p{L}*',
  ),
  gift: form(
    '(?:برا(?:ی)?|واسه|بابت|به عنوان)? ?(?:کادو|هدیه|کادوی\\p{L}*|هدیه ?ای)(?: ?(?:ی|یی|ای|بدم|میخوام|مناسب))*|کادویی|kado\\p{L}*|hedi(?:e|ye)\\p{L}*|gifts?|presents?',
    '(?:برا(?:ی)?|واسه|baraye?|vase) (?:تولد|سالگرد|ولنتاین|روز (?:مادر|پدر|زن|مرد|دختر|معلم))\\p{L}*|for (?:my|her|his|a) (?:\\p{L}+ ){0,2}?(?:birthday|anniversary)',
    // «یه چیزی برای مامانم», "something under 50 for my girlfriend".
    'چیزی? (?:\\p{L}+ |\\d+ ){0,5}(?:برا(?:ی)?|واسه) \\p{L}{2,}م(?= |$)|(?:برا(?:ی)?|واسه) \\p{L}{2,}م (?:یه |یک )?چیزی?|(?:something|anything) (?:[\\p{L}\\d]+ ){0,5}?for (?:my|him|her)',
  ),
  haggle: form(
    'تخفیف (?:\\p{L}+ )?(?:بد(?:ید|ین|ه|ی)|می ?د(?:ید|ین|ی)|نمی ?د(?:ید|ین|ی)|نداره|میخوام|بیشتر)',
    '(?:اخرش|قیمت اخرش?|کف قیمت\\p{L}*|قیمت نهایی\\p{L}*|اخر قیمت\\p{L}*)',
    `${LESS} (?:حساب|بد(?:ید|ین|ه)|نمی ?(?:دید|دین|دی|شه)|می ?(?:دید|دین|دی|شه)|کن|کنید|نکن)`,
    '(?:کمتر|پایین ?تر|یکم کمتر) (?:نمی ?شه|می ?شه|حساب|بد(?:ید|ین|ه)|نمی ?دید|می ?دید|راه نداره)',
    'راه (?:نداره|داره|نمیاید)|جای تخفیف|چونه|گرونه? (?:کمتر|یکم|تخفیف)',
    '(?:best|last|final|lowest|bottom) price(?: you can)?|can you (?:do|make it|give it|go)(?: it)? (?:for |lower|cheaper|less|down|\\d)|(?:lower|reduce|drop|knock|bring) (?:the |your )?(?:price|something off|it down)|(?:a|some|any) discount for me|give me a (?:discount|deal|better price)|negotiable',
    // «۶۸۰ خیلیه», «۱۲ می‌دم»: a price is called too high, or another is offered.
    '\\d[\\d.,]* ?(?:تومن|تومان|هزار|میلیون|ملیون)? ?(?:خیلی(?:ه)?|زیاد(?:ه)?|گرونه?|میدم|بدم|حساب کن\\p{L}*|تموم(?:ش)?)(?: |$)',
    '(?:خیلی گرون(?:ه)?|گرون میگ(?:ید|ین))(?: |$)',
    '\\d[\\d.,]* (?:\\p{L}+ )?(?:cash(?: now)?|and (?:we have )?(?:a )?deal|deal)|too (?:expensive|much for)|(?:i ll|i will|i can) (?:give|pay) (?:you )?\\d+',
    'takhfif (?:bed|mid|nemid)\\p{L}*|akhar(?:esh|e) (?:chand|gheymat)\\p{L}*|kamtar (?:hesab|nemishe|mishe)',
  ),
  bulk: form(
    'عمده(?: ?(?:ای|فروشی|ش))?|تعداد (?:بالا|زیاد|عمده)|(?:برا(?:ی)? )?همکار(?:ی)? (?:قیمت|تخفیف)|قیمت همکار\\p{L}*|سفارش سازمانی|omde|tedade? bala|wholesale|bulk|large (?:quantity|quantities|order)|reseller|resale',
    '(?:[2-9]\\d|\\d{3,}) ?(?:(?:تا|ta)(?! \\d)|عدد|دست|جفت|دونه|pcs|pieces|units|of (?:them|these|those))',
  ),
  deadline: form(
    `(?:تا|قبل از|برا(?:ی)?|واسه|ta|baraye?|ghabl az) (?:\\p{L}+ ){0,2}?${DAYS}.*${ARRIVES}`,
    `^(?:.* )?${ARRIVES}.* (?:تا|قبل از|ta) (?:\\p{L}+ ){0,2}?${DAYS}`,
    `^(?:\\p{L}+ ){0,3}?${DAYS} (?:\\p{L}+ ){0,4}?${ARRIVES}`,
    `(?:تا|ta) ${DAYS}(?: \\p{L}+){0,2} (?:لازم\\p{L}*|میخوام|باید|نیاز\\p{L}*|lazem\\p{L}*)`,
    `(?:by|before|until|in time for|on|for|within) (?:this |next |the )?${DAYS}`,
    `${ARRIVES}(?: \\p{L}+){0,4} ${DAYS}`,
    'same day|next day delivery|در همان روز|همون روز|همین امروز|فوری (?:لازم|میخوام|ارسال)\\p{L}*|ارسال فوری',
  ),
};

/** The gift is to be wrapped or written on: a question of the shop's service. */
const GIFT_SERVICE = form(
  'vouchers?|certificates?|بن (?:خرید|هدیه)|بسته ?بندی\\p{L}*|کاغذ کادو\\p{L}*|کادو ?پیچ\\p{L}*|کادو (?:کنید|کنین|می ?کنید|بگیرید|شده)|کارت (?:هدیه|تبریک)|پک|wrap(?:ped|ping)?|gift (?:box|bag|card|note|message)s?',
);
/** «ارزون‌تر از ۷۰۰»: what one has to spend. */
const BOUND = new RegExp(
  `${LESS} (?:از|az) \\d|(?:cheaper|less) than \\d|(?:از|az) \\d[\\d ,.]*(?:\\p{L}+ ){0,3}${LESS}`,
  'u',
);
const ARRIVAL = form(ARRIVES);
const NEEDED = /لازم|نیاز|باید|need|urgent|فوری|lazem/u;
/** «اگه امروز سفارش بدم کی می‌رسه؟» asks for the day itself. */
const WHEN = form('کی', 'چند روز\\p{L}*', 'key', 'when', 'how long', 'how many days');

/** The words of a line, in matching form, that say nothing but what it does: they name no product. */
export function withoutAct(line: string, act: Act): string {
  return wordsOf(line).join(' ').replace(new RegExp(FORMS[act].source, 'gu'), ' ');
}

/** What a line does, in the order of ACTS; empty for a line that only asks or tells. */
export function readActs(line: string): Act[] {
  const words = ` ${wordsOf(line.slice(0, 600)).join(' ')} `.trim();
  if (words === '') return [];
  const found = new Set(ACTS.filter((act) => FORMS[act].test(words)));
  if (BOUND.test(words)) found.delete('cheaper');
  if (found.has('haggle')) found.delete('cheaper');
  if (found.has('compare')) for (const side of ['cheaper', 'dearer'] as const) found.delete(side);
  if (found.has('gift') && GIFT_SERVICE.test(words)) found.delete('gift');
  // «برای تولد همسرم» tells of the occasion where nothing is to arrive.
  if (WHEN.test(words) || (!ARRIVAL.test(words) && !NEEDED.test(words))) found.delete('deadline');
  if (found.has('price_list') || found.has('another')) found.delete('overview');
  return [...found];
}
