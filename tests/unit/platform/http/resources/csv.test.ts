import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../../../src/platform/http/resources/csv.ts';

const cells = (csv: string) => parse(csv, { bom: true, columns: true }) as Record<string, string>[];

describe('toCsv', () => {
  it('keeps commas, quotes, lines and Persian as they are', () => {
    const text = 'سلام، "قیمت"\nچند است؟';
    const csv = toCsv(['id', 'text', 'media'], [{ id: 1, text, media: [{ kind: 'image' }], extra: 'no' }]);
    expect(csv.startsWith('\ufeff')).toBe(true);
    expect(cells(csv)).toEqual([{ id: '1', text, media: '[{"kind":"image"}]' }]);
  });

  it.each(['=cmd|/c calc!A1', '+989121234567', '-1', '@SUM(A1)', '\t=1', '\r=1'])('takes the power from %j', (text) => {
    expect(cells(toCsv(['text'], [{ text }]))).toEqual([{ text: `'${text}` }]);
  });

  it.each([
    [';=1', ";'=1"],
    ['a; "=1"', 'a; "\'=1"'],
    ['two\n=1', "two\n'=1"],
    ['x\t+1|@2', "x\t'+1|'@2"],
    ['a;\uff1d1', "a;'\uff1d1"],
  ])('takes the power from %j, which other separators would make a cell', (text, kept) => {
    const csv = toCsv(['text'], [{ text }]);
    expect(cells(csv)).toEqual([{ text: kept }]);
    expect(csv).toContain('"');
    for (const separator of [';', '\t', '|', '\n']) {
      const begin = csv
        .split(separator)
        .slice(1)
        .map((cell) => cell.replace(/^[\s"]+/, ''));
      expect(begin.filter((cell) => /^[=+\-@\uff1d]/.test(cell))).toEqual([]);
    }
  });

  it('leaves what is no formula as it is', () => {
    for (const text of ['a; b', 'a-b', '12:30; ok', 'x = 1', 'نام; قیمت'])
      expect(cells(toCsv(['text'], [{ text }]))).toEqual([{ text }]);
  });

  it('leaves an empty cell for nothing, and a head without rows', () => {
    expect(cells(toCsv(['a', 'b'], [{ a: null }]))).toEqual([{ a: '', b: '' }]);
    expect(toCsv(['a', 'b'], [])).toBe('\ufeffa,b\r\n');
  });
});
