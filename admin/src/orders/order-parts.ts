import { formatNumber } from '../fields/moment.ts';
import type { Order } from '../records.ts';

/** "2 × Red bag, 1 × Shoes". */
export function describeItems({ items }: Pick<Order, 'items'>, locale: string): string {
  const separator = locale === 'fa' ? '، ' : ', ';
  return items.map(({ quantity, title }) => `${formatNumber(quantity, locale)} × ${title}`).join(separator);
}

/** What the order costs, as a customer reads it; a dash while nobody has named a price. */
export function totalOf({ totalText }: Pick<Order, 'totalText'>, locale: string): string {
  return totalText ? totalText[locale === 'fa' ? 'fa' : 'en'] : '—';
}

/** The number as its customer was told it: in their digits, not grouped as an amount is. */
export function formatOrderNumber({ number }: Pick<Order, 'number'>, locale: string): string {
  return new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en', { useGrouping: false }).format(number);
}
