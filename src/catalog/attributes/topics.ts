import { formPattern } from '../../text/form-pattern.ts';
import { normaliseText, wordsOf } from '../../text/persian.ts';
import { attributeLabel } from './attribute-names.ts';
import { type AttributeSubject, valuesOf } from './product-facts.ts';

/**
 * What customers ask about goods and services in other words than shops state it: "waterproof" where the shop says «IPX4», «چقد
 * می‌مونه» where it says «ماندگاری». One line a topic: how it is asked, what shops call it, what values tell of it wherever they
 * stand. Patterns over matching form. Pure.
 */
interface Topic {
  fa: string;
  en: string;
  asked: string;
  /** Names of attributes that state it. */
  names: string;
  /** Values that state it under whatever name. */
  values?: string;
}

/* biome-ignore format: a table of words. */
const TOPICS = {
  water: { fa: 'مقاومت در برابر آب', en: 'water resistance',
    asked: 'ضد ?اب\\p{L}*|zed+e? ?e? ?ab|waterproof|water ?resist\\p{L}*|splash ?proof|(?:زیر )?(?:اب|بارون|باران) (?:بخوره|بره|خراب|مشکل)|(?:تو|توی|زیر) (?:اب|دوش|استخر)|in the (?:rain|shower|pool)',
    names: 'ضد ?اب|مقاومت.*اب|water', values: 'ضد ?اب|water ?(?:proof|resist\\p{L}*)|ip[x\\d]\\d|\\d+ ?atm' },
  battery: { fa: 'باتری', en: 'battery',
    asked: 'بات+ری\\p{L}*|باطری\\p{L}*|شارژ ?(?:دهی|ش|شون)|(?:چند ساعت|چقد\\p{L}*) (?:شارژ|کار میکنه)|شارژ (?:نگه|میمون|میکش)\\p{L}*|batter(?:y|ies)|bat+ery\\p{L}*|sharj(?:esh)?', names: 'بات+ری|باطری|شارژ|battery', values: 'mah' },
  memory: { fa: 'رم', en: 'RAM', asked: 'رم(?:ش|شون)?|ram(?:esh)?', names: '^رم(?: |$)|حافظه رم|^ram', values: '(?:^|[ \\d])(?:ram|رم)(?: |$)' },
  screen: { fa: 'صفحه نمایش', en: 'screen', asked: 'صفحه ?(?:نمایش\\p{L}*|ش)|نمایشگر\\p{L}*|چند اینچ\\p{L}*|screen|display|how many inch\\p{L}*', names: 'صفحه|نمایشگر|screen|display', values: '\\d ?(?:inch|اینچ)' },
  processor: { fa: 'پردازنده', en: 'processor', asked: 'پردازنده\\p{L}*|سی ?پی ?یو\\p{L}*|cpu\\p{L}*|processor|chip(?:set)?', names: 'پردازنده|processor|cpu|chip' },
  camera: { fa: 'دوربین', en: 'camera', asked: 'دوربین(?:ش|شون)\\p{L}*|دوربین چند|چند مگاپیکسل\\p{L}*|camera|megapixels?', names: 'دوربین|camera' },
  keyboard: { fa: 'کیبورد', en: 'keyboard', asked: 'کیبورد(?:ش|شون)\\p{L}*|(?:حروف|کیبورد) (?:فارسی|عربی|انگلیسی)\\p{L}*|(?:farsi|arabic|persian|english|backlit) keyboard|keyboard', names: 'کیبورد|صفحه ?کلید|keyboard' },
  plug: { fa: 'دوشاخه', en: 'plug', asked: 'دو ?شاخه\\p{L}*|پریز\\p{L}*|sockets?|plugs?|outlets?|prong', names: 'دو ?شاخه|plug|socket' },
  ports: { fa: 'پورت', en: 'ports', asked: 'پورت\\p{L}*|چند ?تا (?:خروجی|ورودی)\\p{L}*|ports?', names: 'پورت|درگاه|خروجی|port' },
  connection: { fa: 'نوع اتصال', en: 'connectivity', asked: 'بلوتوث\\p{L}*|وای ?فای\\p{L}*|با سیم|بی ?سیم\\p{L}*|سیم ?کارت\\p{L}*|bluetooth|wi ?fi|wired|wireless|sim(?: card)?', names: 'اتصال|بلوتوث|سیم ?کارت|connect|bluetooth|wi ?fi|sim', values: 'بلوتوث|bluetooth|wi ?fi|سیم ?کارت' },
  power: { fa: 'توان', en: 'power', asked: 'چند وات\\p{L}*|توان(?:ش)?|قدرت(?:ش)?|how many watts?|wattage', names: 'توان|قدرت|وات|power|watt' },
  noise: { fa: 'صدا', en: 'noise', asked: 'نویز\\p{L}*|حذف نویز|noise ?cancel\\p{L}*', names: 'نویز|noise', values: 'نویز|noise' },
  stretch: { fa: 'کش', en: 'stretch', asked: 'کش (?:داره|دارن|میاد)|کشی\\p{L}*|کشسان\\p{L}*|کش میاد|stretch\\p{L}*', names: '^کش|کشسان|stretch|elastic', values: 'کش(?: |$|ی)|کشسان|الاستان|لاکرا|اسپندکس|stretch|elastane|spandex|lycra' },
  washing: { fa: 'شستشو', en: 'washing', asked: 'لباسشویی\\p{L}*|ماشین (?:لباس|بندازم|بشورم)|بشور\\p{L}*|شست ?و ?شو\\p{L}*|شستن\\p{L}*|قابل شست\\p{L}*|wash(?:ed|ing|able|er)?|machine wash\\p{L}*|dry clean\\p{L}*|beshoor\\p{L}*', names: 'شست|مراقبت|wash|care', values: 'شست ?و ?شو|machine wash' },
  ironing: { fa: 'اتو', en: 'ironing', asked: 'اتو(?: |$)\\p{L}*|چروک\\p{L}*|wrinkle\\p{L}*|iron(?:ing)?', names: 'اتو|چروک|wrinkle|iron', values: 'چروک|wrinkle' },
  lining: { fa: 'آستر', en: 'lining', asked: 'استر(?:ش)? (?:داره|دار)|استردار\\p{L}*|lin(?:ed|ing)', names: 'استر|lining' },
  thickness: { fa: 'ضخامت', en: 'thickness', asked: 'ضخامت\\p{L}*|کلفت\\p{L}*|نازک\\p{L}*|ضخیم\\p{L}*|بدن ?نما\\p{L}*|thick\\p{L}*|thin|see ?through|transparent', names: 'ضخامت|thick|بدن ?نما', values: 'نازک|ضخیم|بدن ?نما|thick|thin|lightweight' },
  length: { fa: 'قد', en: 'length', asked: 'قد(?:ش|شون)(?: |$)|قدش چ\\p{L}*|چند سانت\\p{L}*|ارتفاع\\p{L}*|what length|height|how (?:tall|high)|how long is (?:it|the)(?! (?:wait|delivery|warranty))', names: '^قد(?: |$)|length|height|بلندی|ارتفاع|ابعاد|dimensions' },
  heel: { fa: 'پاشنه', en: 'heel', asked: 'پاشنه\\p{L}*|heels?', names: 'پاشنه|heel', values: 'پاشنه|heel' },
  sole: { fa: 'زیره', en: 'sole', asked: 'زیره\\p{L}*|sole', names: 'زیره|sole' },
  rise: { fa: 'فاق', en: 'rise', asked: 'فاق\\p{L}*|high ?rise|high ?waist\\p{L}*|low ?rise', names: 'فاق|rise|waist' },
  sleeve: { fa: 'آستین', en: 'sleeve', asked: 'استین\\p{L}*|sleeves?', names: 'استین|sleeve' },
  collar: { fa: 'یقه', en: 'neckline', asked: 'یقه\\p{L}*|neckline|collar', names: 'یقه|neck|collar' },
  pocket: { fa: 'جیب', en: 'pockets', asked: 'جیب(?:ش)? (?:داره|دار\\p{L}*|هم)|pockets?', names: 'جیب|pocket', values: 'جیب|pocket' },
  season: { fa: 'فصل', en: 'season', asked: '(?:برا(?:ی)?|مناسب|واسه) (?:زمستون|زمستان|تابستون|تابستان|پاییز|بهار)\\p{L}*|چه فصلی|for (?:summer|winter)|which season', names: 'فصل|season', values: 'تابستان\\p{L}*|زمستان\\p{L}*|چهار ?فصل|summer|winter' },
  scent: { fa: 'رایحه', en: 'scent', asked: 'بو(?:ش|شون|یش)(?: |$)|بوی (?:چی|چه|\\p{L}+ (?:میده|داره))|چه بو\\p{L}*|رایحه\\p{L}*|نت(?:های|اش|هاش)\\p{L}*|(?:شیرینه|خنکه|تلخه|گرمه|تنده)|smells?|scents?|notes?|fragrance|boo?sh|raye?he\\p{L}*', names: 'رایحه|(?:^| )بو|نت|scent|smell|notes?|fragrance' },
  keeping: { fa: 'ماندگاری', en: 'how long it lasts', asked: 'ماندگار\\p{L}*|موندگار\\p{L}*|(?:چند|چقد\\p{L}*|چه قدر|تا کی)(?: \\p{L}+){0,2} (?:می ?مون\\p{L}*|می ?مان\\p{L}*|دوام\\p{L}*|سالم\\p{L}*)|میمون(?:ه|ن)(?: |$)|دوام(?:ش)?(?: |$)|خراب (?:می ?شه|نمی ?شه|نشه)|نگه ?(?:داری|دارم|داشت)\\p{L}*|how long (?:do(?:es)?|will|would|can)(?: \\p{L}+){1,4} (?:last|stay|keep)\\p{L}*|how long (?:it |they )?lasts?|longevity|long ?lasting|shelf ?life|keeps? (?:for|fresh|good)|stays? fresh|(?:mi?moo?n(?:e|eh|an)|mandegar\\p{L}*)', names: 'ماندگار|دوام|نگه ?داری|longevity|lasting|lasts|shelf|keeps' },
  contents: { fa: 'محتویات', en: 'contents', asked: '(?:چی|چیا|چیه|چه چیز\\p{L}*) (?:ها )?(?:توشه|توش|داخلشه|داخلش|شاملشه)|شامل چ\\p{L}*|شامل(?:ش)? (?:میشه|چیه)|(?:توش|توی بسته|داخلش|تو جعبه) (?:چی|چیا|چیه)|چیا? (?:داره|هست) توش|محتویات\\p{L}*|what(?: s| is| do(?:es)?)?(?: \\p{L}+){0,3} (?:included?|inside|in the (?:box|pack\\p{L}*|set)|contain)|what do i get|includes what|what s in (?:it|the|this|that|there)|does it include|include(?:s|d)?(?= |$)', names: 'شامل|محتویات|اقلام|include|content|package|(?:^| )in the box' },
  ingredients: { fa: 'مواد', en: 'ingredients', asked: 'مواد(?: اولیه)?(?:ش|شون)?(?: |$)|ترکیبات\\p{L}*|از چی درست\\p{L}*|با چی درست\\p{L}*|ingredients?|made (?:of|with|from) what|what is it made', names: 'مواد|ترکیب|ingredient|contains' },
  allergens: { fa: 'آلرژن', en: 'allergens', asked: 'الرژ\\p{L}*|حساسیت ?زا\\p{L}*|allerg\\p{L}*', names: 'الرژ|حساسیت|allerg|contains' },
  sugar: { fa: 'شیرین‌کننده', en: 'sweetener', asked: 'قند(?:ش|شون)?|شکر(?:ش|شون)?|شیرین (?:شده|کردین|کردید|میشه|میکنین)|شیرین ?کننده\\p{L}*|دیابت\\p{L}*|sugar|sweeten\\p{L}*|diabet\\p{L}*|shekar', names: 'شیرین ?کننده|شکر|قند|sugar|sweeten', values: 'شکر|قند|استویا|sugar|stevia' },
  gluten: { fa: 'گلوتن', en: 'gluten', asked: 'گلوتن|gluten', names: 'گلوتن|gluten', values: 'گلوتن|gluten' },
  flavour: { fa: 'طعم', en: 'flavour', asked: 'طعم\\p{L}*|مزه\\p{L}*|flavou?rs?|taste', names: 'طعم|مزه|flavou?r|taste' },
  roast: { fa: 'رست', en: 'roast', asked: 'رست(?:ش)?|برشته\\p{L}*|roast\\p{L}*', names: 'رست|برشته|roast' },
  duration: { fa: 'مدت', en: 'duration', asked: 'چند ?(?:تا )?(?:دقیقه|دیقه|ساعت|مین(?:ه|ِه)?)\\p{L}*(?! (?:میمون|میمان|دوام|شارژ))|(?:چقد\\p{L}*|چه قدر|چند وقت)(?: \\p{L}+){0,2} (?:طول|زمان|وقت|می ?بره)\\p{L}*|(?:طول|زمان) می ?(?:کش|بر)\\p{L}*|چقدر وقت|مدت(?:ش)?(?: |$)|how long (?:do(?:es)?|will|would)(?: \\p{L}+){1,4} take\\p{L}*|how (?:many|much) (?:hours?|minutes?|time)|how long(?: is it)?$|duration|(?:che?gha?dr?|chand saat|chand daghighe)(?: \\p{L}+){0,2} tool \\p{L}*|tool mi\\p{L}*', names: '^(?:مدت|زمان)(?: (?:انجام|کار|اجرا|جلسه|تعمیر|سرویس))?$|duration|^time|طول (?:جلسه|کار)' },
  people: { fa: 'تعداد نفرات', en: 'servings', asked: '(?:برا(?:ی)? |واسه )?چند نفر\\p{L}*|چند برش\\p{L}*|how many (?:people|persons|slices|servings)|serves?', names: 'نفر|برش|serv|slices' },
  pieces: { fa: 'تعداد', en: 'number of pieces', asked: 'چند ?تایی\\p{L}*|چند عدد\\p{L}*|چند ?تا توش\\p{L}*|how many (?:pieces|are in|in a)|pieces', names: 'تعداد|عدد|pieces|count|quantity' },
  pain: { fa: 'درد و بی‌حسی', en: 'pain and numbing', asked: 'درد (?:داره|نداره|ناک|میگیره|میاد)|درد(?:ش)? زیاد|بی ?حس\\p{L}*|pain\\p{L}*|hurts?|numb\\p{L}*|dard dare', names: 'بی ?حسی|درد|numb|pain|an(?:a)?esth' },
  suitable: { fa: 'مناسب بودن', en: 'suitability', asked: 'به درد\\p{L}*(?: \\p{L}+)? (?:می ?خور\\p{L}*)|مناسب (?:پوست|مو|سن|برای|چه|کی|من|بچه)\\p{L}*|(?:برا(?:ی)?|واسه) (?:پوست|موی?) (?:های? )?(?:چرب|خشک|حساس|مختلط|فر|نازک)|پوست(?:م)? (?:چرب|خشک|حساس|جوش)\\p{L}*|(?:suit(?:able|s|ed)?|good|safe|ok(?:ay)?) for|for (?:dry|oily|sensitive|all) (?:skin|hair)', names: 'مناسب|نوع پوست|نوع مو|suitable|skin type|hair type|^for$|audience' },
  ages: { fa: 'رده سنی', en: 'age range', asked: 'رده سنی\\p{L}*|(?:از|برا(?:ی)?|واسه) چند سال\\p{L}*|چند ساله\\p{L}*|what age\\p{L}*|age range', names: 'سن|رده سنی|ages?(?: |$)' },
  condition: { fa: 'وضعیت', en: 'condition', asked: 'پلمپ\\p{L}*|پلمب\\p{L}*|اکبند\\p{L}*|کارکرد\\p{L}*|دست دوم\\p{L}*|نو(?:ئه|ه)(?: |$)|sealed|brand ?new|second ?hand|refurbished', names: 'condition|وضعیت|پلمپ', values: 'پلمپ|پلمب|اکبند|sealed|brand ?new|refurbished|کارکرده' },
  parts: { fa: 'قطعات', en: 'parts', asked: 'قطعه\\p{L}*|قطعات\\p{L}*|لوازم یدکی|spare parts?|(?:original|genuine) parts?', names: 'قطعه|قطعات|parts?' },
  freshness: { fa: 'تازگی', en: 'freshness', asked: '(?:تازه ?(?:س|ست|ان)|تازه هست|تاریخ (?:تولید|پخت)|کی (?:پخت|درست)\\p{L}*)|how fresh|production date', names: 'تازه|تاریخ تولید|fresh|production' },
  calories: { fa: 'کالری', en: 'calories', asked: 'کالری\\p{L}*|calories?|پروتئین\\p{L}*|protein', names: 'کالری|پروتئین|calor|protein' },
  compatible: { fa: 'سازگاری', en: 'compatibility', asked: 'سازگار\\p{L}*|compatible|works? with|fits? (?:my|the|on)|(?:رو(?:ی)?|به|با) (?:ایفون|سامسونگ|گوشی|مک\\p{L}*|لپ ?تاپ)\\p{L}*(?: \\p{L}+)? (?:می ?خور\\p{L}*|کار|وصل|جواب)\\p{L}*', names: 'سازگار|مناسب|compatib|works with|fits' },
} as const satisfies Record<string, Topic>;

