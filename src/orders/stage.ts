import { v7 as uuidv7 } from 'uuid';
import { findTapped } from '../catalog/context-store.ts';
import { findProducts } from '../catalog/product-store.ts';
import type { DecidedTimers } from '../conversations/core/timer.ts';
import type { Database, Queries } from '../platform/database/client.ts';
import type { ReplyContext } from '../replies/reply-context.ts';
import { countryOf } from '../text/country-of-zone.ts';
import { hasPurchaseIntent } from '../text/intents.ts';
import type { Language } from '../text/message.ts';
import {
  advanceOrder,
  maySpeakOfProducts,
  type OrderForm,
  type OrderInput,
  type OrderProduct,
  type OrderStep,
} from './order-form.ts';
import { sumOf, toOrderItem } from './order-lines.ts';
import { splitWishes } from './order-reading.ts';
import { orderPlaced } from './order-texts.ts';
import {
  createOrder,
  findOpenOrderForm,
  findOrderable,
  findTalkedAbout,
  namingWordsOf,
  type OrderFormState,
  storeOrderForm,
  takeOrderNumber,
  toOrderProduct,
} from './store.ts';

export interface OrderSettings {
  /** A form that nobody goes on with ends after this long. */
  limitMs: number;
}

/** What an order form makes of a turn. */
export interface OrderTurn {
  /** The whole answer; null when somebody else answers and `reminder` follows. */
  answer: string | null;
  reminder: string;
  outcome: 'reply' | 'handoff';
  /** The customer still wants to buy. */
  isOpen: boolean;
  ticket: { reason: string; note: string } | null;
  timers: DecidedTimers;
  /** Writes the form and the order; give it the transaction that stores the decision. */
  store: (tx: Queries) => Promise<void>;
}

interface Asked {
  db: Database;
  settings: OrderSettings;
  owner: { businessId: string; conversationId: string };
  /** Keys of the turn and of those it takes back, as the database knows them. */
  turnId: string;
  supersedes: readonly string[];
  context: ReplyContext;
  language: Language;
}

const DAY_MS = 24 * 3_600_000;
/** Null when the turn is not about an order. Stores nothing by itself but the number of an order that is to be placed. */
export async function takeOrderTurn(asked: Asked): Promise<OrderTurn | null> {
  const { db, settings, owner, context, language } = asked;
  const text = context.transcript
    .filter((line) => line.isNew)
    .map((line) => line.text)
    .join('\n');
  const since = new Date(Date.now() - settings.limitMs);
  const open =
    context.hasOrderForms === false ? null : await findOpenOrderForm(db, owner.conversationId, asked.supersedes, since);
  if (!open && !hasPurchaseIntent(text)) return null;
  const [known, meant] = await Promise.all([loadKnown(asked, open?.form ?? null), findMeant(asked, open?.form, text)]);
  const country = countryOf({ timeZone: context.timeZone, language: context.businessLanguage });
  const step = advanceOrder({ form: open?.form ?? null, text, ...meant, known, language, country });
  if (step.kind === 'none' || (!open && step.kind === 'aside')) return null;
  return toTurn(asked, open?.id ?? uuidv7(), step);
}

async function loadKnown({ db, owner }: Asked, form: OrderForm | null): Promise<OrderProduct[]> {
  const others = [
    ...(form?.choices ?? []).map(({ id }) => id),
    ...(form?.more ?? []).map(({ productId }) => productId),
  ];
  const ids = [form?.productId, ...others].filter((id) => typeof id === 'string');
  return ids.length === 0 ? [] : (await findProducts(db, owner.businessId, ids)).map(toOrderProduct);
}

type Meant = Pick<OrderInput, 'found' | 'apart'>;

/** Products are looked for only where the form may take one. */
async function findMeant({ db, owner, context }: Asked, form: OrderForm | undefined, text: string): Promise<Meant> {
  if (form && !maySpeakOfProducts(form, text)) return { found: [] };
  const tapped = await findTapped(db, owner.businessId, context);
  if (tapped.length > 0) return { found: tapped.map(toOrderProduct) };
  const apart = await findApart(db, owner.businessId, text);
  if (apart.length > 1) return { found: [], apart };
  const named = await findOrderable(db, owner.businessId, text);
  const meant = named.length > 0 || form ? named : await findTalkedAbout(db, owner, new Date(Date.now() - DAY_MS));
  return { found: meant.map(toOrderProduct) };
}

/** A text that names several products one by one: it must be clear of each part which one it means. */
async function findApart(db: Database, businessId: string, text: string): Promise<NonNullable<Meant['apart']>> {
  const parts = splitWishes(text).filter((part) => namingWordsOf(part).length > 0);
  if (parts.length < 2) return [];
  const found = await Promise.all(parts.map((part) => findOrderable(db, businessId, part)));
  const apart = found.flatMap(([product, ...rivals], at) =>
    product && rivals.length === 0 ? [{ product: toOrderProduct(product), text: parts[at] as string }] : [],
  );
  const isClear =
    apart.length === parts.length && new Set(apart.map(({ product }) => product.id)).size === apart.length;
  return isClear ? apart : [];
}

const STATE_OF: Readonly<Record<Exclude<OrderStep['kind'], 'none'>, OrderFormState>> = {
  aside: 'open',
  ask: 'open',
  cancelled: 'cancelled',
  problem: 'cancelled',
  placed: 'placed',
};

async function toTurn(asked: Asked, id: string, step: Exclude<OrderStep, { kind: 'none' }>): Promise<OrderTurn> {
  const { owner, turnId, settings } = asked;
  const state = STATE_OF[step.kind];
  const isOpen = state === 'open';
  const reason = step.kind === 'cancelled' ? step.reason : step.kind === 'problem' ? 'problem' : '';
  const timer = { id, kind: 'order_form' as const, dueAtMs: Date.now() + settings.limitMs, outboundIds: [id] };
  const placed = step.kind === 'placed' ? await prepareOrder(asked, step) : null;
  const note = step.kind === 'problem' ? step.note : placed?.isDraft ? 'An order waits for its price.' : null;
  return {
    answer: placed?.reply ?? ('reply' in step ? step.reply : null),
    reminder: step.kind === 'aside' ? step.reminder : '',
    outcome: step.kind === 'problem' ? 'handoff' : 'reply',
    isOpen,
    ticket: note === null ? null : { reason: 'order_problem', note },
    timers: isOpen ? { set: [timer], cancel: [] } : { set: [], cancel: [id] },
    store: async (tx) => {
      await storeOrderForm(tx, owner, { id, turnId, form: step.form, state, reason });
      await placed?.store(tx);
    },
  };
}

async function prepareOrder(
  { db, owner, turnId, language: spoken }: Asked,
  { form, lines }: Extract<OrderStep, { kind: 'placed' }>,
) {
  const language = form.language ?? spoken;
  const number = await takeOrderNumber(db, owner.businessId);
  const total = sumOf(lines);
  const order = {
    id: uuidv7(),
    number,
    turnId,
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
