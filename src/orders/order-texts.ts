import type { Language } from '../text/message.ts';
import type { Money } from '../text/money.ts';
import { formatMoney } from '../text/money.ts';
import type { OrderField, OrderState } from './order.ts';
import type { PricedLine } from './order-form-state.ts';
import { sumOf } from './order-lines.ts';

/** Everything that an order says to its customer. No model writes these, because they must be true. */

const QUESTIONS: Readonly<Record<OrderField, Record<Language, string>>> = {
  product: {
    fa: 'کدام محصول را می‌خواهید؟ اسم یا شماره‌اش را بنویسید.',
    en: 'Which product would you like? Write its name or number.',
  },
  options: { fa: 'کدام سایز یا رنگ را می‌خواهید؟', en: 'Which size or colour would you like?' },
  quantity: { fa: 'چند عدد می‌خواهید؟', en: 'How many would you like?' },
  name: { fa: 'سفارش به نام چه کسی ثبت شود؟', en: 'What name should the order be under?' },
  phone: { fa: 'لطفاً شماره تماستان را بفرستید.', en: 'Please send your phone number.' },
  address: { fa: 'لطفاً آدرس کامل ارسال را بنویسید.', en: 'Please write the full delivery address.' },
  confirm: {
    fa: 'درست است؟ با «بله» ثبت می‌شود. چیز دیگری هم می‌خواهید؟ نامش را بنویسید.',
    en: 'Is that right? Answer “yes” to place the order. Anything else? Write its name.',
  },
};

/** What is wrong with an answer that could not be used. */
const FAULTS: Readonly<Record<OrderField, Record<Language, string>>> = {
  product: { fa: 'این محصول را پیدا نکردم.', en: 'I could not find that product.' },
  options: {
    fa: 'سایز یا رنگ را متوجه نشدم؛ یکی از این‌ها را بنویسید.',
    en: 'I did not get the size or colour; please write one of these.',
  },
  quantity: {
    fa: 'تعداد را متوجه نشدم؛ یک عدد بنویسید، مثلاً ۲.',
    en: 'I did not get the quantity; please write a number, for example 2.',
  },
  name: { fa: 'نام را متوجه نشدم.', en: 'I did not get the name.' },
  phone: {
    fa: 'این شماره درست به نظر نمی‌رسد؛ مثلاً ۰۹۱۲۱۲۳۴۵۶۷.',
    en: 'That does not look like a phone number; for example +98 912 123 4567.',
  },
  address: {
    fa: 'این آدرس کامل به نظر نمی‌رسد؛ شهر، خیابان و پلاک را بنویسید.',
    en: 'That address looks incomplete; please give city, street and number.',
  },
  confirm: { fa: 'متوجه نشدم.', en: 'I did not get that.' },
};

export function askFor(field: OrderField, language: Language): string {
  return QUESTIONS[field][language];
}

export function faultOf(field: OrderField, language: Language): string {
  return FAULTS[field][language];
}

export const ORDER_TEXTS = {
  whatToChange: {
    fa: 'کدام را تغییر بدهم؟ محصول، سایز یا رنگ، تعداد، نام، تلفن یا آدرس؟',
    en: 'What shall I change: product, size or colour, quantity, name, phone or address?',
  },
  cancelled: {
    fa: 'باشه، سفارش را کنار گذاشتم. هر وقت خواستید دوباره بگویید.',
    en: 'All right, I have dropped the order. Just tell me if you want it again.',
  },
  problem: {
    fa: 'سفارشتان را به همکارم سپردم تا با شما تکمیلش کند.',
    en: 'I have passed your order to a colleague, who will finish it with you.',
  },
  expired: {
    fa: 'سفارشتان نیمه‌کاره ماند و فعلاً کنار گذاشته شد. هر وقت خواستید، نام محصول را بنویسید تا از نو ثبتش کنیم.',
    en: 'Your order was not finished, so I have put it aside. Write the product’s name whenever you want to start again.',
  },
  tooMany: {
    fa: 'برای این تعداد، همکارم با شما هماهنگ می‌کند؛ تا ۱۰۰ عدد را خودم ثبت می‌کنم.',
    en: 'A colleague arranges quantities that large; I can take up to 100 myself.',
  },
  notSeen: {
    fa: 'سفارش یا نوبتی به نام شما این‌جا نمی‌بینم و نمی‌خواهم حدس بزنم. به همکارم گفتم بررسی کند و همین‌جا جوابتان را بدهد؛ اگر شماره سفارش دارید بنویسید.',
    en: 'I see no order or appointment of yours here and would rather not guess. I have asked a colleague to check and answer you here; if you have an order number, please write it.',
  },
  trackingCode: {
    fa: 'کد رهگیری را همکارم همین‌جا برایتان می‌فرستد.',
    en: 'A colleague will send you the tracking code here.',
  },
} as const satisfies Record<string, Record<Language, string>>;

