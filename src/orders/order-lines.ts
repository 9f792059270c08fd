import type { Money } from '../text/money.ts';
import type { OrderItem } from './order.ts';
import type { OrderForm, OrderLine, PricedLine } from './order-form-state.ts';

/** The lines of an order that is being filled in: those that are complete, and the one that is being asked for. Pure. */

/** Of one product. */
export const MAX_QUANTITY = 100;
/** More is no order by chat any more. */
export const MAX_LINES = 10;

/** Every line of the form whose product and quantity are known. */
export function linesOf(form: OrderForm): OrderLine[] {
  const { productId, title, quantity, shownPrice } = form;
  const more = form.more ?? [];
  return productId !== null && quantity !== null ? [...more, { productId, title, quantity, shownPrice }] : more;
}

/** Every product of the form, whether or not its quantity is known. */
export function productIdsOf(form: OrderForm): string[] {
  const ids = (form.more ?? []).map(({ productId }) => productId);
  return form.productId === null ? ids : [...ids, form.productId];
}

/** Puts the line that is being asked for aside, to begin another; one of the same product grows. */
export function putAside(form: OrderForm): void {
  const { productId, title, quantity, shownPrice } = form;
  if (productId === null) return;
  const same = form.more?.find((line) => line.productId === productId);
  if (same) same.quantity = Math.min(MAX_QUANTITY, same.quantity + (quantity ?? 1));
  else form.more = [...(form.more ?? []), { productId, title, quantity: quantity ?? 1, shownPrice }];
  clearLine(form);
}

/** Goes on with a line that was put aside. False when the form has none of this product, or is at it already. */
export function takeUp(form: OrderForm, productId: string): boolean {
  const line = form.more?.find((other) => other.productId === productId);
  if (!line) return false;
  putAside(form);
  form.more = form.more?.filter((other) => other !== line) ?? [];
  Object.assign(form, line);
  return true;
}

/** Takes a product out; the last line that was put aside is gone on with. False when nothing is left. */
export function dropLine(form: OrderForm, productId: string): boolean {
  form.more = (form.more ?? []).filter((line) => line.productId !== productId);
  if (form.productId === productId) clearLine(form);
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
export function toOrderItem({ product, quantity }: PricedLine): OrderItem {
  const { id: productId, title, url, price } = product;
  const lineTotal = price && String(price.amount * BigInt(quantity));
  return { productId, title, url, quantity, unitPrice: price && String(price.amount), lineTotal };
}

function clearLine(form: OrderForm): void {
  Object.assign(form, { productId: null, title: '', quantity: null, shownPrice: null });
}
