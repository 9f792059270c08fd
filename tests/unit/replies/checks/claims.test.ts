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
  url: null,
  ...changes,
});
const BAG = product('nargol', 'کیف دوشی چرم طبیعی مدل نارگل', 1_850_000);
const BRIEFCASE = product('alborz', 'کیف اداری چرم مدل البرز', 4_200_000, { available: false });
const WATCH = product('sepehr', 'ساعت مچی سپهر', 900_000, {
  oldPrice: { amount: 1_800_000n, currency: 'IRT' },
  details: ['گارانتی ۱۸ ماهه'],
});

const SHOP: Grounds = {
  products: [BAG, BRIEFCASE],
  focusIds: ['nargol'],
  sources: [
    'هزینه و زمان ارسال؟\nارسال به سراسر کشور ۳ تا ۵ روز کاری طول می‌کشد.',
    'شرایط مرجوعی؟\nتا ۷ روز پس از دریافت می‌توانید کالا را پس بدهید.',
    'پرداخت در محل دارید؟\nخیر، فقط کارت به کارت و درگاه آنلاین.',
    'گارانتی؟\nکیف‌ها ۶ ماه گارانتی دوخت دارند.',
    'ساعت کاری ۱۰ تا ۱۸ است و جمعه‌ها تعطیل هستیم.',
    'تلفن فروشگاه: ۰۲۱-۸۸۷۷۶۶۵۵. آدرس: تهران، خیابان ولیعصر، پاساژ میلاد.',
  ],
  asked: ['سلام'],
  said: [],
};
const EMPTY: Grounds = { products: [BAG], sources: [], asked: ['سلام'], said: [] };
const EN: Grounds = {
  products: [],
  sources: [
    'How long does delivery take?\nWe ship nationwide within 3 working days.',
    'Can I return something?\nYou can return it within 14 days.',
    'Is there a warranty?\nEvery lamp has a 2 year warranty.',
    'Cash on delivery?\nNo, only online payment.',
    'We are open every day from 9 to 18. Call us at +49 30 1234567.',
  ],
  asked: ['hello'],
  said: [],
};
const checks = (text: string, grounds: Grounds) => findUngrounded(text, grounds).map(({ check }) => check);

describe('claims of prices', () => {
  it.each([
    ['نارگل یک و هشتصد است.', 'prices'],
    ['نارگل یک و هشتصد تومنه.', 'prices'],
    ['نارگل دو و نیم است.', 'prices'],
    ['نارگل نصف قیمت البرز است.', 'discounts'],
    ['البرز ارزون‌تر از نارگله.', 'prices'],
    ['نارگل از البرز گرون‌تره.', 'prices'],
    ['نارگل الان خیلی ارزون شده.', 'discounts'],
    ['برای شما کمتر حساب می‌کنم.', 'discounts'],
    ['قیمتش الان نصف شده.', 'discounts'],
    ['دو تا به قیمت یکی ببرید.', 'discounts'],
    ['یکی بخرید یکی هدیه بگیرید.', 'discounts'],
    ['با هر خرید یک هدیه می‌گیرید.', 'discounts'],
    ['ارسالش رایگانه.', 'discounts'],
    ['ارسال بدون هزینه است.', 'discounts'],
    ['قیمت ویژه برای شما داریم.', 'discounts'],
    ['nesfe gheymat mishe.', 'discounts'],
    ['ersal rayegane.', 'discounts'],
    ['do ta be gheymate yeki!', 'discounts'],
    ['baratoon takhfif midim.', 'discounts'],
  ])('are not let out unproven: %s', (text, check) => {
    expect(checks(text, SHOP)).toContain(check);
  });

  it.each([
    ['Half price today!', 'discounts'],
    ['Two for the price of one.', 'discounts'],
    ['Buy one get one free.', 'discounts'],
    ['You get a free gift with every order.', 'discounts'],
    ['Shipping is on the house.', 'discounts'],
    ['I can make it cheaper for you.', 'discounts'],
    ['The price has dropped.', 'discounts'],
  ])('are not let out unproven in English: %s', (text, check) => {
    expect(checks(text, EN)).toContain(check);
  });

  it.each([
    'نارگل یک و هشتصد و پنجاه است.',
    'نارگل یک میلیون و هشتصد و پنجاه هزار تومان است.',
    'نارگل ارزون‌تر از البرزه.',
    'نارگل برای هدیه هم مناسب است.',
    'کمتر از این نمی‌شود.',
    'تخفیفی نداریم.',
  ])('are let out where they are true, or none: %s', (text) => {
    expect(checks(text, SHOP)).toEqual([]);
  });

  it('are proven by an old price of the product', () => {
    const grounds = { ...SHOP, products: [WATCH], focusIds: ['sepehr'] };
    expect(checks('ساعت سپهر الان نصف قیمت است.', grounds)).toEqual([]);
    expect(checks('ساعت سپهر الان ارزون شده.', grounds)).toEqual([]);
    expect(checks('دو تا ساعت سپهر به قیمت یکی.', grounds)).toContain('discounts');
  });
});

