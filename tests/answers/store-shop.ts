import { attributeName } from '../../src/catalog/attributes/attribute-names.ts';
import { titleOfOptions } from '../../src/catalog/attributes/read-attributes.ts';
import type { FoundVariant } from '../../src/catalog/found-product.ts';
import { saveProducts } from '../../src/catalog/product-write-store.ts';
import type { Database } from '../../src/platform/database/client.ts';
import type { LabelledProduct, ShopFile } from '../../src/replies/test-set/format.ts';
import { CURRENCIES, type Currency, type Money } from '../../src/text/money.ts';

/** Where a product of a labelled shop is to be found. */
export function addressOf(productId: string): string {
  return `https://shop.test/p/${productId}`;
}

/** Makes a shop's file a business of its own, as an import of its table would. Returns the business and its account. */
export async function storeShop(
  db: Database,
  name: string,
  { shop, products, answers }: ShopFile,
): Promise<{ businessId: string; accountId: string }> {
  const business = await db.business.create({ data: { slug: name, name: shop.name, language: shop.language } });
  const of = { businessId: business.id };
  if (shop.hours) await db.businessSettings.create({ data: { ...of, businessHours: shop.hours } });
  await db.faq.createMany({
    data: answers.map(({ language = shop.language, ...faq }) => ({ ...of, language, ...faq })),
  });
  const drafts = products.map((product) => ({
    key: addressOf(product.id).replace('https://', ''),
    found: toFound(product, shop.currency as Currency),
  }));
  const owner = { ...of, source: 'import', sourceId: null, readPages: false } as const;
  await db.$transaction((tx) => saveProducts(tx, owner, drafts, 'table'));
  const account = await db.account.create({ data: { ...of, channel: 'simulator', externalId: `answers-${name}` } });
  return { ...of, accountId: account.id };
}

function toFound(product: LabelledProduct, currency: Currency) {
  const moneyOf = (amount: number | undefined): Money | null =>
    amount === undefined ? null : { amount: BigInt(Math.round(amount * 10 ** CURRENCIES[currency].digits)), currency };
  return {
    externalId: product.id,
    url: addressOf(product.id),
    title: product.title,
    description: product.description,
    brand: product.brand,
    categories: product.category,
    imageUrls: [`${addressOf(product.id)}.jpg`],
    available: product.available,
    price: moneyOf(product.price ?? cheapestOf(product)),
    oldPrice: moneyOf(product.oldPrice),
    currency,
    variants: variantsOf(product).map(({ options, price, available }): FoundVariant => {
      const named = Object.entries(options).map(([name, value]) => ({ name: attributeName(name), value }));
      return { options: named, title: titleOfOptions(named), sku: '', price: moneyOf(price), available };
    }),
    attributes: Object.entries(product.attributes).map(([name, values]) => ({ name: attributeName(name), values })),
  };
}

/** What a product costs whose price is only stated by its variants, as a table's rows are read. */
function cheapestOf({ variants }: LabelledProduct): number | undefined {
  const sold = variants.filter(({ available }) => available);
  const amounts = (sold.length > 0 ? sold : variants).flatMap(({ price }) => price ?? []);
  return amounts.length > 0 ? Math.min(...amounts) : undefined;
}

/** Every combination of its options, or those it lists. */
function variantsOf({ options, soldOut, variants, available }: LabelledProduct) {
  if (!options) return variants;
  const combined = Object.entries(options).reduce<Record<string, string>[]>(
    (all, [name, values]) => all.flatMap((before) => values.map((value) => ({ ...before, [name]: value }))),
    [{}],
  );
  const isSoldOut = (chosen: Record<string, string>) =>
    soldOut.some((some) => Object.entries(some).every(([name, value]) => chosen[name] === value));
  return combined.map((chosen) => ({
    options: chosen,
    price: undefined,
    available: available !== false && !isSoldOut(chosen),
  }));
}
