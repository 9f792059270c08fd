import { createHmac } from 'node:crypto';
import { requestBytes } from './http-load.ts';

export const WEBHOOK_SECRET = 'bench-webhook-secret';
export const SHOP_ACCOUNT = '987654';

/**
 * What customers ask: eight questions with an answer each, none of them about buying, so that a reply is a plain one (no
 * follow-up). In turn, and numbered, they stay below what the loop breaker takes for a machine, for 39 turns.
 */
const QUESTIONS = [
  'سلام، وقت بخیر',
  'آدرس مغازه کجاست؟',
  'ساعت کاری شما چنده؟',
  'هزینه ارسال به شیراز چقدره؟',
  'how can I pay?',
  'ممنون از راهنمایی',
  'راهنمایی کنید لطفا',
  'خداحافظ',
];

/** What the shop has written: a question that it does not answer would be a person's task, and no plain reply. */
export const SHOP_ANSWERS: readonly (readonly [question: string, answer: string])[] = [
  ['آدرس فروشگاه کجاست؟', 'تهران، خیابان ولیعصر، شماره ۱۰'],
  ['ساعت کاری شما چیست؟', 'هر روز از ۱۰ صبح تا ۹ شب'],
  ['هزینه ارسال چقدر است؟', 'هزینه‌ی ارسال به همه‌ی شهرها ۵۰ هزار تومان است.'],
  ['How can I pay?', 'By card, in the payment page of the shop.'],
];

/** A question that shows purchase intent: its reply also plans a follow-up. */
export const PURCHASE_QUESTION = 'قیمت کفش چنده؟ می‌خوام بخرم';

let messages = 0;

/** The body of one Directam webhook: a message that was never sent before, to the shop's account unless told. */
export function webhookBody(customer: string, text: string, account = SHOP_ACCOUNT): string {
  messages += 1;
  return JSON.stringify({
    sender_id: customer,
    receiver_id: account,
    message_type: 'text',
    text,
    is_admin: false,
    message_id: `m-${process.pid}-${messages}`,
    timestamp: Date.now(),
  });
}

/** The n-th thing (from 0) that a customer says. */
export function questionOf(turn: number): string {
  return `${QUESTIONS[turn % QUESTIONS.length]} ${turn + 1}`;
}

export function signatureOf(body: string): string {
  return createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex');
}

/** A signed webhook as bytes, for the load generator. */
export function webhookRequest(customer: string, text: string): Buffer {
  const body = webhookBody(customer, text);
  return requestBytes('/webhooks/directam', body, {
    'content-type': 'application/json',
    'x-webhook-signature': signatureOf(body),
  });
}
