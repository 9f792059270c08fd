import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openKeyedDatabase } from '../../src/platform/database/client.ts';
import { AnswersFileError } from '../../src/replies/test-set/parse-file.ts';
import { type PlayedTurn, playShop } from '../answers/play.ts';
import { HALVES, parseShopFile, readShops } from '../answers/read-file.ts';
import { reportOf } from '../answers/report.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const SHOP = `shop: { name: بوتیک آرام, kind: clothes, language: fa, currency: IRT }
products:
  - id: coat
    title: پالتو فوتر مدل آلما
    price: 3250000
    attributes: { جنس: فوتر }
    options: { رنگ: [مشکی, شتری], سایز: [40, 42] }
  - { id: hat, title: کلاه بافت مدل برفی, price: 280000 }
answers:
  - { question: چند روزه به دستم می‌رسه؟, answer: سفارش‌ها ۲ تا ۴ روز کاری به دستتون می‌رسه. }
conversations:
  - language: fa
    turns:
`;
const withTurns = (...turns: string[]) => SHOP + turns.map((turn) => `      - ${turn}\n`).join('');
const PRICE = '{ say: قیمت پالتو آلما چنده؟, kind: price, products: coat, prices: coat }';

/** Of the turns of one tuned shop, a little less than was measured. It is raised when answers get better. */
const LEAST_SHARE = 0.7;

/** The faults that a file is refused with; empty for one that is taken. */
function faultsOf(text: string): readonly string[] {
  try {
    parseShopFile(text, 'shop.yaml');
    return [];
  } catch (error) {
    if (error instanceof AnswersFileError) return error.faults;
    throw error;
  }
}

describe('a file of labelled answers', () => {
  it('is read with what it leaves out', () => {
    const { products, conversations } = parseShopFile(withTurns(PRICE), 'shop.yaml');
    expect(products[1]).toMatchObject({ id: 'hat', available: true, attributes: {}, variants: [] });
    expect(products[0]?.options).toEqual({ رنگ: ['مشکی', 'شتری'], سایز: ['40', '42'] });
    expect(conversations[0]?.turns[0]).toMatchObject({ say: ['قیمت پالتو آلما چنده؟'], action: ['answer'], must: [] });
  });

  it.each([
    ['a kind that there is not', '{ say: سلام, kind: chat }', /^shop\.yaml:14 conversations\[0\]\.turns\[0\]\.kind: /],
    [
      'a product that the shop has not',
      '{ say: سلام, kind: price, products: shoe }',
      /:14 .*There is no product "shoe"/,
    ],
    ['a field that is misspelt', '{ say: سلام, kind: price, mustnt: [نه] }', /turns\[0\]: .*mustnt/],
    ['a turn in which nothing is said', '{ kind: price }', /turns\[0\]\.say: /],
    ['yes and no at once', '{ say: دارید؟, kind: stock, says: [yes, no] }', /yes and no at once/],
    ['a product asked for and forbidden', '{ say: x, kind: price, products: hat, notProducts: [hat] }', /at once/],
  ])('is refused with its line for %s', (_, turn, fault) => {
    expect(faultsOf(withTurns(turn))).toEqual([expect.stringMatching(fault)]);
    expect(faultsOf(withTurns(PRICE))).toEqual([]);
  });

  it('is refused for what is wrong with its goods, each fault by itself', () => {
    const text = withTurns(PRICE)
      .replace('id: hat', 'id: coat')
      .replace('سایز: [40, 42] }', 'سایز: [40, 42] }\n    soldOut: [{ رنگ: بنفش }]')
      .replace('currency: IRT', 'currency: XYZ');
    expect(faultsOf(text)).toEqual([expect.stringMatching(/^shop\.yaml:1 shop\.currency: /)]);
    expect(faultsOf(text.replace('XYZ', 'IRT'))).toEqual([
      expect.stringMatching(/products\[0\]\.soldOut\[0\].*"بنفش"/),
      expect.stringMatching(/^shop\.yaml:9 products\[1\]\.id: There are two products "coat"\.$/),
    ]);
  });

  it('is refused with its line where it is no YAML', () => {
    expect(faultsOf('shop: { name: x\nproducts: [')).toContainEqual(expect.stringMatching(/^shop\.yaml:\d+ /));
  });

  it('holds for every shop that is kept, and the halves have the same kinds', () => {
    const [tuned, keptOut] = [readShops(HALVES.tuned), readShops(HALVES.keptOut)];
    const kindsOf = (shops: typeof tuned) => [...new Set(shops.map(({ file }) => file.shop.kind))].sort();
    expect(kindsOf(tuned)).toEqual(kindsOf(keptOut));
    const names = [...tuned, ...keptOut].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('answers over a shop', () => {
  let database: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = openKeyedDatabase(database.url, 4);
  });
  afterAll(async () => {
    await db.$disconnect();
    await database.drop();
  });
  let shops = 0;
  const play = (...turns: string[]): Promise<PlayedTurn[]> => {
    shops += 1;
    return playShop(db, `shop-${shops}`, parseShopFile(withTurns(...turns), 'shop.yaml'));
  };
  const rulesOf = ({ faults }: PlayedTurn) => faults.map(({ rule }) => rule);

  it('are good where they say what is expected, and name what is missing where they do not', async () => {
    const [price, wrongPrice, wrongWords, forbidden] = await play(
      PRICE,
      '{ say: قیمت کلاه برفی؟, kind: price, prices: coat }',
      '{ say: پالتو آلما قیمتش چقدره؟, kind: price, must: [[ابریشم, مخمل], 3250000] }',
      '{ say: کلاه برفی چنده, kind: price, mustNot: [۲۸۰٬۰۰۰] }',
    );
    expect(price).toMatchObject({ faults: [], answer: expect.stringContaining('۳٬۲۵۰٬۰۰۰') });
    expect(wrongPrice?.faults).toContainEqual({ rule: 'price', detail: 'coat' });
    expect(wrongWords?.faults).toEqual([{ rule: 'must', detail: 'ابریشم | مخمل' }]);
    expect(forbidden?.faults).toEqual([{ rule: 'must_not', detail: '۲۸۰٬۰۰۰' }]);
  });

  it('are judged by what was done: a person is called or not', async () => {
    const [called, uncalled, unasked] = await play(
      '{ say: لطفا یه اپراتور وصل کنید, kind: person, action: person }',
      '{ say: قیمت کلاه برفی؟, kind: price, action: person }',
      '{ say: می‌خوام با پشتیبانی صحبت کنم, kind: person }',
    );
    expect(called?.faults).toEqual([]);
    expect(uncalled && rulesOf(uncalled)).toEqual(['action']);
    expect(unasked && rulesOf(unasked)).toContain('action');
  });

  it('lean on what the same customer heard before', async () => {
    const [price, order] = await play(PRICE, '{ say: همینو می‌خوام, kind: order, action: order }');
    expect([price?.faults, order?.faults]).toEqual([[], []]);
    const [, refused] = await play(PRICE, '{ say: همینو می‌خوام, kind: order, action: placed }');
    expect(refused && rulesOf(refused)).toEqual(['action']);
  });

  it('are summed up by kind and language', async () => {
    const played = await play(PRICE, '{ say: قیمت کلاه برفی؟, kind: price, prices: coat, language: mixed }');
    const report = reportOf(played);
    expect(report).toMatchObject({ turns: 2, good: 1, share: 0.5, invented: 0, faults: { price: 1 } });
    expect(report.byKind).toEqual({ price: { turns: 2, good: 1, share: 0.5 } });
    expect(report.byLanguage).toEqual({
      fa: { turns: 1, good: 1, share: 1 },
      mixed: { turns: 1, good: 0, share: 0 },
    });
  });

  it('are no worse over a tuned shop than they were', async () => {
    const clothes = readShops(HALVES.tuned).find(({ name }) => name === 'clothes-nila');
    const report = reportOf(await playShop(db, 'clothes', (clothes as NonNullable<typeof clothes>).file));
    expect(report.turns).toBeGreaterThan(70);
    expect(report.share).toBeGreaterThanOrEqual(LEAST_SHARE);
  }, 120_000);
});
