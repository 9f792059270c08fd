import type { Queries } from '../../platform/database/client.ts';
import { type Currency, decimalOf } from '../../text/money.ts';
import type { KnownProduct } from '../known-product.ts';
import type { LabelledProduct, TestSetFile } from './format.ts';

/** How many turns the test set of a business has. */
export async function countTurns(db: Queries, businessId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint | null }[]>`
    SELECT sum(jsonb_array_length(turns)) AS count FROM test_conversations WHERE business_id = ${businessId}::uuid`;
  return Number(row?.count ?? 0);
}

export interface StoredProduct {
  id: string;
  title: string;
  called: string[];
}

/** What the shop knows of the products that turns name. One that left the catalog has only its name. */
export async function readNamed(
  db: Queries,
  businessId: string,
  named: readonly StoredProduct[],
): Promise<LabelledProduct[]> {
  const titles = named.map(({ title }) => title);
  const rows = await db.product.findMany({
    where: { businessId, title: { in: titles } },
    include: { variants: { select: { price: true } } },
  });
  return named.map(({ id, title, called }) => {
    const row = rows.find((one) => one.title === title);
    const amountOf = (price: bigint | null) =>
      price === null || !row ? undefined : Number(decimalOf({ amount: price, currency: row.currency as Currency }));
    const own = { id, title, called, price: amountOf(row?.price ?? null) };
    const variants = (row?.variants ?? []).map(({ price }) => ({
      ...{ options: {}, available: true, price: amountOf(price) },
    }));
    return { ...EMPTY, ...own, variants };
  });
}

const EMPTY = {
  ...{
    brand: '',
    category: [],
    description: '',
    available: null,
    attributes: {},
    soldOut: [],
    called: [],
    variants: [],
  },
  price: undefined,
} satisfies Omit<LabelledProduct, 'id' | 'title'>;

/** A product that an answer was made with. */
export function toLabelled({
  id,
  title,
  price,
  oldPrice,
  details,
  attributes,
  variants,
}: KnownProduct): LabelledProduct {
  const amountOf = (money: KnownProduct['price']) => (money ? Number(decimalOf(money)) : undefined);
  return {
    ...EMPTY,
    ...{ id, title, price: amountOf(price), oldPrice: amountOf(oldPrice), description: (details ?? []).join('\n') },
    attributes: Object.fromEntries((attributes ?? []).map(({ name, values }) => [name, [...values]])),
    variants: (variants ?? []).map((variant) => ({
      options: Object.fromEntries(variant.options.map(({ name, value }) => [name, value])),
      ...{ price: amountOf(variant.price), available: variant.available ?? true },
    })),
  };
}

/** Rows of a file's conversations, each with the products that it names. */
export function toRows(file: TestSetFile, businessId: string, languageOf: (text: string) => string) {
  return file.conversations.map(({ name, language, turns }) => {
    const first = turns[0]?.say[0] ?? '';
    const used = new Set(
      turns.flatMap(({ products, oneOf, notProducts, prices }) => [products, oneOf, notProducts, prices].flat()),
    );
    return {
      businessId,
      name: (name ?? first).slice(0, 200),
      language: language ?? languageOf(first),
      turns,
      products: file.products.filter(({ id }) => used.has(id)),
    };
  });
}
