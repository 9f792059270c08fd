import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  openProductTable,
  TABLE_ROWS_MAX,
  TABLE_TEMPLATE,
  type TableReport,
} from '../../../../src/catalog/readers/product-table.ts';
import { readTableAside } from '../../../../src/catalog/readers/read-table.ts';
import type { TableRow } from '../../../../src/catalog/readers/table-row.ts';

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
/** A workbook with one sheet. */
function buildWorkbook(sheet: string): Buffer {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const files = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}">${sheet}</worksheet>`,
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
}

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

  it('refuses a table without a heading, and names a row without end', async () => {
    await expect(read('Bag,5000\nShoe,6000\n')).rejects.toMatchObject({ code: 'invalid_input' });
    const table = await read(`title,price\nBag,5000\n"${'x'.repeat(300_000)}\nShoe,6000\n`);
    expect([titlesOf(table), codesOf(table)]).toEqual([['Bag', 'Shoe'], [['row_unreadable', 'row 3']]]);
  });
});

const found = ({ rows }: WholeTable) =>
  rows.map(({ found: { externalId, price, oldPrice, available } }) => [
    externalId,
    price && `${price.amount} ${price.currency}`,
    oldPrice && Number(oldPrice.amount),
    available,
  ]);

describe('openProductTable: columns as shops call them', () => {
  it.each([
    [
      'a currency in the heading',
      'کد,نام محصول,قیمت (تومان),موجودی\nT1,شمع معطر,185000,4\nT2,جاشمعی,95000,0\n',
      [
        ['T1', '185000 IRT', null, true],
        ['T2', '95000 IRT', null, false],
      ],
    ],
    ['another currency there', 'sku;name;Price - IRR\nA;Bag;5000\n', [['A', '5000 IRR', null, null]]],
    ['words around it', 'کد,نام,قیمت به ریال\nA,کیف,5000\n', [['A', '5000 IRR', null, null]]],
    [
      'WooCommerce',
      'ID,Type,SKU,Name,Published,"Is featured?","Sale price","Regular price","In stock?",Stock,Categories\n11,simple,W-1,"ماگ",1,0,150000,180000,1,7,"خانه > ماگ"\n12,simple,W-2,"ماگ دو",1,0,,220000,0,0,\n13,simple,W-3,"ماگ سه",1,0,0,90000,1,,\n',
      [
        ['11', '150000 IRT', 180_000, true],
        ['12', '220000 IRT', null, false],
        ['13', '90000 IRT', null, true],
      ],
    ],
    [
      'WooCommerce in Persian',
      '\ufeffشناسه,نوع,شناسه محصول,نام,منتشر شده,"قیمت فروش ویژه","قیمت عادی","در انبار؟",انبار,دسته‌ها\n21,simple,F-1,"گلدان",1,90000,120000,1,5,"دکور > گلدان"\n22,simple,F-2,"گلدان بزرگ",1,,260000,0,0,\n',
      [
        ['21', '90000 IRT', 120_000, true],
        ['22', '260000 IRT', null, false],
      ],
    ],
    [
      'Shopify',
      'Handle,Title,Body (HTML),Vendor,Variant SKU,Variant Price,Variant Compare At Price,Status\nlamp,"چراغ",<p>x</p>,نوا,S-1,480000,520000,active\n',
      [['S-1', '480000 IRT', 520_000, null]],
    ],
  ])('knows those of %s', async (_, text, expected) => {
    const table = await read(text);
    expect([found(table), table.complaints]).toEqual([expected, []]);
  });

  it('takes no price of another kind for the price, and says which facts it has no column for', async () => {
    const table = await read('کد,نام,قیمت خرید,قیمت همکار\nA,کیف,5000,6000\n');
    expect(table.rows.map((row) => [row.found.price, row.found.unsaid])).toEqual([[null, ['price', 'available']]]);
    expect(table.heading).toEqual(['کد', 'نام', 'قیمت خرید', 'قیمت همکار']);
    expect((await read('title,price,stock\nBag,5000,1\n')).rows[0]?.found.unsaid).toEqual([]);
  });

  it('understands stock in words and numbers, and names what it does not', async () => {
    const stock = ['-2', '0.0', '۱۲ عدد', 'صفر', 'تمام شده', 'عدم موجودی', 'ناموجود در انبار', 'بله', '', 'نامشخص'];
    const table = await read(`نام,قیمت,موجودی\n${stock.map((text, at) => `فنجان ${at},1000,${text}`).join('\n')}`);
    expect(table.rows.map((row) => row.found.available)).toEqual([
      ...[false, false, true, false, false, false, false, true, null, null],
    ]);
    expect(codesOf(table)).toEqual([['row_stock_unclear', 'row 11']]);
  });
});

