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
}
