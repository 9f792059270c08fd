import { optionsAmong, titleOfOptions } from '../attributes/read-attributes.ts';
import type { FoundProduct, FoundVariant } from '../found-product.ts';
import { readText, readUrls } from './found-parts.ts';
import { readNodeAttributes } from './json-ld-attributes.ts';
import { isType, type Node } from './json-ld-nodes.ts';
import { bestOf, type Offer, readOffers, readStock } from './json-ld-offers.ts';
import type { Reading } from './json-ld-reading.ts';
import { variantsOf } from './page-subject.ts';
import { LIMITS } from './source.ts';

/** What structured data says of the product `node`. */
export function readJsonLdProduct(node: Node, reading: Reading): Partial<FoundProduct> {
  const { graph, at, currency } = reading;
  const offers = readOffers(node.offers, reading);
  const variants = readVariants(node, offers, reading);
  const best = bestOf([...offers, ...variants.map((variant) => ({ ...variant, oldPrice: null }))]);
  const brand = typeof node.brand === 'object' ? graph.list(node.brand)[0]?.name : node.brand;
  return {
    externalId: readText(node.sku ?? node.productGroupID ?? node.mpn, LIMITS.externalId),
    title: readText(node.name, LIMITS.title),
    description: readText(node.description, LIMITS.description),
    brand: readText(brand, LIMITS.brand),
    categories: readCategories(node, reading),
    imageUrls: readUrls(readImages(node.image, reading), at),
    available: readStock([...offers, ...variants]),
    price: best?.price ?? null,
    oldPrice: best?.oldPrice ?? null,
    currency: best?.price?.currency ?? currency,
    variants: variants.slice(0, LIMITS.variants),
    attributes: readNodeAttributes(node, reading),
  };
}

function readImages(value: unknown, { graph }: Reading): unknown[] {
  return (Array.isArray(value) ? value : [value]).map((one) => {
    if (typeof one !== 'object' || one === null) return one;
    const image = graph.follow(one as Node);
    return image.url ?? image.contentUrl;
  });
}

function readVariants(node: Node, offers: readonly Offer[], reading: Reading): FoundVariant[] {
  const variants = variantsOf(reading.graph, node)
    .slice(0, LIMITS.variants)
    .map((variant) => {
      const own = readOffers(variant.offers, reading);
      const options = optionsAmong(readNodeAttributes(variant, reading));
      return {
        options,
        title: options.length > 0 ? titleOfOptions(options) : readText(variant.name, 80),
        sku: readText(variant.sku ?? variant.mpn, LIMITS.externalId),
        price: bestOf(own)?.price ?? null,
        available: readStock(own),
      };
    });
  if (variants.length > 0 || offers.length < 2) return variants;
  return offers.map(({ options, name, sku, price, available }) => ({
    options,
    title: titleOfOptions(options) || name || sku,
    sku,
    price,
    available,
  }));
}

function readCategories(node: Node, { graph }: Reading): string[] {
  const own = (Array.isArray(node.category) ? node.category : [node.category]).map((one) =>
    readText(typeof one === 'object' && one !== null ? (one as Node).name : one, LIMITS.category),
  );
  const crumbs = graph.nodes
    .filter((one) => isType(one, 'BreadcrumbList'))
    .flatMap((one) => graph.list(one.itemListElement))
    .map((one) => readText(one.name ?? graph.list(one.item)[0]?.name, LIMITS.category));
  // The first crumb is the home page, the last the product itself.
  const found = own.some(Boolean) ? own : crumbs.slice(1, -1);
  return [...new Set(found.filter(Boolean))].slice(0, LIMITS.categories);
}
