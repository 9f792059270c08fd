import { readSigns } from '../replies/reading/feelings.ts';
import { detectIntents, hasPurchaseIntent } from '../text/intents.ts';
import type { Language } from '../text/message.ts';
import { ORDER_FIELDS, type OrderField } from './order.ts';
import type { OrderForm, OrderInput, OrderLine, OrderProduct, PricedLine } from './order-form-state.ts';
import {
  dropLine,
  hasProduct,
  linesOf,
  MAX_LINES,
  MAX_QUANTITY,
  productIdsOf,
  putAside,
  takeUp,
} from './order-lines.ts';
import { completeOptions, missingOption, readOptions, refuseOption, withOptions } from './order-options.ts';
import { findIn, pricedLines, priceNow, productOf, questionOf, rememberPrices } from './order-question.ts';
import {
  givesUp,
  isQuestion,
  readAddition,
  readAddress,
  readAnswer,
  readAroundPhone,
  readChange,
  readChoice,
  readFieldName,
  readInstead,
  readLabelled,
  readLeadingQuantity,
  readName,
  readPhone,
  readQuantity,
  readRemoval,
  withoutAnswers,
} from './order-reading.ts';
import { faultOf, notSoldAnyMore, ORDER_TEXTS, soldOut } from './order-texts.ts';

/**
 * The order form: a small conversation of its own that ends in an order. A pure function of (form, what the customer wrote,
 * products as they are now) → (form, reply). Nothing is invented in it: product, price and stock come from the catalog.
 */

export type { OrderForm, OrderInput, OrderProduct } from './order-form-state.ts';

export type OrderStep =
  /** Not about an order. */
  | { kind: 'none' }
  /** Somebody else answers; `reminder` goes on with the form afterwards. */
  | { kind: 'aside'; form: OrderForm; reminder: string }
  | { kind: 'ask'; form: OrderForm; reply: string }
  | { kind: 'cancelled'; form: OrderForm; reply: string; reason: 'customer' | 'sold_out' | 'gone' }
  /** The bot does not get on: a person is to go on. */
  | { kind: 'problem'; form: OrderForm; reply: string; note: string }
  | { kind: 'placed'; form: OrderForm; lines: PricedLine[] };

/** After so many answers in a row that nobody understands, a person goes on. */
export const MAX_MISSES = 3;

/** Takes the customer's words into the form and tells what to answer. The given form is not changed. */
export function advanceOrder(input: OrderInput): OrderStep {
  const { form: before } = input;
  if (!before) return begin(input);
  const language = before.language ?? input.language;
  const more = before.more?.map((line) => ({ ...line })) ?? [];
  return advance({ ...before, choices: [...before.choices], more }, { ...input, language });
}

/** True when the text may speak of products: only then are they looked for. */
export function maySpeakOfProducts(form: OrderForm, text: string): boolean {
  if (form.asked === 'product' || form.asked === 'change' || readAddition(text) || readRemoval(text)) return true;
  if (form.asked !== 'address' && readInstead(text)) return true;
  if (form.asked === 'confirm') return readAnswer(text) === null;
  const several = (form.more ?? []).length > 0;
  return several && (givesUp(text) || (form.asked !== 'address' && readQuantity(text, false) !== null));
}

function advance(form: OrderForm, input: OrderInput): OrderStep {
  const { text, language } = input;
  const field = readChange(text);
  const replaced = readInstead(text) && (field ?? 'product') === 'product' ? replaceLine(form, input) : null;
  if (replaced) return replaced;
  // «شال رو دیگه نمی‌خوام» gives one of several up, not all.
  const givesPartUp = (form.more ?? []).length > 0 && input.found.some(({ id }) => hasProduct(form, id));
  if (givesUp(text) && !givesPartUp && !restates(form, input))
    return { kind: 'cancelled', form, reply: ORDER_TEXTS.cancelled[language], reason: 'customer' };
  const lost = dropLost(form, input);
  if (lost) {
    if (!lost.isLeft) return { kind: 'cancelled', form, reply: lost.replies.join('\n'), reason: lost.reason };
    return sayFirst(lost.replies, goOn(form, input));
  }
  if (form.asked === 'confirm' && readAnswer(text) === 'yes') return confirm(form, input);
  if (form.asked === 'confirm' && readAnswer(text) === 'no') {
    form.asked = 'change';
    return { kind: 'ask', form, reply: ORDER_TEXTS.whatToChange[language] };
  }
  const changed = field ?? (form.asked === 'change' ? readFieldName(text) : null);
  return (changed ? null : changeLines(form, input)) ?? takeAnswer(form, input, changed);
}

