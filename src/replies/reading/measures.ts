/** Words beside a number that tell what it counts or measures, so that it is no amount of money. In matching form. */

/* biome-ignore format: a table of words. */
const MEASURES: ReadonlySet<string> = new Set(['روز', 'روزه', 'ساعت', 'ساعته', 'دقیقه', 'هفته', 'ماه', 'ماهه', 'سال', 'ساله', 'سانت', 'سانتی',
  'سانتیمتر', 'متر', 'متری', 'کیلو', 'کیلویی', 'کیلوگرم', 'گرم', 'گرمی', 'میلی', 'میلیمتر', 'لیتر', 'لیتری', 'اینچ', 'اینچی', 'گیگ', 'گیگابایت',
  'درصد', 'برابر', 'days', 'day', 'hours', 'hour', 'weeks', 'week', 'months', 'month', 'years', 'year', 'cm', 'mm', 'm', 'kg', 'g', 'gb', 'inch',
  'inches', 'ml', 'l', 'minutes', 'times', 'percent', 'working', 'business', 'rooz', 'roz', 'saat', 'mah', 'mahe', 'sal', 'hafte']);
/* biome-ignore format: a table of words. */
const COUNTED: ReadonlySet<string> = new Set(['عدد', 'دست', 'جفت', 'رنگ', 'رنگه', 'سایز', 'نفر', 'نفره', 'تکه', 'بار', 'دونه', 'دانه', 'بسته', 'pieces',
  'piece', 'colors', 'colours', 'sizes', 'people', 'pairs', 'stars', 'ta', 'adad', 'doone', 'joft']);
/* biome-ignore format: a table of words. */
const NAMES_NUMBER: ReadonlySet<string> = new Set(['سایز', 'سایزش', 'شماره', 'کد', 'مدل', 'ساعت', 'ردیف', 'قد', 'وزن', 'size', 'number', 'code', 'model',
  'no', 'at', 'saiz', 'shomare']);

export interface NumberInText {
  value: number;
  /** The words beside it, in matching form. */
  before: string;
  after: string;
}

/** True for «۳ روز», «سایز ۴۲», "2 kg". Above `mostCounted` a word such as «رنگ» behind the number does not count by it. */
export function isMeasured({ value, before, after }: NumberInText, mostCounted = 999): boolean {
  return MEASURES.has(after) || NAMES_NUMBER.has(before) || (COUNTED.has(after) && value <= mostCounted);
}
