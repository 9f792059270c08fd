import type { Currency, Money } from '../text/money.ts';
import type { FoundAttribute, VariantOption } from './attributes/attribute.ts';

/** What sources of products give, whatever their form. */
export interface FoundVariant {
  /** What makes it another than its neighbours; empty where the source has only a title for it. */
  options: VariantOption[];
  title: string;
  sku: string;
  price: Money | null;
  available: boolean | null;
}

/** A product as a source states it. Empty and null mean that the source does not say. */
export interface FoundProduct {
  externalId: string;
  url: string | null;
  title: string;
  description: string;
  brand: string;
  categories: string[];
  imageUrls: string[];
  available: boolean | null;
  /** `available` was left empty, which its kind of source means as "no"; whoever says more knows better. */
  isAvailabilityPresumed?: boolean;
  price: Money | null;
  oldPrice: Money | null;
  currency: Currency;
  variants: FoundVariant[];
  /** Whatever else it says: material, warranty, all colours. */
  attributes: FoundAttribute[];
  /** What the source has no place for: its silence takes nothing back. */
  unsaid?: readonly ('price' | 'available')[];
}

/** Something that was not taken, or not wholly. `code` is a short stable word for the panel. */
export interface Complaint {
  code: string;
  /** Where: an address, a product's id, a row. */
  at: string;
  detail: string;
  /** It stands for so many of its kind; one unless told. */
  times?: number;
}
