import { z } from 'zod';
import {
  contactFields,
  contactParts,
  contactSearch,
  customerSubject,
  ofConversation,
  presentContact,
} from '../contacts/contact-fields.ts';
import { dateField, integerField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, inBothLanguages, nullableId, time, wholeText } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';
import { type Currency, decimalOf, formatMoney } from '../text/money.ts';
import { nextOrderStates, ORDER_STATES, type OrderHistoryEntry, type OrderItem, type OrderState } from './order.ts';

export const orderRecord = z.object({
  id,
  conversationId: id,
  ...contactParts,
  number: z.int(),
  state: z.enum(ORDER_STATES),
  /** The states that may follow. */
  nextStates: z.array(z.enum(ORDER_STATES)),
  items: z.array(
    z.object({
      productId: z.string(),
      /** Of the catalog; null where the product comes in one kind alone. */
      variantId: z.string().nullable(),
      /** Its size and colour. */
      options: z.array(z.object({ name: z.string(), value: z.string() })),
      title: z.string(),
      url: z.string().nullable(),
      quantity: z.int(),
      /** Whole smallest units of the currency, as text; null until there is a price. */
      unitPrice: z.string().nullable(),
      lineTotal: z.string().nullable(),
    }),
  ),
  /** In whole units of the currency: "12.50". */
  total: z.string().nullable(),
  /** As a customer reads it. */
  totalText: inBothLanguages.nullable(),
  currency: z.string(),
  customerName: z.string(),
  phone: z.string(),
  address: z.string(),
  note: z.string(),
  language: z.string(),
  history: z.array(
    z.object({ at: z.string(), actor: z.string(), state: z.enum(ORDER_STATES), outboundId: nullableId }),
  ),
  createdAt: time,
  updatedAt: time,
});

export const orders = defineResource({
  name: 'orders',
  model: 'order',
  include: { conversation: ofConversation },
  summary: 'What customers ordered, at the prices of that moment. The state is changed by an action, which tells them.',
  record: orderRecord,
  permissions: { read: 'view-conversations', write: 'manage-orders' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    conversationId: uuidField(),
    ...contactFields,
    number: integerField(),
    state: wordField(ORDER_STATES),
    currency: textField(),
    customerName: textField(),
    phone: textField(),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['customerName'], ['address'], ['note'], ...contactSearch],
  numberSearch: [['number']],
  phoneSearch: [['phone']],
  update: {
    schema: z.object({ customerName: wholeText(120), address: wholeText(500), note: wholeText(4000) }),
  },
  subject: (row) => `#${row.number} ${row.customerName || customerSubject(row)}`,
  present(row) {
    const state = row.state as OrderState;
    const money = row.total === null ? null : { amount: row.total, currency: row.currency as Currency };
    return {
      id: row.id,
      conversationId: row.conversationId,
      ...presentContact(row),
      number: row.number,
      state,
      nextStates: [...nextOrderStates(state)],
      items: (row.items as unknown as OrderItem[]).map((item) => ({ variantId: null, options: [], ...item })),
      total: money && decimalOf(money),
      totalText: money && { fa: formatMoney(money, 'fa'), en: formatMoney(money, 'en') },
      currency: row.currency,
      customerName: row.customerName,
      phone: row.phone,
      address: row.address,
      note: row.note,
      language: row.language,
      history: row.history as unknown as OrderHistoryEntry[],
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  },
});
