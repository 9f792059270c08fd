import type { OrderForm, OrderInput, OrderLine, OrderProduct, PricedLine } from './order-form-state.ts';
import { linesOf } from './order-lines.ts';
import { askForOption, inOptions, missingOption } from './order-options.ts';
import { askFor, chooseOne, ORDER_TEXTS, summarise } from './order-texts.ts';

/** What an order form shows and asks, at the prices of this moment. Pure. */

/** A product of the form, or of what was just said, as it is now; null when it is gone. */
export function findIn({ known, found, apart = [] }: OrderInput, productId: string): OrderProduct | null {
  const all = [...known, ...found, ...apart.map(({ product }) => product)];
  return all.find(({ id }) => id === productId) ?? null;
}

/** The product of a line in its size and colour, as it is now; null when it is gone. */
export function productOf(input: OrderInput, { productId, options }: Pick<OrderLine, 'productId' | 'options'>) {
  const product = findIn(input, productId);
  return product && inOptions(product, options);
}

export function priceNow(input: OrderInput, line: Pick<OrderLine, 'productId' | 'options'>): OrderLine['shownPrice'] {
  const price = productOf(input, line)?.price ?? null;
  return price && { amount: String(price.amount), currency: price.currency };
}

/** What the summary is about to show. */
export function rememberPrices(form: OrderForm, input: OrderInput): void {
  form.more = (form.more ?? []).map((line) => ({ ...line, shownPrice: priceNow(input, line) }));
  if (form.productId !== null) form.shownPrice = priceNow(input, { ...form, productId: form.productId });
}

/** The form's lines with their products; null when one is gone. */
export function pricedLines(form: OrderForm, input: OrderInput): PricedLine[] | null {
  const lines = linesOf(form).flatMap((line): PricedLine[] => {
    const product = productOf(input, line);
    return product ? [{ product, quantity: line.quantity, options: line.options ?? [] }] : [];
  });
  return lines.length > 0 && lines.length === linesOf(form).length ? lines : null;
}

/** What the customer is asked now: for a choice, for a detail, or whether the summary is right. */
export function questionOf(form: OrderForm, input: OrderInput, isPriceNew = false): string {
  const { language } = input;
  if (form.asked === 'change') return ORDER_TEXTS.whatToChange[language];
  if (form.asked === 'product' && form.choices.length > 0)
    return chooseOne(
      form.choices.map(({ title }) => title),
      language,
    );
  const { name, phone, address, title, options = [] } = form;
  const chosen = form.productId === null ? null : findIn(input, form.productId);
  const open = form.asked === 'options' && chosen ? missingOption(chosen, options) : null;
  if (chosen && open) return `${title}\n${askForOption(chosen, open, options, language)}`;
  const lines = form.asked === 'confirm' ? pricedLines(form, input) : null;
  if (lines !== null && name !== null && phone !== null && address !== null)
    return summarise({ lines, name, phone, address }, language, isPriceNew);
  const question = askFor(form.asked, language);
  const isFirst = form.asked === 'quantity' || (form.asked === 'name' && form.phone === null);
  const titleOf = (line: Pick<OrderLine, 'productId' | 'title' | 'options'>) =>
    productOf(input, line)?.title ?? line.title;
  const current = chosen ? inOptions(chosen, options).title : title;
  const titles = form.asked === 'quantity' ? [current] : linesOf(form).map(titleOf);
  return isFirst ? `${titles.join(language === 'fa' ? '، ' : ', ')}\n${question}` : question;
}
