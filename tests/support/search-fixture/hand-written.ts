import type { FixtureProduct } from './vocabulary.ts';

export interface HandWrittenQuery {
  text: string;
  kind: string;
  wants(product: FixtureProduct): boolean;
}

const line = (key: string) => (product: FixtureProduct) => product.key.replace(/-\d+$/, '') === key;
const both =
  (...tests: HandWrittenQuery['wants'][]) =>
  (product: FixtureProduct) =>
    tests.every((test) => test(product));
const titled =
  (...words: string[]) =>
  (product: FixtureProduct) =>
    words.every((word) => product.title.includes(word));
const below = (tomans: number) => (product: FixtureProduct) => product.price <= tomans;
const above = (tomans: number) => (product: FixtureProduct) => product.price >= tomans;
const sold: HandWrittenQuery['wants'] = (product) => product.available;
const key =
  (...keys: string[]) =>
  (product: FixtureProduct) =>
    keys.includes(product.key);

/** Questions as customers write them, each with the products that a seller of this shop would show. */
/* biome-ignore format: a table of questions. */
const ROWS: ReadonlyArray<[text: string, kind: string, wants: HandWrittenQuery['wants']]> = [
  ['روسری زیر ۲۰۰ تومن دارین؟', 'price bound', both(line('scarf'), below(200_000))],
  ['روسری زیر ۳۰۰ هزار تومان', 'price bound', both(line('scarf'), below(300_000))],
  ['ماگ زیر ۱۰۰ تومان', 'price bound', both(line('mug'), below(100_000))],
  ['عطر بالای ۳ میلیون', 'price bound', both(line('perfume'), above(3_000_000))],
  ['یه ساعت مچی تا ۲ میلیون تومن میخوام', 'price bound', both(line('wrist-watch'), below(2_000_000))],
  ['صندلی بین ۱ تا ۳ میلیون تومان', 'price bound', both(line('chair'), above(1_000_000), below(3_000_000))],
  ['کفش رسمی کمتر از ۲ میلیون و ۵۰۰', 'price bound', both(line('dress-shoe'), below(2_500_000))],
  ['قهوه حداکثر ۳۰۰ هزار تومن', 'price bound', both(line('coffee'), below(300_000))],
  ['فرش زیر ٥ میلیون تومان دارید', 'price bound', both(line('carpet'), below(5_000_000))],
  ['شامپو زیر دویست هزار تومان', 'price bound', both(line('shampoo'), below(200_000))],
  ['headphones under 5 million toman', 'price bound', both(line('en-headphones'), below(5_000_000))],
  ['candle under 300k', 'price bound', both(line('en-candle'), below(300_000))],
  ['a keyboard below 4 million tomans please', 'price bound', both(line('en-keyboard'), below(4_000_000))],
  ['wool blanket over 2 million', 'price bound', both(line('en-blanket'), above(2_000_000))],
  ['pillow between 600k and 1 million', 'price bound', both(line('en-pillow'), above(600_000), below(1_000_000))],
  ['چه عروسکی موجود دارید؟', 'available', both(line('doll'), sold)],
  ['عسل موجود دارین', 'available', both(line('honey'), sold)],
  ['which speakers are in stock?', 'available', both(line('en-speaker'), sold)],
  ['knives available now?', 'available', both(line('en-knife'), sold)],
  ['کتونی دارید؟', 'synonym', line('sneaker')],
  ['اسنیکر میخواستم', 'synonym', line('sneaker')],
  ['پیرهن مردونه دارید', 'synonym', line('shirt')],
  ['تیشرت دارین؟', 'half-space', line('tshirt')],
  ['تی شرت', 'half-space', line('tshirt')],
  ['ادکلن چی دارید', 'synonym', line('perfume')],
  ['کوله پشتی', 'half-space', line('backpack')],
  ['کوله', 'half-space', line('backpack')],
  ['نیمبوت دارید', 'half-space', line('ankle-boot')],
  ['نیم بوت زنانه', 'half-space', line('ankle-boot')],
  ['کیف‌های دوشی‌تون رو نشون بدید', 'plural', line('shoulder-bag')],
  ['کیفهای دستی', 'plural', line('hand-bag')],
  ['مانتوهای مجلسی', 'plural', both(line('manto'), titled('مجلسی'))],
  ['روسری‌های ابریشمی', 'plural', both(line('scarf'), titled('ابریشم'))],
  ['صندلی‌های چوبی', 'plural', both(line('chair'), titled('چوبی'))],
  ['عینکهای پلاریزه', 'plural', both(line('sunglasses'), titled('پلاریزه'))],
  ['گوشیهای سامسونگ', 'plural', line('samsung')],
  ['موبایل شیائومی', 'synonym', line('xiaomi')],
  ['گوشي سامسونگ', 'arabic letters', line('samsung')],
  ['آیفون دارید؟', 'synonym', line('iphone')],
  ['iphone 13', 'latin and persian', key('iphone-3')],
  ['samsung a55', 'latin and persian', key('samsung-4')],
  ['Galaxy S24', 'latin', key('samsung-6')],
  ['قیمت s23 چنده', 'latin and persian', key('samsung-5')],
  ['redmi note13', 'latin', key('xiaomi-2')],
  ['xiaomi 13C', 'latin', key('xiaomi-5')],
  ['gheymate gushi samsung a35 chande', 'persian in latin letters', key('samsung-3')],
  ['kife doshi darid', 'persian in latin letters', line('shoulder-bag')],
  ['roosari abrishami', 'persian in latin letters', both(line('scarf'), titled('ابریشم'))],
  ['gheymat sandali choobi', 'persian in latin letters', both(line('chair'), titled('چوبی'))],
  ['nim boot zanane', 'persian in latin letters', line('ankle-boot')],
  ['eynake polarize mikham', 'persian in latin letters', both(line('sunglasses'), titled('پلاریزه'))],
  ['manto majlesi darin?', 'persian in latin letters', both(line('manto'), titled('مجلسی'))],
  ['salam asal mojood darid', 'persian in latin letters', both(line('honey'), sold)],
  ['ایفون۱۵ چنده؟', 'digits of three scripts', key('iphone-5')],
  ['آيفون ١٤ موجوده', 'digits of three scripts', key('iphone-4')],
  ['سامسونک', 'misspelt', line('samsung')],
  ['شیایومی', 'misspelt', line('xiaomi')],
  ['کابشن', 'misspelt', line('jacket')],
  ['هودیی', 'misspelt', line('hoodie')],
  ['زعفرون دارید', 'misspelt', line('saffron')],
  ['دسبند نقره', 'misspelt', both(line('bracelet'), titled('نقره'))],
  ['گردن بند نقره', 'half-space', both(line('necklace'), titled('نقره'))],
  ['قابلمه چدنی', 'ending', both(line('pot'), titled('چدن'))],
  ['ماگ سرامیک', 'ending', both(line('mug'), titled('سرامیکی'))],
  ['قوری شیشه ای', 'half-space', both(line('teapot'), titled('شیشه'))],
  ['کرم مرطوب کننده آلوئه ورا', 'half-space', both(line('cream'), titled('آلوئه'))],
  ['فرش دستبافت', 'misspelt', both(line('carpet'), titled('دستباف'))],
  ['wireless headphones', 'kind', both(line('en-headphones'), titled('wireless'))],
  ['mechanical keyboards', 'plural', both(line('en-keyboard'), titled('mechanical'))],
  ['ceramic knife', 'kind', both(line('en-knife'), titled('ceramic'))],
  ['do you sell standing desks in walnut?', 'plural', both(line('en-desk'), titled('walnut'))],
  ['headfones', 'misspelt', line('en-headphones')],
  ['ketle', 'misspelt', line('en-kettle')],
  ['blankets', 'plural', line('en-blanket')],
  ['bluetooth speakers', 'plural', line('en-speaker')],
  ['vanilla candle', 'kind', both(line('en-candle'), titled('vanilla'))],
  ['outdoor speaker', 'kind', both(line('en-speaker'), titled('outdoor'))],
  ['lether belt', 'misspelt and across languages', both(line('belt'), titled('چرم'))],
  ['black coffee mug or any mug', 'across languages', line('mug')],
  ['saffron', 'across languages', line('saffron')],
  ['sunglasses', 'across languages', line('sunglasses')],
  ['backpack', 'across languages', line('backpack')],
];

export const HAND_WRITTEN: HandWrittenQuery[] = ROWS.map(([text, kind, wants]) => ({ text, kind, wants }));
