import { wordsOf } from '../text/persian.ts';

/**
 * What a question may name that an answer of its kind need not speak of: «پی‌پال» where the shop tells its ways to pay, "Germany" where
 * it tells what delivery costs. Pure. Patterns over words in matching form.
 */
interface Specific {
  asked: RegExp;
  /** An answer with these speaks of it. */
  said: RegExp;
}

const whole = (pattern: string) => new RegExp(`(?<!\\p{L})(?:${pattern})(?!\\p{L})`, 'u');
const named = (pattern: string, more = ''): Specific => ({
  asked: whole(pattern),
  said: whole(more === '' ? pattern : `${pattern}|${more}`),
});
const CARDS = 'cards?|کارت\\p{L}*|درگاه\\p{L}*';
const ABROAD =
  'خارج\\p{L}*|بین ?الملل\\p{L}*|(?:همه|تمام|سراسر|کل) ?(?:ی )?(?:دنیا|جهان|کشورها\\p{L}*)|abroad|international\\p{L}*|overseas|world ?wide|any country|(?:only|just) (?:ship |deliver |deliveries )?(?:inside|within|in)|فقط (?:داخل|به|در|ایران)|داخل ایران';
/* biome-ignore format: a table of words. */
const COUNTRIES = ['المان|germany', 'ترکیه|turkey|torkiye', 'دبی|امارات|dubai|uae|emirates', 'عراق|iraq', 'کانادا|canada', '(?:امریکا|ایالات متحده)|usa|united states|america', 'انگلیس|انگلستان|بریتانیا|لندن|uk|england|britain|london',
  'فرانسه|france|paris', 'ایتالیا|italy', 'اسپانیا|spain', 'هلند|netherlands|holland', 'سوید|سوئد|sweden', 'نروژ|norway', 'اتریش|austria|vienna', 'سوییس|سوئیس|switzerland', 'بلژیک|belgium', 'استرالیا|australia', 'ارمنستان|armenia', 'گرجستان|georgia',
  'افغانستان|afghanistan|کابل', 'پاکستان|pakistan', 'هند|india', 'چین|china', 'ژاپن|japan', 'کره|korea', 'روسیه|russia', 'عمان|oman|muscat', 'قطر|qatar|doha', 'کویت|kuwait', 'بحرین|bahrain', 'عربستان|saudi(?: arabia)?|ksa|riyadh', 'مصر|egypt', 'لبنان|lebanon',
  'یونان|greece', 'لهستان|poland', 'ایران|iran', 'ایرلند|ireland', 'دانمارک|denmark', 'فنلاند|finland', 'پرتغال|portugal', 'مالزی|malaysia', 'سنگاپور|singapore', 'اروپا|europe'];
/* biome-ignore format: a table of words. */
const SPECIFICS: readonly Specific[] = [
  ...['paypal|پی ?پال', 'apple ?pay|اپل ?پی', 'google ?pay|گوگل ?پی', 'samsung ?pay', 'venmo|zelle|cash ?app|wise|revolut|western union', 'crypto\\p{L}*|bitcoin|btc|usdt|tether|بیت ?کوین|تتر|کریپتو|(?:ارز|رمز ?ارز) ?(?:دیجیتال)?',
    'amex|american express', 'cheques?|checks?(?= \\p{L}|$)|چک(?:ی)?', 'klarna|afterpay', 'tabby', 'tamara', 'اسنپ ?پی|snapp ?pay', 'دیجی ?پی|digi ?pay', 'تارا ?پی', 'ازکی(?: ?وام)?', 'زرین ?پال', 'زیپ|zip pay'].map((name) => named(name)),
  named('visa|ویزا(?: ?کارت)?', CARDS), named('master ?card|مستر ?کارت', CARDS),
  ...COUNTRIES.map((name) => named(name, ABROAD)),
  named('خارج(?: از کشور)?|abroad|overseas|international(?:ly)?|outside (?:the )?country', ABROAD),
  ...['تیپاکس|tipax', 'چاپار', 'dhl', 'fedex', 'ups', 'aramex|ارامکس', 'اسنپ ?باکس', 'باربری|اتوبوس|ترمینال'].map((name) => named(name)),
];

/** The words by which a question names what its answer does not speak of; null where there is none. */
export function unsaidIn(question: string, answer: string): string | null {
  const asked = wordsOf(question).join(' ');
  const told = wordsOf(answer).join(' ');
  for (const specific of SPECIFICS) {
    const found = specific.asked.exec(asked)?.[0];
    if (found !== undefined && !specific.said.test(told)) return asWritten(question, found);
  }
  return null;
}

/** Words in matching form as the customer wrote them. */
function asWritten(text: string, form: string): string {
  const first = form.split(' ')[0] ?? form;
  const written = text.split(/[^\p{L}\p{M}\u200c]+/u).find((word) => wordsOf(word).join(' ').startsWith(first));
  return written && !form.includes(' ') ? written : form;
}