describe('openProductTable: files with faults', () => {
  it('reads an inch sign as it is meant, and names the row whose quote nothing closes', async () => {
    const table = await read(
      'code,title,price\nI-1,"تلویزیون 55" هوشمند",25000000\nI-2,قاب,100000\nI-3,"55" اینچ ارزان,9000000\nI-4,"32 اینچ کوچک,7000000\nI-5,"پایه",300000\nI-6,میز 20" گرد,5\n',
    );
    expect(table.rows.map((row) => [row.found.title, Number(row.found.price?.amount)])).toEqual([
      ['تلویزیون 55" هوشمند', 25_000_000],
      ['قاب', 100_000],
      ['"55" اینچ ارزان', 9_000_000],
      ['پایه', 300_000],
      ['میز 20" گرد', 5],
    ]);
    expect([codesOf(table), table.taken, table.total]).toEqual([[['row_unreadable', 'row 5']], 5, 6]);
  });

  it('keeps cells of several lines whole, beside rows with faults', async () => {
    const table = await read('title,description,price\r\nA,"one\r\ntwo, ""three""",5\r\nB,"x" y,6\r\nC,"open,7\r\n');
    expect(table.rows.map((row) => [row.found.title, row.found.description])).toEqual([
      ['A', 'one two, "three"'],
      ['B', '"x" y'],
    ]);
    expect(codesOf(table)).toEqual([['row_unreadable', 'row 4']]);
  });

  it('reads the other letters when one is cut in half, and names the row', async () => {
    const rows = Array.from({ length: 5 }, (_, at) => `B-${at},بشقاب گود شماره ${at},150000,کوتاه`).join('\n');
    const [before = '', after = ''] = `code,title,price,description\n${rows}`.split('B-1', 2);
    const table = await readWhole(
      Buffer.concat([Buffer.from(before.trimEnd()), Buffer.from([0xd9]), Buffer.from(`\nB-1${after}`)]),
    );
    expect(table.rows.map((row) => [row.found.title, row.found.description])).toEqual(
      Array.from({ length: 5 }, (_, at) => [`بشقاب گود شماره ${at}`, 'کوتاه']),
    );
    expect(codesOf(table)).toEqual([['row_broken_text', 'row 2']]);
  });

  it.each([
    ['old Excel', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600)])],
    [
      'a web page that calls itself Excel',
      Buffer.from('<html xmlns:x="x"><table><tr><td>نام</td><td>قیمت</td></tr></table>'),
    ],
    ['Excel of 2003', Buffer.from('\ufeff<?xml version="1.0"?><Workbook></Workbook>')],
    ['a PDF', Buffer.from('%PDF-1.7\n')],
  ])('says what to do with %s', async (_, file) => {
    await expect(readWhole(file)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('save it as .xlsx or .csv'),
      fields: { file: expect.stringContaining('.csv') },
    });
  });

  it('names the rows of a workbook whose prices have no value, and no other', async () => {
    const text = (value: string) => `t="inlineStr"><is><t>${value}</t></is></c>`;
    const cells = {
      3: [text('کد'), text('نام'), text('قیمت'), text('قیمت قبلی')],
      4: [text('A'), text('کیف'), '><f>100000*3</f><v/></c>', '><v>5</v></c>'],
      5: [text('B'), text('کفش'), 't="e"><v>#REF!</v></c>', '><v>5</v></c>'],
      6: [text('C'), text('کلاه'), '><f>200000+50000</f><v>250000</v></c>', 't="e"><v>#N/A</v></c>'],
      7: [text('D'), text('شال'), '/>', '/>'],
    };
    const rows = Object.entries(cells).map(
      ([row, values]) =>
        `<row r="${row}">${values.map((value, at) => `<c r="${'BCDE'[at]}${row}" ${value}`).join('')}</row>`,
    );
    const table = await readWhole(buildWorkbook(`<sheetData>${rows.join('')}</sheetData>`));
    expect(codesOf(table)).toEqual([
      ['price_not_a_price', 'row 4'],
      ['price_not_a_price', 'row 5'],
    ]);
    expect(found(table)).toEqual([
      ['C', '250000 IRT', null, null],
      ['D', null, null, null],
    ]);
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
    for (const given of [Buffer.from('hello'), damaged])
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
