import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { isValue } from '../catalog/attributes/attribute-values.ts';
import { valuesOf } from '../catalog/attributes/product-facts.ts';
import { conversations } from '../conversations/conversations.resource.ts';
import { appendAudit } from '../platform/audit/audit-store.ts';
import type { Principal } from '../platform/auth/principal.ts';
import { ConflictError, InvalidInputError } from '../platform/errors.ts';
import { type ActionDeps, actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf } from '../platform/http/resources/audited.ts';
import { wholeText } from '../platform/http/resources/record-parts.ts';
import { countryOf } from '../text/country-of-zone.ts';
import { formatMoney, type Money } from '../text/money.ts';
import type { OrderNeeds } from './needs.ts';
import { planOrderNotice, sendOrderNotice } from './notice.ts';
import type { OrderOption, OrderProduct, PricedLine } from './order-form-state.ts';
import { MAX_LINES, MAX_QUANTITY, sumOf, toOrderItem } from './order-lines.ts';
import { completeOptions, inOptions, isSameOptions, missingOption } from './order-options.ts';
import { readPhone } from './order-reading.ts';
import { orderPlaced } from './order-texts.ts';
import { orderRecord, orders } from './resource.ts';
import { createOrder, takeOrderNumber, toOrderProduct } from './store.ts';

const defineAction = actionsOf<OrderNeeds>();

const option = z.strictObject({ name: z.string().min(1).max(60), value: z.string().min(1).max(160) });
const item = z.strictObject({
  productId: z.uuid(),
  quantity: z.int().min(1).max(MAX_QUANTITY),
  /** The size and colour, as the product names them. Without them it is noted as a whole, and somebody has to ask. */
  options: z.array(option).max(4).default([]),
});

export const createOrderByHand = defineAction({
  method: 'post',
  path: '/api/orders',
  besideList: true,
  summary:
    'Notes an order for a customer, at the prices of the catalog, and tells them. Without a price it is a draft. An `id` ' +
    'of your own makes it safe to repeat: the second call finds the order of the first.',
  permission: 'manage-orders',
  body: z.strictObject({
    id: z.uuid().optional(),
    conversationId: z.uuid(),
    items: z.array(item).min(1).max(MAX_LINES),
    customerName: wholeText(120),
    phone: wholeText(40).default(''),
    address: wholeText(500).default(''),
    note: wholeText(4000).default(''),
    notify: z.boolean().default(true),
    /** What the quotation was called; the order is refused (409) when a price or what is there has changed since. */
    quote: z.string().max(100).optional(),
  }),
  status: 200,
  response: orderRecord,
  async run({ deps, principal, body }) {
    const conversation = await findOwned(deps, conversations, principal, body.conversationId.toLowerCase());
    const { businessId, actor } = principal;
    const id = (body.id ?? uuidv7()).toLowerCase();
    const isStored = (await deps.db.order.count({ where: { id } })) > 0;
    if (isStored) return orders.present(await findOwned(deps, orders, principal, id), deps.presentContext);
    const lines = await priceItems(deps, businessId, body.items);
    if (body.quote !== undefined && body.quote !== nameOf(lines)) throw new ConflictError('The price has changed.');
    const phone = await phoneOf(deps, principal, body.phone);
    const contact = await findOwned(deps, 'contact', principal, conversation.contactId);
    const language = contact.language === 'en' ? 'en' : 'fa';
    const total = sumOf(lines);
    const outboundId = body.notify ? uuidv7() : null;
    const { customerName, address, note } = body;
    const isNew = await deps.db.$transaction(async (tx) => {
      const number = await takeOrderNumber(tx, businessId);
      const order = {
        ...{ id, number, turnId: null, customerName, phone, address, note, language },
        state: total ? ('placed' as const) : ('draft' as const),
        items: lines.map(toOrderItem),
        total: total?.amount ?? null,
        currency: total?.currency ?? lines[0]?.product.price?.currency ?? 'IRT',
      };
      const owner = { businessId, conversationId: conversation.id };
      // The same id at the same time: the other call tells the customer.
      if (!(await createOrder(tx, owner, order, { now: new Date(deps.clock()), actor, outboundId }))) return false;
      if (outboundId !== null)
        await planOrderNotice(tx, principal, {
          id: outboundId,
          conversationId: conversation.id,
          text: orderPlaced(number, total, language),
        });
      const { state, items, currency } = order;
      const after = { conversationId: conversation.id, state, items, total: order.total?.toString() ?? null, currency };
      await appendAudit(tx, { ...entryOf(orders, { ...order, conversation }, principal, 'create'), after });
      return true;
    });
    if (isNew && outboundId !== null)
      await sendOrderNotice(deps, principal, { outboundId, conversationId: conversation.id });
    return orders.present(await findOwned(deps, orders, principal, id), deps.presentContext);
  },
});

