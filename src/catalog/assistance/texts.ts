import type { Language } from '../../text/message.ts';

/** What the catalog says to customers who want something else than a fact of a product. */
/* biome-ignore format: a table of sentences. */
const TEXTS = {
  cheaper: { fa: 'بله، این‌ها ارزون‌ترن:', en: 'Yes, these cost less:' },
  cheapestAlready: { fa: 'ارزون‌تر از «{title}» ({price}) از این نوع نداریم.', en: 'We have nothing like it for less than “{title}” ({price}).' },
  cheaperOfWhat: { fa: 'ارزون‌تر از کدوم محصول؟ اسمش یا بودجه‌تون رو بنویسید تا پیدا کنم.', en: 'Cheaper than which product? Tell me its name or your budget and I will look.' },
  cheapestOfKind: { fa: 'ارزون‌ترین‌ها این‌هاست:', en: 'These cost the least:' },
  dearer: { fa: 'بله، این‌ها گرون‌ترن:', en: 'Yes, these are the dearer ones:' },
  dearestAlready: { fa: 'گرون‌تر از «{title}» ({price}) از این نوع نداریم.', en: 'We have nothing like it above “{title}” ({price}).' },
  another: { fa: 'این‌ها رو هم داریم:', en: 'We also have these:' },
  noOther: { fa: 'از این نوع چیز دیگه‌ای نداریم.', en: 'We have nothing else of this kind.' },
  overview: { fa: 'این‌ها رو داریم: {kinds}. کدومش رو نشونتون بدم؟', en: 'We have: {kinds}. Which of these shall I show you?' },
  all: { fa: 'این‌ها رو داریم:', en: 'This is what we have:' },
  from: { fa: '{kind} (از {price})', en: '{kind} (from {price})' },
  gift: { fa: 'برای هدیه این‌ها رو پیشنهاد می‌کنم:', en: 'As a gift I can suggest these:' },
  giftAsks: { fa: 'اگر بگید برای چه کسیه و تا چه بودجه‌ای، دقیق‌تر پیشنهاد می‌دم.', en: 'Tell me who it is for and your budget, and I can suggest more exactly.' },
  giftAsksBudget: { fa: 'بودجه‌تون تا چقدره؟ با اون دقیق‌تر پیشنهاد می‌دم.', en: 'What is your budget? With it I can suggest more exactly.' },
  nothingInBudget: { fa: 'با این بودجه چیزی که می‌خواید نداریم.', en: 'We have nothing like that in this budget.' },
  cheapestFrom: { fa: 'ارزون‌ترینش «{title}» به قیمت {price} هست.', en: 'The one that costs the least is “{title}” at {price}.' },
  fact: { fa: '{name} «{title}»: {value}', en: 'The {name} of “{title}”: {value}' },
  piece: { fa: '{count} × «{title}»، هر کدوم {price}', en: '{count} × “{title}” at {price}' },
  total: { fa: 'جمعا {price}، بدون هزینه‌ی ارسال.', en: 'That is {price} in total, without delivery.' },
  compared: { fa: '{title}: {facts}', en: '{title}: {facts}' },
  difference: { fa: '«{title}» {price} گرون‌تره.', en: '“{title}” costs {price} more.' },
  samePrice: { fa: 'قیمتشون یکیه.', en: 'They cost the same.' },
  chooseBetween: { fa: 'اگر بگید برای چه کاری می‌خواید، راحت‌تر می‌شه انتخاب کرد.', en: 'Tell me what you need it for and the choice will be easier.' },
  haggle: { fa: 'قیمت «{title}» {price} هست و خودم نمی‌تونم تغییرش بدم. درخواست تخفیفتون رو به همکارم گفتم تا همین‌جا جواب بده.', en: '“{title}” costs {price}, and I cannot change that myself. I have passed your request for a better price to a colleague, who will answer here.' },
  reduced: { fa: '«{title}» همین حالا با تخفیفه: {price} به جای {old}. برای تخفیف بیشتر به همکارم گفتم تا همین‌جا جواب بده.', en: '“{title}” is already reduced: {price} instead of {old}. I have asked a colleague about a better price, who will answer here.' },
  haggleAny: { fa: 'درباره‌ی تخفیف همکارم تصمیم می‌گیره؛ بهش گفتم تا همین‌جا جواب بده. کدوم محصول مد نظرتونه؟', en: 'A colleague decides about discounts; I have told them and they will answer here. Which product do you mean?' },
  bulk: { fa: 'قیمت تعداد بالا رو همکارم می‌گه؛ بهش خبر دادم تا همین‌جا جواب بده.', en: 'A colleague gives the price for larger quantities; I have told them and they will answer here.' },
  single: { fa: 'قیمت تکی «{title}»: {price}', en: 'The price of a single “{title}”: {price}' },
  bulkAsks: { fa: 'کدوم محصول و چند تا می‌خواید؟', en: 'Which product would you like, and how many?' },
  notify: { fa: 'چشم، یادداشت کردم: «{title}» که موجود شد همین‌جا خبرتون می‌کنیم.', en: 'Noted: we will tell you here when “{title}” is back.' },
  notifyByPerson: { fa: 'چشم، یادداشت کردم تا همکارم درباره‌ی «{title}» همین‌جا خبرتون کنه.', en: 'Noted: a colleague will tell you here about “{title}”.' },
  isBack: { fa: 'خبر خوب: «{title}» که منتظرش بودید دوباره موجود شد.', en: 'Good news: “{title}”, which you were waiting for, is back in stock.' },
  priceOf: { fa: 'قیمت: {price}', en: 'Price: {price}' },
  isThere: { fa: 'همین حالا موجوده:', en: 'It is available right now:' },
} as const satisfies Record<string, Record<Language, string>>;

export type AssistanceText = keyof typeof TEXTS;

export function sayTo(language: Language, key: AssistanceText, words: Readonly<Record<string, string>> = {}): string {
  return TEXTS[key][language].replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '');
}
