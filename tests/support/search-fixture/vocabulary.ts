/** A product of the fixture, as it is written to products.json. */
export interface FixtureProduct {
  key: string;
  title: string;
  brand: string;
  categories: string[];
  /** In tomans. */
  price: number;
  available: boolean;
}

/** The words of an imaginary shop, written by hand. Each line is one kind of product with its models. */
export interface ProductLine {
  key: string;
  names: string[];
  details: string[];
  brands: string[];
  categories: string[];
  /** Prices in tomans. */
  from: number;
  to: number;
  titleOf(name: string, detail: string): string;
  /** How a customer names it. */
  askedAs(name: string): string;
}

/* biome-ignore format: a table of words. */
const NAMES = ['مهتاب', 'سپهر', 'کاوه', 'نیلوفر', 'آریا', 'ترنج', 'شهرزاد'];
/* biome-ignore format: a table of words. */
const KINDS: ReadonlyArray<[key: string, kind: string, details: string[], category: string[], from: number, to: number]> = [
  ['shoulder-bag', 'کیف دوشی', ['چرم طبیعی', 'برزنتی', 'چرم مصنوعی'], ['کیف', 'زنانه'], 400_000, 1_900_000],
  ['hand-bag', 'کیف دستی', ['چرم طبیعی', 'حصیری'], ['کیف', 'زنانه'], 500_000, 2_400_000],
  ['wallet', 'کیف پول', ['چرم', 'جیبی'], ['کیف', 'مردانه'], 180_000, 690_000],
  ['backpack', 'کوله‌پشتی', ['لپ‌تاپ', 'کوهنوردی', 'مدرسه'], ['کیف'], 450_000, 1_600_000],
  ['sneaker', 'کتانی', ['پیاده‌روی', 'رانینگ', 'بندی'], ['کفش'], 700_000, 3_200_000],
  ['ankle-boot', 'نیم‌بوت', ['چرم', 'جیر'], ['کفش', 'زنانه'], 900_000, 3_500_000],
  ['sandal', 'صندل', ['تابستانی', 'طبی'], ['کفش'], 250_000, 900_000],
  ['dress-shoe', 'کفش رسمی', ['چرم', 'ورنی'], ['کفش', 'مردانه'], 1_200_000, 4_200_000],
  ['shirt', 'پیراهن', ['نخی', 'کتان', 'چهارخانه'], ['لباس', 'مردانه'], 350_000, 1_100_000],
  ['tshirt', 'تی‌شرت', ['پنبه', 'یقه گرد'], ['لباس'], 150_000, 480_000],
  ['jeans', 'شلوار جین', ['راسته', 'مام‌فیت', 'بگ'], ['لباس'], 500_000, 1_500_000],
  ['manto', 'مانتو', ['کتان', 'جلوباز', 'مجلسی'], ['لباس', 'زنانه'], 600_000, 2_200_000],
  ['jacket', 'کاپشن', ['پفکی', 'بهاره'], ['لباس'], 1_100_000, 3_900_000],
  ['hoodie', 'هودی', ['دورس', 'زیپ‌دار'], ['لباس'], 450_000, 1_300_000],
  ['scarf', 'روسری', ['ابریشم', 'نخی', 'قواره بزرگ'], ['شال و روسری', 'زنانه'], 120_000, 750_000],
  ['belt', 'کمربند', ['چرم', 'پارچه‌ای'], ['اکسسوری', 'مردانه'], 160_000, 590_000],
  ['sunglasses', 'عینک آفتابی', ['پلاریزه', 'فلزی'], ['اکسسوری'], 300_000, 1_900_000],
  ['wrist-watch', 'ساعت مچی', ['استیل', 'بند چرمی'], ['ساعت'], 800_000, 6_000_000],
  ['necklace', 'گردنبند', ['نقره', 'آبکاری طلا'], ['زیورآلات', 'زنانه'], 220_000, 1_700_000],
  ['bracelet', 'دستبند', ['نقره', 'سنگی'], ['زیورآلات'], 150_000, 990_000],
  ['perfume', 'عطر', ['گرم', 'خنک', 'شیرین'], ['آرایشی'], 600_000, 4_800_000],
  ['cream', 'کرم مرطوب‌کننده', ['آلوئه‌ورا', 'هیالورونیک'], ['آرایشی'], 140_000, 620_000],
  ['shampoo', 'شامپو', ['ضد ریزش', 'کراتینه'], ['بهداشتی'], 90_000, 380_000],
  ['lamp', 'آباژور', ['رومیزی', 'ایستاده'], ['روشنایی', 'خانه'], 350_000, 2_600_000],
  ['carpet', 'فرش', ['دستباف', 'ماشینی', 'گلیم‌فرش'], ['خانه'], 2_500_000, 19_000_000],
  ['chair', 'صندلی', ['چوبی', 'اداری', 'تاشو'], ['مبلمان', 'خانه'], 900_000, 5_500_000],
  ['mug', 'ماگ', ['سرامیکی', 'حرارتی'], ['آشپزخانه'], 85_000, 320_000],
  ['pot', 'قابلمه', ['گرانیتی', 'چدن'], ['آشپزخانه'], 450_000, 2_900_000],
  ['teapot', 'قوری', ['چینی', 'شیشه‌ای'], ['آشپزخانه'], 180_000, 880_000],
  ['coffee', 'قهوه', ['عربیکا', 'اسپرسو', 'ترک'], ['خوراکی'], 160_000, 740_000],
  ['honey', 'عسل', ['گون', 'کنار', 'چندگیاه'], ['خوراکی'], 190_000, 820_000],
  ['saffron', 'زعفران', ['سرگل', 'نگین'], ['خوراکی'], 210_000, 1_450_000],
  ['notebook', 'دفتر', ['خط‌دار', 'نقطه‌ای'], ['نوشت‌افزار'], 45_000, 210_000],
  ['doll', 'عروسک', ['پولیشی', 'بافتنی'], ['اسباب‌بازی', 'کودک'], 130_000, 690_000],
];

