import { z } from 'zod';
import { ConflictError } from '../platform/errors.ts';
import {
  booleanField,
  dateField,
  integerField,
  textField,
  uuidField,
  wordField,
} from '../platform/http/resources/field.ts';
import {
  id,
  inBothLanguages,
  isoOrNull,
  nullableId,
  nullableTime,
  optionalText,
  plainText,
  time,
} from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';
import { CURRENCY_CODES, type Currency, decimalOf, formatMoney, isCurrency } from '../text/money.ts';
import { type Origin, searchTextOf } from './product-content.ts';
import { newProductKey } from './product-key.ts';

const SOURCES = ['torob', 'sitemap', 'import', 'manual'] as const;
const ORIGINS = ['list', 'page', 'table', 'presumed'] as const satisfies Origin[];
/** Who stated a fact; null for what nobody or a person stated. */
const origin = z.enum(ORIGINS).nullable();
const originOf = (stated: string) => (stated === '' ? null : (stated as Origin));

export const productRecord = z.object({
  id,
  title: z.string(),
  description: z.string(),
  brand: z.string(),
  categories: z.array(z.string()),
  url: z.string().nullable(),
  /** The main picture, through our own address. */
  imageUrl: z.string().nullable(),
  images: z.array(z.object({ url: z.string(), shownAt: z.string() })),
  /** Null when the shop does not say. */
  available: z.boolean().nullable(),
  availableFrom: origin,
  /** In the smallest unit of the currency. */
  price: z.int().nullable(),
  oldPrice: z.int().nullable(),
  priceFrom: origin,
  currency: z.enum(CURRENCY_CODES as [Currency, ...Currency[]]),
  /** As a customer reads it. */
  priceText: inBothLanguages.nullable(),
  oldPriceText: inBothLanguages.nullable(),
  variants: z.array(
    z.object({ title: z.string(), sku: z.string(), price: z.string().nullable(), available: z.boolean().nullable() }),
  ),
  source: z.enum(SOURCES),
  sourceId: nullableId,
  externalId: z.string(),
  /** live: in its source; missing: not in the last list; removed: not sold any more. */
  syncState: z.enum(['live', 'missing', 'removed']),
  syncedAt: time,
  missingSince: nullableTime,
  removedAt: nullableTime,
  createdAt: time,
  updatedAt: time,
});

const webAddress = z.url({ protocol: /^https?$/ }).max(1500);
const amount = z.int().min(0).max(1e15).nullable();

const fields = {
  title: plainText(300),
  description: optionalText(4000),
  brand: optionalText(100),
  categories: z.array(optionalText(100).min(1)).max(10),
  url: webAddress.nullable(),
  imageUrl: webAddress.nullable(),
  available: z.boolean().nullable(),
  price: amount,
  oldPrice: amount,
  currency: z.enum(CURRENCY_CODES as [Currency, ...Currency[]]),
};
type Given = Partial<{ [Name in keyof typeof fields]: z.output<(typeof fields)[Name]> }>;

/** What a person wrote, as columns. */
function toColumns(given: Given, known: { title: string; brand: string; categories: string[] } | null) {
  const { imageUrl, price, oldPrice, ...same } = given;
  const named = { title: '', brand: '', categories: [], ...known, ...same };
  const content = { ...named, externalId: '', variants: [] } as unknown as Parameters<typeof searchTextOf>[0];
  return {
    ...same,
    ...(imageUrl === undefined ? {} : { images: imageUrl === null ? [] : [{ url: imageUrl }] }),
    ...(price === undefined ? {} : { price: price === null ? null : BigInt(price) }),
    ...(oldPrice === undefined ? {} : { oldPrice: oldPrice === null ? null : BigInt(oldPrice) }),
    searchText: searchTextOf(content),
    syncedAt: new Date(),
  };
}

function refuseSynced(row: { source: string }): void {
  if (row.source !== 'manual')
    throw new ConflictError("This product comes from the shop's own list, and the next sync would undo the change.");
}

function amountText(amountInUnits: bigint | null, code: string) {
  if (amountInUnits === null || !isCurrency(code)) return null;
  const money = { amount: amountInUnits, currency: code };
  return { fa: formatMoney(money, 'fa'), en: formatMoney(money, 'en') };
}

export const products = defineResource({
  name: 'products',
  model: 'product',
  summary: 'What the shop sells. Those of a source are changed by its sync; those made here by people.',
  record: productRecord,
  permissions: { read: 'view-conversations', write: 'manage-products' },
  defaultSort: ['updatedAt', 'DESC'],
  fields: {
    id: uuidField(),
    title: textField(),
    brand: textField(),
    url: textField({ nullable: true, sortable: false }),
    available: booleanField({ nullable: true }),
    price: integerField({ nullable: true, wide: true }),
    currency: wordField(CURRENCY_CODES),
    source: wordField(SOURCES),
    sourceId: uuidField({ nullable: true, sortable: false }),
    externalId: textField(),
    syncedAt: dateField(),
    missingSince: dateField({ nullable: true }),
    removedAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['searchText'], ['title'], ['url']],
  create: {
    schema: z.strictObject({
      ...fields,
      description: fields.description.default(''),
      brand: fields.brand.default(''),
      categories: fields.categories.default([]),
      url: fields.url.default(null),
      imageUrl: fields.imageUrl.default(null),
      available: fields.available.default(true),
      price: fields.price.default(null),
      oldPrice: fields.oldPrice.default(null),
      currency: fields.currency.default('IRT'),
    }),
    toData: (input) => ({ ...toColumns(input as Given, null), source: 'manual', sourceKey: newProductKey() }),
  },
  update: {
    schema: z.object(fields),
    toData: (input, row) => {
      refuseSynced(row);
      return toColumns(input as Given, row);
    },
  },
  guardDelete: refuseSynced,
  subject: ({ title }) => title,
  present: (row, { mediaAddress }) => {
    const urls = (row.images as { url: string }[]).map(({ url }) => url);
    const main = urls[0];
    return {
      id: row.id,
      title: row.title,
      description: row.description,
      brand: row.brand,
      categories: row.categories,
      url: row.url,
      imageUrl: main ? mediaAddress(main) : null,
      images: urls.map((url) => ({ url, shownAt: mediaAddress(url) })),
      available: row.available,
      availableFrom: originOf(row.availableFrom),
      price: row.price === null ? null : Number(row.price),
      oldPrice: row.oldPrice === null ? null : Number(row.oldPrice),
      priceFrom: originOf(row.priceFrom),
      currency: row.currency as Currency,
      priceText: amountText(row.price, row.currency),
      oldPriceText: amountText(row.oldPrice, row.currency),
      variants: (row.variants as unknown as z.input<typeof productRecord>['variants']).map((variant) => ({
        ...variant,
        price:
          variant.price === null
            ? null
            : decimalOf({ amount: BigInt(variant.price), currency: row.currency as Currency }),
      })),
      source: row.source as (typeof SOURCES)[number],
      sourceId: row.sourceId,
      externalId: row.externalId,
      syncState: row.removedAt ? ('removed' as const) : row.missingSince ? ('missing' as const) : ('live' as const),
      syncedAt: row.syncedAt.toISOString(),
      missingSince: isoOrNull(row.missingSince),
      removedAt: isoOrNull(row.removedAt),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  },
});
