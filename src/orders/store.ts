import type { Queries } from '../platform/database/client.ts';
import type { KnownOrder } from '../replies/known-order.ts';
import { fingerprintOf } from '../text/fingerprint.ts';
import type { OrderHistoryEntry, OrderItem, OrderState } from './order.ts';
import type { OrderForm, OrderProduct } from './order-form.ts';
import { ORDER_TEXTS } from './order-texts.ts';

interface Owner {
  businessId: string;
  conversationId: string;
}

export interface StoredOrderForm {
  id: string;
  form: OrderForm;
}

export type OrderFormState = 'open' | 'placed' | 'cancelled' | 'expired';

/**
 * The form that the customer is filling in, as it was before the turns `supersedes`, which are being taken back. One that
 * nobody touched since `since` is over, also when the timer that should have ended it was lost with its run.
 */
export async function findOpenOrderForm(
  db: Queries,
  conversationId: string,
  supersedes: readonly string[],
  since: Date,
): Promise<StoredOrderForm | null> {
  const [row] = await db.$queryRaw<{ id: string; form: OrderForm | null }[]>`
    SELECT id, CASE WHEN turn_id = ANY(${supersedes}::text[])
      THEN CASE WHEN previous->>'state' = 'open' THEN previous->'form' END
      ELSE CASE WHEN state = 'open' THEN form END END AS form
    FROM order_forms
    WHERE conversation_id = ${conversationId}::uuid AND updated_at > ${since}
      AND (state = 'open' OR turn_id = ANY(${supersedes}::text[]))
    ORDER BY previous IS NULL AND turn_id = ANY(${supersedes}::text[]), created_at DESC LIMIT 1`;
  return row?.form ? { id: row.id, form: row.form } : null;
}

/** So long after an order was placed, or its form ended, «لغو» means that order. */
const PLACED_IN_MIND_MS = 24 * 3_600_000;
const ENDED_IN_MIND_MS = 10 * 60_000;

/** True while the customer fills in an order, for a day after it was placed, and for minutes after it was given up. */
export async function hasOrderInMind(db: Queries, conversationId: string, now: Date): Promise<boolean> {
  const since = (ms: number) => ({ updatedAt: { gte: new Date(now.getTime() - ms) } });
  const inMind = [{ state: 'open' }, { state: 'placed', ...since(PLACED_IN_MIND_MS) }, since(ENDED_IN_MIND_MS)];
  return (await db.orderForm.count({ where: { conversationId, OR: inMind } })) > 0;
}

/** Writes what a turn made of a form, in the transaction that stores the turn's decision. */
export async function storeOrderForm(
  tx: Queries,
  owner: Owner,
  step: { id: string; turnId: string; form: OrderForm; state: OrderFormState; reason: string },
): Promise<void> {
  const { id, turnId, state, reason } = step;
  const form = JSON.stringify(step.form);
  await tx.$executeRaw`
    UPDATE order_forms SET state = 'expired', reason = 'replaced', updated_at = now()
    WHERE conversation_id = ${owner.conversationId}::uuid AND state = 'open' AND id <> ${id}::uuid`;
  await tx.$executeRaw`
    INSERT INTO order_forms (id, business_id, conversation_id, state, reason, form, turn_id)
    VALUES (${id}::uuid, ${owner.businessId}::uuid, ${owner.conversationId}::uuid, ${state}, ${reason}, ${form}::jsonb, ${turnId})
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, reason = excluded.reason, form = excluded.form,
      turn_id = excluded.turn_id, updated_at = now(),
      previous = jsonb_build_object('state', order_forms.state, 'form', order_forms.form)
    WHERE order_forms.conversation_id = excluded.conversation_id`;
}

/** Takes back what a turn did to forms and orders, because its answer will not be sent. Give it a transaction. */
export async function revertOrderTurn(
  tx: Queries,
  { conversationId }: Owner,
  turnId: string,
  reason: string,
): Promise<void> {
  await tx.$executeRaw`
    WITH form AS (
      UPDATE order_forms SET state = COALESCE(previous->>'state', 'cancelled'), form = COALESCE(previous->'form', form),
        reason = CASE WHEN previous IS NULL THEN ${reason} ELSE '' END, turn_id = '', previous = NULL, updated_at = now()
      WHERE conversation_id = ${conversationId}::uuid AND turn_id = ${turnId}
    )
    UPDATE orders SET state = 'cancelled', updated_at = now(),
      history = history || jsonb_build_object('at', now(), 'actor', 'bot', 'state', 'cancelled', 'outboundId', NULL)
    WHERE turn_id = ${turnId} AND state IN ('draft', 'placed')`;
}

