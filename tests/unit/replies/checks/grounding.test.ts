import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findUngrounded, type Grounds } from '../../../../src/replies/checks/grounding.ts';
import type { KnownProduct } from '../../../../src/replies/known-product.ts';

const product = (id: string, title: string, amount: number, changes: Partial<KnownProduct> = {}): KnownProduct => ({
  id,
  title,
  brand: null,
  available: true,
  price: { amount: BigInt(amount), currency: 'IRT' },
  oldPrice: null,
  url: `https://yas.test/p/${id}`,
  ...changes,
});
const BAG = product('bag', 'کیف دوشی چرم مهتاب', 450_000);
const SHIRT = product('shirt', 'پیراهن نخی آبی سپهر', 780_000, {
  oldPrice: { amount: 975_000n, currency: 'IRT' },
});
const BELT = product('belt', 'کمربند چرم کاوه', 210_000, { available: false });
const LAMP = product('lamp', 'Desk lamp Aurora L20', 4500, { price: { amount: 4500n, currency: 'USD' } });
const KETTLE = product('kettle', 'Electric kettle Breeze', 3900, { price: { amount: 3900n, currency: 'USD' } });

const FA: Grounds = {
  products: [BAG, SHIRT, BELT],
  sources: [
    'هزینه ارسال چقدر است؟\nارسال با پست ۵۰ هزار تومان است. ارسال بالای ۱ میلیون تومان رایگان است.',
    'ساعت کاری ۱۰ تا ۱۸ است.',
  ],
  asked: ['قیمت کیف مهتاب و پیراهن سپهر چنده؟'],
  said: [],
};
const EN: Grounds = {
  products: [LAMP, KETTLE],
  sources: ['How much is shipping?\nShipping costs $6 and takes 3 days.', 'Returns within 14 days.'],
  asked: ['how much is the Aurora lamp?'],
  said: [],
};
const checks = (text: string, grounds: Grounds) => findUngrounded(text, grounds).map((finding) => finding.check);

