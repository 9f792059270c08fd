import { findProducts, type Product } from '../catalog/product-store.ts';
import { parseProductQuery } from '../catalog/search/product-query.ts';
import { searchProducts } from '../catalog/search/product-search-store.ts';
import type { Queries } from '../platform/database/client.ts';
import { wordsOf } from '../text/persian.ts';
import type { OrderHistoryEntry, OrderItem, OrderState } from './order.ts';
import type { OrderForm, OrderProduct } from './order-form.ts';

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
  conversationId: string,
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
export async function planFormNotices(
  db: Queries,
  formIds: readonly string[],
  noticeOf: (form: OrderForm) => { text: string; fingerprint: string },
): Promise<void> {
  const forms = await db.orderForm.findMany({
    where: { id: { in: [...formIds] }, state: { in: ['open', 'expired'] }, reason: { in: ['', 'timeout'] } },
  });
  await db.outboundMessage.createMany({
    data: forms.map(({ id, businessId, conversationId, form }) => {
      const notice = noticeOf(form as unknown as OrderForm);
      const content = { kind: 'text', text: notice.text };
      return { id, businessId, conversationId, author: 'bot', purpose: 'order_expired', content, ...notice };
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

/** The message that tells the customer of a new state, planned. */
export async function planOrderMessage(
  tx: Queries,
  row: {
    id: string;
    businessId: string;
    conversationId: string;
    userId: string | null;
    author: 'bot' | 'human';
    text: string;
    fingerprint: string;
  },
): Promise<void> {
  await tx.outboundMessage.create({
    data: { ...row, purpose: 'order_update', content: { kind: 'text', text: row.text } },
  });
}

/** A product as an order form sees it. */
export function toOrderProduct({ id, title, url, price, available }: Product): OrderProduct {
  return { id, title, url, price, available };
}

/** Words that stand in every order and name nothing. In matching form. */
const SAYING = new Set(
  wordsOf(
    'می‌خوام می‌خواهم می‌خواستم بخرم خرید سفارش بدم بدهم بده ثبت کنم لطفا سلام رو را از این اون یک یه دو سه تا عدد دونه با برای برام ' +
      'هم همچنین اضافه دیگه دیگر علاوه حذف بردار نمی‌خوام بکن بکنش کن کنید کنین بشه نباشه بذار بزار بفرست بفرستید بدید بدین همین اینم اونم ' +
      'به جا جای جاش جاشو بجای بجاش عوض عوضش عوضشو جایگزین instead rather than swap replace be ja jash jaye bejash bejaye avaz avazesh ' +
      'also add too plus another more remove drop without out bekharam mikham sefaresh ye yek yeki do se ta kon ham ezafe bede bedid ' +
      'i want to buy order get take please the a an of and for me my this that it one two three hi hello would like need can some',
  ),
);
const MAX_CHOICES = 5;

/** Words of a text that can name a product, in matching form: «۲ تا» counts and names none. */
export function namingWordsOf(text: string): string[] {
  return parseProductQuery(text).words.filter((word) => word.length > 1 && !SAYING.has(word));
}

/** Products that an order may mean: one when it is clear which, several to choose from, or none. */
export async function findOrderable(db: Queries, businessId: string, text: string): Promise<Product[]> {
  const asked = parseProductQuery(text);
  // An amount that was said does not bound what may be ordered.
  const words = namingWordsOf(text);
  if (words.length === 0) return [];
  const query = { ...asked, words, alternatives: [], minPrice: null, maxPrice: null, sort: null };
  const { matches } = await searchProducts(db, businessId, query, { limit: MAX_CHOICES });
  const best = matches[0]?.coverage ?? 0;
  return matches.filter(({ coverage }) => coverage >= best - 0.01).map(({ product }) => product);
}

/** Products of the last answer that showed any: what «همینو می‌خوام» means. */
export async function findTalkedAbout(db: Queries, owner: Owner, since: Date): Promise<Product[]> {
  const [row] = await db.$queryRaw<{ ids: string[] }[]>`
    SELECT ARRAY(SELECT jsonb_array_elements(facts->'products')->>'id') AS ids FROM (
      SELECT facts FROM decisions
      WHERE conversation_id = ${owner.conversationId}::uuid AND state = 'decided' AND created_at > ${since}
      ORDER BY created_at DESC LIMIT 5) AS recent
    WHERE jsonb_array_length(COALESCE(facts->'products', '[]')) > 0 LIMIT 1`;
  return row ? findProducts(db, owner.businessId, row.ids.slice(0, MAX_CHOICES)) : [];
}
