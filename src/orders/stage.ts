import { v7 as uuidv7 } from 'uuid';
import type { Database, Queries } from '../platform/database/client.ts';
import type { Stage, StageAnswer, StageResult } from '../replies/stage.ts';
import { answerWith } from '../replies/stage-answer.ts';
import type { Turn } from '../replies/turn.ts';
import { askWithChoices } from '../text/choices.ts';
import { countryOf } from '../text/country-of-zone.ts';
import { hasPurchaseIntent } from '../text/intents.ts';
import type { Language } from '../text/message.ts';
import { findMeant } from './meant-products.ts';
import { choicesOf } from './order-choices.ts';
import { advanceOrder, type OrderForm, type OrderProduct, type OrderStep } from './order-form.ts';
import { sumOf, toOrderItem } from './order-lines.ts';
import { orderPlaced } from './order-texts.ts';
import type { ProductLookup } from './product-lookup.ts';
import {
  createOrder,
  findOpenOrderForm,
  type OrderFormState,
  revertOrderTurn,
  storeOrderForm,
  takeOrderNumber,
  toOrderProduct,
} from './store.ts';

export interface OrderSettings {
  /** A form that nobody goes on with ends after this long. */
  limitMs: number;
}

export interface OrderStageNeeds {
  db: Database;
  products: ProductLookup;
  /** Null: orders are not taken by chat. */
  orders: OrderSettings | null;
}

/**
 * The order form goes before the catalog: what it says of products and prices is the catalog's own. It is there also while no
 * orders are taken, to take back what was.
 */
export function createOrderStage({ db, products, orders }: OrderStageNeeds): Stage {
  return {
    name: 'order',
    // What is only tried stores no order, so nothing may be said of one.
    take: async (turn) => (orders && !turn.isDryRun ? takeOrderTurn({ db, products, settings: orders, turn }) : null),
    revert: revertOrderTurn,
  };
}

interface Asked {
  db: Database;
  products: ProductLookup;
  settings: OrderSettings;
  turn: Readonly<Turn>;
}

/** Null when the turn is not about an order. Stores nothing by itself but the number of an order that is to be placed. */
async function takeOrderTurn(asked: Asked): Promise<StageResult | null> {
  const { db, settings, products, turn } = asked;
  const { context, text, language } = turn;
  const since = new Date(Date.now() - settings.limitMs);
  const owner = ownerOf(turn);
  const open =
    context.hasOrderForms === false ? null : await findOpenOrderForm(db, owner.conversationId, turn.supersedes, since);
  if (!open && !hasPurchaseIntent(text)) return null;
  const [known, meant] = await Promise.all([
    loadKnown(asked, open?.form ?? null),
    findMeant(products, turn, open?.form),
  ]);
  const country = countryOf({ timeZone: context.timeZone, language: context.businessLanguage });
  const step = advanceOrder({ form: open?.form ?? null, text, ...meant, known, language, country });
  if (step.kind === 'none' || (!open && step.kind === 'aside')) return null;
  return toResult(asked, open?.id ?? uuidv7(), step);
}

function ownerOf({ businessId, conversationId }: Readonly<Turn>) {
  if (conversationId === null) throw new Error('An order needs a conversation.');
  return { businessId, conversationId };
}

async function loadKnown({ products, turn }: Asked, form: OrderForm | null): Promise<OrderProduct[]> {
  const others = [
    ...(form?.choices ?? []).map(({ id }) => id),
    ...(form?.more ?? []).map(({ productId }) => productId),
  ];
  const ids = [form?.productId, ...others].filter((id) => typeof id === 'string');
  return ids.length === 0 ? [] : (await products.findProducts(turn.businessId, ids)).map(toOrderProduct);
}

const STATE_OF: Readonly<Record<Exclude<OrderStep['kind'], 'none'>, OrderFormState>> = {
  aside: 'open',
  ask: 'open',
  cancelled: 'cancelled',
  problem: 'cancelled',
  placed: 'placed',
};

async function toResult(asked: Asked, id: string, step: Exclude<OrderStep, { kind: 'none' }>): Promise<StageResult> {
  const { turn, settings } = asked;
  const state = STATE_OF[step.kind];
  const isOpen = state === 'open';
  const reason = step.kind === 'cancelled' ? step.reason : step.kind === 'problem' ? 'problem' : '';
  const timer = { id, kind: 'order_form' as const, dueAtMs: Date.now() + settings.limitMs, outboundIds: [id] };
  const placed = step.kind === 'placed' ? await prepareOrder(asked, step) : null;
  const text = placed?.reply ?? ('reply' in step ? step.reply : '');
  return {
    ...(text ? { answer: toAnswer(text, step, placed?.isDraft ?? false, turn.language) } : {}),
    ...(step.kind === 'aside' ? { reminder: step.reminder, wantsToBuy: true } : {}),
    timers: isOpen ? { set: [timer], cancel: [] } : { set: [], cancel: [id] },
    store: async (tx) => {
      await storeOrderForm(tx, ownerOf(turn), { id, turnId: turn.turnId, form: step.form, state, reason });
      await placed?.store(tx);
    },
  };
}

function toAnswer(
  text: string,
  step: Exclude<OrderStep, { kind: 'none' }>,
  isDraft: boolean,
  spoken: Language,
): StageAnswer {
  const choices = step.kind === 'ask' ? choicesOf(step.form, step.form.language ?? spoken) : [];
  const note = step.kind === 'problem' ? step.note : isDraft ? 'An order waits for its price.' : null;
  return answerWith({
    text,
    ...(choices.length > 0 ? { contents: [askWithChoices(text, choices)] } : {}),
    intent: 'order',
    promptName: 'order_form',
    outcome: step.kind === 'problem' ? 'handoff' : 'reply',
    // While the form is open, the customer still wants to buy.
    purchaseIntent: STATE_OF[step.kind] === 'open',
    knowsIntent: true,
    ticket: note === null ? null : { reason: 'order_problem', note },
  });
}

async function prepareOrder({ db, turn }: Asked, { form, lines }: Extract<OrderStep, { kind: 'placed' }>) {
  const owner = ownerOf(turn);
  const language = form.language ?? turn.language;
  const number = await takeOrderNumber(db, owner.businessId);
  const total = sumOf(lines);
  const order = {
    id: uuidv7(),
    number,
    turnId: turn.turnId,
    state: total ? ('placed' as const) : ('draft' as const),
    items: lines.map(toOrderItem),
    total: total?.amount ?? null,
    currency: total?.currency ?? lines[0]?.product.price?.currency ?? 'IRT',
    customerName: form.name ?? '',
    phone: form.phone ?? '',
    address: form.address ?? '',
    language,
  };
  return {
    isDraft: total === null,
    reply: orderPlaced(number, total, language),
    store: async (tx: Queries) => {
      await createOrder(tx, owner, order, { now: new Date() });
    },
  };
}
