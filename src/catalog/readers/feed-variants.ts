import type { Currency } from '../../text/money.ts';
import type { FoundAttribute, VariantOption } from '../attributes/attribute.ts';
import { attributeKey, isOptionName } from '../attributes/attribute-names.ts';
import { mergeAttributes, readAttributes, readOptions, titleOfOptions } from '../attributes/read-attributes.ts';
import type { Complaint, FoundVariant } from '../found-product.ts';
import { readAvailability, readPrice, readText } from './found-parts.ts';
import { LIMITS } from './source.ts';

type Line = Readonly<Record<string, unknown>>;

/** Under which feeds give what they say besides title and price. */
const ATTRIBUTE_FIELDS = [
  'spec',
  'specs',
  'specifications',
  'attributes',
  'features',
  'properties',
  'options',
] as const;
const VARIANT_FIELDS = ['variants', 'variations', 'combinations', 'skus'] as const;
const OPTION_FIELDS = ['options', 'attributes', 'option_values', 'combination', 'spec'] as const;
const PRICE_FIELDS = ['price', 'current_price', 'sale_price', 'display_price'] as const;
const STOCK_FIELDS = ['availability', 'available', 'is_available', 'in_stock', 'is_in_stock', 'stock'] as const;

/** What a line of a feed says of its product besides: its `spec`, and fields of its own such as `color` and `guarantee`. */
export function readLineAttributes(line: Line): FoundAttribute[] {
  const stated = ATTRIBUTE_FIELDS.flatMap((field) => readAttributes(line[field], readText));
  // A field of another kind, such as an object of a program's own, says nothing that a customer could be told.
  const own = Object.entries(line).filter(([name, value]) => {
    const key = attributeKey(name);
    return key !== null && key !== 'brand' && (Array.isArray(value) || typeof value !== 'object');
  });
  return mergeAttributes([...stated, ...readAttributes(Object.fromEntries(own), readText)]);
}

export interface VariantReading {
  /** The currency of bare numbers. */
  currency: Currency;
  at: string;
  complaints: Complaint[];
}

/** The variants of a line of a feed: those of WooCommerce's and Shopify's programs, and what shops write like them. */
export function readLineVariants(line: Line, { currency, at, complaints }: VariantReading): FoundVariant[] {
  const stated = VARIANT_FIELDS.map((field) => line[field]).find(Array.isArray) ?? [];
  return stated.slice(0, LIMITS.variants).flatMap((one) => {
    if (typeof one !== 'object' || one === null) return [];
    const variant = one as Line;
    const options = optionsOf(variant, line);
    const title = options.length > 0 ? titleOfOptions(options) : readText(variant.title ?? variant.name, LIMITS.title);
    if (title === '' || /^default title$/i.test(title)) return [];
    const available = readAvailability(firstOf(variant, STOCK_FIELDS));
    const faults: Complaint[] = [];
    const price = readPrice(firstOf(variant, PRICE_FIELDS), currency, at, faults);
    // What is sold out is often listed for nothing.
    complaints.push(...faults.filter(({ code }) => code !== 'price_zero' || available !== false));
    return [{ options, title, sku: readText(variant.sku ?? variant.code, LIMITS.externalId), price, available }];
  });
}

function firstOf(fields: Line, names: readonly string[]): unknown {
  return names.map((name) => fields[name]).find((value) => value !== undefined && value !== null && value !== '');
}

function optionsOf(variant: Line, line: Line): VariantOption[] {
  const named = OPTION_FIELDS.map((field) => readOptions(variant[field], readText)).find((one) => one.length > 0);
  if (named) return named;
  const numbered = numberedOptions(variant, line);
  if (numbered.length > 0) return numbered;
  const own = Object.entries(variant).filter(([name]) => isOptionName(attributeKey(name) ?? ''));
  return readOptions(Object.fromEntries(own), readText);
}

/** Shopify calls a variant's options `option1` and `option2`; the product says what they are. */
function numberedOptions(variant: Line, { options }: Line): VariantOption[] {
  if (!Array.isArray(options)) return [];
  const stated = Object.fromEntries(
    options.map((option, at) => {
      const name = typeof option === 'string' ? option : (option as Line | null)?.name;
      return [readText(name, 60), variant[`option${at + 1}`]];
    }),
  );
  return readOptions(stated, readText);
}
