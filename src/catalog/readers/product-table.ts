import { InvalidInputError } from '../../platform/errors.ts';
import { type Currency, currencyNamed } from '../../text/money.ts';
import { normaliseText } from '../../text/persian.ts';
import type { FoundAttribute } from '../attributes/attribute.ts';
import { mergeAttributes, optionsAmong, readAttribute, readAttributes } from '../attributes/read-attributes.ts';
import type { Complaint, FoundProduct } from '../found-product.ts';
import { productKey } from '../product-key.ts';
import { readCsv, type TableLine } from './csv-records.ts';
import { emptyProduct, keepOldPrice, readAvailability, readPrice, readText, readUrl, readUrls } from './found-parts.ts';
import { LIMITS } from './source.ts';
import { type AttributeColumn, type Column, type Columns, findAttributeColumns, findColumns } from './table-columns.ts';
import type { TableRow } from './table-row.ts';
import { addVariantRow, belongsTo, type RowGroup, toTableRow } from './table-variants.ts';
import { isErrorCell, isWorkbook, readWorkbook, refuseOtherKinds } from './workbook.ts';

export const TABLE_ROWS_MAX = 50_000;

/** What a shop fills in. */
export const TABLE_TEMPLATE = [
  [
    'code',
    'title',
    'price',
    'old price',
    'currency',
    'available',
    'url',
    'image',
    'brand',
    'category',
    'description',
    'size',
    'colour',
    'material',
    'warranty',
  ],
  [
    'A-101',
    'کفش چرمی مردانه',
    '1250000',
    '1400000',
    'تومان',
    'بله',
    'https://shop.example/product/a-101',
    '',
    'نوا',
    'کفش',
    '',
    '۴۰، ۴۱، ۴۲',
    'مشکی، عسلی',
    'چرم طبیعی',
    '۶ ماه',
  ],
] as const;

export interface TableReport {
  /** Rows that were not taken, and parts that were left out. */
  complaints: Complaint[];
  /** Rows that became products or variants of them. */
  taken: number;
  /** Rows in the file, without empty ones. */
  total: number;
  /** What its columns are called, whether they are known or not. */
  heading: string[];
}

/** Gives the products row by row, and the report at the end. May be read again. Throws InvalidInputError. */
export type TableReading = () => AsyncGenerator<TableRow, TableReport>;

/**
 * A CSV file (any usual separator and encoding), of which only a part is in memory at a time, or an Excel workbook's first
 * sheet. Throws InvalidInputError for a file of another kind and for a workbook that cannot be opened; reading throws it when
 * this is no table of products.
 */
export async function openProductTable(file: Buffer, currency: Currency): Promise<TableReading> {
  if (isWorkbook(file)) {
    const sheet = await readWorkbook(file);
    return () => readRows(sheet, currency);
  }
  refuseOtherKinds(file);
  return () => readRows(readCsv(file), currency);
}

async function* readRows(lines: Iterable<TableLine>, currency: Currency): AsyncGenerator<TableRow, TableReport> {
  const report: TableReport = { complaints: [], taken: 0, total: 0, heading: [] };
  const seen = new Map<string, number>();
  let columns: Columns | null = null;
  let attributes: AttributeColumn[] = [];
  // Rows of one product stand together: it is given when the next product begins.
  let group: RowGroup | null = null;
  let row = 0;
  for (const cells of lines) {
    row++;
    if (cells?.every((cell) => cell === '')) continue;
    if (!columns) {
      if (row > 5) refuseHeading();
      columns = cells && findColumns(cells);
      if (cells) attributes = findAttributeColumns(cells);
      if (columns && cells) report.heading = cells.map((cell) => readText(cell, 50)).filter(Boolean);
      continue;
    }
    if (cells && report.total === 0 && isHeading(cells, columns)) continue;
    if (++report.total > TABLE_ROWS_MAX) {
      const detail = `Only ${TABLE_ROWS_MAX} rows are taken at once.`;
      report.complaints.push({ code: 'row_too_many', at: String(row), detail });
      break;
    }
    if (!cells) {
      report.complaints.push({ code: 'row_unreadable', at: `row ${row}`, detail: '' });
      continue;
    }
    const context = { row, columns, attributes, currency, seen, complaints: report.complaints };
    if (group && addVariant(group, cells, context)) {
      report.taken++;
      continue;
    }
    const found = readRow(cells, context);
    if (!found) continue;
    report.taken++;
    if (group) yield toTableRow(group);
    group = found;
  }
  if (group) yield toTableRow(group);
  if (!columns) refuseHeading();
  return report;
}

