import { priceOf } from '../catalog/attributes/product-facts.ts';
import type { Language } from '../text/message.ts';
import { formatMoney } from '../text/money.ts';
import type { KnownProduct } from './known-product.ts';

/** A text of the built-in responder's, by its key. */
export type Say = (key: string) => string;

const FROM: Readonly<Record<Language, string>> = { fa: 'از', en: 'from' };

/** Price and stock of a product: «۴۵۰٬۰۰۰ تومان · موجود»; «از ۴۵۰٬۰۰۰ تومان» where its variants differ in price. */
export function factsOf(product: KnownProduct, language: Language, say: Say): string {
  const price = priceLine(product, language) ?? say('product_unpriced');
  const stock =
    product.available === false ? say('product_unavailable') : product.available ? say('product_available') : '';
  return [price, stock].filter(Boolean).join(' · ');
}

function priceLine(product: KnownProduct, language: Language): string | null {
  const price = priceOf(product, product.variants ?? []);
  if (!price) return null;
  const amount = formatMoney(price.from, language);
  return price.isOne ? amount : `${FROM[language]} ${amount}`;
}

/** A product as one line of text. */
export function lineOf(product: KnownProduct, language: Language, say: Say): string {
  return `${product.title}: ${factsOf(product, language, say)}`;
}
