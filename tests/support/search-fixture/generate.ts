import { writeFileSync } from 'node:fs';
import { HAND_WRITTEN } from './hand-written.ts';
import { ENGLISH_LINES, type FixtureProduct, PERSIAN_LINES, PHONES, type ProductLine } from './vocabulary.ts';

/**
 * Writes tests/fixtures/search/*.json from the vocabulary and the hand-written questions: `node
 * tests/support/search-fixture/generate.ts`. The same every time. The README beside the files tells how the labels were
 * made and checked.
 */

/** A question with its label. */
export interface LabelledQuery {
  text: string;
  /** Keys of the products that answer it. */
  want: string[];
  /** What makes it hard. */
  kind: string;
}

const products: FixtureProduct[] = [];

function add(line: ProductLine, name: string, at: number): void {
  const title = line.titleOf(name, line.details[at % line.details.length] as string);
  const number = products.length + 1;
  products.push({
    key: `${line.key}-${at + 1}`,
    title,
    brand: line.brands[at % line.brands.length] as string,
    categories: line.categories,
    price:
      Math.round(
        (line.from + ((line.to - line.from) * ((at * 3 + 1) % line.names.length)) / line.names.length) / 1000,
      ) * 1000,
    available: number % 9 !== 0,
  });
}

for (const line of [...PERSIAN_LINES, ...PHONES, ...ENGLISH_LINES])
  for (const [at, name] of line.names.entries()) add(line, name, at);

const byKey = new Map(products.map((product) => [product.key, product]));

/** A deterministic choice, so that the file changes only when its makers do. */
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

/** Changes the longest word at its middle letter; the half-space is no letter that one could mistype. */
const changeWord = (text: string, change: (word: string, middle: number) => string) => {
  const words = text.split(' ');
  const longest = words.reduce((best, word, at) => (word.length > (words[best] ?? '').length ? at : best), 0);
  const word = words[longest] as string;
  let middle = Math.floor(word.length / 2);
  while (word.slice(middle - 1, middle + 1).includes('\u200c')) middle++;
  words[longest] = change(word, middle);
  return words.join(' ');
};
const swapLetters = (text: string) =>
  changeWord(
    text,
    (word, middle) =>
      word.slice(0, middle - 1) + word.charAt(middle) + word.charAt(middle - 1) + word.slice(middle + 1),
  );
const dropLetter = (text: string) => changeWord(text, (word, middle) => word.slice(0, middle) + word.slice(middle + 1));
const arabicLetters = (text: string) => text.replaceAll('ی', 'ي').replaceAll('ک', 'ك');
const arabicDigits = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
const persianDigits = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x6f0 + Number(digit)));
const withoutZwnj = (text: string) => text.replaceAll('\u200c', '');
const spaceForZwnj = (text: string) => text.replaceAll('\u200c', ' ');

const PERSIAN_FRAMES = [
  'قیمت % چنده؟',
  'سلام % دارید؟',
  '% موجوده؟',
  'ببخشید قیمت % رو میخواستم',
  '%',
  'لطفا عکس % رو بفرستید',
];
const ENGLISH_FRAMES = ['how much is the %?', 'do you have the %', 'hi, is the % available?', '%', 'price of % please'];
const PERSIAN_CHANGES: ReadonlyArray<[string, (text: string) => string]> = [
  ['plain', (text) => text],
  ['arabic letters', arabicLetters],
  ['no half-space', withoutZwnj],
  ['blank for half-space', spaceForZwnj],
  ['swapped letters', swapLetters],
  ['missing letter', dropLetter],
];
const ENGLISH_CHANGES: ReadonlyArray<[string, (text: string) => string]> = [
  ['plain', (text) => text],
  ['upper case', (text) => text.toUpperCase()],
  ['missing letter', dropLetter],
  ['swapped letters', swapLetters],
];

const queries: LabelledQuery[] = [];
let round = 0;
for (const [lineAt, line] of PERSIAN_LINES.entries())
  for (const nameAt of [lineAt, lineAt + 3, lineAt + 5].map((at) => at % line.names.length)) {
    const product = byKey.get(`${line.key}-${nameAt + 1}`) as FixtureProduct;
    const [kind, change] = pick(PERSIAN_CHANGES, round);
    const text = pick(PERSIAN_FRAMES, round).replace('%', change(line.askedAs(line.names[nameAt] as string)));
    queries.push({ text, want: [product.key], kind: `one product, ${kind}` });
    round++;
  }
for (const line of PHONES)
  for (const [nameAt, name] of line.names.entries()) {
    const said = pick([line.askedAs(name), persianDigits(line.askedAs(name)), arabicDigits(line.askedAs(name))], round);
    queries.push({
      text: pick(PERSIAN_FRAMES, round).replace('%', said),
      want: [`${line.key}-${nameAt + 1}`],
      kind: 'model number',
    });
    round++;
  }
for (const [lineAt, line] of ENGLISH_LINES.entries())
  for (const nameAt of [lineAt % line.names.length, (lineAt + 2) % line.names.length]) {
    const [kind, change] = pick(ENGLISH_CHANGES, round);
    const text = pick(ENGLISH_FRAMES, round).replace('%', change(line.askedAs(line.names[nameAt] as string)));
    queries.push({ text, want: [`${line.key}-${nameAt + 1}`], kind: `one product, ${kind}` });
    round++;
  }
for (const { text, kind, wants } of HAND_WRITTEN)
  queries.push({ text, want: products.filter(wants).map(({ key }) => key), kind });

const write = (file: string, rows: readonly unknown[]) =>
  writeFileSync(
    new URL(`../../fixtures/search/${file}`, import.meta.url),
    `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`,
  );
write('products.json', products);
write('queries.json', queries);
process.stdout.write(`${products.length} products, ${queries.length} queries\n`);
