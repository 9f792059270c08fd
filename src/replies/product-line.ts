import type { Language } from '../text/message.ts';
import { formatMoney } from '../text/money.ts';
import type { KnownProduct } from './known-product.ts';

/** A text of the built-in responder's, by its key. */
export type Say = (key: string) => string;

/** Price and stock of a product: «۴۵۰٬۰۰۰ تومان · موجود». */
export function factsOf(product: KnownProduct, language: Language, say: Say): string {
  const price = product.price ? formatMoney(product.price, language) : say('product_unpriced');
  const stock =
    product.available === false ? say('product_unavailable') : product.available ? say('product_available') : '';
  return [price, stock].filter(Boolean).join(' · ');
}

/** A product as one line of text. */
export function lineOf(product: KnownProduct, language: Language, say: Say): string {
  return `${product.title}: ${factsOf(product, language, say)}`;
}