describe('findUngrounded: prices', () => {
  it.each([
    'کیف دوشی مهتاب ۴۵۰٬۰۰۰ تومان است.',
    'کیف مهتاب ۴۵۰ هزار تومنه.',
    'کیف مهتاب چهارصد و پنجاه هزار تومان و پیراهن سپهر ۷۸۰ هزار تومان است.',
    '۴۵۰ هزار تومان برای کیف مهتاب، ۷۸۰ هزار تومان برای پیراهن سپهر',
    'کیف مهتاب: ۴٬۵۰۰٬۰۰۰ ریال',
    'پیراهن سپهر قبلا ۹۷۵ هزار تومان بود و حالا ۷۸۰ هزار تومان است.',
    'پیراهن سپهر با ۲۰٪ تخفیف ۷۸۰٬۰۰۰ تومان است.',
    'هزینه ارسال با پست ۵۰ هزار تومان است.',
    'سلام! کیف مهتاب را می‌خواهید یا پیراهن سپهر را؟',
    'قیمت‌ها به تومان است.',
    'ساعت کاری ما ۱۰ تا ۱۸ است.',
    'کیف مهتاب موجود است و قیمتش ۴۵۰ هزار تومان است.',
  ])('lets the truth pass: %s', (text) => {
    expect(findUngrounded(text, FA)).toEqual([]);
  });

  it.each([
    'کیف مهتاب ۳۹۰ هزار تومان است.',
    'کیف مهتاب سیصد و نود هزار تومان است.',
    'کیف مهتاب سیصدونود هزارتومانه.',
    'کیف مهتاب ۳۹۰ هزار',
    'قیمتش ۳۹۰ است.',
    'قیمت کیف مهتاب سیصد و نود',
    'کیف مهتاب ٣٩٠ هزار تومان است.',
    'کیف مهتاب ३९० هزار تومان است.',
    'کیف مهتاب ３９０ هزار تومان است.',
    'کیف مهتاب ③⑨⓪ هزار تومان است.',
    'کیف مهتاب ❸❾ هزار تومان است.',
    'کیف مهتاب 3\u200b9\u200b0 هزار تومان است.',
    'کیف مهتاب ۳ ۹ ۰ هزار تومان است.',
    'کیف مهتاب ۳.۹.۰ هزار تومان است.',
    'کیف مهتاب ۳۹۰ ه ز ا ر ت و م ا ن است.',
    'کیف مهتاب 𝟑𝟗𝟎 هزار تومان است.',
    'کیف مهتاب 39O هزار تومان است.',
    'کیف مهتاب ۴۵۰ هزار ریال است.',
    'کیف مهتاب ۷۸۰ هزار تومان است.',
    'کیف مهتاب ۷۸۰ هزار تومان و پیراهن سپهر ۴۵۰ هزار تومان است.',
    'پیراهن سپهر ۹۷۵ هزار تومان است.',
    'کیف مهتاب ۵۰ هزار تومان است، ارسال هم با پست.',
    'می‌شود ۴۵۰ هزار تومان.',
    'کیف مهتاب هزارتومان ارزان‌تر شد.',
    'کیف مهتاب فقط ۳۹۰ت',
    'کیف مهتاب ۳۹۰٬۰۰۰﷼',
    'کیف مهتاب ۴۵ دلار است.',
    'کیف مهتاب نیم میلیون تومان است.',
  ])('catches %s', (text) => {
    expect(checks(text, FA)).toContain('prices');
  });

  it('takes a price of the customer for no proof', () => {
    const grounds = { ...FA, asked: ['کیف مهتاب رو ۱۰۰ هزار تومان می‌دی؟'] };
    expect(checks('باشه، کیف مهتاب ۱۰۰ هزار تومان.', grounds)).toContain('prices');
    expect(checks('باشه، زیر ۱۰۰ هزار تومان کیف مهتاب مال شما.', grounds)).toContain('prices');
  });

  it('repeats a bound of the customer that the products keep', () => {
    const grounds = { ...FA, asked: ['زیر ۵۰۰ هزار تومان چی دارید؟'] };
    expect(findUngrounded('زیر ۵۰۰ هزار تومان کیف مهتاب را داریم.', grounds)).toEqual([]);
    expect(checks('زیر ۵۰۰ هزار تومان پیراهن سپهر را داریم.', grounds)).toContain('prices');
  });

  it.each([
    ['The Aurora lamp is $45.', []],
    ['The Aurora lamp costs 45 dollars and the kettle 39 dollars.', []],
    ['Shipping costs $6.', []],
    ['The Aurora lamp is $39.', ['prices']],
    ['The Aurora lamp is thirty nine dollars.', ['prices']],
    ['It costs forty.', ['prices']],
    ['The Aurora lamp is only $6.', ['prices']],
    ['The lamp is 4 5 dollars.', ['prices']],
    ['The lamp is 45 euros.', ['prices']],
    ['The lamp is €45.', ['prices']],
    ['The lamp is 45 000 toman.', ['prices']],
  ])('judges %j', (text, expected) => {
    expect(checks(text as string, EN)).toEqual(expected);
  });

  it('lets no amount through that is not the price of the product it is said of', () => {
    const spell = fc.constantFrom(
      (value: number) => String(value),
      (value: number) => value.toLocaleString('en'),
      (value: number) => value.toLocaleString('fa-IR'),
      (value: number) => value.toLocaleString('ar-EG'),
      (value: number) => `${value / 1000} هزار`,
      (value: number) => [...String(value)].join(' '),
      (value: number) => [...String(value)].join('\u200c'),
      (value: number) => [...String(value)].map((digit) => String.fromCodePoint(0x1d7d8 + Number(digit))).join(''),
      (value: number) => String(value).replace(/0/g, 'O'),
    );
    const unit = fc.constantFrom('تومان', 'تومن', 'تومنه', 'toman', 'ت', 'ریال', '﷼', '');
    const frame = fc.constantFrom('کیف مهتاب %', 'قیمت کیف مهتاب: %', 'فقط %!', '% برای کیف مهتاب', 'مهتاب\n%');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), spell, unit, frame, (value, say, currency, template) => {
        fc.pre(![450_000, 450, 4_500_000].includes(value));
        const text = template.replace('%', `${say(value)} ${currency}`);
        expect(checks(text, { ...FA, asked: ['قیمت کیف مهتاب؟'] })).toContain('prices');
      }),
      { numRuns: 500 },
    );
  });
});

