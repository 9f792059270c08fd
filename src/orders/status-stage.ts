import type { Database } from '../platform/database/client.ts';
import type { KnownOrder } from '../replies/known-order.ts';
import type { NewTicket, Stage, StageAnswer, StageResult } from '../replies/stage.ts';
import { answerWith } from '../replies/stage-answer.ts';
import type { Turn } from '../replies/turn.ts';
import type { OrderState } from './order.ts';
import { ORDER_TEXTS, orderNotFound, orderStatusText } from './order-texts.ts';
import { readStatusQuestion, type StatusQuestion } from './status-reading.ts';
import { findOrdersOfCustomer } from './store.ts';

/** Tells customers how their orders stand, by the orders' rows alone: those of the one who asks, and nobody else's. */
export function createOrderStatusStage({ db }: { db: Database }): Stage {
  return { name: 'order status', take: (turn) => takeStatusTurn(db, turn) };
}

/** More would be a list and no answer. */
const MAX_TOLD = 3;
/** Somebody looks for it; the bot goes on. */
const ASKED_ONLY = 'The customer asks for an order or an appointment.';

async function takeStatusTurn(db: Database, turn: Readonly<Turn>): Promise<StageResult | null> {
  const { conversationId, texts, context } = turn;
  const lastSaid = context.transcript.findLast(({ author }) => author === 'shop')?.text ?? '';
  const question = conversationId === null ? null : readStatusQuestion(texts, lastSaid);
  const speaksOfOrder = turn.intents.some((intent) => ['order_status', 'complaint', 'cancel_order'].includes(intent));
  if (conversationId === null || (question === null && !speaksOfOrder)) return null;
  const orders = await findOrdersOfCustomer(db, turn.businessId, conversationId);
  const known = { products: [], focusIds: [], ...(orders.length > 0 ? { orders } : {}) };
  const answer = question && answerTo(question, orders, turn);
  return { ...(answer ? { answer } : {}), context: known };
}

function answerTo(question: StatusQuestion, orders: readonly KnownOrder[], turn: Readonly<Turn>): StageAnswer | null {
  const { texts, language } = turn;
  const { number, wantsTrackingCode } = question;
  const covers = question.covers.length < texts.length ? { covers: question.covers } : {};
  const tell = (text: string, ticket: NewTicket | null) =>
    answerWith({
      ...{ text, intent: 'order_status', promptName: 'order_status', ticket, ...covers },
      outcome: ticket === null || ticket.note === ASKED_ONLY ? 'reply' : 'handoff',
    });
  const meant = number === null ? orders.slice(0, MAX_TOLD) : orders.filter((order) => order.number === number);
  if (meant.length === 0) {
    if (number === null) {
      // «سفارشم کجاست؟» is asked for its number by whoever answers next; what is not called an order may be an appointment.
      if (turn.intents.includes('order_status')) return null;
      return tell(ORDER_TEXTS.notSeen[language], { reason: 'order_status', note: ASKED_ONLY });
    }
    const note = `The customer asks for order ${number}, which is not one of theirs.`;
    return tell(orderNotFound(number, language), { reason: 'order_status', note });
  }
  const states = meant.map((order) => orderStatusText(order.state as OrderState, order.number, language));
  const isShipped = meant.some(({ state }) => state === 'shipped');
  if (!wantsTrackingCode || !isShipped) return tell(states.join('\n'), null);
  const note = 'The customer wants the tracking code of an order.';
  return tell([...states, ORDER_TEXTS.trackingCode[language]].join('\n'), { reason: 'order_status', note });
}
