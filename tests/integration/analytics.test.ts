import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollUpFigures } from '../../src/analytics/rollup-store.ts';
import { startTestApi, type TestApi } from '../support/http-api.ts';

let api: TestApi;
let token: string;
let conversationId: string;
/** Long enough ago to be added up, and still today or yesterday of the shop. */
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

beforeAll(async () => {
  api = await startTestApi();
  token = await api.login();
  const { businessId, db } = api;
  const of = { businessId };
  const account = await db.account.create({ data: { ...of, channel: 'simulator', externalId: 'shop' } });
  const contact = await db.contact.create({ data: { ...of, accountId: account.id, externalId: 'c1' } });
  const conversation = await db.conversation.create({
    data: { ...of, accountId: account.id, contactId: contact.id, channel: 'simulator' },
  });
  conversationId = conversation.id;
});
afterAll(() => api.stop());

async function heard(text: string, at: Date): Promise<string> {
  const { businessId } = api;
  const message = await api.db.message.create({
    data: { businessId, conversationId, direction: 'in', author: 'customer', text, sentAt: at, createdAt: at },
  });
  return message.id;
}
let turn = 0;
async function answered(messageId: string, at: Date, decision: object = {}, author = 'bot'): Promise<void> {
  turn += 1;
  const of = { businessId: api.businessId, conversationId };
  const { id: decisionId } = await api.db.decision.create({
    data: {
      ...of,
      turnId: `t${turn}`,
      state: 'decided',
      outcome: 'reply',
      intent: 'price',
      messageIds: [messageId],
      createdAt: at,
      ...decision,
    },
  });
  const text = 'answer';
  const outbound = await api.db.outboundMessage.create({
    data: {
      ...of,
      author,
      state: 'sent',
      text,
      content: { kind: 'text', text },
      decisionId: author === 'bot' ? decisionId : null,
    },
  });
  await api.db.message.create({
    data: { ...of, direction: 'out', author: 'bot', text, outboundId: outbound.id, sentAt: at, createdAt: at },
  });
}
const read = async (name: string, days = 3) =>
  (await api.request<Record<string, unknown>>('GET', `/admin/analytics/${name}?days=${days}`, { token })).body;

