import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  openProductTable,
  TABLE_ROWS_MAX,
  TABLE_TEMPLATE,
  type TableReport,
  type TableRow,
} from '../../../../src/catalog/readers/product-table.ts';
import { readTableAside } from '../../../../src/catalog/readers/read-table.ts';

type WholeTable = TableReport & { rows: TableRow[] };

async function readWhole(file: Buffer): Promise<WholeTable> {
  const reading = (await openProductTable(file, 'IRT'))();
  const rows: TableRow[] = [];
  for (;;) {
    const { done, value } = await reading.next();
    if (done) return { ...value, rows };
    rows.push(value);
  }
}

const readAside = (file: Buffer): Promise<WholeTable> =>
  readTableAside(file, 'IRT', async (report, parts) => {
    const rows: TableRow[] = [];
    for await (const part of parts) rows.push(...part);
    return { ...report, rows };
  });

const read = (text: string) => readWhole(Buffer.from(text));
const codesOf = ({ complaints }: TableReport) => complaints.map(({ code, at }) => [code, at]);
const titlesOf = ({ rows }: WholeTable) => rows.map(({ found }) => found.title);

describe('openProductTable', () => {
  it('takes ragged rows for what they say, and reports those that say too little', async () => {
    const table = await read('code,title,price\nA,Bag\nB,Shoe,5000,too,many\nC\n');
    expect(table.rows.map(({ found }) => [found.title, found.price?.amount])).toEqual([
      ['Bag', undefined],
      ['Shoe', 5000n],
    ]);
    expect(codesOf(table)).toEqual([['row_without_title', 'row 4']]);
    expect(table).toMatchObject({ taken: 2, total: 3 });
  });

  it('reads every encoding of old and new spreadsheets, wherever a letter is cut in two', async () => {
    const titles = Array.from({ length: 9000 }, (_, at) => `کفش ${at}`);
    const text = `title;price\n${titles.map((title) => `${title};5000`).join('\n')}`;
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    const letters: Record<string, number> = { ک: 0x98, ف: 0xdd, ش: 0xd4 };
    const cp1256 = Buffer.from(Array.from(text, (letter) => letters[letter] ?? letter.charCodeAt(0)));
    for (const file of [Buffer.from(text), Buffer.from(`\ufeff${text}`), utf16, cp1256])
      expect(titlesOf(await readWhole(file))).toEqual(titles);
  });

  it('stops at its limit, keeps what it read and says so', async () => {
    const lines = Array.from({ length: TABLE_ROWS_MAX + 100 }, (_, at) => `A${at},t`);
    const table = await read(`code,title\n${lines.join('\n')}`);
    expect(table.rows).toHaveLength(TABLE_ROWS_MAX);
    expect(codesOf(table)).toEqual([['row_too_many', String(TABLE_ROWS_MAX + 2)]]);
  });

  it('refuses a table without a heading, and a row without end', async () => {
    await expect(read('Bag,5000\nShoe,6000\n')).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(read(`title,price\n"${'x'.repeat(300_000)}`)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('readTableAside', () => {
  it('reads in another thread, part by part, what is read in this one', async () => {
    const rows = Array.from({ length: 600 }, (_, at) => `A${at},Bag ${at},${1000 + at},wrong\nB${at},Shoe ${at},1,\n`);
    const file = Buffer.from(`code,title,price,currency\nX,One,12000,تومان\nY,,1,\n${rows.join('')}`);
    const template = Buffer.from(TABLE_TEMPLATE.map((row) => row.join(',')).join('\n'));
    for (const given of [file, template]) expect(await readAside(given)).toEqual(await readWhole(given));
  });

  it('refuses what cannot be read to its end before anything of it is taken', async () => {
    const damaged = Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3]);
    const cut = Buffer.from(`title,price\n${'Bag,5000\n'.repeat(5000)}"${'x'.repeat(300_000)}`);
    for (const given of [Buffer.from('hello'), damaged, cut])
      await expect(readAside(given)).rejects.toMatchObject({
        code: 'invalid_input',
        fields: { file: expect.any(String) },
      });
  });

  it('ends with the fault of whoever takes the rows', async () => {
    const file = Buffer.from(`title\n${Array.from({ length: 1000 }, (_, at) => `Bag ${at}`).join('\n')}`);
    const fails = readTableAside(file, 'IRT', async (_, parts) => {
      for await (const part of parts) throw new RangeError(`${part.length} are too many`);
    });
    await expect(fails).rejects.toThrow(new RangeError('250 are too many'));
  });

  it('takes less than 200 MB for a million rows', { timeout: 90_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'peyk-table-'));
    try {
      const file = join(folder, 'million.csv');
      await writeFile(
        file,
        `title;price\n${Array.from({ length: 1_000_000 }, (_, at) => `کیف ${at};5000`).join('\n')}`,
      );
      const script = join(import.meta.dirname, '../../../support/table-memory.ts');
      const { stdout } = await promisify(execFile)(process.execPath, [script, file], { maxBuffer: 1e8 });
      const { rows, bytes, ...report } = JSON.parse(stdout) as TableReport & { rows: number; bytes: number };
      expect([rows, report.taken, codesOf(report)]).toEqual([
        TABLE_ROWS_MAX,
        TABLE_ROWS_MAX,
        [['row_too_many', String(TABLE_ROWS_MAX + 2)]],
      ]);
      expect(bytes).toBeLessThan(200 * 1024 * 1024);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
