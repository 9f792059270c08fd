import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { InvalidInputError } from '../domain/errors.ts';
import type { Complaint, FoundProduct } from '../domain/found-product.ts';
import { type Currency, currencyNamed } from '../domain/money.ts';
import { productKey } from '../domain/product-key.ts';
import { normaliseText } from '../domain/text-fa.ts';
import { decodeText } from './decode-text.ts';
import { emptyProduct, keepOldPrice, readAvailability, readPrice, readText, readUrl, readUrls } from './found-parts.ts';
import { LIMITS } from './source.ts';

type Column =
  | 'code'
  | 'title'
  | 'price'
  | 'oldPrice'
  | 'currency'
  | 'available'
  | 'url'
  | 'image'
  | 'brand'
  | 'category'
  | 'description';

/** The columns of a table, in any order, by any of these names. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  code: ['code', 'sku', 'id', 'کد', 'کد کالا', 'شناسه'],
  title: ['title', 'name', 'product', 'نام', 'عنوان', 'نام محصول', 'نام کالا'],
  price: ['price', 'قیمت'],
  oldPrice: ['old price', 'old_price', 'قیمت قبلی', 'قیمت قبل'],
  currency: ['currency', 'واحد', 'واحد پول', 'ارز'],
  available: ['available', 'availability', 'stock', 'موجود', 'موجودی'],
  url: ['url', 'link', 'page', 'لینک', 'آدرس'],
  image: ['image', 'images', 'picture', 'تصویر', 'عکس'],
  brand: ['brand', 'برند'],
  category: ['category', 'دسته', 'دسته بندی'],
  description: ['description', 'توضیحات', 'توضیح'],
};

export const TABLE_ROWS_MAX = 50_000;
const MAX_UNPACKED = 100 * 1024 * 1024;

/** What a shop fills in. */
export const TABLE_TEMPLATE = [
  ['code', 'title', 'price', 'old price', 'currency', 'available', 'url', 'image', 'brand', 'category', 'description'],
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
  ],
] as const;

export interface TableRow {
  /** As a spreadsheet counts, the heading being 1. */
  row: number;
  key: string;
  found: FoundProduct;
}

export interface ProductTable {
  rows: TableRow[];
  /** Rows that were not taken, and parts that were left out. */
  complaints: Complaint[];
  /** Rows in the file, without empty ones. */
  total: number;
}

/**
 * Reads products from a CSV file (any usual separator and encoding) or an Excel workbook's first sheet. Throws
 * InvalidInputError when it is no table of products.
 */
export async function readProductTable(file: Buffer, currency: Currency): Promise<ProductTable> {
  const table: ProductTable = { rows: [], complaints: [], total: 0 };
  const seen = new Map<string, number>();
  let columns: Map<Column, number> | null = null;
  let row = 0;
  for await (const cells of isWorkbook(file) ? await readWorkbook(file) : readCsv(file)) {
    row++;
    if (cells.every((cell) => cell === '')) continue;
    columns ??= row > 5 ? refuseHeading() : findColumns(cells);
    if (columns && table.total === 0 && isHeading(cells, columns)) continue;
    if (!columns) continue;
    if (++table.total > TABLE_ROWS_MAX) {
      table.complaints.push({
        code: 'row_too_many',
        at: String(row),
        detail: `Only ${TABLE_ROWS_MAX} rows are taken at once.`,
      });
      break;
    }
    readRow(cells, { row, columns, currency, seen, table });
  }
  if (!columns) refuseHeading();
  return table;
}

function refuseHeading(): never {
  throw new InvalidInputError('The first row must name the columns; title and price are needed.', {
    file: 'No heading was found: see the template.',
  });
}

function isWorkbook(file: Buffer): boolean {
  return file.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]));
}

async function readWorkbook(file: Buffer): Promise<string[][]> {
  refuseBomb(file);
  try {
    const read = (await readXlsxFile(file)) as unknown;
    const first = Array.isArray(read) && !Array.isArray(read[0]) ? (read[0] as { data?: unknown }).data : read;
    return (first as unknown[][]).map((cells) => cells.map(toCell));
  } catch {
    throw new InvalidInputError('The workbook cannot be read.', { file: 'Save it as .xlsx or .csv and try again.' });
  }
}

function toCell(value: unknown): string {
  return value === null || value === undefined
    ? ''
    : value instanceof Date
      ? value.toISOString()
      : String(value).trim();
}

