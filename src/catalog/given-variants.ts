import { z } from 'zod';
import { InvalidInputError } from '../platform/errors.ts';
import { CURRENCIES, type Currency } from '../text/money.ts';
import { ATTRIBUTE_LIMITS } from './attributes/attribute.ts';
import { attributeName } from './attributes/attribute-names.ts';
import { mergeAttributes, optionsKey, titleOfOptions } from './attributes/read-attributes.ts';
import type { StoredAttribute, StoredVariant } from './product-content.ts';
import { LIMITS } from './readers/source.ts';

/** Attributes and variants as people write them in the panel. */

const word = (max: number) => z.string().trim().min(1).max(max);
const name = word(ATTRIBUTE_LIMITS.name);
const value = word(ATTRIBUTE_LIMITS.value);
/** Whole units of the currency, as a record shows them: 12.50 dollars, 450000 tomans. */
const price = z.union([z.number().min(0).max(1e13), z.string().regex(/^\d{1,13}(?:\.\d{1,2})?$/)]);

export const givenAttributes = z
  .array(z.object({ name, values: z.array(value).min(1).max(ATTRIBUTE_LIMITS.values) }))
  .max(ATTRIBUTE_LIMITS.attributes);

export const givenVariants = z
  .array(
    z.object({
      options: z.array(z.object({ name, value })).min(1).max(ATTRIBUTE_LIMITS.options),
      sku: z.string().trim().max(LIMITS.externalId).default(''),
      price: price.nullable().default(null),
      available: z.boolean().nullable().default(null),
    }),
  )
  .max(LIMITS.variants);

type GivenVariants = z.output<typeof givenVariants>;

/** What a person left as it was stays whose it was; what they changed or added is theirs. Each name once. */
export function keepAttributes(
  given: z.output<typeof givenAttributes>,
  known: readonly StoredAttribute[],
): StoredAttribute[] {
  const named = given.map((attribute) => ({ ...attribute, name: attributeName(attribute.name) }));
  return mergeAttributes(named).map((attribute) => {
    const before = known.find((other) => other.name === attribute.name);
    const isSame = before && JSON.stringify(before.values) === JSON.stringify(attribute.values);
    return { name: attribute.name, values: attribute.values, from: isSame ? before.from : 'person' };
  });
}

/** Throws InvalidInputError for two variants of the same options, and for a price that the currency has no unit for. */
export function keepVariants(given: GivenVariants, currency: Currency): StoredVariant[] {
  const kept = given.map((variant): StoredVariant => {
    const options = variant.options.map((option) => ({ name: attributeName(option.name), value: option.value }));
    const amount = variant.price === null ? null : amountOf(String(variant.price), currency);
    const { sku, available } = variant;
    return { options, title: titleOfOptions(options), sku, price: amount, available };
  });
  if (new Set(kept.map(optionsKey)).size < kept.length)
    throw new InvalidInputError('Two variants have the same options.', { variants: 'Each must differ in an option.' });
  return kept;
}

function amountOf(text: string, currency: Currency): string {
  const [whole = '', fraction = ''] = text.split('.');
  const { digits } = CURRENCIES[currency];
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction) || fraction.length > digits)
    throw new InvalidInputError('A price of a variant is no amount of the currency.', {
      variants: `A price has at most ${digits} digits behind the point.`,
    });
  return String(BigInt(whole + fraction.padEnd(digits, '0')));
}

/** The rows of a new product's variants, as they are created with it. */
export function toCreatedVariants(
  { variants, currency }: { variants: GivenVariants; currency: Currency },
  businessId: string,
) {
  const create = keepVariants(variants, currency).map((variant, position) => ({
    businessId,
    position,
    options: variant.options.map((option) => ({ ...option })),
    optionsKey: optionsKey(variant),
    title: variant.title,
    sku: variant.sku,
    price: variant.price === null ? null : BigInt(variant.price),
    available: variant.available,
  }));
  return { create };
}
