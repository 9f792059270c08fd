import { parse } from 'csv-parse/sync';
import { likelyEncoding } from './decode-text.ts';

/** A line of a table: its cells, or null where it cannot be read. */
export type TableLine = string[] | null;

const DECODED_AT_ONCE = 64 * 1024;
/** Lines that are read together while nothing is wrong with them. */
const BATCH = 500;
/** Lines that one quoted cell may reach over. */
const MAX_LINES_OF_RECORD = 50;
const MAX_RECORD_LENGTH = 100_000;

/**
 * The records of a CSV file of any usual separator and encoding; only a part of it is in memory at a time. A record that cannot
 * be read costs no other: an inch sign in a quoted cell is read as it is meant, and a quote that nothing closes as one bad line.
 */
export function* readCsv(file: Buffer): Generator<TableLine> {
  const encoding = likelyEncoding(file);
  const heading = new TextDecoder(encoding).decode(file.subarray(0, 4000)).split(/\r?\n/, 1)[0] ?? '';
  const delimiter = [';', '\t', '|', ','].reduce(
    (best, mark) => (countOf(heading, mark) > countOf(heading, best) ? mark : best),
    ',',
  );
  const source = linesOf(file, encoding);
  const waiting: string[] = [];
  let width = 0;
  const fill = (count: number): void => {
    while (waiting.length < count) {
      const { done, value } = source.next();
      if (done) return;
      waiting.push(value);
    }
  };
  for (;;) {
    fill(BATCH);
    if (waiting.length === 0) return;
    const whole = parseRecords(waiting.join(''), delimiter);
    if (whole) {
      waiting.length = 0;
      if (width === 0) width = whole[0]?.length ?? 0;
      yield* whole;
      continue;
    }
    for (let line = 0; line < BATCH && waiting.length > 0; line++) {
      fill(MAX_LINES_OF_RECORD);
      const { record, lines } = takeRecord(waiting, delimiter, width);
      waiting.splice(0, lines);
      if (width === 0) width = record?.length ?? 0;
      yield record;
    }
  }
}

const countOf = (text: string, mark: string): number => text.split(mark).length - 1;

/** The records of whole lines; null when any of them cannot be read. */
function parseRecords(text: string, delimiter: string): string[][] | null {
  const options = { delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, trim: true };
  try {
    return parse(text, { ...options, max_record_size: MAX_RECORD_LENGTH });
  } catch {
    return null;
  }
}

/** The record that begins with the first line, and how many lines it takes. `width`: cells of the heading, 0 when unknown. */
function takeRecord(
  waiting: readonly string[],
  delimiter: string,
  width: number,
): { record: TableLine; lines: number } {
  const first = waiting[0] as string;
  if (first.length > MAX_RECORD_LENGTH) return { record: null, lines: 1 };
  const alone = parseRecords(first, delimiter);
  if (alone) return { record: alone[0] ?? [], lines: 1 };
  const mended = splitLoosely(first, delimiter);
  if (mended && (width === 0 || mended.length === width)) return { record: mended, lines: 1 };
  let text = first;
  for (let lines = 2; lines <= Math.min(MAX_LINES_OF_RECORD, waiting.length); lines++) {
    text += waiting[lines - 1];
    if (text.length > MAX_RECORD_LENGTH) break;
    // A record ends where every quote has its partner.
    if (countOf(text, '"') % 2 !== 0) continue;
    const [record, ...more] = parseRecords(text, delimiter) ?? [];
    const isOne = record && more.length === 0 && (width === 0 || record.length === width);
    return isOne ? { record, lines } : { record: null, lines: 1 };
  }
  return { record: null, lines: 1 };
}

/**
 * The cells of a line whose quotes are not doubled: a quoted cell ends where a separator or the end follows its quote; one whose
 * first quote closes within it is a plain text with quotes. Null where a quote is open at the end.
 */
function splitLoosely(line: string, delimiter: string): string[] | null {
  const text = line.replace(/[\r\n]+$/, '');
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const plainEnd = indexOrEnd(text, delimiter, at);
    const plain = text.slice(at, plainEnd).trim();
    let end = plainEnd;
    if (!plain.startsWith('"')) {
      cells.push(plain);
    } else if (plain.length > 1 && plain.endsWith('"')) {
      cells.push(plain.slice(1, -1).replaceAll('""', '"').trim());
    } else if (countOf(plain, '"') % 2 === 0) {
      cells.push(plain);
    } else {
      const close = text.indexOf(`"${delimiter}`, plainEnd);
      const last = close >= 0 ? close : text.endsWith('"') ? text.length - 1 : -1;
      if (last < plainEnd) return null;
      end = last + 1;
      cells.push(
        text
          .slice(text.indexOf('"', at) + 1, last)
          .replaceAll('""', '"')
          .trim(),
      );
    }
    if (end >= text.length) return cells;
    at = end + delimiter.length;
  }
}

function indexOrEnd(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}

/** Lines with their ends. One without end is cut: nothing in a table of products is so long. */
function* linesOf(file: Buffer, encoding: string): Generator<string> {
  let rest = '';
  let isCut = false;
  for (const part of decodeParts(file, encoding)) {
    const lines = (rest + part).split(/(?<=\n)|(?<=\r)(?!\n|$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      // What was cut off before is the rest of a line that was given already.
      if (!isCut) yield line;
      isCut = false;
    }
    if (rest.length <= MAX_RECORD_LENGTH) continue;
    if (!isCut) yield rest;
    isCut = true;
    rest = '';
  }
  if (rest !== '' && !isCut) yield rest;
}

function* decodeParts(file: Buffer, encoding: string): Generator<string> {
  const decoder = new TextDecoder(encoding);
  for (let at = 0; at < file.length; at += DECODED_AT_ONCE)
    yield decoder.decode(file.subarray(at, at + DECODED_AT_ONCE), { stream: true });
  yield decoder.decode();
}