describe('claims of stock', () => {
  it.each([
    'البرز همین الان آماده ارساله.',
    'البرز را می‌توانید همین امروز سفارش دهید.',
    'البرز رو سفارش بدید.',
    'You can order البرز today.',
  ])('do not offer what is sold out: %s', (text) => {
    expect(checks(text, SHOP)).toContain('stock');
  });

  it.each([
    'نارگل را می‌توانید سفارش دهید.',
    'البرز ناموجود است، می‌توانید نارگل را سفارش دهید.',
    'البرز را فعلا نمی‌توانید سفارش دهید.',
  ])('offer what is there: %s', (text) => {
    expect(checks(text, SHOP)).not.toContain('stock');
  });
});

describe('claims of delivery', () => {
  it.each([
    'ارسال یک روزه است.',
    'فردا به دستتون می‌رسه.',
    'همین امروز ارسال می‌کنیم.',
    'ارسال با تیپاکس است.',
    'به خارج از کشور هم ارسال داریم.',
    'ersal 1 rooze ast.',
    'farda miresi dastetoon, ersal mishe.',
  ])('are not let out unproven: %s', (text) => {
    expect(checks(text, SHOP)).toContain('delivery');
  });

  it.each([
    'We ship within 1 day.',
    'It arrives tomorrow.',
    'We deliver worldwide.',
    'Express courier delivery is included.',
  ])('are not let out unproven in English: %s', (text) => {
    expect(checks(text, EN)).toContain('delivery');
  });

  it('know a bare answer by the question', () => {
    expect(checks('۲ روزه.', { ...SHOP, asked: ['ارسال چند روزه؟'] })).toContain('delivery');
    expect(checks('۳ تا ۵ روز کاری.', { ...SHOP, asked: ['ارسال چند روزه؟'] })).toEqual([]);
  });

  it.each([
    'ارسال ۳ تا ۵ روز کاری طول می‌کشد.',
    'به سراسر کشور ارسال داریم.',
    'زمان ارسال را همکارم می‌گوید.',
    'ارسال به کدام شهر؟',
    'ارسال فوری نداریم.',
  ])('are let out where the shop says so, or nothing is promised: %s', (text) => {
    expect(checks(text, SHOP)).toEqual([]);
  });

  it.each([
    'We ship nationwide within 3 working days.',
    'Where shall we deliver it?',
    'A colleague will tell you the delivery time.',
  ])('are let out in English: %s', (text) => {
    expect(checks(text, EN)).toEqual([]);
  });

  it('need a word of the shop at all', () => {
    expect(checks('ارسال داریم.', EMPTY)).toContain('delivery');
    expect(checks('ارسال داریم.', SHOP)).toEqual([]);
  });
});

