import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { InvalidInputError } from '../../platform/errors.ts';
import { type Currency, currencyNamed } from '../../text/money.ts';
import { normaliseText } from '../../text/persian.ts';
import type { Complaint, FoundProduct } from '../found-product.ts';
import { productKey } from '../product-key.ts';
import { markedEncoding } from './decode-text.ts';
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

export interface TableReport {
  /** Rows that were not taken, and parts that were left out. */
  complaints: Complaint[];
  /** Rows that became products. */
  taken: number;
  /** Rows in the file, without empty ones. */
  total: number;
}

/** Gives the products row by row, and the report at the end. May be read again. Throws InvalidInputError. */
export type TableReading = () => AsyncGenerator<TableRow, TableReport>;

/**
 * A CSV file (any usual separator and encoding), of which only a part is in memory at a time, or an Excel workbook's first
 * sheet. Throws InvalidInputError for a workbook that cannot be opened; reading throws it when this is no table of products.
 */
export async function openProductTable(file: Buffer, currency: Currency): Promise<TableReading> {
  if (!isWorkbook(file)) return () => readRows(readCsv(file), currency);
  const sheet = await readWorkbook(file);
  return () => readRows(sheet, currency);
}

async function* readRows(
  lines: AsyncIterable<string[]> | Iterable<string[]>,
  currency: Currency,
): AsyncGenerator<TableRow, TableReport> {
  const report: TableReport = { complaints: [], taken: 0, total: 0 };
  const seen = new Map<string, number>();
  let columns: Map<Column, number> | null = null;
  let row = 0;
  for await (const cells of lines) {
    row++;
    if (cells.every((cell) => cell === '')) continue;
    columns ??= row > 5 ? refuseHeading() : findColumns(cells);
    if (columns && report.total === 0 && isHeading(cells, columns)) continue;
    if (!columns) continue;
    if (++report.total > TABLE_ROWS_MAX) {
      const detail = `Only ${TABLE_ROWS_MAX} rows are taken at once.`;
      report.complaints.push({ code: 'row_too_many', at: String(row), detail });
      break;
    }
    const found = readRow(cells, { row, columns, currency, seen, complaints: report.complaints });
    if (!found) continue;
    report.taken++;
    yield found;
  }
  if (!columns) refuseHeading();
  return report;
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

const DECODED_AT_ONCE = 64 * 1024;

async function* readCsv(file: Buffer): AsyncGenerator<string[]> {
  const encoding = encodingOf(file);
  const heading = new TextDecoder(encoding).decode(file.subarray(0, 4000)).split(/\r?\n/, 1)[0] ?? '';
  const delimiter = [';', '\t', '|', ','].reduce(
    (best, mark) => (countOf(heading, mark) > countOf(heading, best) ? mark : best),
    ',',
  );
  const parser = Readable.from(decodeParts(file, encoding)).pipe(
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
function encodingOf(file: Buffer): string {
  return markedEncoding(file) ?? (isUtf8(file) ? 'utf-8' : 'windows-1256');
}

function* decodeParts(file: Buffer, encoding: string): Generator<string> {
  const decoder = new TextDecoder(encoding);
  for (let at = 0; at < file.length; at += DECODED_AT_ONCE)
    yield decoder.decode(file.subarray(at, at + DECODED_AT_ONCE), { stream: true });
  yield decoder.decode();
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
  complaints: Complaint[];
}

/** Null for a row that is not taken; `complaints` says why. */
function readRow(cells: readonly string[], { row, columns, currency, seen, complaints }: RowContext): TableRow | null {
  const at = `row ${row}`;
  const cell = (column: Column): string => cells[columns.get(column) ?? -1] ?? '';
  const refuse = (code: string, detail = ''): null => {
    complaints.push({ code, at, detail });
    return null;
  };
  const title = readText(cell('title'), LIMITS.title);
  if (title === '') return refuse('row_without_title');
  const named = cell('currency') === '' ? currency : currencyNamed(cell('currency'));
  if (!named) return refuse('row_unknown_currency', readText(cell('currency'), 50));
  const url = readUrl(cell('url'));
  const code = readText(cell('code'), LIMITS.externalId);
  const key = (url && productKey(url)) ?? `import:${normaliseText(code === '' ? title : code)}`;
  if (seen.has(key)) return refuse('row_repeated', `The same product as row ${seen.get(key)}.`);
  const before = complaints.length;
  const price = readPrice(cell('price'), named, at, complaints);
  // A price that cannot be read must not become "no price": the person who wrote it can mend it.
  if (complaints.length > before) return null;
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
  return { row, key, found };
}

/** Words, or the number in stock, of which only "none or some" is kept. */
function readStock(text: string): boolean | null {
  const word = normaliseText(text);
  if (word === '') return null;
  if (/^(?:بله|بلی|اره|موجود|دارد|y)$/.test(word)) return true;
  if (/^(?:خیر|نه|ناموجود|ندارد|n)$/.test(word)) return false;
  return /^\d+$/.test(word) ? Number(word) > 0 : readAvailability(word);
}
