import { type Currency, currencyNamed } from '../../text/money.ts';
import { normaliseText } from '../../text/persian.ts';
import { attributeKey } from '../attributes/attribute-names.ts';

export type Column =
  | 'code'
  | 'title'
  | 'price'
  | 'salePrice'
  | 'oldPrice'
  | 'currency'
  | 'available'
  | 'url'
  | 'image'
  | 'brand'
  | 'category'
  | 'description'
  | 'group'
  | 'parent'
  | 'properties';

/** The columns of a table, in any order, by any of these names: of shops' own tables, WooCommerce and Shopify. */
/* biome-ignore format: a table of words. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  code: ['code', 'product code', 'sku', 'variant sku', 'id', 'کد', 'کد کالا', 'کد محصول', 'شناسه', 'شناسه محصول', 'شناسه کالا'],
  title: ['title', 'name', 'product', 'product name', 'product title', 'نام', 'عنوان', 'نام محصول', 'نام کالا', 'عنوان محصول', 'عنوان کالا', 'محصول', 'کالا', 'شرح کالا'],
  price: ['price', 'regular price', 'unit price', 'variant price', 'selling price', 'قیمت', 'قیمت عادی', 'قیمت فروش', 'قیمت محصول', 'قیمت کالا', 'قیمت واحد', 'قیمت نهایی', 'مبلغ', 'مبلغ فروش', 'فی'],
  salePrice: ['sale price', 'special price', 'discounted price', 'discount price', 'قیمت فروش ویژه', 'قیمت ویژه', 'قیمت حراج', 'قیمت با تخفیف', 'قیمت تخفیف خورده', 'قیمت بعد از تخفیف', 'قیمت پس از تخفیف'],
  oldPrice: ['old price', 'compare at price', 'variant compare at price', 'list price', 'msrp', 'قیمت قبلی', 'قیمت قبل', 'قیمت اصلی', 'قیمت بدون تخفیف', 'قیمت قبل از تخفیف', 'قیمت پیش از تخفیف', 'قیمت خط خورده'],
  currency: ['currency', 'واحد', 'واحد پول', 'ارز'],
  available: ['available', 'availability', 'stock', 'in stock', 'stock quantity', 'stock status', 'quantity', 'qty', 'inventory', 'variant inventory qty', 'موجود', 'موجودی', 'در انبار', 'انبار', 'موجودی انبار', 'تعداد', 'تعداد موجود', 'تعداد موجودی', 'وضعیت موجودی'],
  url: ['url', 'link', 'page', 'product url', 'لینک', 'آدرس', 'لینک محصول', 'آدرس صفحه'],
  image: ['image', 'images', 'picture', 'image src', 'image url', 'تصویر', 'تصاویر', 'عکس', 'عکس ها'],
  brand: ['brand', 'brands', 'vendor', 'برند', 'برند ها'],
  category: ['category', 'categories', 'product category', 'دسته', 'دسته ها', 'دسته بندی', 'دسته بندی ها', 'گروه کالا'],
  group: ['handle', 'group', 'group code', 'کد گروه', 'شناسه گروه'],
  parent: ['parent', 'parent sku', 'parent code', 'والد', 'کد والد', 'محصول والد', 'محصول مادر', 'کد مادر'],
  properties: ['specifications', 'specs', 'attributes', 'properties', 'مشخصات', 'مشخصات فنی', 'ویژگی ها', 'ویژگی'],
  description: ['description', 'short description', 'body', 'body html', 'توضیحات', 'توضیح', 'توضیح کوتاه', 'توضیحات کوتاه'],
};

/** A column: where its cells are, and the currency that its heading names. */
export interface ColumnPlace {
  at: number;
  currency: Currency | null;
}

/** The places of each column, in the order of the table. A table may have two of a kind, of which a row fills in one. */
export type Columns = ReadonlyMap<Column, readonly ColumnPlace[]>;

const fold = (text: string): string =>
  normaliseText(text)
    .replace(/[_\-:*?؟.]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([column, names]) => names.map((name) => [fold(name), column as Column] as const)),
);

/** A column that says something else of a product; where it stands, and what it is called or in which column that is said. */
export interface AttributeColumn {
  at: number;
  name: string | { at: number };
}

/** Programs give attributes in pairs of columns: what it is, and its value. */
const PAIRED_NAME = /^(?:attribute|option|ویژگی|مشخصه) ?(\d+) (?:name|title|نام|عنوان)$/;
const PAIRED_VALUE = /^(?:attribute|option|ویژگی|مشخصه) ?(\d+) (?:values?(?: s)?|مقدار|مقادیر)$/;
/** «نام ویژگی ۱» is the other way round. */
const PAIRED_PERSIAN = /^(نام|عنوان|مقدار|مقادیر) (?:ویژگی|مشخصه) (\d+)$/;

/** Columns of sizes, colours, materials and whatever else the field's table knows, and pairs of name and value. */
export function findAttributeColumns(cells: readonly string[]): AttributeColumn[] {
  const names = new Map<string, number>();
  const values = new Map<string, number>();
  const plain: AttributeColumn[] = [];
  cells.forEach((cell, at) => {
    const heading = fold(cell.replace(/[()[\]]/g, ' '));
    const persian = PAIRED_PERSIAN.exec(heading);
    const name = PAIRED_NAME.exec(heading)?.[1] ?? (persian && /^(?:نام|عنوان)/.test(heading) ? persian[2] : undefined);
    const value = PAIRED_VALUE.exec(heading)?.[1] ?? (persian && name === undefined ? persian[2] : undefined);
    if (name !== undefined) names.set(name, at);
    else if (value !== undefined) values.set(value, at);
    else if (readHeading(cell) === null && attributeKey(cell) !== null) plain.push({ at, name: cell });
  });
  const paired = [...values].flatMap(([number, at]) => {
    const nameAt = names.get(number);
    return nameAt === undefined ? [] : [{ at, name: { at: nameAt } }];
  });
  return [...plain, ...paired];
}

/** The columns that a heading names; null when it is no heading of products. */
export function findColumns(cells: readonly string[]): Columns | null {
  const columns = new Map<Column, ColumnPlace[]>();
  cells.forEach((cell, at) => {
    const heading = readHeading(cell);
    if (heading)
      columns.set(heading.column, [...(columns.get(heading.column) ?? []), { at, currency: heading.currency }]);
  });
  return columns.has('title') ? columns : null;
}

/** A heading's column: «قیمت (تومان)», "Price - IRR" and «قیمت به ریال» say their currency, "Body (HTML)" something of no use. */
function readHeading(cell: string): { column: Column; currency: Currency | null } | null {
  const whole = BY_NAME.get(fold(cell.replace(/[()[\]]/g, ' ')));
  if (whole) return { column: whole, currency: null };
  const inner = /[([](.*?)[)\]]/.exec(cell)?.[1] ?? '';
  const outer = fold(cell.replace(/[([].*?[)\]]/g, ' '));
  const column = BY_NAME.get(outer);
  if (column) return { column, currency: currencyNamed(inner) };
  // The last words may be a currency.
  const words = outer.split(' ');
  for (let from = Math.max(1, words.length - 2); from < words.length; from++) {
    const currency = currencyNamed(words.slice(from).join(' '));
    const named = BY_NAME.get(
      words
        .slice(0, from)
        .join(' ')
        .replace(/ (?:به|in|بر حسب)$/, ''),
    );
    if (currency && named) return { column: named, currency };
  }
  return null;
}