const quoteLine = z.object({
  productId: z.string(),
  title: z.string(),
  quantity: z.int(),
  available: z.boolean().nullable(),
  lineText: z.object({ fa: z.string(), en: z.string() }).nullable(),
});

export const quoteOrder = defineAction({
  method: 'post',
  path: '/api/orders/quote',
  summary: 'What an order of these products would cost now. Nothing is stored.',
  permission: 'manage-orders',
  body: z.strictObject({ items: z.array(item).min(1).max(MAX_LINES) }),
  status: 200,
  response: z.object({
    lines: z.array(quoteLine),
    /** Null while a price is missing, or when they are of several currencies. */
    totalText: z.object({ fa: z.string(), en: z.string() }).nullable(),
    /** Names this price; give it with the order. */
    quote: z.string(),
  }),
  async run({ deps, principal, body }) {
    const lines = await priceItems(deps, principal.businessId, body.items);
    return {
      lines: lines.map((priced) => ({
        productId: priced.product.id,
        title: priced.product.title,
        quantity: priced.quantity,
        available: priced.product.available,
        lineText: inBothLanguages(sumOf([priced])),
      })),
      totalText: inBothLanguages(sumOf(lines)),
      quote: nameOf(lines),
    };
  },
});

/** The same only for the same products at the same prices, as long as they can be had. */
function nameOf(lines: readonly PricedLine[]): string {
  const parts = lines.map(({ product: { id, title, price, available }, quantity }) =>
    [id, title, quantity, price?.amount ?? '', price?.currency ?? '', available !== false].join(' '),
  );
  return createHash('sha256').update(parts.sort().join('\n')).digest('base64url');
}

const inBothLanguages = (money: Money | null) =>
  money && { fa: formatMoney(money, 'fa'), en: formatMoney(money, 'en') };

/**
 * Each product once in each size and colour; what was named twice is added up. Throws InvalidInputError for what the shop does
 * not sell, and for a size or colour that a product does not come in.
 */
async function priceItems(
  { productLookup }: ActionDeps & OrderNeeds,
  businessId: string,
  items: readonly z.output<typeof item>[],
): Promise<PricedLine[]> {
  const ids = [...new Set(items.map(({ productId }) => productId.toLowerCase()))];
  const products = (await productLookup.findProducts(businessId, ids)).map(toOrderProduct);
  if (products.length < ids.length)
    throw new InvalidInputError('A product is not in the catalog.', { items: 'Must be products of the catalog.' });
  const lines: (PricedLine & { options: OrderOption[] })[] = [];
  for (const { productId, quantity, options: given } of items) {
    const product = products.find(({ id }) => id === productId.toLowerCase()) as OrderProduct;
    const options = optionsOf(product, given);
    const same = lines.find((line) => line.product.id === product.id && isSameOptions(line.options, options));
    if (same) same.quantity += quantity;
    else lines.push({ product: inOptions(product, options), quantity, options });
  }
  return lines;
}

/** The options that were given, in the product's own words. */
function optionsOf(product: OrderProduct, given: readonly OrderOption[]): OrderOption[] {
  const options = completeOptions(
    product,
    given.map(({ name, value }) => {
      const stated = valuesOf(product, name).find((one) => isValue(name, one, value));
      if (stated === undefined)
        throw new InvalidInputError('A product does not come in that.', {
          items: `“${product.title}” has no ${name} ${value}.`,
        });
      return { name, value: stated };
    }),
  );
  const hasVariants = product.variants?.some((variant) => variant.options.length > 0) === true;
  const isWhole = options.length > 0 && missingOption(product, options) === null;
  if (hasVariants && isWhole && inOptions(product, options).variantId === null)
    throw new InvalidInputError('A product does not come in that.', {
      items: `“${product.title}” does not come in that.`,
    });
  return options;
}

/** E.164, or nothing where nothing was given. */
async function phoneOf(deps: ActionDeps & OrderNeeds, principal: Principal, text: string): Promise<string> {
  if (text.trim() === '') return '';
  const { timeZone, language } = await findOwned(deps, 'business', principal, principal.businessId);
  const read = readPhone(text, countryOf({ timeZone, language }));
  if (!read) throw new InvalidInputError('The phone number cannot be.', { phone: 'Must be a phone number.' });
  return read.phone;
}