export function soldOut(title: string, language: Language): string {
  return language === 'fa' ? `متأسفانه «${title}» الان موجود نیست.` : `Sorry, “${title}” is out of stock right now.`;
}

export function notSoldAnyMore(title: string, language: Language): string {
  return language === 'fa' ? `متأسفانه «${title}» دیگر فروخته نمی‌شود.` : `Sorry, “${title}” is no longer sold.`;
}

export function chooseOne(titles: readonly string[], language: Language): string {
  const digits = new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : 'en-US');
  const lines = titles.map((title, index) => `${digits.format(index + 1)}. ${title}`);
  return `${language === 'fa' ? 'کدام یک را می‌خواهید؟' : 'Which one would you like?'}\n${lines.join('\n')}`;
}

interface Summary {
  lines: readonly PricedLine[];
  name: string;
  /** E.164. */
  phone: string;
  address: string;
}

const countOf = (quantity: number, language: Language): string =>
  new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : 'en-US').format(quantity);

/** «قیمت: هر عدد …، جمعاً …». */
function priceLine({ product, quantity }: PricedLine, language: Language): string {
  const { price } = product;
  if (!price) return language === 'fa' ? 'قیمت: همکارم اعلام می‌کند' : 'Price: a colleague will tell you';
  const total = formatMoney({ ...price, amount: price.amount * BigInt(quantity) }, language);
  const each = formatMoney(price, language);
  if (quantity === 1) return language === 'fa' ? `قیمت: ${total}` : `Price: ${total}`;
  return language === 'fa' ? `قیمت: هر عدد ${each}، جمعاً ${total}` : `Price: ${each} each, ${total} in total`;
}

function describeLines(lines: readonly PricedLine[], language: Language): string[] {
  const shown = lines.flatMap((line) => {
    const count = countOf(line.quantity, language);
    const { title } = line.product;
    return [language === 'fa' ? `${title}، ${count} عدد` : `${title}, quantity ${count}`, priceLine(line, language)];
  });
  const sum = lines.length > 1 ? sumOf(lines) : null;
  if (!sum) return shown;
  const total = formatMoney(sum, language);
  return [...shown, language === 'fa' ? `جمع کل: ${total}` : `Total: ${total}`];
}

/** As it is dialled in Iran; every other with a mark that keeps its plus in front within Persian text. */
function showPhone(phone: string, language: Language): string {
  return language === 'fa' ? phone.replace(/^\+98(?=9\d{9}$)/, '0').replace(/^\+/, '\u200e+') : phone;
}

/** What is about to be ordered, with its prices of this moment, and the question whether that is right. */
export function summarise(summary: Summary, language: Language, isPriceNew: boolean): string {
  const { lines, name, address } = summary;
  const intro = isPriceNew
    ? { fa: 'قیمت در این فاصله تغییر کرده است. سفارش شما:', en: 'The price has changed meanwhile. Your order:' }
    : { fa: 'سفارش شما:', en: 'Your order:' };
  const phone = showPhone(summary.phone, language);
  const rest =
    language === 'fa'
      ? [`نام: ${name}`, `تلفن: ${phone}`, `آدرس: ${address}`]
      : [`Name: ${name}`, `Phone: ${phone}`, `Address: ${address}`];
  return [intro[language], ...describeLines(lines, language), ...rest, askFor('confirm', language)].join('\n');
}

