import type { Product } from '../products/product.ts';

export interface OrderOption {
  name: string;
  value: string;
}

/** One size and colour in which a product can be ordered. */
export interface Kind {
  title: string;
  options: OrderOption[];
  available: boolean | null;
}

/** Without variants of its own, a product is sent in one of these where it lists several. */
const SENT_IN = ['size', 'colour'];
const MAX_KINDS = 100;

/** Every way in which a product can be ordered; empty where there is nothing to choose. */
export function kindsOf({ variants, attributes }: Pick<Product, 'variants' | 'attributes'>): Kind[] {
  const ofVariants = variants.filter(({ options }) => options.length > 0);
  if (ofVariants.length > 0) return ofVariants.map(({ title, options, available }) => ({ title, options, available }));
  const lists = SENT_IN.flatMap((name) => {
    const values = attributes.find((attribute) => attribute.name === name)?.values ?? [];
    return values.length > 1 ? [values.map((value) => ({ name, value }))] : [];
  });
  if (lists.length === 0) return [];
  const combined = lists.reduce<OrderOption[][]>(
    (kinds, list) => kinds.flatMap((kind) => list.map((option) => [...kind, option])),
    [[]],
  );
  return combined.slice(0, MAX_KINDS).map((options) => ({
    title: options.map(({ value }) => value).join(' / '),
    options,
    available: null,
  }));
}
