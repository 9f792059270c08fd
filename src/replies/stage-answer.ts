import type { OutboundContent } from '../text/message.ts';
import type { ReplyResult } from './models/model.ts';
import type { NewTicket, StageAnswer } from './stage.ts';

/** The reason of an answer that stands in the place of words that may not be sent. */
const REPLACED = 'replaced_by_checks';

/** An answer that no model wrote. */
export function answerWith(answer: Pick<StageAnswer, 'text' | 'intent'> & Partial<StageAnswer>): StageAnswer {
  return {
    outcome: 'reply',
    purchaseIntent: false,
    promptName: 'fixed',
    promptVersion: '1',
    usage: [],
    checks: [],
    ticket: null,
    reason: '',
    ...answer,
  };
}

/** What a person is told of why they are called, by what the customer wants. */
const TICKETS: Readonly<Record<string, NewTicket>> = {
  complaint: { reason: 'complaint', note: 'The customer complains.' },
  angry: { reason: 'angry', note: 'The customer is angry.' },
  late: { reason: 'late', note: 'The customer waits for an answer.' },
  waiting: { reason: 'late', note: 'The customer waits for an answer.' },
  cancel_order: { reason: 'cancel_order', note: 'The customer wants to cancel an order.' },
  picture: { reason: 'request', note: 'The customer wants to see pictures or a film.' },
  document: { reason: 'request', note: 'The customer wants an invoice or another paper.' },
};
/** Answered by the bot, and somebody's work all the same. */
const NOTED: Readonly<Record<string, NewTicket>> = {
  notify: { reason: 'request', note: 'The customer wants to know when something is back.' },
  unknown: { reason: 'unanswered', note: 'The customer asks for what the shop does not tell.' },
  passed_on: { reason: 'unanswered', note: 'The customer says something that somebody has to look at.' },
  details: { reason: 'request', note: 'The customer gave details that somebody has to look at.' },
  order_status: { reason: 'order_status', note: 'The customer asks for an order or an appointment.' },
  deadline: { reason: 'request', note: 'The customer asks whether it is there by a day.' },
};
const ASKED_FOR: NewTicket = { reason: 'handoff', note: 'The customer asked for a person.' };

/** A model's answer. One that asks for a person opens a ticket. */
export function answerOf({ proposal, replaced, ...result }: ReplyResult): StageAnswer {
  const { text, action, intent, purchaseIntent, isUnanswered = false } = proposal;
  const noted = NOTED[intent] ?? (isUnanswered ? (NOTED.unknown ?? null) : null);
  const ticket = action === 'handoff' ? (TICKETS[intent] ?? ASKED_FOR) : noted;
  const reason = replaced ? REPLACED : '';
  return { ...result, text, outcome: action, intent, purchaseIntent, ticket, reason };
}

/** An answer in the form of a model's, for whoever only tries what would be answered. */
export function toReplyResult(answer: StageAnswer): ReplyResult & { contents?: OutboundContent[] } {
  const { text, outcome, intent, purchaseIntent, promptName, promptVersion, usage, checks, contents } = answer;
  const action = outcome === 'handoff' || outcome === 'silent' ? outcome : 'reply';
  return {
    proposal: { text, action, intent, purchaseIntent },
    ...{ promptName, promptVersion, usage, checks, replaced: answer.reason === REPLACED },
    ...(contents ? { contents } : {}),
  };
}