describe('the analytics', () => {
  it('add up what happened, once, however often they are asked', async () => {
    const first = await heard('قیمت کیف چرمی چنده؟', minutesAgo(30));
    await answered(first, minutesAgo(29), { model: 'gpt', costMicros: 1500n, purchaseIntent: true });
    const again = await heard('قيمت كيف چرمى چنده', minutesAgo(20));
    await answered(again, minutesAgo(19), { outcome: 'handoff', intent: 'handoff', reason: 'no_answer' });
    const summary = await read('summary');
    expect(summary).toMatchObject({
      complete: true,
      incoming: 2,
      outgoing: 2,
      outcomes: expect.arrayContaining([
        { key: 'reply', count: 1 },
        { key: 'handoff', count: 1 },
      ]),
      models: expect.arrayContaining([{ model: 'gpt', answers: 1, costMicros: 1500 }]),
    });
    const words = (summary.keywords as { key: string; count: number }[]).map(({ key }) => key);
    expect(words).toEqual(expect.arrayContaining(['کیف', 'چرمی', 'قیمت']));
    expect(words).not.toContain('چنده');
    expect((summary.reply as { p50Ms: number }).p50Ms).toBeGreaterThan(57_000);
    expect((summary.reply as { p50Ms: number }).p50Ms).toBeLessThan(63_000);
    expect(await read('summary')).toEqual(summary);
  });

  it('name unanswered and repeated questions, whatever their spelling', async () => {
    expect(await read('quality')).toMatchObject({
      turns: 2,
      // The first was asked again: that was no answer.
      answered: 0,
      unanswered: 1,
      escalated: 1,
      repeated: 1,
      unansweredQuestions: [{ key: 'قیمت کیف چرمی چنده', count: 1 }],
      handedOverWhy: [{ key: 'handoff', count: 1 }],
      score: null,
    });
    expect(await read('behaviour')).toMatchObject({
      wantsToBuy: 1,
      questions: [{ key: 'قیمت کیف چرمی چنده', count: 2 }],
    });
  });

  it('say what became of each turn, before and after it is added up', async () => {
    const { businessId, db } = api;
    await heard('سلام', minutesAgo(0)).then((id) =>
      answered(id, minutesAgo(0), { intent: 'greeting', promptName: 'builtin' }),
    );
    const unknown = await heard('شارژش چند ساعت دوام داره؟', minutesAgo(0));
    await answered(unknown, minutesAgo(0), { facts: { task: 'unknown_attribute' } });
    const before = await read('quality');
    expect(before).toMatchObject({
      courtesies: 1,
      turns: 3,
      results: expect.arrayContaining([{ key: 'attribute_unknown', count: 1 }]),
    });
    await db.decision.updateMany({ where: { businessId }, data: { createdAt: minutesAgo(40) } });
    const after = await read('quality');
    const ofResults = ({ results }: Record<string, unknown>) => results;
    expect(ofResults(after)).toEqual(ofResults(before));
    expect(await db.dailyFigure.aggregate({ where: { businessId, metric: 'result' }, _sum: { count: true } })).toEqual({
      _sum: { count: 4n },
    });
    expect(ofResults(await read('quality'))).toEqual(ofResults(before));
  });

  it('count as not found what the catalog was asked for, and not what another answered', async () => {
    const { businessId, db } = api;
    const ask = async (words: string, promptName: string) => {
      const turnId = `request-${words}`;
      const { id: decisionId } = await db.decision.create({ data: { businessId, conversationId, turnId, promptName } });
      const createdAt = minutesAgo(3);
      const request = { businessId, conversationId, decisionId, words, outcome: 'none', productIds: [], createdAt };
      await db.productRequest.create({ data: request });
    };
    await ask('چمدان بزرگ', 'catalog');
    await ask('long shipping take', 'builtin');
    expect(await read('summary')).toMatchObject({ productsNotFound: [{ key: 'چمدان بزرگ', count: 1 }] });
  });

  it('go on where they stopped, and count an answered follow-up', async () => {
    const before = await read('summary');
    await answered(await heard('باشه', minutesAgo(10)), minutesAgo(9), {}, 'follow-up');
    await heard('بله، می‌خوامش', minutesAgo(8));
    const after = await read('summary');
    expect(after).toMatchObject({
      incoming: Number(before.incoming) + 2,
      followUp: { sent: 1, answered: 1, conversion: 1 },
    });
  });

  it('count no word that was told to an order form', async () => {
    const told = await heard('تهران خیابان ولیعصر', minutesAgo(7));
    await answered(told, minutesAgo(6), { promptName: 'order_form', intent: 'order' });
    const { keywords } = await read('summary');
    expect(JSON.stringify([keywords, await read('behaviour')])).not.toContain('ولیعصر');
  });

  it('leave what is a moment old for the next time', async () => {
    const before = await read('summary');
    await heard('همین الان', new Date());
    expect(await read('summary')).toEqual(before);
  });

  it('count once when several ask at the same time', async () => {
    for (let n = 0; n < 20; n++) await heard('ارسال رایگان', minutesAgo(5));
    await Promise.all([1, 2, 3, 4].map(() => rollUpFigures(api.db, api.businessId)));
    await rollUpFigures(api.db, api.businessId);
    const { keywords } = await read('summary');
    expect(keywords).toContainEqual({ key: 'رایگان', count: 20 });
  });

  it('refuse a period that is none', async () => {
    for (const days of ['0', '-1', 'week', '1000'])
      expect((await api.request('GET', `/admin/analytics/summary?days=${days}`, { token })).status).toBe(400);
  });
});
