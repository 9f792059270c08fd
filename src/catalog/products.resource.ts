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
import { attributeLabel } from './attributes/attribute-names.ts';
import { givenAttributes, givenVariants, keepAttributes, keepVariants, toCreatedVariants } from './given-variants.ts';
import { type Origin, type StoredAttribute, type StoredVariant, searchTextOf } from './product-content.ts';
import { newProductKey } from './product-key.ts';
import { attributesOf, type ProductRow, toStoredVariant, WITH_VARIANTS } from './product-row.ts';
import { saveVariants } from './variant-store.ts';

const SOURCES = ['torob', 'sitemap', 'import', 'manual'] as const;
const ORIGINS = ['list', 'page', 'table', 'presumed'] as const satisfies Origin[];
/** Who stated a fact; null for what nobody or a person stated. */
const origin = z.enum(ORIGINS).nullable();
const originOf = (stated: string) => (stated === '' ? null : (stated as Origin));
/** Who stated what people may state as well. */
const author = z.enum(['list', 'page', 'table', 'person']);

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
  /** The ways in which it can be bought. A price is in whole units of the currency; null: the product's own holds. */
  variants: z.array(
    z.object({
      id,
      /** `name`: size, colour, … or the shop's own word. */
      options: z.array(z.object({ name: z.string(), value: z.string() })),
      title: z.string(),
      sku: z.string(),
      price: z.string().nullable(),
      available: z.boolean().nullable(),
    }),
  ),
  variantsFrom: author.nullable(),
  /** What the shop says of it besides: material, warranty, all colours. What a person wrote here stays over every sync. */
  attributes: z.array(
    z.object({ name: z.string(), label: inBothLanguages, values: z.array(z.string()), from: author }),
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
  attributes: givenAttributes,
  variants: givenVariants,
};
type Given = Partial<{ [Name in keyof typeof fields]: z.output<(typeof fields)[Name]> }>;

/** What a person wrote, as columns. */
function toColumns(given: Given, known: Known | null) {
  const { imageUrl, price, oldPrice, attributes: stated, variants: kinds, ...same } = given;
  const currency = given.currency ?? known?.currency ?? 'IRT';
  const attributes = stated ? keepAttributes(stated, known?.attributes ?? []) : (known?.attributes ?? []);
  const variants = kinds ? keepVariants(kinds, currency) : (known?.variants ?? []);
  const named = { title: '', brand: '', categories: [], externalId: '', ...known, ...same };
  const content = { ...named, variants, attributes } as unknown as Parameters<typeof searchTextOf>[0];
  return {
    ...same,
    ...(stated ? { attributes: attributes.map((attribute) => ({ ...attribute })) } : {}),
    ...(kinds ? { variantsFrom: variants.length > 0 ? 'person' : '' } : {}),
    ...(imageUrl === undefined ? {} : { images: imageUrl === null ? [] : [{ url: imageUrl }] }),
    ...(price === undefined ? {} : { price: price === null ? null : BigInt(price) }),
    ...(oldPrice === undefined ? {} : { oldPrice: oldPrice === null ? null : BigInt(oldPrice) }),
    searchText: searchTextOf(content),
    syncedAt: new Date(),
  };
}

interface Known {
  title: string;
  brand: string;
  categories: string[];
  externalId: string;
  currency: Currency;
  attributes: StoredAttribute[];
  variants: StoredVariant[];
}

function knownOf(row: ProductRow): Known {
  const { title, brand, categories, externalId } = row;
  const variants = row.variants.map(toStoredVariant);
  return {
    title,
    brand,
    categories,
    externalId,
    currency: row.currency as Currency,
    attributes: attributesOf(row),
    variants,
  };
}

/** What a person may say of a product that a sync keeps: the sync leaves it as it is. */
const OWN_WORDS: ReadonlySet<string> = new Set(['attributes', 'variants']);

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
  include: WITH_VARIANTS,
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
      attributes: fields.attributes.default([]),
      variants: fields.variants.default([]),
    }),
    toData: (input, { businessId }) => ({
      ...toColumns(input as Given, null),
      variants: toCreatedVariants(input as Required<Given>, businessId),
      source: 'manual',
      sourceKey: newProductKey(),
    }),
  },
  update: {
    schema: z.object(fields),
    async toData(input, row, { db, businessId }) {
      if (Object.keys(input).some((field) => !OWN_WORDS.has(field))) refuseSynced(row);
      const { variants, currency } = input as Given;
      if (variants) {
        const kept = keepVariants(variants, currency ?? (row.currency as Currency));
        await saveVariants(db, businessId, [{ key: row.sourceKey, variants: kept }]);
      }
      return toColumns(input as Given, knownOf(row));
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
      variants: row.variants.map((variant) => ({
        ...toStoredVariant(variant),
        id: variant.id,
        price: variant.price === null ? null : decimalOf({ amount: variant.price, currency: row.currency as Currency }),
      })),
      variantsFrom: row.variantsFrom === '' ? null : (row.variantsFrom as z.output<typeof author>),
      attributes: attributesOf(row).map((attribute) => ({
        ...attribute,
        label: { fa: attributeLabel(attribute.name, 'fa'), en: attributeLabel(attribute.name, 'en') },
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
