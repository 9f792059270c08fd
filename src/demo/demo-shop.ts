/** A small leather shop for trying Peyk out: enough to see answers, products and a queue of conversations. */
export const DEMO_PRODUCTS: readonly {
  sku: string;
  title: string;
  brand: string;
  category: string;
  toman: number;
  available?: boolean;
}[] = [
  { sku: 'bag-01', title: 'کیف دوشی چرم طبیعی مدل نارگل', brand: 'چرم باران', category: 'کیف', toman: 1_850_000 },
  { sku: 'bag-02', title: 'کیف دستی زنانه چرم مدل ترنج', brand: 'چرم باران', category: 'کیف', toman: 2_400_000 },
  { sku: 'bag-03', title: 'کوله پشتی چرم مردانه مدل سهند', brand: 'چرم باران', category: 'کیف', toman: 3_650_000 },
  {
    sku: 'bag-04',
    title: 'کیف اداری چرم مدل البرز',
    brand: 'چرم باران',
    category: 'کیف',
    toman: 4_200_000,
    available: false,
  },
  { sku: 'bag-05', title: 'کیف کمری چرم مدل کویر', brand: 'چرم باران', category: 'کیف', toman: 980_000 },
  { sku: 'wal-01', title: 'کیف پول چرم مردانه مدل آرش', brand: 'چرم باران', category: 'کیف پول', toman: 620_000 },
  { sku: 'wal-02', title: 'کیف پول زنانه چرم مدل یاس', brand: 'چرم باران', category: 'کیف پول', toman: 740_000 },
  { sku: 'wal-03', title: 'جاکارتی چرم مدل نقش', brand: 'چرم باران', category: 'کیف پول', toman: 290_000 },
  { sku: 'blt-01', title: 'کمربند چرم مردانه کلاسیک', brand: 'چرم باران', category: 'کمربند', toman: 540_000 },
  { sku: 'blt-02', title: 'کمربند چرم زنانه باریک', brand: 'چرم باران', category: 'کمربند', toman: 430_000 },
  { sku: 'sho-01', title: 'کفش چرم مردانه مدل آکسفورد', brand: 'گام', category: 'کفش', toman: 3_100_000 },
  { sku: 'sho-02', title: 'کفش کالج چرم زنانه', brand: 'گام', category: 'کفش', toman: 2_250_000 },
  { sku: 'sho-03', title: 'بوت چرم زنانه ساق‌کوتاه', brand: 'گام', category: 'کفش', toman: 3_900_000, available: false },
  { sku: 'wat-01', title: 'بند ساعت چرم دست‌دوز', brand: 'چرم باران', category: 'اکسسوری', toman: 350_000 },
  { sku: 'key-01', title: 'جاکلیدی چرم با حک اسم', brand: 'چرم باران', category: 'اکسسوری', toman: 120_000 },
  { sku: 'gft-01', title: 'ست هدیه کیف پول و کمربند چرم', brand: 'چرم باران', category: 'هدیه', toman: 1_090_000 },
];

export const DEMO_FAQS: readonly { language: 'fa' | 'en'; question: string; answer: string }[] = [
  {
    language: 'fa',
    question: 'ساعت کاری فروشگاه چیه؟',
    answer: 'هر روز از ۱۰ صبح تا ۹ شب پاسخ‌گو هستیم؛ جمعه‌ها از ۴ عصر.',
  },
  {
    language: 'fa',
    question: 'هزینه و زمان ارسال چقدره؟',
    answer: 'سفارش‌ها با پست پیشتاز فرستاده می‌شن و ۲ تا ۴ روز کاری می‌رسن.',
  },
  {
    language: 'fa',
    question: 'امکان مرجوع کردن کالا هست؟',
    answer: 'تا ۷ روز، اگر استفاده نشده باشه، کالا رو پس می‌گیریم.',
  },
  {
    language: 'fa',
    question: 'آدرس فروشگاه کجاست؟',
    answer: 'فروش ما آنلاینه؛ برای دیدن حضوری با پشتیبانی هماهنگ کنید.',
  },
  {
    language: 'en',
    question: 'What are your opening hours?',
    answer: 'Every day from 10 am to 9 pm, on Fridays from 4 pm.',
  },
  {
    language: 'en',
    question: 'How long does shipping take?',
    answer: 'Orders are posted the next working day and arrive within 2 to 4 working days.',
  },
  { language: 'en', question: 'Can I return an item?', answer: 'Within 7 days, unused, in its box.' },
];

/** What each customer says, one burst each. */
export const DEMO_CUSTOMERS: readonly { name: string; says: readonly string[] }[] = [
  { name: 'sara', says: ['سلام', 'ساعت کاری‌تون چیه؟'] },
  { name: 'reza', says: ['قیمت کیف پول مردانه چنده؟'] },
  { name: 'mina', says: ['سلام، کیف دوشی دارید؟', 'می‌خوام بخرم'] },
  { name: 'amir', says: ['می‌خوام با یک نفر از پشتیبانی صحبت کنم'] },
  { name: 'emma', says: ['Hello! How long does shipping take?'] },
  { name: 'nima', says: ['کفش چرم مردونه زیر ۴ میلیون دارید؟'] },
];

export const DEMO_CANNED_REPLIES: readonly { shortcut: string; language: 'fa' | 'en'; text: string }[] = [
  { shortcut: 'salam', language: 'fa', text: 'سلام، وقت بخیر! چطور می‌تونم کمکتون کنم؟' },
  { shortcut: 'ersal', language: 'fa', text: 'سفارش شما ثبت شد و کد رهگیری تا فردا برایتان فرستاده می‌شود.' },
  { shortcut: 'thanks', language: 'en', text: 'Thank you for your message! We are glad to help.' },
];