describe('claims of returns and warranty', () => {
  it.each([
    ['تا ۳۰ روز می‌توانید پس بدهید.', 'returns'],
    ['تا ۷ ماه می‌توانید مرجوع کنید.', 'returns'],
    ['بدون هیچ شرطی پس می‌گیریم.', 'returns'],
    ['گارانتی مادام‌العمر دارد.', 'warranty'],
    ['۲ سال گارانتی دارد.', 'warranty'],
    ['garanti 2 sale dare.', 'warranty'],
    ['ta 30 rooz marjooi darim.', 'returns'],
  ])('are not let out unproven: %s', (text, check) => {
    expect(checks(text, SHOP)).toContain(check);
  });

  it.each([
    ['You can return it within 30 days.', 'returns'],
    ['Returns are accepted, no questions asked.', 'returns'],
    ['It has a lifetime warranty.', 'warranty'],
    ['It comes with a 5 year warranty.', 'warranty'],
  ])('are not let out unproven in English: %s', (text, check) => {
    expect(checks(text, EN)).toContain(check);
  });

  it.each([
    'تا ۷ روز پس از دریافت می‌توانید پس بدهید.',
    'کیف‌ها ۶ ماه گارانتی دارند.',
    'برای مرجوعی شماره سفارش را بنویسید.',
    'شرایط گارانتی را همکارم می‌گوید.',
    'درباره گارانتی مطمئن نیستم.',
  ])('are let out where the shop says so, or nothing is promised: %s', (text) => {
    expect(checks(text, SHOP)).toEqual([]);
  });

  it.each([
    'You can return it within 14 days.',
    'Every lamp has a 2 year warranty.',
    "I'm not sure about the warranty.",
  ])('are let out in English: %s', (text) => {
    expect(checks(text, EN)).toEqual([]);
  });

  it('are proven by what a product says of itself, for that product', () => {
    const grounds = { ...EMPTY, products: [WATCH], focusIds: ['sepehr'] };
    expect(checks('ساعت سپهر ۱۸ ماه گارانتی دارد.', grounds)).toEqual([]);
    expect(checks('ساعت سپهر ۲۴ ماه گارانتی دارد.', grounds)).toContain('warranty');
    expect(checks('کیف نارگل ۱۸ ماه گارانتی دارد.', { ...grounds, products: [WATCH, BAG], focusIds: [] })).toContain(
      'warranty',
    );
  });

  it('keep figures of two claims apart', () => {
    expect(checks('ارسال ۳ تا ۵ روز کاری است و تا ۷ روز می‌توانید پس بدهید.', SHOP)).toEqual([]);
    expect(checks('ارسال ۷ روز کاری است و تا ۵ روز می‌توانید پس بدهید.', SHOP)).toEqual(
      expect.arrayContaining(['delivery', 'returns']),
    );
  });
});

describe('claims of payment', () => {
  it.each(['پرداخت در محل داریم.', 'قسطی هم می‌دهیم.', 'با چک صیادی هم می‌شود پرداخت کرد.', 'pardakht dar mahal darim.'])(
    'are not let out unproven: %s',
    (text) => {
      expect(checks(text, SHOP)).toContain('payment');
    },
  );

  it.each(['We offer cash on delivery.', 'You can pay in installments.', 'We accept bitcoin payments.'])(
    'are not let out unproven in English: %s',
    (text) => {
      expect(checks(text, EN)).toContain('payment');
    },
  );

  it.each(['پرداخت کارت به کارت است.', 'پرداخت در محل نداریم.', 'روش پرداخت را همکارم می‌گوید.'])(
    'are let out: %s',
    (text) => {
      expect(checks(text, SHOP)).toEqual([]);
    },
  );
});

describe('claims of orders', () => {
  const DEEDS = [
    'سفارش شما ثبت شد و فردا ارسال می‌شود.',
    'سفارش شما ثبت شد.',
    'سفارشتان ارسال شده است.',
    'بسته‌تان در راه است.',
    'پرداخت شما دریافت شد و مبلغ به حساب شما برگشت داده شد.',
    'مبلغ واریز شد.',
    'نوبت شما ثبت شد.',
    'براتون کنار گذاشتم.',
    'سفارش شما هنوز ارسال نشده است.',
    'sefareshetoon sabt shod.',
    'pardakht shoma daryaft shod.',
    'Your payment was received and your order has shipped.',
    'Your order has been placed.',
    "I've placed your order.",
    'We have refunded your money.',
    'Your appointment is booked.',
    'Your package is on its way.',
  ];

  it.each(DEEDS)('need a record: %s', (text) => {
    expect(checks(text, EMPTY)).toContain('orders');
  });

  it.each([
    'وقتی سفارشتان ثبت شد، خبر می‌دهیم.',
    'برای ثبت سفارش نام و آدرس را بنویسید.',
    'سفارشتان ثبت شد؟',
    'پیامتان ثبت شد.',
    'پیام شما درباره سفارش به همکارم ارسال شد.',
    'لطفا رسید پرداخت را بفرستید.',
    'کیف را ندیدم.',
    'Has your order been shipped?',
    'As soon as your order is confirmed, we will tell you.',
    'Your order will be shipped by a colleague.',
    'Your message was received.',
    'Please send the order number.',
  ])('claim nothing done: %s', (text) => {
    expect(checks(text, EMPTY)).not.toContain('orders');
  });

  it('are proven by the customer’s own orders', () => {
    const shipped = { ...EMPTY, orders: [{ number: 1001, state: 'shipped' }] };
    expect(checks('سفارش ۱۰۰۱ شما ارسال شده است.', shipped)).toEqual([]);
    expect(checks('Your order 1001 has been shipped.', shipped)).toEqual([]);
    expect(checks('سفارش شما تحویل داده شد.', shipped)).toContain('orders');
    expect(checks('سفارش شما هنوز ارسال نشده است.', shipped)).toContain('orders');
    expect(checks('پرداخت شما دریافت شد.', shipped)).toContain('orders');
    const two = { ...EMPTY, orders: [...shipped.orders, { number: 1002, state: 'placed' }] };
    expect(checks('سفارش ۱۰۰۲ ارسال شد.', two)).toContain('orders');
    expect(checks('سفارش ۱۰۰۲ ثبت شد.', two)).toEqual([]);
  });
});