/** «نه پشیمون شدم، ۱.۵ کیلو باشه»: gives up what was chosen, and chooses anew. */
const WANTS_ANEW =
  /(?<!\p{L})(?:باشه|باشد|بشه|بکن\p{L}*|کن(?:ید|ین)?|بد(?:ید|ین)|می ?خوا(?:م|هم)|بذار\p{L}*|make it|i want|instead|bashe|mikham)(?!\p{L})/u;

function restates(form: OrderForm, input: OrderInput): boolean {
  const product = form.productId === null ? null : findIn(input, form.productId);
  if (!product || !WANTS_ANEW.test(input.text.toLowerCase()) || /ن(?:می ?‌?)خوا/u.test(input.text)) return false;
  const open = missingOption(product, []);
  return (
    readOptions(input.text, product, { asked: open }).options.length > 0 || readQuantity(input.text, false) !== null
  );
}

function takeAnswer(form: OrderForm, input: OrderInput, changed: OrderField | null): OrderStep {
  const { text, language } = input;
  const { taken, refusals } = takeDetails(form, input, changed);
  if (taken === 'too_many') return miss(form, language, ORDER_TEXTS.tooMany[language]);
  if (taken || refusals.length > 0) return sayFirst(refusals, goOn(form, input));
  if (changed) {
    forget(form, changed);
    return goOn(form, input);
  }
  const question = questionOf(form, input);
  // «؟» alone asks to be told again what is wanted.
  if (readSigns(text) === 'waiting') return { kind: 'ask', form, reply: question };
  if (isQuestion(text) || asksForPerson(text)) return { kind: 'aside', form, reminder: question };
  return miss(form, language, form.asked === 'change' ? '' : faultOf(form.asked, language), question);
}

/** Whoever wants a person, or complains, is not asked for an address. */
function asksForPerson(text: string): boolean {
  return detectIntents(text).some((intent) => intent === 'handoff' || intent === 'complaint' || intent === 'late');
}

function begin(input: OrderInput): OrderStep {
  const { text, found, language, apart = [] } = input;
  if (!hasPurchaseIntent(text) || (found.length === 0 && apart.length === 0)) return { kind: 'none' };
  const form: OrderForm = {
    productId: null,
    title: '',
    language,
    choices: [],
    quantity: null,
    name: null,
    phone: null,
    address: null,
    asked: 'product',
    shownPrice: null,
    misses: 0,
  };
  if (apart.length > 1) return addAll(form, input, apart);
  const quantity = readQuantity(text, false);
  if (quantity !== null && quantity <= MAX_QUANTITY) form.quantity = quantity;
  if (found.length > 1) return offer(form, input, found);
  const [product] = found as [OrderProduct];
  const refused = refuseProduct(product, product.title, language);
  if (refused) return { kind: 'cancelled', form, ...refused };
  choose(form, product);
  return sayFirst(takeOptions(form, input, null).refusals, goOn(form, input));
}

function offer(form: OrderForm, input: OrderInput, found: readonly OrderProduct[]): OrderStep {
  form.choices = found.map(({ id, title }) => ({ id, title }));
  form.asked = 'product';
  form.misses = 0;
  return { kind: 'ask', form, reply: questionOf(form, input) };
}

/**
 * «به جای کیف شال می‌خوام»، «عوضش یه شال بدید»: another product in the place of one, as many of it. Null when it is not clear
 * which is meant.
 */
