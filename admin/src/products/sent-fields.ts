/** What the form of a product sends: only what it shows, and variants only where they were changed. */

const OF_PEOPLE = ['title', 'description', 'brand', 'price', 'oldPrice', 'currency', 'available', 'url'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** `before` is the record as it was read. A product that a sync keeps takes attributes and variants alone. */
export function fieldsToSend(data: Fields, before: Fields): Record<string, unknown> {
  const own = before.source === 'manual' ? OF_PEOPLE.map((field) => [field, data[field] ?? null] as const) : [];
  const changed = (['attributes', 'variants'] as const).flatMap((field) => {
    const given = PARTS[field](data[field]);
    return JSON.stringify(given) === JSON.stringify(PARTS[field](before[field])) ? [] : [[field, given] as const];
  });
  return Object.fromEntries([...own, ...changed]);
}

const rowsOf = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);

const PARTS = {
  attributes: (value: unknown) => rowsOf(value).map(({ name, values }) => ({ name, values })),
  variants: (value: unknown) =>
    rowsOf(value).map(({ options, sku, price, available }) => ({
      options: rowsOf(options).map(({ name, value: chosen }) => ({ name, value: chosen })),
      sku: sku ?? '',
      // The API gives whole units of the currency as text; the form makes a number of what was touched.
      price: price === null || price === undefined || price === '' ? null : String(Number(price)),
      available: typeof available === 'boolean' ? available : null,
    })),
};