function refuseHeading(): never {
  throw new InvalidInputError('The first row must name the columns; title and price are needed.', {
    file: 'No heading was found: see the template.',
  });
}

function isHeading(cells: readonly string[], columns: Columns): boolean {
  const again = findColumns(cells);
  return again !== null && again.size === columns.size;
}

interface RowContext {
  row: number;
  columns: Columns;
  attributes: readonly AttributeColumn[];
  currency: Currency;
  seen: Map<string, number>;
  complaints: Complaint[];
}

/** Null for a row that is not taken; `complaints` says why. */
function readRow(cells: readonly string[], context: RowContext): RowGroup | null {
  const { row, columns, seen, complaints } = context;
  const at = `row ${row}`;
  const cell = (column: Column): string => cellOf(cells, columns, column).text;
  const refuse = (code: string, detail = ''): null => {
    complaints.push({ code, at, detail });
    return null;
  };
  const title = readText(cell('title'), LIMITS.title);
  if (title === '') return refuse('row_without_title');
  const named = cell('currency') === '' ? null : currencyNamed(cell('currency'));
  if (cell('currency') !== '' && !named) return refuse('row_unknown_currency', readText(cell('currency'), 50));
  const url = readUrl(cell('url'));
  const code = readText(cell('code'), LIMITS.externalId);
  const key = keyOf({ url, code, title }) as string;
  if (seen.has(key)) return refuse('row_repeated', `The same product as row ${seen.get(key)}.`);
  const before = complaints.length;
  const { price, oldPrice, currency } = readPrices(cells, context, named, at);
  // A price that cannot be read must not become "no price": the person who wrote it can mend it.
  if (complaints.length > before) return null;
  seen.set(key, row);
  const stock = cell('available');
  const available = readAvailability(stock);
  if (stock !== '' && available === null)
    complaints.push({ code: 'row_stock_unclear', at, detail: readText(stock, 50) });
  if (cells.some((text) => text.includes('\ufffd'))) complaints.push({ code: 'row_broken_text', at, detail: title });
  const found: FoundProduct = {
    ...emptyProduct(currency),
    externalId: code,
    url,
    title,
    description: readText(cell('description'), LIMITS.description),
    brand: readText(cell('brand'), LIMITS.brand),
    categories: cell('category')
      .split(/[>،,/]/)
      .map((part) => readText(part, LIMITS.category))
      .filter(Boolean),
    imageUrls: readUrls(cell('image').split(/[\s,|]+/)),
    available,
    price,
    oldPrice,
    unsaid: unsaidOf(columns),
    attributes: attributesOf(cells, context),
  };
  const codes = (columns.get('code') ?? []).map((place) => normaliseText(cells[place.at] ?? '')).filter(Boolean);
  const names = new Map(attributeNames(cells, context.attributes));
  const own = optionsAmong(found.attributes);
  return { row, key, found, codes, group: normaliseText(cell('group')), names, own, variants: [], isParent: false };
}

/** By what a row's product is known again; null for a row without a title. */
function keyOf({ url, code, title }: { url: string | null; code: string; title: string }): string | null {
  if (title === '') return null;
  return (url && productKey(url)) ?? `import:${normaliseText(code === '' ? title : code)}`;
}