/** The order is stored under its number. */
export function orderPlaced(number: number, total: Money | null, language: Language): string {
  const shown = shownNumber(number, language);
  if (!total)
    return language === 'fa'
      ? `سفارش شما با شماره ${shown} ثبت شد. همکارم قیمت را اعلام و سفارش را نهایی می‌کند.`
      : `Your order is noted under number ${shown}. A colleague will tell you the price and finish it.`;
  const sum = formatMoney(total, language);
  return language === 'fa'
    ? `سفارش شما با شماره ${shown} و مبلغ ${sum} ثبت شد. سپاس از خریدتان!`
    : `Your order ${shown} over ${sum} is placed. Thank you!`;
}

const STATE_TEXTS: Readonly<Record<Exclude<OrderState, 'draft'>, Record<Language, (number: string) => string>>> = {
  placed: { fa: (n) => `سفارش ${n} شما ثبت شد.`, en: (n) => `Your order ${n} is placed.` },
  confirmed: {
    fa: (n) => `سفارش ${n} شما تأیید شد و آماده می‌شود.`,
    en: (n) => `Your order ${n} is confirmed and being prepared.`,
  },
  shipped: { fa: (n) => `سفارش ${n} شما ارسال شد.`, en: (n) => `Your order ${n} has been shipped.` },
  delivered: {
    fa: (n) => `سفارش ${n} شما تحویل شد. امیدواریم خوشتان بیاید.`,
    en: (n) => `Your order ${n} was delivered. We hope you like it.`,
  },
  cancelled: { fa: (n) => `سفارش ${n} شما لغو شد.`, en: (n) => `Your order ${n} was cancelled.` },
};

/** What the customer is told when the order's state changes. */
export function orderStateText(state: Exclude<OrderState, 'draft'>, number: number, language: Language): string {
  const shown = shownNumber(number, language);
  return STATE_TEXTS[state][language](shown);
}

const STATUS_TEXTS: Readonly<Record<OrderState, Record<Language, (number: string) => string>>> = {
  draft: {
    fa: (n) => `سفارش ${n} شما یادداشت شده و همکارم قیمتش را اعلام می‌کند.`,
    en: (n) => `Your order ${n} is noted, and a colleague will tell you its price.`,
  },
  placed: {
    fa: (n) => `سفارش ${n} شما ثبت شده و هنوز ارسال نشده است.`,
    en: (n) => `Your order ${n} is placed and has not been shipped yet.`,
  },
  confirmed: {
    fa: (n) => `سفارش ${n} شما تأیید شده و در حال آماده‌سازی است؛ هنوز ارسال نشده.`,
    en: (n) => `Your order ${n} is confirmed and being prepared; it has not been shipped yet.`,
  },
  shipped: { fa: (n) => `سفارش ${n} شما ارسال شده است.`, en: (n) => `Your order ${n} has been shipped.` },
  delivered: { fa: (n) => `سفارش ${n} شما تحویل شده است.`, en: (n) => `Your order ${n} has been delivered.` },
  cancelled: { fa: (n) => `سفارش ${n} شما لغو شده است.`, en: (n) => `Your order ${n} was cancelled.` },
};

const shownNumber = (number: number, language: Language): string =>
  new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : 'en-US', { useGrouping: false }).format(number);

/** How an order stands, for who asks. */
export function orderStatusText(state: OrderState, number: number, language: Language): string {
  return STATUS_TEXTS[state][language](shownNumber(number, language));
}

/** The number is not one of the customer's own orders: whose it is, they are not told. */
export function orderNotFound(number: number, language: Language): string {
  const shown = shownNumber(number, language);
  return language === 'fa'
    ? `سفارش شماره ${shown} را بین سفارش‌های شما پیدا نکردم. آن را به همکارم سپردم تا بررسی کند و همین‌جا جوابتان را بدهد.`
    : `I did not find order ${shown} among yours. I have passed it to a colleague, who will check it and answer you here.`;
}