/** A workbook is a zip: its parts say how large they become before any is unpacked. */
function refuseBomb(file: Buffer): void {
  let size = 0;
  try {
    unzipSync(file, {
      filter: ({ originalSize }) => {
        size += originalSize;
        return false;
      },
    });
  } catch {
    throw new InvalidInputError('The workbook cannot be read.', { file: 'It is damaged.' });
  }
  if (size > MAX_UNPACKED)
    throw new InvalidInputError('The workbook is too large.', { file: 'Too large when unpacked.' });
}

async function* readCsv(file: Buffer): AsyncGenerator<string[]> {
  const text = decodeCsv(file);
  const heading = text.slice(0, 2000).split(/\r?\n/, 1)[0] ?? '';
  const delimiter = [';', '\t', '|', ','].reduce(
    (best, mark) => (countOf(heading, mark) > countOf(heading, best) ? mark : best),
    ',',
  );
  const parser = Readable.from([text]).pipe(
    parse({
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      trim: true,
      max_record_size: 100_000,
    }),
  );
  try {
    for await (const cells of parser) yield cells as string[];
  } catch {
    throw new InvalidInputError('The file is no CSV table.', { file: 'It cannot be read to its end.' });
  }
}

const countOf = (text: string, mark: string): number => text.split(mark).length - 1;

/** Old Persian spreadsheets write windows-1256; what is not valid UTF-8 is taken for that. */
function decodeCsv(file: Buffer): string {
  const text = decodeText(file, null);
  return text.includes('\ufffd') ? new TextDecoder('windows-1256').decode(file) : text;
}

function findColumns(cells: readonly string[]): Map<Column, number> | null {
  const names = cells.map((cell) => normaliseText(cell).replace(/[_-]/g, ' '));
  const columns = new Map<Column, number>();
  for (const [column, spellings] of Object.entries(NAMES) as [Column, string[]][]) {
    const folded = spellings.map((spelling) => normaliseText(spelling).replace(/[_-]/g, ' '));
    const at = names.findIndex((name) => folded.includes(name));
    if (at >= 0) columns.set(column, at);
  }
  return columns.has('title') ? columns : null;
}

function isHeading(cells: readonly string[], columns: ReadonlyMap<Column, number>): boolean {
  const again = findColumns(cells);
  return again !== null && again.size === columns.size;
}

interface RowContext {
  row: number;
  columns: ReadonlyMap<Column, number>;
  currency: Currency;
  seen: Map<string, number>;
  table: ProductTable;
}

function readRow(cells: readonly string[], { row, columns, currency, seen, table }: RowContext): void {
  const at = `row ${row}`;
  const cell = (column: Column): string => cells[columns.get(column) ?? -1] ?? '';
  const refuse = (code: string, detail = ''): void => {
    table.complaints.push({ code, at, detail });
  };
  const title = readText(cell('title'), LIMITS.title);
  if (title === '') {
    refuse('row_without_title');
    return;
  }
  const named = cell('currency') === '' ? currency : currencyNamed(cell('currency'));
  if (!named) {
    refuse('row_unknown_currency', readText(cell('currency'), 50));
    return;
  }
  const url = readUrl(cell('url'));
  const code = readText(cell('code'), LIMITS.externalId);
  const key = (url && productKey(url)) ?? `import:${normaliseText(code === '' ? title : code)}`;
  if (seen.has(key)) {
    refuse('row_repeated', `The same product as row ${seen.get(key)}.`);
    return;
  }
  const before = table.complaints.length;
  const price = readPrice(cell('price'), named, at, table.complaints);
  // A price that cannot be read must not become "no price": the person who wrote it can mend it.
  if (table.complaints.length > before) return;
  seen.set(key, row);
  const found: FoundProduct = {
    ...emptyProduct(price?.currency ?? named),
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
    available: readStock(cell('available')),
    price,
    oldPrice: keepOldPrice(price, readPrice(cell('oldPrice'), named, at, [])),
  };
  table.rows.push({ row, key, found });
}

/** Words, or the number in stock, of which only "none or some" is kept. */
function readStock(text: string): boolean | null {
  const word = normaliseText(text);
  if (word === '') return null;
  if (/^(?:بله|بلی|اره|موجود|دارد|y)$/.test(word)) return true;
  if (/^(?:خیر|نه|ناموجود|ندارد|n)$/.test(word)) return false;
  return /^\d+$/.test(word) ? Number(word) > 0 : readAvailability(word);
}
