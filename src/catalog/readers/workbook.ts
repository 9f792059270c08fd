import { strFromU8, unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { SaxesParser } from 'saxes';
import { InvalidInputError } from '../../platform/errors.ts';

const MAX_UNPACKED = 100 * 1024 * 1024;
const WHAT_TO_DO = 'Save it as .xlsx or .csv and try again.';

/** What stands in a cell whose formula was never calculated, beside the errors that spreadsheets know (#REF!, #N/A, …). */
const NO_RESULT = '#NO RESULT!';
const ERROR = /^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|NO RESULT!)$/i;

/** Whether a cell has an error where its value should be. */
export function isErrorCell(text: string): boolean {
  return ERROR.test(text);
}

/** Whether a file is a workbook of today (.xlsx), by its first bytes: it is a zip. */
export function isWorkbook(file: Buffer): boolean {
  return file.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]));
}

/** Throws InvalidInputError, which says what to do, for files that are tables of another kind: old Excel, web pages, PDF. */
export function refuseOtherKinds(file: Buffer): void {
  const isOldExcel = file.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
  const start = file
    .subarray(0, 1000)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (isOldExcel || /^(?:<(?:!doctype|html|\?xml|table|meta|head|div)\b|%PDF-|\{\\rtf)/i.test(start))
    throw new InvalidInputError('This kind of file is not read: save it as .xlsx or .csv.', { file: WHAT_TO_DO });
}

/** The cells of a workbook's first sheet, as text. Throws InvalidInputError for one that cannot be opened. */
export async function readWorkbook(file: Buffer): Promise<string[][]> {
  refuseBomb(file);
  try {
    const read = (await readXlsxFile(file)) as unknown;
    const first = Array.isArray(read) && !Array.isArray(read[0]) ? (read[0] as { data?: unknown }).data : read;
    const rows = (first as unknown[][]).map((cells) => cells.map(toCell));
    for (const { row, column, text } of findErrors(file)) {
      const cells = rows[row];
      if (cells && column < cells.length && cells[column] === '') cells[column] = text;
    }
    return rows;
  } catch {
    throw new InvalidInputError('The workbook cannot be read.', { file: WHAT_TO_DO });
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

interface ErrorCell {
  row: number;
  column: number;
  text: string;
}

/**
 * The cells of the first sheet that have no value and should: the reader gives them as empty, and an empty price is another
 * statement than one that could not be calculated.
 */
function findErrors(file: Buffer): ErrorCell[] {
  const open = (name: string): string => {
    const parts = unzipSync(file, { filter: (part) => part.name === name });
    return parts[name] ? strFromU8(parts[name]) : '';
  };
  const sheet = open(firstSheetOf(open('xl/workbook.xml'), open('xl/_rels/workbook.xml.rels')));
  return /<(?:\w+:)?f[\s/>]|\st="e"/.test(sheet) ? readErrors(sheet) : [];
}

/** Where the first sheet is within the zip. */
function firstSheetOf(workbook: string, relations: string): string {
  let id = '';
  eachTag(workbook, (name, attributes) => {
    if (name === 'sheet') id ||= attributes['r:id'] ?? Object.values(attributes).at(-1) ?? '';
  });
  let target = 'worksheets/sheet1.xml';
  eachTag(relations, (name, attributes) => {
    if (name === 'Relationship' && attributes.Id === id) target = attributes.Target ?? target;
  });
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

function readErrors(sheet: string): ErrorCell[] {
  const found: ErrorCell[] = [];
  let place = '';
  let isError = false;
  let hasFormula = false;
  let value = '';
  eachTag(
    sheet,
    (name, attributes) => {
      if (name === 'f') hasFormula = true;
      if (name !== 'c') return;
      place = attributes.r ?? '';
      isError = attributes.t === 'e';
      hasFormula = false;
      value = '';
    },
    (name, text) => {
      if (name === 'v') value = text.trim();
      if (name !== 'c' || !(isError || (hasFormula && value === ''))) return;
      const [, letters = '', number = ''] = /^([A-Z]+)(\d+)$/.exec(place) ?? [];
      if (letters === '') return;
      const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      found.push({ row: Number(number) - 1, column, text: isErrorCell(value) ? value : NO_RESULT });
    },
  );
  return found;
}

/** Calls `open` for each tag and `close` with the text that stands right before its end. Names come without their prefixes. */
function eachTag(
  xml: string,
  open: (name: string, attributes: Record<string, string>) => void,
  close: (name: string, text: string) => void = () => {},
): void {
  const parser = new SaxesParser({ fragment: false });
  const local = (name: string): string => name.replace(/^.*:/, '');
  let text = '';
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    open(local(name), attributes as Record<string, string>);
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('closetag', ({ name }) => {
    close(local(name), text);
    text = '';
  });
  parser.write(xml).close();
}
