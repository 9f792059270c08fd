import type { KnownProduct } from '../replies/known-product.ts';
import type { Money } from '../text/money.ts';

/**
 * Products of one answer with their prices in one currency: tomans and rials side by side are misread by ten times. Rials become
 * tomans where a toman price stands beside them; nothing else is converted. Pure.
 */
export function inOneCurrency<P extends KnownProduct>(products: readonly P[]): P[] {
  const currencies = new Set(products.flatMap(({ price }) => price?.currency ?? []));
  if (!currencies.has('IRR') || !currencies.has('IRT')) return [...products];
  return products.map((product) => ({
    ...product,
    price: inTomans(product.price),
    oldPrice: inTomans(product.oldPrice),
    ...(product.variants
      ? { variants: product.variants.map((variant) => ({ ...variant, price: inTomans(variant.price) })) }
      : {}),
  }));
}

/** A price in odd rials has no tomans: it is left out rather than rounded. */
function inTomans(money: Money | null): Money | null {
  if (money?.currency !== 'IRR') return money;
  return money.amount % 10n === 0n ? { amount: money.amount / 10n, currency: 'IRT' } : null;
}
