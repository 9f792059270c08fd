import type { KnownProduct } from '../replies/known-product.ts';
import type { ShownProduct } from './catalog-reply.ts';
import type { Product } from './product-store.ts';

/** A product as answers speak of it: its variants and categories are what may be said besides its title. */
export function toKnownProduct(product: Product): KnownProduct {
  const { id, title, brand, available, price, oldPrice, url, categories, variants, attributes } = product;
  const details = [...categories, ...variants.map((variant) => variant.title)].filter(Boolean).slice(0, 20);
  const stated = attributes.map(({ name, values }) => ({ name, values }));
  const kinds = variants.map(({ options, title: called, price: own, available: there }) => ({
    options,
    title: called,
    price: own,
    available: there,
  }));
  const known = { id, title, brand: brand || null, available, price, oldPrice, url, details };
  return { ...known, attributes: stated, variants: kinds };
}

/** A product as a customer is shown it: with its pictures. */
export function toShownProduct(product: Product): ShownProduct {
  const { imageUrls } = product;
  return { ...toKnownProduct(product), imageUrl: imageUrls[0] ?? null, imageUrls };
}
