import type { Money } from '../text/money.ts';

/** A product as an answer may speak of it: what the catalog holds, and nothing more. */
export interface KnownProduct {
  id: string;
  title: string;
  brand: string | null;
  /** Null when the shop does not say. Never a number. */
  available: boolean | null;
  price: Money | null;
  oldPrice: Money | null;
  url: string | null;
  /** Variants and categories in the shop's words: what may be said of it besides its title. */
  details?: readonly string[];
  /** What the shop says of it besides. `name`: a key of the field's table (src/catalog/attributes), else the shop's own word. */
  attributes?: readonly { name: string; values: readonly string[] }[];
  /** The ways in which it can be bought. */
  variants?: readonly KnownVariant[];
}

/** A colour and size in which a product can be bought. */
export interface KnownVariant {
  options: readonly { name: string; value: string }[];
  title: string;
  /** Null: the product's own price holds. */
  price: Money | null;
  /** Null when the shop does not say. */
  available: boolean | null;
}