/** Nobody went on with the form in time, or nobody may for another `reason`. May be repeated. */
export async function expireOrderForm(tx: Queries, owner: Owner, formId: string, reason = 'timeout'): Promise<void> {
  const state: OrderFormState = reason === 'timeout' ? 'expired' : 'cancelled';
  await tx.orderForm.updateMany({
    where: { id: formId, conversationId: owner.conversationId, state: 'open' },
    data: { state, reason },
  });
}

/** Plans the last words of forms whose time is over, under the forms' ids. May be repeated: each is told once. */
export async function planFormNotices(db: Queries, formIds: readonly string[]): Promise<void> {
  const forms = await db.orderForm.findMany({
    where: { id: { in: [...formIds] }, state: { in: ['open', 'expired'] }, reason: { in: ['', 'timeout'] } },
  });
  await db.outboundMessage.createMany({
    data: forms.map(({ id, businessId, conversationId, form }) => {
      const { language = 'fa' } = form as unknown as OrderForm;
      const text = ORDER_TEXTS.expired[language];
      const notice = { content: { kind: 'text', text }, text, fingerprint: fingerprintOf(text) };
      return { id, businessId, conversationId, author: 'bot', purpose: 'order_expired', ...notice };
    }),
    skipDuplicates: true,
  });
}

/** The next number of the business, above all that it has. One that is not used leaves a gap. */
export async function takeOrderNumber(db: Queries, businessId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ last: number }[]>`
    WITH highest AS (
      SELECT GREATEST(1000, max(number)) AS number FROM orders WHERE business_id = ${businessId}::uuid
    )
    INSERT INTO order_counters (business_id, last) SELECT ${businessId}::uuid, number + 1 FROM highest
    ON CONFLICT (business_id) DO UPDATE SET last = GREATEST(order_counters.last + 1, excluded.last) RETURNING last`;
  return row?.last ?? 0;
}

export interface NewOrder {
  id: string;
  number: number;
  /** Null when a person made it. */
  turnId: string | null;
  state: OrderState;
  items: OrderItem[];
  total: bigint | null;
  currency: string;
  customerName: string;
  phone: string;
  address: string;
  note?: string;
  language: string;
}

/** Stores an order once for its turn and id; false when it is there already. Give it the transaction of what it comes from. */
export async function createOrder(
  tx: Queries,
  owner: Owner,
  order: NewOrder,
  { now, actor = 'bot', outboundId = null }: { now: Date; actor?: string; outboundId?: string | null },
): Promise<boolean> {
  const entry: OrderHistoryEntry = { at: now.toISOString(), actor, state: order.state, outboundId };
  const { count } = await tx.order.createMany({
    data: { ...owner, ...order, items: order.items as object[], history: [{ ...entry }] },
    skipDuplicates: true,
  });
  return count === 1;
}

/** Changes the state if it is still `from`, and remembers who did it and how the customer was told. */
export async function moveOrder(
  tx: Queries,
  order: { id: string; businessId: string; from: OrderState },
  entry: OrderHistoryEntry,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE orders SET state = ${entry.state}, updated_at = now(), history = history || ${JSON.stringify([entry])}::jsonb
    WHERE id = ${order.id}::uuid AND business_id = ${order.businessId}::uuid AND state = ${order.from}`;
  return changed === 1;
}

/** A product as an order form keeps it, whatever else is known of it. */
export function toOrderProduct({ id, title, url, price, available, attributes, variants }: OrderProduct): OrderProduct {
  return {
    ...{ id, title, url, price, available },
    ...(attributes ? { attributes: attributes.map(({ name, values }) => ({ name, values })) } : {}),
    ...(variants ? { variants } : {}),
  };
}

const MAX_OF_CUSTOMER = 20;

/** The orders of a conversation's customer, the newest first, in whichever of their conversations they were made. */
export async function findOrdersOfCustomer(
  db: Queries,
  businessId: string,
  conversationId: string,
): Promise<KnownOrder[]> {
  return db.order.findMany({
    where: { businessId, conversation: { contact: { conversations: { some: { id: conversationId } } } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { number: true, state: true },
    take: MAX_OF_CUSTOMER,
  });
}
