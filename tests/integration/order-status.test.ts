import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecideInput } from '../../activities/decide.activities.ts';
import { createOrder, takeOrderNumber } from '../../src/orders/store.ts';
import { type ActivityLab, openActivityLab, type Talk } from '../support/activity-lab.ts';
import { HOUR_MS } from '../support/builders.ts';

// Goal: who asks for an order is told how it stands, by its row, and never asked for what they just wrote.

let lab: ActivityLab;
beforeAll(async () => {
  lab = await openActivityLab();
});
afterAll(() => lab.close());

async function order(talk: Talk, state: 'placed' | 'shipped'): Promise<number> {
  const number = await takeOrderNumber(lab.db, talk.businessId);
  const what = {
    items: [],
    total: null,
    currency: 'IRT',
    customerName: 'Sara',
    phone: '',
    address: '',
    language: 'fa',
  };
  const id = crypto.randomUUID();
  const { businessId, conversationId } = talk;
  await createOrder(
    lab.db,
    { businessId, conversationId },
    { id, number, turnId: null, state, ...what },
    { now: new Date() },
  );
  return number;
}

const persian = (number: number) => new Intl.NumberFormat('fa-IR', { useGrouping: false }).format(number);
let turns = 0;

async function answer(talk: Talk, lines: string[]) {
  const messageIds: string[] = [];
  for (const text of lines) {
    const { businessId, conversationId } = talk;
    const of = { businessId, conversationId, direction: 'in', author: 'customer', text, sentAt: new Date() };
    messageIds.push((await lab.db.message.create({ data: of })).id);
  }
  const input: DecideInput = {
    identity: { conversationId: talk.conversationId, businessId: talk.businessId },
    turnId: `s.${++turns}`,
    messageIds,
    optOut: false,
    supersedesTurnIds: [],
    cancelFollowUpId: null,
    runNumber: 0,
    windowExpiresAtMs: Date.now() + 24 * HOUR_MS,
    decideOnly: true,
  };
  const decided = await lab.run('decideReply', input);
  const outbound = await lab.outbound(decided.outboundIds[0] as string);
  const tickets = await lab.db.ticket.findMany({ where: { conversationId: talk.conversationId } });
  return { outcome: decided.outcome, text: outbound.text, tickets };
}

describe('a question about an order', () => {
  it('with its number is answered by its row', async () => {
    const talk = await lab.talk([]);
    const number = await order(talk, 'placed');
    const { text, outcome, tickets } = await answer(talk, [`سفارشم کجاست؟ شماره ${persian(number)}`]);
    expect(outcome).toBe('reply');
    expect(text).toContain(persian(number));
    expect(text).toContain('هنوز ارسال نشده');
    expect(text).not.toContain('بنویسید');
    expect(tickets).toEqual([]);
    const english = await answer(talk, [`where is my order ${number}?`]);
    expect(english.text).toBe(`Your order ${number} is placed and has not been shipped yet.`);
  });

  it('without a number is answered with those that there are, else asks for it', async () => {
    const talk = await lab.talk([]);
    expect((await answer(talk, ['سفارشم کجاست؟'])).text).toContain('شماره سفارش');
    const number = await order(talk, 'shipped');
    expect((await answer(talk, ['سفارشم کجاست؟'])).text).toContain(`سفارش ${persian(number)} شما ارسال شده است`);
  });

  it('that gives the number when it was asked for is answered by it', async () => {
    const talk = await lab.talk([]);
    const { businessId, conversationId } = talk;
    const text = 'برای پیگیری، لطفا شماره سفارش رو بنویسید.';
    const of = {
      businessId,
      conversationId,
      direction: 'out',
      author: 'bot',
      text,
      sentAt: new Date(Date.now() - 1000),
    };
    await lab.db.message.create({ data: of });
    const number = await order(talk, 'shipped');
    expect((await answer(talk, [persian(number)])).text).toContain('ارسال شده است');
  });

  it('of somebody else’s number tells nothing of it, and hands over with it', async () => {
    const [talk, other] = [await lab.talk([]), await lab.talk([])];
    const number = await order(other, 'shipped');
    const { text, outcome, tickets } = await answer(talk, [`سفارشم کجاست؟ شماره ${number}`]);
    expect(outcome).toBe('handoff');
    expect(text).not.toContain('ارسال شده');
    expect(tickets).toMatchObject([{ reason: 'order_status', note: expect.stringContaining(String(number)) }]);
  });

  it('for the tracking code of a shipped order calls a person', async () => {
    const talk = await lab.talk([]);
    const number = await order(talk, 'placed');
    const asked = ['کد رهگیری سفارشم رو بفرستید'];
    expect((await answer(talk, asked)).outcome).toBe('reply');
    await lab.db.order.updateMany({ where: { number }, data: { state: 'shipped' } });
    expect(await answer(talk, asked)).toMatchObject({ outcome: 'handoff', tickets: [{ reason: 'order_status' }] });
  });

  it('beside another question is answered with it, each once', async () => {
    const talk = await lab.talk([]);
    const number = await order(talk, 'placed');
    const { text } = await answer(talk, ['سلام', `سفارشم کجاست؟ ${number}`, 'تخفیف دارید؟']);
    expect(text).toContain('هنوز ارسال نشده');
    expect(text).toContain('تخفیف');
    expect(text).not.toContain('شماره سفارش یا نام');
  });
});