type TopicKey = keyof typeof TOPICS;

const TABLE: Readonly<Record<string, Topic>> = TOPICS;
const inForm = (pattern: string) => new RegExp(formPattern(`(?<![\\p{L}\\d])(?:${pattern})(?![\\p{L}\\d])`), 'gu');
const COMPILED = Object.entries(TABLE).map(([key, { asked, names, values }]) => ({
  key: key as TopicKey,
  asked: inForm(asked),
  names: new RegExp(names, 'u'),
  values: values ? new RegExp(values, 'u') : null,
}));

const formOf = (text: string): string => wordsOf(text).join(' ');

/** The topics that a text asks about, and the text in matching form without the words that do. */
export function readTopics(text: string): { topics: TopicKey[]; rest: string } {
  const form = formOf(text);
  const found = COMPILED.filter(({ asked }) => form.search(asked) >= 0);
  const rest = found.reduce((left, { asked }) => left.replace(asked, ' '), form);
  return { topics: found.map(({ key }) => key), rest: rest.replace(/ +/g, ' ').trim() };
}

interface TopicFact {
  /** Of the attribute. */
  name: string;
  values: readonly string[];
}

/** What a product's attributes say of a topic: by their names, else by their values. Empty: nothing. */
export function factsOfTopic(product: AttributeSubject, topic: string): TopicFact[] {
  const one = COMPILED.find(({ key }) => key === topic);
  if (!one) return [];
  const names = [
    ...new Set([
      ...(product.attributes ?? []).map(({ name }) => name),
      ...(product.variants ?? []).flatMap(({ options }) => options.map(({ name }) => name)),
    ]),
  ];
  const { values } = one;
  // A heading such as «مدت» must not take what stands there about something else.
  const named = names.filter((name) =>
    [name, attributeLabel(name, 'fa'), attributeLabel(name, 'en')].some((said) => one.names.test(formOf(said))),
  );
  if (named.length > 0) return named.map((name) => ({ name, values: valuesOf(product, name) }));
  if (!values) return [];
  return names.flatMap((name) => {
    const stating = valuesOf(product, name).filter((value) => values.test(normaliseText(value)));
    return stating.length > 0 ? [{ name, values: stating }] : [];
  });
}

/** What a topic is called. */
export const topicLabel = (topic: string, language: 'fa' | 'en'): string => TABLE[topic]?.[language] ?? topic;
