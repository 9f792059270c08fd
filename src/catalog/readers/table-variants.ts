import type { Money } from '../../text/money.ts';
import type { FoundAttribute, VariantOption } from '../attributes/attribute.ts';
import { mergeAttributes, optionsAmong, optionsKey, titleOfOptions } from '../attributes/read-attributes.ts';
import type { FoundProduct, FoundVariant } from '../found-product.ts';
import { keepOldPrice } from './found-parts.ts';
import { bestOf, readStock } from './json-ld-offers.ts';
import { LIMITS } from './source.ts';
import type { TableRow } from './table-row.ts';

/** The rows of one product: its first one, and what the rows behind it add. */
export interface RowGroup {
  row: number;
  key: string;
  found: FoundProduct;
  /** By which its variants may name it, in matching form. */
  codes: readonly string[];
  /** What the table calls the rows of one product; empty where it does not. */
  group: string;
  /** What its first row calls its columns of attributes. */
  names: ReadonlyMap<number, string>;
  /** The variant that its first row is; empty where it is none. */
  own: VariantOption[];
  /** Those of the rows behind the first. */
  variants: FoundVariant[];
  /** They call it their parent: then it is no variant itself, but lists what they are. */
  isParent: boolean;
}

/** By what a row may belong to the product before it. */
export interface RowIdentity {
  /** By which it would be a product of its own; null where it has no name. */
  key: string | null;
  group: string;
  /** The code of the product that it belongs to; empty where the table does not say. */
  parent: string;
}

export interface VariantRow extends RowIdentity {
  code: string;
  attributes: FoundAttribute[];
  price: Money | null;
  available: boolean | null;
}

/** Whether a row says that it is of the product before it: by a group, a parent, or the same code or address. */
export function belongsTo(group: RowGroup, row: RowIdentity): boolean {
  return (row.group !== '' && row.group === group.group) || isChildOf(group, row) || row.key === group.key;
}

const isChildOf = ({ codes }: RowGroup, { parent }: RowIdentity): boolean => parent !== '' && codes.includes(parent);

/** Adds a row that belongs to the product. False when it is not another size, colour or the like of it. */
export function addVariantRow(group: RowGroup, row: VariantRow): boolean {
  const isChild = isChildOf(group, row);
  const options = optionsAmong(row.attributes);
  const { code: sku, price, available } = row;
  const variant = { options, title: titleOfOptions(options), sku, price, available };
  // A row that only adds a picture, as Shopify writes them.
  if (options.length === 0) return row.key === null;
  const own = isChild || group.isParent ? [] : [ownVariant(group)];
  const keys = new Set([...group.variants, ...own].map(optionsKey));
  if (keys.has(optionsKey(variant)) || group.variants.length >= LIMITS.variants) return false;
  group.isParent ||= isChild;
  group.variants.push(variant);
  group.found.attributes = mergeAttributes([...group.found.attributes, ...row.attributes]);
  return true;
}

function ownVariant({ own, found }: RowGroup): FoundVariant {
  const { externalId: sku, price, available } = found;
  return { options: own, title: titleOfOptions(own), sku, price, available };
}

/** The product of a group. One of several rows costs what its cheapest variant costs that can be bought. */
export function toTableRow(group: RowGroup): TableRow {
  const { row, key, found } = group;
  if (group.variants.length === 0) return { row, key, found, rows: 1 };
  const isVariant = !group.isParent && group.own.length > 0;
  const variants = [...(isVariant ? [ownVariant(group)] : []), ...group.variants];
  const best = bestOf([...variants, { price: found.price, available: group.isParent ? null : found.available }]);
  const price = best?.price ?? null;
  const oldPrice = price?.amount === found.price?.amount ? found.oldPrice : null;
  const available = readStock([...variants, { available: group.isParent ? null : found.available }]) ?? found.available;
  const currency = price?.currency ?? found.currency;
  const rows = group.variants.length + 1;
  const ofAll = { variants, price, oldPrice: keepOldPrice(price, oldPrice), available, currency };
  return { row, key, rows, found: { ...found, ...ofAll } };
}