function replaceLine(form: OrderForm, input: OrderInput): OrderStep | null {
  const { text, found, apart = [], language } = input;
  const meant = new Map([...found, ...apart.map(({ product }) => product)].map((product) => [product.id, product]));
  const wanted = [...meant.values()].filter(({ id }) => !hasProduct(form, id));
  const [product] = wanted;
  const given = productIdsOf(form).filter((id) => meant.has(id));
  const [old, ...others] = given.length > 0 ? given : productIdsOf(form);
  if (!product || old === undefined || others.length > 0) return null;
  const refused = wanted.length === 1 ? refuseProduct(product, product.title, language) : null;
  if (refused) return sayFirst([refused.reply], goOn(form, input));
  takeUp(form, old);
  Object.assign(form, { productId: null, title: '', shownPrice: null, quantity: quantityIn(text) ?? form.quantity });
  delete form.options;
  if (wanted.length > 1) return offer(form, input, wanted);
  choose(form, product);
  return sayFirst(takeOptions(form, input, null).refusals, goOn(form, input));
}

/** «یه شال هم می‌خوام»، «شال رو حذف کن»، «شال رو بکن ۳ تا»: another line, one less, or another number of one. */
function changeLines(form: OrderForm, input: OrderInput): OrderStep | null {
  const { text, found, apart = [], language } = input;
  if (form.asked === 'product' && form.productId === null) return null;
  const [product] = found;
  const inForm = found.filter(({ id }) => hasProduct(form, id));
  if ((readRemoval(text) || givesUp(text)) && inForm.length > 0) {
    const isLeft = inForm.map((one) => dropLine(form, one.id, readOptions(text, one).options)).at(-1);
    const { cancelled } = ORDER_TEXTS;
    return isLeft ? goOn(form, input) : { kind: 'cancelled', form, reply: cancelled[language], reason: 'customer' };
  }
  const adds = readAddition(text) || hasPurchaseIntent(text);
  if (apart.length > 1 && adds) return addAll(form, input, apart);
  if (!product)
    return form.asked === 'confirm' && readAddition(text)
      ? miss(form, language, faultOf('product', language), questionOf(form, input))
      : null;
  if (inForm.length === 1 && !readAddition(text)) {
    if (form.productId !== inForm[0]?.id) takeUp(form, (inForm[0] as OrderProduct).id);
    return null;
  }
  if (!adds && (form.asked !== 'confirm' || isQuestion(text))) return null;
  if (found.length > 1) {
    putAside(form);
    form.quantity = quantityIn(text);
    return offer(form, input, found);
  }
  return addAll(form, input, [{ product, text }], null);
}

function quantityIn(text: string): number | null {
  const quantity = readQuantity(text, false) ?? readLeadingQuantity(text);
  return quantity !== null && quantity <= MAX_QUANTITY ? quantity : null;
}

/** Each becomes a line; a list names one of each unless it says more. */
function addAll(
  form: OrderForm,
  input: OrderInput,
  wanted: readonly { product: OrderProduct; text: string }[],
  assumed: number | null = 1,
): OrderStep {
  const { language } = input;
  const refusals: string[] = [];
  for (const { product, text } of wanted) {
    const refused = refuseProduct(product, product.title, language);
    if (refused || linesOf(form).length >= MAX_LINES) {
      refusals.push(refused?.reply ?? ORDER_TEXTS.tooMany[language]);
      continue;
    }
    putAside(form);
    const { options } = readOptions(text, product);
    const had = takeUp(form, product.id, options) ? (form.quantity ?? 0) : null;
    if (had === null) choose(form, product);
    if (had === null && options.length > 0) form.options = options;
    form.quantity =
      had === null ? (quantityIn(text) ?? assumed) : Math.min(MAX_QUANTITY, had + (quantityIn(text) ?? 1));
  }
  if (form.productId === null) return { kind: 'cancelled', form, reply: refusals.join('\n'), reason: 'sold_out' };
  return sayFirst(refusals, goOn(form, input));
}

