import type { CountryCode } from 'libphonenumber-js/max';
import { detectIntents, hasPurchaseIntent } from './intents.ts';
import type { Language } from './message.ts';
import type { Currency, Money } from './money.ts';
import { ORDER_FIELDS, type OrderField } from './order.ts';
import {
  givesUp,
  isQuestion,
  readAddress,
  readAnswer,
  readChange,
  readChoice,
  readFieldName,
  readLabelled,
  readName,
  readPhone,
  readQuantity,
} from './order-reading.ts';
import { askFor, chooseOne, faultOf, notSoldAnyMore, ORDER_TEXTS, soldOut, summarise } from './order-texts.ts';

/**
 * The order form: a small conversation of its own that ends in an order. A pure function of (form, what the customer wrote,
 * products as they are now) → (form, reply). Nothing is invented in it: product, price and stock come from the catalog.
 */

/** A product as an order sees it. */
export interface OrderProduct {
  id: string;
  title: string;
  url: string | null;
  price: Money | null;
  /** Null when the shop does not say. */
  available: boolean | null;
}

/** Kept between turns as JSON. */
export interface OrderForm {
  productId: string | null;
  title: string;
  /** Products that the customer was asked to choose from, in that order. */
  choices: { id: string; title: string }[];
  quantity: number | null;
  name: string | null;
  /** E.164. */
  phone: string | null;
  address: string | null;
  /** What the customer was asked last; `change` after a no to the summary. */
  asked: OrderField | 'change';
  /** The unit price that the summary showed, as text in the smallest unit; null when none was shown. */
  shownPrice: { amount: string; currency: Currency } | null;
  /** Answers in a row that could not be used. */
  misses: number;
}

export interface OrderInput {
  form: OrderForm | null;
  text: string;
  /** Products that the text, or what was talked about, means; read only where one is to be chosen. */
  found: readonly OrderProduct[];
  /** The form's product and its choices as they are now, without what is gone. */
  known: readonly OrderProduct[];
  language: Language;
  /** Whose national phone numbers are meant. */
  country: CountryCode | null;
}

export type OrderStep =
  /** Not about an order. */
  | { kind: 'none' }
  /** Somebody else answers; `reminder` goes on with the form afterwards. */
  | { kind: 'aside'; form: OrderForm; reminder: string }
  | { kind: 'ask'; form: OrderForm; reply: string }
  | { kind: 'cancelled'; form: OrderForm; reply: string; reason: 'customer' | 'sold_out' | 'gone' }
  /** The bot does not get on: a person is to go on. */
  | { kind: 'problem'; form: OrderForm; reply: string; note: string }
  | { kind: 'placed'; form: OrderForm; product: OrderProduct; quantity: number };

export const MAX_QUANTITY = 100;
/** After so many answers in a row that nobody understands, a person goes on. */
export const MAX_MISSES = 3;

/** Takes the customer's words into the form and tells what to answer. The given form is not changed. */
export function advanceOrder(input: OrderInput): OrderStep {
  const { form: before, text, language } = input;
  if (!before) return begin(input);
  const form: OrderForm = { ...before, choices: [...before.choices] };
  if (givesUp(text)) return { kind: 'cancelled', form, reply: ORDER_TEXTS.cancelled[language], reason: 'customer' };
  if (form.productId && form.asked !== 'product') {
    const gone = refuseProduct(productOf(form, input), form.title, language);
    if (gone) return { kind: 'cancelled', form, ...gone };
  }
  if (form.asked === 'confirm' && readAnswer(text) === 'yes') return confirm(form, input);
  if (form.asked === 'confirm' && readAnswer(text) === 'no') {
    form.asked = 'change';
    return { kind: 'ask', form, reply: ORDER_TEXTS.whatToChange[language] };
  }
  const changed = readChange(text) ?? (form.asked === 'change' ? readFieldName(text) : null);
  const taken = takeDetails(form, input, changed);
  if (taken === 'too_many') return miss(form, language, ORDER_TEXTS.tooMany[language]);
  if (taken) return goOn(form, input);
  if (changed) {
    forget(form, changed);
    return goOn(form, input);
  }
  if (isQuestion(text) || asksForPerson(text))
    return { kind: 'aside', form, reminder: questionOf(form, language, productOf(form, input)) };
  return miss(
    form,
    language,
    form.asked === 'change' ? '' : faultOf(form.asked, language),
    questionOf(form, language, productOf(form, input)),
  );
}

/** Whoever wants a person, or complains, is not asked for an address. */
function asksForPerson(text: string): boolean {
  return detectIntents(text).some((intent) => intent === 'handoff' || intent === 'complaint');
}

function begin(input: OrderInput): OrderStep {
  const { text, found, language } = input;
  if (!hasPurchaseIntent(text) || found.length === 0) return { kind: 'none' };
  const form: OrderForm = {
    productId: null,
    title: '',
    choices: [],
    quantity: null,
    name: null,
    phone: null,
    address: null,
    asked: 'product',
    shownPrice: null,
    misses: 0,
  };
  const quantity = readQuantity(text, false);
  if (quantity !== null && quantity <= MAX_QUANTITY) form.quantity = quantity;
  if (found.length > 1) return offer(form, found, language);
  const [product] = found as [OrderProduct];
  const refused = refuseProduct(product, product.title, language);
  if (refused) return { kind: 'cancelled', form, ...refused };
  choose(form, product);
  return goOn(form, input);
}

function offer(form: OrderForm, found: readonly OrderProduct[], language: Language): OrderStep {
  form.choices = found.map(({ id, title }) => ({ id, title }));
  form.asked = 'product';
  return { kind: 'ask', form, reply: questionOf(form, language, null) };
}

