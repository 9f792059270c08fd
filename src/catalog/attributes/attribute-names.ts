import { normaliseText } from '../../text/persian.ts';

interface AttributeWords {
  fa: string;
  en: string;
  /** How shops head it, in both languages and in any spelling; the first words of a longer heading count as well. */
  headings: readonly string[];
  /** It may have several values at once, which shops write into one field. */
  isMany?: true;
  /** Variants are told apart by it. */
  isOption?: true;
}

/** The field's words for what is said of goods. Whatever is not in it keeps the shop's own name. */
/* biome-ignore format: a table of words. */
export const ATTRIBUTES = {
  size: { fa: 'سایز', en: 'size', isMany: true, isOption: true,
    headings: ['سایز', 'سایز بندی', 'سایزبندی', 'سایز های موجود', 'اندازه', 'شماره کفش', 'size', 'sizes', 'sizing', 'available sizes', 'saiz'] },
  colour: { fa: 'رنگ', en: 'colour', isMany: true, isOption: true,
    headings: ['رنگ', 'رنگ بندی', 'رنگبندی', 'رنگ های موجود', 'رنگ ها', 'انتخاب رنگ', 'colour', 'color', 'colours', 'colors', 'available colors', 'available colours', 'rang'] },
  material: { fa: 'جنس', en: 'material', isMany: true, isOption: true,
    headings: ['جنس', 'جنس پارچه', 'جنس بدنه', 'جنس رویه', 'نوع پارچه', 'متریال', 'پارچه', 'material', 'materials', 'fabric', 'jens'] },
  pattern: { fa: 'طرح', en: 'pattern', isMany: true, isOption: true, headings: ['طرح', 'طرح پارچه', 'نقش', 'pattern', 'design'] },
  warranty: { fa: 'گارانتی', en: 'warranty',
    headings: ['گارانتی', 'مدت گارانتی', 'ضمانت', 'ضمانت نامه', 'ضمانتنامه', 'نوع گارانتی', 'warranty', 'guarantee', 'guaranty', 'garanti'] },
  originality: { fa: 'اصالت', en: 'originality',
    headings: ['اصالت', 'اصالت کالا', 'اصل یا کپی', 'originality', 'authenticity', 'genuine'] },
  volume: { fa: 'حجم', en: 'volume', isMany: true, isOption: true, headings: ['حجم', 'volume', 'hajm'] },
  weight: { fa: 'وزن', en: 'weight', isMany: true, isOption: true, headings: ['وزن', 'وزن خالص', 'weight', 'net weight', 'item weight', 'vazn'] },
  dimensions: { fa: 'ابعاد', en: 'dimensions', headings: ['ابعاد', 'طول و عرض', 'قد', 'dimensions', 'measurements', 'abad'] },
  capacity: { fa: 'ظرفیت', en: 'capacity', isMany: true, isOption: true,
    headings: ['ظرفیت', 'حافظه داخلی', 'حافظه', 'ظرفیت حافظه', 'capacity', 'storage', 'internal storage', 'memory'] },
  country: { fa: 'کشور سازنده', en: 'country of origin',
    headings: ['کشور سازنده', 'ساخت', 'ساخت کشور', 'محصول کشور', 'مبدا', 'country', 'country of origin', 'made in', 'origin'] },
  condition: { fa: 'وضعیت', en: 'condition', headings: ['وضعیت کالا', 'نو یا کارکرده', 'condition', 'item condition'] },
  audience: { fa: 'مناسب برای', en: 'for', headings: ['مناسب برای', 'مناسب', 'جنسیت', 'gender', 'suitable for', 'target gender'] },
  model: { fa: 'مدل', en: 'model', headings: ['مدل', 'شماره مدل', 'model', 'model number'] },
  brand: { fa: 'برند', en: 'brand', headings: ['برند', 'مارک', 'نام تجاری', 'سازنده', 'brand', 'brands', 'manufacturer'] },
  expiry: { fa: 'تاریخ انقضا', en: 'expiry date', headings: ['تاریخ انقضا', 'انقضا', 'تاریخ مصرف', 'expiry', 'expiry date', 'best before'] },
} as const satisfies Record<string, AttributeWords>;

export type AttributeKey = keyof typeof ATTRIBUTES;

const TABLE: Readonly<Record<string, AttributeWords>> = ATTRIBUTES;

/** WooCommerce heads its fields `pa_color` and `attribute_pa_color`. */
const PREFIX = /^(?:attribute[_ ])?(?:pa[_ ])?/;

const fold = (name: string): string =>
  normaliseText(name)
    .replace(/[_\-–:*?؟.()[\]«»"]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const BY_HEADING = new Map(
  Object.entries(TABLE).flatMap(([key, { headings }]) => headings.map((heading) => [fold(heading), key] as const)),
);

/** The key of the table that a shop's name for something means; null for a name that the table has not. Pure. */
export function attributeKey(name: string): AttributeKey | null {
  const folded = fold(fold(name).replace(PREFIX, ''));
  return (BY_HEADING.get(folded) as AttributeKey | undefined) ?? null;
}

/** The name under which something is kept: the table's key, else the shop's own word. Pure. */
export function attributeName(name: string): string {
  return attributeKey(name) ?? name.trim().replace(/[:：]\s*$/u, '');
}

/** How a customer reads the name of an attribute. */
export function attributeLabel(name: string, language: 'fa' | 'en'): string {
  return TABLE[name]?.[language] ?? name;
}

/** True where one field holds several values, each of its own. */
export function hasSeveralValues(name: string): boolean {
  return TABLE[name]?.isMany === true;
}

/** True where variants are told apart by it. */
export function isOptionName(name: string): boolean {
  return TABLE[name]?.isOption === true;
}
