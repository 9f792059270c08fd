import { stringify } from 'csv-stringify/sync';

/** A cell as people read it: nested values as JSON, times as they are. */
function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * Records as a table for a spreadsheet, one column for each of `columns`. A cell that a spreadsheet would run (it begins
 * with =, +, -, @, a tab or a return) gets an apostrophe in front, so it stays a text; that holds for phone numbers too.
 */
export function toCsv(columns: readonly string[], records: readonly Record<string, unknown>[]): string {
  const rows = records.map((record) => columns.map((column) => toCell(record[column])));
  // The mark at the beginning tells spreadsheets that it is UTF-8, without which Persian is unreadable.
  return stringify([[...columns], ...rows], { bom: true, escape_formulas: true, record_delimiter: '\r\n' });
}