describe('findUngrounded: stock', () => {
  it.each([
    ['کیف مهتاب موجود است.', []],
    ['کمربند کاوه موجود است.', ['stock']],
    ['کمربند کاوه تمام شده است.', []],
    ['کیف مهتاب تمام شد.', ['stock']],
    ['از کیف مهتاب ۳ عدد موجود است.', ['stock']],
    ['فقط دو تا از کیف مهتاب مونده.', ['stock']],
    ['کیف مهتاب رنگ صورتی هم داریم.', ['stock']],
    ['نمی‌دانم موجود است یا نه.', []],
    ['کمربند کاوه موجود باشد می‌خواهید؟', []],
  ])('judges %j', (text, expected) => {
    expect(checks(text as string, { ...FA, asked: ['موجوده؟'] })).toEqual(expected);
  });

  it('judges English too', () => {
    expect(checks('The Aurora lamp is in stock.', EN)).toEqual([]);
    expect(checks('Only 2 pieces left of the Aurora lamp.', EN)).toEqual(['stock']);
    expect(checks('The Aurora lamp is sold out.', EN)).toEqual(['stock']);
    expect(checks('Yes, it is available.', { ...EN, products: [] })).toEqual(['stock']);
  });
});

describe('findUngrounded: discounts', () => {
  it.each([
    'ارسال رایگان است.',
    'کیف مهتاب با ۲۰٪ تخفیف.',
    'پیراهن سپهر با ۳۰٪ تخفیف ۷۸۰ هزار تومان است.',
    'امروز تخفیف داریم.',
    'نگران نباشید، تخفیف دارید.',
    'کد تخفیف YAS50 را بزنید.',
  ])('catches %s', (text) => {
    expect(checks(text, FA)).toContain('discounts');
  });

  it.each(['ارسال بالای ۱ میلیون تومان رایگان است.', 'تخفیفی نداریم.', 'آیا تخفیف می‌خواهید؟'])(
    'lets pass: %s',
    (text) => {
      expect(checks(text, FA)).not.toContain('discounts');
    },
  );

  it('judges English too', () => {
    expect(checks('Shipping is free.', EN)).toEqual(['discounts']);
    expect(checks('You get 10% off.', EN)).toEqual(['discounts']);
    expect(checks('Feel free to ask. We have no discount right now.', EN)).toEqual([]);
  });
});

describe('findUngrounded: products, links and script', () => {
  it.each([
    'کیف «ستاره» را پیشنهاد می‌کنم.',
    'مدل ستاره بهتر است.',
    'کیف ستاره ۴۵۰ هزار تومان است.',
    'کیف Gucci هم هست.',
    'کد KX900 را ببینید.',
  ])('catches the product in %s', (text) => {
    expect(checks(text, FA)).toContain('products');
  });

  it('knows names of the catalog and of the customer', () => {
    expect(findUngrounded('«کیف دوشی چرم مهتاب» را ببینید.', FA)).toEqual([]);
    expect(findUngrounded('«ستاره» را پیدا نکردم.', { ...FA, asked: ['کیف ستاره دارید؟'] })).toEqual([]);
    expect(checks('We recommend the Solaris Prime.', EN)).toContain('products');
    expect(findUngrounded('The Desk lamp Aurora L20 is a good choice.', EN)).toEqual([]);
  });

  it.each(['yas dot ir', 'yas . ir', 'yas[.]ir', 'yas。ir', 'یاس دات کام', '@yas_shop_2'])('catches %s', (address) => {
    expect(checks(`ببینید: ${address}`, FA)).toContain('links');
  });

  it.each(['کیف مهتاب 四百 تومان', 'tоman 450', 'кошелек'])('catches foreign letters in %s', (text) => {
    expect(checks(text, FA)).toContain('script');
  });
});

describe('findUngrounded', () => {
  it('is quiet about ordinary talk', () => {
    for (const text of [
      'سلام، وقت بخیر! چطور می‌تونم کمکتون کنم؟',
      'پیام شما رسید.',
      'این را دقیق نمی‌دانم؛ همکارم پاسخ می‌دهد.',
      'Hello! How can I help you today?',
      'A colleague will write to you here.',
      'Which size would you like?',
    ])
      expect(findUngrounded(text, { ...FA, asked: ['سلام'] }), text).toEqual([]);
  });

  it('never throws and stays quick, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(findUngrounded(text, FA))));
    for (const unit of ['کیف مهتاب ۴۵۰ ', '1 ', '«', 'a dot ', '@a', 'A', 'موجود ', '%', 'و ', 'مدل ']) {
      const started = performance.now();
      findUngrounded(unit.repeat(4_000 / unit.length), FA);
      expect(performance.now() - started, unit).toBeLessThan(2_000);
    }
  });
});