function choose(form: OrderForm, product: Pick<OrderProduct, 'id' | 'title'>): void {
  form.productId = product.id;
  form.title = product.title;
  form.choices = [];
  delete form.options;
}

/**
 * The size and colour that the text names of the product that is being asked for. A question is answered by somebody else, and
 * while a name or an address is asked for, «سبز» may be part of it.
 */
function takeOptions(
  form: OrderForm,
  input: OrderInput,
  changed: OrderField | null,
): { taken: boolean; refusals: string[] } {
  const { text, language } = input;
  const product = form.productId === null ? null : findIn(input, form.productId);
  if (!product || (isQuestion(text) && form.asked !== 'options' && form.asked !== 'product'))
    return { taken: false, refusals: [] };
  const chosen = form.options ?? [];
  const isForPerson = form.asked === 'name' || form.asked === 'phone' || form.asked === 'address';
  const asked = form.asked === 'options' ? missingOption(product, chosen) : null;
  const said = readOptions(text, product, {
    asked,
    isWary: isForPerson && changed !== 'options',
    chosen: changed === 'options' ? [] : chosen,
  });
  if (said.options.length > 0) form.options = withOptions(product, chosen, said.options);
  return {
    taken: said.options.length > 0,
    refusals: said.refused.map((option) => refuseOption(option, language)),
  };
}

/** Takes out what is not sold any more, and tells so. Null when everything is still there. */
function dropLost(form: OrderForm, input: OrderInput) {
  const { productId: id, title: called, options: chosen = [] } = form;
  const current = id === null ? [] : [{ productId: id, title: called, options: chosen }];
  const lost = [...(form.more ?? []), ...current].flatMap(({ productId, title, options = [] }) => {
    const refused = refuseProduct(productOf(input, { productId, options }), title, input.language);
    return refused ? [{ ...refused, productId, options }] : [];
  });
  const [first] = lost;
  if (!first) return null;
  const isLeft = lost.map(({ productId, options }) => dropLine(form, productId, options)).at(-1) === true;
  return { replies: lost.map(({ reply }) => reply), reason: first.reason, isLeft };
}

function refuseProduct(product: OrderProduct | null, title: string, language: Language) {
  if (!product) return { reply: notSoldAnyMore(title, language), reason: 'gone' as const };
  if (product.available === false) return { reply: soldOut(product.title, language), reason: 'sold_out' as const };
  return null;
}

/** Whatever of the text belongs to the form: whether it gave anything, and what of it cannot be had. */
function takeDetails(
  form: OrderForm,
  input: OrderInput,
  changed: OrderField | null,
): { taken: boolean | 'too_many'; refusals: string[] } {
  const { country } = input;
  const labelled = readLabelled(input.text);
  const withPhone = readPhone(input.text, country);
  const rest = withoutAnswers(withPhone?.rest ?? input.text);
  let taken = false;
  const take = <K extends 'name' | 'phone' | 'address'>(field: K, value: string | null | undefined): void => {
    if (!value) return;
    form[field] = value;
    taken = true;
  };
  take('phone', withPhone?.phone);
  const isForPerson = form.asked === 'name' || form.asked === 'phone' || form.asked === 'address';
  const around = withPhone && isForPerson && !changed ? readAroundPhone(withPhone) : null;
  if (form.name === null) take('name', around?.name);
  if (form.address === null) take('address', around?.address);
  take('name', labelled.name && readName(labelled.name));
  take('address', labelled.address && readAddress(labelled.address));
  const isForProduct = form.asked === 'product' || changed === 'product';
  if (isForProduct && takeProduct(form, input)) taken = true;
  const options = takeOptions(form, input, changed);
  taken ||= options.taken;
  const mayBeQuantity = withPhone === null && form.asked !== 'address' && !(isForProduct && taken);
  const quantity = mayBeQuantity
    ? readQuantity(labelled.quantity ?? rest, form.asked === 'quantity' || !!labelled.quantity)
    : null;
  if (quantity !== null && quantity > MAX_QUANTITY) return { taken: 'too_many', refusals: [] };
  if (quantity !== null) {
    form.quantity = quantity;
    taken = true;
  }
  // A plain answer belongs to the question. What names another field to change does not.
  if (form.asked === 'name' && !labelled.name && !changed) take('name', readName(rest));
  if (form.asked === 'address' && !labelled.address && !changed) take('address', readAddress(rest));
  if (form.asked === 'phone' && !form.name && withPhone) take('name', readName(rest));
  return { taken, refusals: options.refusals };
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
    delete form.options;
  } else if (field === 'options') {
    delete form.options;
  } else if (field !== 'confirm') {
    form[field] = null;
  }
}