function choose(form: OrderForm, product: Pick<OrderProduct, 'id' | 'title'>): void {
  form.productId = product.id;
  form.title = product.title;
  form.choices = [];
}

function refuseProduct(product: OrderProduct | null, title: string, language: Language) {
  if (!product) return { reply: notSoldAnyMore(title, language), reason: 'gone' as const };
  if (product.available === false) return { reply: soldOut(product.title, language), reason: 'sold_out' as const };
  return null;
}

/** Whatever of the text belongs to the form. True when it gave anything. */
function takeDetails(form: OrderForm, input: OrderInput, changed: OrderField | null): boolean | 'too_many' {
  const { country } = input;
  const labelled = readLabelled(input.text);
  const withPhone = readPhone(input.text, country);
  const rest = withPhone?.rest ?? input.text;
  let taken = false;
  const take = <K extends 'name' | 'phone' | 'address'>(field: K, value: string | null | undefined): void => {
    if (!value) return;
    form[field] = value;
    taken = true;
  };
  take('phone', withPhone?.phone);
  take('name', labelled.name && readName(labelled.name));
  take('address', labelled.address && readAddress(labelled.address));
  const isForProduct = form.asked === 'product' || changed === 'product';
  if (isForProduct && takeProduct(form, input)) taken = true;
  const mayBeQuantity = withPhone === null && form.asked !== 'address' && !(isForProduct && taken);
  const quantity = mayBeQuantity
    ? readQuantity(labelled.quantity ?? rest, form.asked === 'quantity' || !!labelled.quantity)
    : null;
  if (quantity !== null && quantity > MAX_QUANTITY) return 'too_many';
  if (quantity !== null) {
    form.quantity = quantity;
    taken = true;
  }
  // A plain answer belongs to the question. What names another field to change does not.
  if (form.asked === 'name' && !labelled.name && !changed) take('name', readName(rest));
  if (form.asked === 'address' && !labelled.address && !changed) take('address', readAddress(rest));
  if (form.asked === 'phone' && !form.name && withPhone) take('name', readName(rest));
  return taken;
}

function takeProduct(form: OrderForm, { text, found }: OrderInput): boolean {
  const at = form.choices.length > 0 ? readChoice(text, form.choices.length) : null;
  if (at !== null) {
    choose(form, form.choices[at] as OrderForm['choices'][number]);
    return true;
  }
  if (found.length === 1) choose(form, found[0] as OrderProduct);
  else if (found.length > 1) {
    form.productId = null;
    form.choices = found.map(({ id, title }) => ({ id, title }));
  }
  return found.length > 0;
}

function forget(form: OrderForm, field: OrderField): void {
  if (field === 'product') {
    form.productId = null;
    form.choices = [];
  } else if (field !== 'confirm') {
    form[field] = null;
  }
}

/** Asks for what is missing, or shows the summary. */
function goOn(form: OrderForm, input: OrderInput): OrderStep {
  const { language } = input;
  form.misses = 0;
  form.asked = ORDER_FIELDS.find((field) => isMissing(form, field)) ?? 'confirm';
  const product = productOf(form, input);
  if (form.asked !== 'product') {
    const refused = refuseProduct(product, form.title, language);
    if (refused) return { kind: 'cancelled', form, ...refused };
  }
  if (form.asked === 'confirm') rememberPrice(form, product);
  return { kind: 'ask', form, reply: questionOf(form, language, product) };
}

function productOf(form: OrderForm, { known, found }: OrderInput): OrderProduct | null {
  return [...known, ...found].find(({ id }) => id === form.productId) ?? null;
}

function rememberPrice(form: OrderForm, product: OrderProduct | null): void {
  const price = product?.price ?? null;
  form.shownPrice = price && { amount: String(price.amount), currency: price.currency };
}

function isMissing(form: OrderForm, field: OrderField): boolean {
  if (field === 'product') return form.productId === null;
  return field !== 'confirm' && form[field] === null;
}

function questionOf(form: OrderForm, language: Language, product: OrderProduct | null, isPriceNew = false): string {
  if (form.asked === 'change') return ORDER_TEXTS.whatToChange[language];
  if (form.asked === 'product' && form.choices.length > 0)
    return chooseOne(
      form.choices.map(({ title }) => title),
      language,
    );
  const { quantity, name, phone, address, title } = form;
  if (form.asked === 'confirm' && quantity !== null && name !== null && phone !== null && address !== null)
    return summarise(
      { title, quantity, name, phone, address, unitPrice: product?.price ?? null },
      language,
      isPriceNew,
    );
  const question = askFor(form.asked, language);
  const isFirst = form.asked === 'quantity' || (form.asked === 'name' && form.phone === null);
  return isFirst ? `${title}\n${question}` : question;
}

/** The price is what it was when the customer saw it, or they are asked again. */
function confirm(form: OrderForm, input: OrderInput): OrderStep {
  const { language } = input;
  const product = productOf(form, input);
  if (!product || form.quantity === null) return goOn(form, input);
  const now = product.price && { amount: String(product.price.amount), currency: product.price.currency };
  if (now?.amount !== form.shownPrice?.amount || now?.currency !== form.shownPrice?.currency) {
    form.shownPrice = now;
    return { kind: 'ask', form, reply: questionOf(form, language, product, true) };
  }
  return { kind: 'placed', form, product, quantity: form.quantity };
}

function miss(form: OrderForm, language: Language, fault: string, question = ''): OrderStep {
  form.misses += 1;
  if (form.misses >= MAX_MISSES) {
    const note = `The order form did not get on at “${form.asked}”.`;
    return { kind: 'problem', form, reply: ORDER_TEXTS.problem[language], note };
  }
  return { kind: 'ask', form, reply: [fault, question].filter(Boolean).join('\n') };
}
