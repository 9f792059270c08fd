import type { Currency } from '../../text/money.ts';
import type { Complaint, FoundProduct } from '../found-product.ts';

/** What a source is asked for. */
export interface SourceSettings {
  kind: 'torob' | 'sitemap';
  url: string;
  /** The currency of its bare numbers. */
  currency: Currency;
}

/** One line of a list: a product, or only the address of a page. */
export interface ListedItem {
  /** By which it is known again. */
  key: string;
  url: string | null;
  product: FoundProduct | null;
  /** When the source says that its page was changed. */
  changedAt: Date | null;
  /** Its address is that of a product, as far as can be told before it is read. */
  isProductPage: boolean;
}

/** Where to go on; null at the end. Kept between attempts, so it is plain data. */
export type ListCursor = Readonly<Record<string, unknown>> | null;

/** A part of a source's list. */
export interface ListPart {
  items: ListedItem[];
  complaints: Complaint[];
  next: ListCursor;
  /** How many lines the source says there are. */
  total: number | null;
  /** Lines of which nothing could be taken. */
  unread: number;
  /** It was not read to its end, so that what it does not name may still be there. */
  isTorn: boolean;
}

/** A page that was read. */
export type PageOutcome =
  | {
      state: 'product';
      product: FoundProduct;
      url: string;
      complaints: Complaint[];
      etag: string;
      lastModified: string;
    }
  | { state: 'unchanged' }
  /** It is no product page, or says nothing that can be used. */
  | { state: 'no_product'; complaints: Complaint[]; etag: string; lastModified: string }
  /** The shop says that there is no such page. */
  | { state: 'gone' }
  /** Its robots.txt forbids it. */
  | { state: 'forbidden' };

/** Bounds of texts that come from outside. */
export const LIMITS = {
  title: 300,
  description: 4000,
  brand: 100,
  category: 100,
  categories: 10,
  images: 10,
  variants: 100,
  externalId: 200,
  url: 1500,
} as const;