describe('claims of contact and hours', () => {
  it.each([
    'با شماره ۰۹۱۲ ۳۴۵ ۶۷ ۸۹ تماس بگیرید.',
    'با شماره ۰۹۱۲-۳۴۵-۶۷۸۹ تماس بگیرید.',
    'شماره ما 0912.345.6789 است.',
    'با ۰۹۱۲۳۴۵۶۷۸۹ تماس بگیرید.',
    'با ۱۵۹۸ تماس بگیرید.',
    'شماره ما صفر نهصد و دوازده سیصد و چهل و پنج است.',
    'Call us at +1 (555) 010-2030.',
    'در واتساپ پیام بدهید.',
    'ما در خیابان جمهوری هستیم.',
    'be shomare 0912 345 6789 zang bezanid.',
  ])('are not let out unproven: %s', (text) => {
    expect(checks(text, SHOP)).toContain('contact');
  });

  it.each([
    'شماره ما ۰۲۱۸۸۷۷۶۶۵۵ است.',
    'با ۰۲۱ ۸۸۷۷ ۶۶۵۵ تماس بگیرید.',
    'ما در خیابان ولیعصر، پاساژ میلاد هستیم.',
    'آدرس کامل با خیابان و پلاک را بنویسید.',
    'شماره سفارش را بنویسید.',
    'نارگل ۱ ۸۵۰ ۰۰۰ تومان است.',
  ])('are let out where they are the shop’s, or none: %s', (text) => {
    expect(checks(text, SHOP)).toEqual([]);
  });

  it('give the customer’s own number back', () => {
    const grounds = { ...SHOP, said: ['شماره‌ام ۰۹۱۲۱۱۱۲۲۳۳ است'] };
    expect(checks('با شماره ۰۹۱۲ ۱۱۱ ۲۲ ۳۳ تماس می‌گیریم.', grounds)).toEqual([]);
    expect(checks('با شماره ۰۹۱۲ ۱۱۱ ۲۲ ۳۴ تماس می‌گیریم.', grounds)).toContain('contact');
  });

  it.each([
    ['ساعت کاری ما ۸ تا ۲۲ است.', SHOP],
    ['جمعه‌ها هم تا ساعت ۱۸ باز هستیم.', EMPTY],
    ['شبانه‌روزی باز هستیم.', SHOP],
    ['We are open 24/7.', EN],
    ['Monday to Friday, 9 to 5.', EN],
    ['We are open until 22.', EN],
  ])('know the hours of %j by the shop alone', (text, grounds) => {
    expect(checks(text as string, grounds as Grounds)).toContain('hours');
  });

  it.each([
    ['ساعت کاری ۱۰ تا ۱۸ است.', SHOP],
    ['از ساعت ۱۰ صبح تا ۶ عصر باز هستیم.', SHOP],
    ['جمعه‌ها تعطیل هستیم.', SHOP],
    ['We are open every day from 9 to 18.', EN],
    ['When would you like to come?', EN],
  ])('tell the hours of %j', (text, grounds) => {
    expect(checks(text as string, grounds as Grounds)).toEqual([]);
  });
});