/** What the customer must know before the next question. */
function sayFirst(replies: readonly string[], step: OrderStep): OrderStep {
  return step.kind === 'ask' ? { ...step, reply: [...replies, step.reply].join('\n') } : step;
}

/** Asks for what is missing, or shows the summary. */
function goOn(form: OrderForm, input: OrderInput): OrderStep {
  form.misses = 0;
  takeUpOpenLine(form, input);
  form.asked = ORDER_FIELDS.find((field) => isMissing(form, field, input)) ?? 'confirm';
  const { productId, title, options = [] } = form;
  const refused =
    productId === null ? null : refuseProduct(productOf(input, { productId, options }), title, input.language);
  if (refused) {
    const isLeft = dropLine(form, productId as string, options);
    if (!isLeft) return { kind: 'cancelled', form, ...refused };
    return sayFirst([refused.reply], goOn(form, input));
  }
  if (form.asked === 'confirm') rememberPrices(form, input);
  return { kind: 'ask', form, reply: questionOf(form, input) };
}

/** A line that was put aside without its size is gone back to, once the present one is complete. */
function takeUpOpenLine(form: OrderForm, input: OrderInput): void {
  const isOpen = ({ productId, options = [] }: Pick<OrderLine, 'options'> & { productId: string }) => {
    const product = findIn(input, productId);
    return product !== null && missingOption(product, completeOptions(product, options)) !== null;
  };
  const isComplete =
    form.productId !== null && form.quantity !== null && !isOpen({ ...form, productId: form.productId });
  const open = isComplete ? form.more?.find(isOpen) : undefined;
  if (open) takeUp(form, open.productId, open.options ?? []);
  for (const line of [...(form.more ?? []), form]) {
    const product = line.productId === null ? null : findIn(input, line.productId);
    const options = product ? completeOptions(product, line.options ?? []) : [];
    if (options.length > 0) line.options = options;
  }
}

function isMissing(form: OrderForm, field: OrderField, input: OrderInput): boolean {
  if (field === 'product') return form.productId === null;
  if (field === 'options') {
    const product = form.productId === null ? null : findIn(input, form.productId);
    return product !== null && missingOption(product, form.options ?? []) !== null;
  }
  return field !== 'confirm' && form[field] === null;
}

/** The price is what it was when the customer saw it, or they are asked again. */
function confirm(form: OrderForm, input: OrderInput): OrderStep {
  const lines = pricedLines(form, input);
  if (!lines) return goOn(form, input);
  const isPriceNew = linesOf(form).some(({ shownPrice, ...line }) => {
    const now = priceNow(input, line);
    return now?.amount !== shownPrice?.amount || now?.currency !== shownPrice?.currency;
  });
  if (!isPriceNew) return { kind: 'placed', form, lines };
  rememberPrices(form, input);
  return { kind: 'ask', form, reply: questionOf(form, input, true) };
}

function miss(form: OrderForm, language: Language, fault: string, question = ''): OrderStep {
  form.misses += 1;
  if (form.misses >= MAX_MISSES) {
    const note = `The order form did not get on at “${form.asked}”.`;
    return { kind: 'problem', form, reply: ORDER_TEXTS.problem[language], note };
  }
  return { kind: 'ask', form, reply: [fault, question].filter(Boolean).join('\n') };
}
