import type { CheerioAPI } from 'cheerio';
import type { Money } from '../../text/money.ts';
import type { FoundAttribute, VariantOption } from '../attributes/attribute.ts';
import { attributeName } from '../attributes/attribute-names.ts';
import { mergeAttributes, readAttribute, titleOfOptions } from '../attributes/read-attributes.ts';
import type { FoundProduct, FoundVariant } from '../found-product.ts';
import { readAvailability, readText } from './found-parts.ts';
import { LIMITS } from './source.ts';

/** What a product page says outside of its structured data: the table of properties and the form of a variable product. */

const PROPERTY_ROWS = '.woocommerce-product-attributes tr, table.shop_attributes tr';
const MAX_ROWS = 60;
const MAX_FORM = 500_000;

/** The table «توضیحات تکمیلی» that WooCommerce puts below a product. */
export function readPageAttributes(page: CheerioAPI): FoundAttribute[] {
  const rows = page(PROPERTY_ROWS).toArray().slice(0, MAX_ROWS);
  return mergeAttributes(
    rows.flatMap((row) => {
      const name = page(row).find('th').first().text();
      const value = page(row).find('td').first().text();
      return readAttribute(name, value, readText) ?? [];
    }),
  );
}

/** The variations of WooCommerce's form, which stand in it as JSON. */
export function readPageVariants(page: CheerioAPI, product: Pick<FoundProduct, 'price' | 'variants'>): FoundVariant[] {
  const form = page('form.variations_form[data-product_variations]').first();
  const json = form.attr('data-product_variations') ?? '';
  const stated = json.length <= MAX_FORM ? parseList(json) : [];
  const labels = labelsOf(page);
  const read = stated.slice(0, LIMITS.variants).flatMap((one) => {
    if (typeof one !== 'object' || one === null) return [];
    const variation = one as Record<string, unknown>;
    const options = optionsOf(variation.attributes, labels);
    return options.length === 0 ? [] : [{ variation, options }];
  });
  const scale = scaleOf(
    read.map(({ variation }) => variation.display_price),
    product.price,
  );
  return read.map(({ variation, options }) => ({
    options,
    title: titleOfOptions(options),
    sku: readText(variation.sku, LIMITS.externalId),
    price: priceOf(variation.display_price, scale, product.price),
    available: readAvailability(variation.is_in_stock),
  }));
}

function parseList(json: string): unknown[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : [];
  } catch {
    // A shop with many variations leaves them out and writes `false`; a broken form says nothing.
    return [];
  }
}

/** What the shop calls each value of each field: the form itself knows them by their addresses. */
function labelsOf(page: CheerioAPI): ReadonlyMap<string, string> {
  const options = page('form.variations_form select[name^="attribute_"] option').toArray();
  return new Map(
    options.map((option) => {
      const field = page(option).closest('select').attr('name') ?? '';
      return [`${decoded(field)} ${page(option).attr('value') ?? ''}`, page(option).text()] as const;
    }),
  );
}

function optionsOf(attributes: unknown, labels: ReadonlyMap<string, string>): VariantOption[] {
  if (typeof attributes !== 'object' || attributes === null) return [];
  return Object.entries(attributes).flatMap(([field, slug]) => {
    // An empty value stands for every value.
    if (typeof slug !== 'string' || slug === '') return [];
    const name = attributeName(
      decoded(field)
        .replace(/^attribute_(?:pa_)?/, '')
        .replaceAll('-', ' '),
    );
    const value = readText(labels.get(`${decoded(field)} ${slug}`) ?? decoded(slug).replaceAll('-', ' '), 160);
    return name === '' || value === '' ? [] : [{ name, value }];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * How the form's numbers become the page's money: it names no currency. Null where no variation has the price that the page
 * states, in tomans or rials: then nobody knows what its numbers mean.
 */
function scaleOf(numbers: readonly unknown[], price: Money | null): ((amount: number) => bigint) | null {
  if (!price) return null;
  const amounts = numbers.filter((number): number is number => typeof number === 'number' && Number.isFinite(number));
  const stated = Number(price.amount);
  const factors = price.currency === 'IRR' ? [1, 10] : price.currency === 'IRT' ? [1, 0.1] : [1, 100];
  const factor = factors.find((one) => amounts.some((amount) => Math.round(amount * one) === stated));
  return factor === undefined ? null : (amount) => BigInt(Math.round(amount * factor));
}

function priceOf(number: unknown, scale: ReturnType<typeof scaleOf>, price: Money | null): Money | null {
  if (!scale || !price || typeof number !== 'number' || number <= 0) return null;
  return { amount: scale(number), currency: price.currency };
}