export const PERSIAN_LINES: ProductLine[] = KINDS.map(([key, kind, details, categories, from, to]) => ({
  key,
  names: NAMES,
  details,
  brands: ['یاس', 'سرو', 'چوبینه'],
  categories,
  from,
  to,
  titleOf: (name, detail) => `${kind} ${detail} مدل ${name}`,
  askedAs: (name) => `${kind} ${name}`,
}));

const phone = (
  key: string,
  brand: string,
  said: string,
  latin: string,
  names: string[],
  from: number,
  to: number,
): ProductLine => ({
  key,
  names,
  details: ['ظرفیت 128 گیگابایت', 'ظرفیت 256 گیگابایت'],
  brands: [latin],
  categories: ['موبایل', 'دیجیتال'],
  from,
  to,
  titleOf: (name, detail) => `گوشی ${brand} ${name} ${detail}`,
  askedAs: (name) => `گوشی ${said} ${name}`,
});

export const PHONES: ProductLine[] = [
  phone(
    'samsung',
    'سامسونگ Galaxy',
    'سامسونگ',
    'Samsung',
    ['A15', 'A25', 'A35', 'A55', 'S23', 'S24'],
    7_000_000,
    48_000_000,
  ),
  phone('iphone', 'اپل آیفون', 'ایفون', 'Apple', ['11', '12', '13', '14', '15', '16'], 25_000_000, 95_000_000),
  phone(
    'xiaomi',
    'شیائومی Redmi',
    'شیائومی',
    'Xiaomi',
    ['Note12', 'Note13', 'A3', '12C', '13C', 'K70'],
    5_000_000,
    27_000_000,
  ),
];

const english = (
  key: string,
  kind: string,
  details: string[],
  names: string[],
  from: number,
  to: number,
): ProductLine => ({
  key,
  names,
  details,
  brands: ['Northwind', 'Harbor'],
  categories: ['Home'],
  from,
  to,
  titleOf: (name, detail) => `${name} ${detail} ${kind}`,
  askedAs: (name) => `${name} ${kind}`,
});

/* biome-ignore format: a table of words. */
export const ENGLISH_LINES: ProductLine[] = [
  english('en-desk', 'standing desk', ['oak', 'walnut'], ['Aurora', 'Breeze', 'Cascade', 'Drift', 'Ember'], 9_000_000, 22_000_000),
  english('en-kettle', 'electric kettle', ['steel', 'glass'], ['Aurora', 'Breeze', 'Cascade', 'Drift', 'Ember'], 1_200_000, 3_900_000),
  english('en-headphones', 'headphones', ['wireless', 'studio'], ['Aurora', 'Breeze', 'Cascade', 'Drift', 'Ember'], 2_500_000, 14_000_000),
  english('en-blanket', 'wool blanket', ['soft', 'heavy'], ['Aurora', 'Breeze', 'Cascade', 'Drift', 'Ember'], 700_000, 2_800_000),
  english('en-knife', 'kitchen knife', ['forged', 'ceramic'], ['Aurora', 'Breeze', 'Cascade', 'Drift', 'Ember'], 400_000, 2_600_000),
  english('en-keyboard', 'keyboard', ['mechanical', 'compact'], ['Aurora', 'Breeze', 'Cascade', 'Drift', 'Ember'], 1_500_000, 8_800_000),
  english('en-speaker', 'bluetooth speaker', ['outdoor', 'mini'], ['Aurora', 'Breeze', 'Cascade', 'Drift', 'Ember'], 900_000, 6_500_000),
  english('en-candle', 'scented candle', ['vanilla', 'cedar'], ['Aurora', 'Breeze', 'Cascade', 'Drift', 'Ember'], 150_000, 600_000),
  english('en-pillow', 'memory pillow', ['firm', 'medium'], ['Aurora', 'Breeze', 'Cascade', 'Drift', 'Ember'], 600_000, 1_900_000),
];