/** What the row says in its columns of attributes; `names`: where only the product's first row says what its pairs are. */
function attributesOf(
  cells: readonly string[],
  { columns, attributes }: RowContext,
  names: ReadonlyMap<number, string> = new Map(),
): FoundAttribute[] {
  const own = new Map(attributeNames(cells, attributes));
  const stated = attributes.flatMap(({ at }) => {
    const value = cells[at] ?? '';
    return isErrorCell(value) ? [] : (readAttribute(own.get(at) ?? names.get(at) ?? '', value, readText) ?? []);
  });
  const more = readAttributes(cellOf(cells, columns, 'properties').text, readText);
  return mergeAttributes([...stated, ...more]);
}

function attributeNames(cells: readonly string[], attributes: readonly AttributeColumn[]): [number, string][] {
  return attributes.flatMap(({ at, name }) => {
    const text = typeof name === 'string' ? name : (cells[name.at] ?? '');
    return text.trim() === '' ? [] : [[at, text] as [number, string]];
  });
}

/** Takes a row for another variant of the product of the row before; false when it is none. */
function addVariant(group: RowGroup, cells: readonly string[], context: RowContext): boolean {
  const { columns, attributes, complaints, row } = context;
  if (attributes.length === 0 && !columns.has('properties')) return false;
  const cell = (column: Column): string => cellOf(cells, columns, column).text;
  const code = readText(cell('code'), LIMITS.externalId);
  const title = readText(cell('title'), LIMITS.title);
  const identity = {
    key: keyOf({ url: readUrl(cell('url')), code, title }),
    group: normaliseText(cell('group')),
    parent: normaliseText(cell('parent')).replace(/^id:/, ''),
  };
  if (!belongsTo(group, identity)) return false;
  const named = cell('currency') === '' ? null : currencyNamed(cell('currency'));
  if (cell('currency') !== '' && !named) return false;
  const faults: Complaint[] = [];
  const { price } = readPrices(cells, { ...context, complaints: faults }, named, `row ${row}`);
  const isAdded = addVariantRow(group, {
    ...identity,
    code,
    attributes: attributesOf(cells, context, group.names),
    price,
    available: readAvailability(cell('available')),
  });
  if (isAdded) complaints.push(...faults);
  return isAdded;
}

/** The first place of a column where a row says something. An error of a spreadsheet is a fault only of what is sold for how much. */
function cellOf(
  cells: readonly string[],
  columns: Columns,
  column: Column,
): { text: string; currency: Currency | null } {
  const keepsErrors = column === 'price' || column === 'salePrice' || column === 'available';
  for (const { at, currency } of columns.get(column) ?? []) {
    const text = cells[at] ?? '';
    if (text !== '' && (keepsErrors || !isErrorCell(text))) return { text, currency };
  }
  return { text: '', currency: null };
}

/** Where a sale has a price of its own, the other one is the old one. */
function readPrices(
  cells: readonly string[],
  { columns, currency, complaints }: RowContext,
  named: Currency | null,
  at: string,
) {
  const read = (column: Column, faults: Complaint[]) => {
    const { text, currency: ofHeading } = cellOf(cells, columns, column);
    return readPrice(text, named ?? ofHeading ?? currency, at, faults);
  };
  const faults: Complaint[] = [];
  const sale = read('salePrice', faults);
  // Programs write a sale that there is not as nothing or as zero.
  complaints.push(...faults.filter(({ code }) => code !== 'price_zero'));
  const regular = read('price', complaints);
  const price = sale ?? regular;
  const stated = read('oldPrice', []) ?? (sale ? regular : null);
  const fallback = named ?? columns.get('price')?.[0]?.currency ?? currency;
  return { price, oldPrice: keepOldPrice(price, stated), currency: price?.currency ?? fallback };
}

/** What the table has no column for. */
function unsaidOf(columns: Columns): FoundProduct['unsaid'] {
  const hasPrice = columns.has('price') || columns.has('salePrice');
  return [...(hasPrice ? [] : (['price'] as const)), ...(columns.has('available') ? [] : (['available'] as const))];
}
