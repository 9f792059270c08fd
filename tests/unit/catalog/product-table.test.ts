import { describe, expect, it } from 'vitest';
import { readProductTable, TABLE_ROWS_MAX, TABLE_TEMPLATE } from '../../../src/catalog/product-table.ts';
import { readTableAside } from '../../../src/catalog/read-table-aside.ts';

const read = (text: string) => readProductTable(Buffer.from(text), 'IRT');
const codesOf = ({ complaints }: Awaited<ReturnType<typeof read>>) => complaints.map(({ code, at }) => [code, at]);

describe('readProductTable', () => {
  it('takes ragged rows for what they say, and reports those that say too little', async () => {
    const table = await read('code,title,price\nA,Bag\nB,Shoe,5000,too,many\nC\n');
    expect(table.rows.map(({ found }) => [found.title, found.price?.amount])).toEqual([
      ['Bag', undefined],
      ['Shoe', 5000n],
    ]);
    expect(codesOf(table)).toEqual([['row_without_title', 'row 4']]);
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
  it('reads in another thread what readProductTable reads', async () => {
    const rows = Array.from({ length: 600 }, (_, at) => `A${at},Bag ${at},${1000 + at},wrong\n`);
    const file = Buffer.from(`code,title,price,currency\nX,One,12000,تومان\nY,,1,\n${rows.join('')}`);
    const template = Buffer.from(TABLE_TEMPLATE.map((row) => row.join(',')).join('\n'));
    for (const given of [file, template])
      expect(await readTableAside(given, 'IRT')).toEqual(await readProductTable(given, 'IRT'));
  });

  it('refuses as readProductTable does', async () => {
    const damaged = Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3]);
    for (const given of [Buffer.from('hello'), damaged])
      await expect(readTableAside(given, 'IRT')).rejects.toMatchObject({
        code: 'invalid_input',
        fields: { file: expect.any(String) },
      });
  });
});
