import type { FoundProduct } from '../found-product.ts';

/** A product as a table gives it. */
export interface TableRow {
  /** As a spreadsheet counts, the heading being 1. */
  row: number;
  /** Rows of the file that it was made of: one for each of its variants. */
  rows: number;
  key: string;
  found: FoundProduct;
}
