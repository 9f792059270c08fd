import type { Money } from '../text/money.ts';
import type { OrderItem } from './order.ts';
import type { OrderForm, OrderLine, OrderOption, PricedLine } from './order-form-state.ts';
import { hasOptions, isSameOptions } from './order-options.ts';

/** The lines of an order that is being filled in: those that are complete, and the one that is being asked for. Pure. */

/** Of one product. */
export const MAX_QUANTITY = 100;
/** More is no order by chat any more. */
export const MAX_LINES = 10;

/** Every line of the form whose product and quantity are known. */
export function linesOf(form: OrderForm): OrderLine[] {
  const { productId, title, options, quantity, shownPrice } = form;
  const more = form.more ?? [];
  const chosen = options ? { options } : {};
  return productId !== null && quantity !== null
    ? [...more, { productId, title, ...chosen, quantity, shownPrice }]
    : more;
}

/** Every product of the form, whether or not its quantity is known. */
export function productIdsOf(form: OrderForm): string[] {
  const ids = (form.more ?? []).map(({ productId }) => productId);
  return form.productId === null ? ids : [...ids, form.productId];
}

/** Puts the line that is being asked for aside, to begin another; one of the same product, size and colour grows. */
export function putAside(form: OrderForm): void {
  const { productId, title, options, quantity, shownPrice } = form;
  if (productId === null) return;
  const same = form.more?.find((line) => line.productId === productId && isSameOptions(line.options, options));
  const line = { productId, title, ...(options ? { options } : {}), quantity: quantity ?? 1, shownPrice };
  if (same) same.quantity = Math.min(MAX_QUANTITY, same.quantity + (quantity ?? 1));
  else form.more = [...(form.more ?? []), line];
  clearLine(form);
}

/**
 * Goes on with a line that was put aside, of a size and colour where they were named. False when the form has none of this
 * product, or is at it already.
 */
export function takeUp(form: OrderForm, productId: string, options: readonly OrderOption[] = []): boolean {
  const line = form.more?.find((other) => other.productId === productId && hasOptions(other.options, options));
  if (!line) return false;
  putAside(form);
  form.more = form.more?.filter((other) => other !== line) ?? [];
  clearLine(form);
  Object.assign(form, line);
  return true;
}

/**
 * Takes a product out, only of a size and colour where they are given; the last line that was put aside is gone on with. False
 * when nothing is left.
 */
export function dropLine(form: OrderForm, productId: string, options: readonly OrderOption[] = []): boolean {
  const isMeant = (line: Pick<OrderLine, 'options'> & { productId: string | null }) =>
    line.productId === productId && hasOptions(line.options, options);
  form.more = (form.more ?? []).filter((line) => !isMeant(line));
  if (isMeant(form)) clearLine(form);
  if (form.productId !== null || form.choices.length > 0) return true;
  const last = form.more.pop();
  if (last) Object.assign(form, last);
  return last !== undefined;
}

export function hasProduct(form: OrderForm, productId: string): boolean {
  return productIdsOf(form).includes(productId);
}

/** Sum of the lines; null when a price is missing or they are of several currencies. */
export function sumOf(lines: readonly PricedLine[]): Money | null {
  const currency = lines[0]?.product.price?.currency;
  if (!currency || lines.some(({ product }) => product.price?.currency !== currency)) return null;
  const amounts = lines.map(({ product, quantity }) => (product.price?.amount ?? 0n) * BigInt(quantity));
  return { amount: amounts.reduce((sum, amount) => sum + amount, 0n), currency };
}

/** A line as it is agreed, at the price of this moment. */
export function toOrderItem({ product, quantity, options = [] }: PricedLine): OrderItem {
  const { id: productId, variantId = null, title, url, price } = product;
  const lineTotal = price && String(price.amount * BigInt(quantity));
  const chosen = options.length > 0 ? { variantId, options: options.map(({ name, value }) => ({ name, value })) } : {};
  return { productId, ...chosen, title, url, quantity, unitPrice: price && String(price.amount), lineTotal };
}

function clearLine(form: OrderForm): void {
  Object.assign(form, { productId: null, title: '', quantity: null, shownPrice: null });
  delete form.options;
}
