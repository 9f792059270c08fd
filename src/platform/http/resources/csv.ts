import { stringify } from 'csv-stringify/sync';

/**
 * Where a spreadsheet that separates by something else, or that reads on behind a line's end, would begin a new cell with a
 * formula. Quotes do not keep it from that: there they stand in the middle of a cell. The cell's own beginning is the library's.
 */
const CELL_WITHIN = /(?!^[\t\r])([;|\t\r\n][\s"']*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/** A cell as people read it: nested values as JSON, times as they are. */
function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.replace(CELL_WITHIN, "$1'");
}

/**
 * Records as a table for a spreadsheet, one column for each of `columns`. A cell that a spreadsheet would run (it begins
 * with =, +, -, @, a tab or a return) gets an apostrophe in front, so it stays a text; that holds for phone numbers too, and for
 * what only some spreadsheets would take for a cell.
 */
export function toCsv(columns: readonly string[], records: readonly Record<string, unknown>[]): string {
  const rows = records.map((record) => columns.map((column) => toCell(record[column])));
  // The mark at the beginning tells spreadsheets that it is UTF-8, without which Persian is unreadable.
  return stringify([[...columns], ...rows], {
    bom: true,
    escape_formulas: true,
    quoted_match: /[;|\t\r\n]/,
    record_delimiter: '\r\n',
  });
}
