/** What a source says of a product besides title, price and stock. `name` is a key of the field's table, else the shop's own word. */
export interface FoundAttribute {
  name: string;
  values: string[];
}

/** One choice that makes a variant: the colour black, the size 40. `name` as in FoundAttribute. */
export interface VariantOption {
  name: string;
  value: string;
}

/** Bounds of what is kept: no shop says more of a product that a customer would ask for. */
export const ATTRIBUTE_LIMITS = {
  attributes: 40,
  values: 40,
  name: 60,
  value: 160,
  options: 4,
} as const;
