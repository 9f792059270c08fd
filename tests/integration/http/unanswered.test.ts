import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChannels } from '../../../src/channels/create-channels.ts';
import { ERASURE } from '../../../src/features.ts';
import { erase } from '../../../src/platform/erasure/erasure.ts';
import { createReplySimulator } from '../../../src/replies/simulate-reply.ts';
import { createCustomers, decideDepsOf, type HeardTurn } from '../../support/deciding.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';

// Goal: what the bot left unanswered is gathered by meaning, tried, answered and taken off the list, in one business and no
// other. Method: turns decided as a worker decides them, over a real database; the API over HTTP.

interface Question {
  id: string;
  question: string;
  language: string;
  kind: string;
  count: number;
  conversations: number;
  wordings: { text: string }[];
  askings: { conversationId: string; contactName: string; decisionId: string }[];
}
interface Listed {
  complete: boolean;
  counts: Record<string, number>;
  questions: Question[];
}

let api: TestApi;
let token: string;
let asks: ReturnType<typeof createCustomers>;
const turns: Record<string, HeardTurn> = {};
beforeAll(async () => {
  let simulate: ReturnType<typeof createReplySimulator>['simulateReply'] | null = null;
  api = await startTestApi(
    {},
    {
      simulateReply: async (question) => {
        if (!simulate) throw new Error('Asked before the shop stands.');
        return simulate(question);
      },
    },
  );
  const { stages, builtin } = decideDepsOf(api.db);
  const model = {
    name: 'costly',
    reply: async () => {
      throw new Error('A model was asked.');
    },
  };
  simulate = createReplySimulator({ db: api.db, model, builtin, channels: createChannels({}), stages }).simulateReply;
  token = await api.login();
  asks = createCustomers(api.db, api.businessId);
  await api.request('POST', '/api/products', { token, body: { title: 'مانتو لینن آوا', price: 900_000 } });
  turns.sara = await asks('sara', 'سلام وقت بخیر', 'ارسالتون چند روز طول می‌کشه؟');
  turns.omid = await asks('omid', 'how long does delivery take?');
  turns.nima = await asks('nima', 'قسطی هم می‌فروشید؟');
  turns.hasti = await asks('hasti', 'سلام');
  turns.reza = await asks('reza', 'میشه با یه نفر صحبت کنم');
});
afterAll(() => api.stop());

const list = async (query = '', as = token) =>
  (await api.request<Listed>('GET', `/api/unanswered-questions${query}`, { token: as })).body;
const asked = async (words: string, query = '') =>
  (await list(query)).questions.find(({ wordings }) => wordings.some(({ text }) => text.includes(words)));
const post = (id: string, action: string, body: object = {}) =>
  api.request('POST', `/api/unanswered-questions/${id}/${action}`, { token, body });

describe('unanswered questions', () => {
  it('are gathered by meaning across languages, with who asked; greetings and calls for a person are none', async () => {
    const { questions, counts, complete } = await list();
    expect(complete).toBe(true);
    expect(counts).toMatchObject({ open: 2, answered: 0, dismissed: 0 });
    expect(questions.map(({ count, kind }) => [count, kind])).toEqual([
      [2, 'not_known'],
      [1, 'not_known'],
    ]);
    const [delivery] = questions;
    expect(delivery).toMatchObject({ id: turns.sara?.decisionId, conversations: 2 });
    expect(delivery?.askings.map(({ contactName, conversationId }) => [contactName, conversationId])).toEqual([
      ['omid', turns.omid?.conversationId],
      ['sara', turns.sara?.conversationId],
    ]);
  });

  it('are tried with an answer before it is published, without a model, and nothing is stored', async () => {
    const { id } = (await asked('ارسال')) as Question;
    const body = { question: 'ارسال چند روز طول می‌کشه؟', answer: 'سه تا پنج روز کاری.' };
    const tried = await post(id, 'try', body);
    expect(tried.status, tried.text).toBe(200);
    expect(tried.body.answered).toBe(2);
    for (const one of tried.body.tried as { before: string; after: string }[]) {
      expect(one.before).not.toContain(body.answer);
      expect(one.after).toContain(body.answer);
    }
    const useless = await post(id, 'try', { question: 'پارکینگ دارید؟', answer: 'بله، رایگان.' });
    expect(useless.body.answered).toBe(0);
    expect(await api.db.faq.count()).toBe(0);
    const bad = await post(id, 'try', { question: '', answer: 'x' });
    expect(bad.status).toBe(400);
    expect(bad.body.errors).toHaveProperty('question');
  });

  it('leave the list when the shop publishes the answer, and come back when it is deleted', async () => {
    const faq = { language: 'fa', question: 'ارسال چند روز طول می‌کشه؟', answer: 'سه تا پنج روز کاری.' };
    const made = await api.request('POST', '/api/faqs', { token, body: faq });
    expect(await asked('ارسال')).toBeUndefined();
    expect(await asked('ارسال', '?state=answered')).toMatchObject({ faqId: made.body.id, state: 'answered' });
    await api.request('DELETE', `/api/faqs/${made.body.id}`, { token });
    expect(await asked('ارسال')).toMatchObject({ state: 'open', faqId: null });
  });

  it('are dismissed by hand, with whoever asks again, and restored; the log keeps no words of customers', async () => {
    const { id } = (await asked('قسطی')) as Question;
    expect((await post(id, 'dismiss')).body).toEqual({ id, state: 'dismissed' });
    expect((await post(id, 'dismiss')).status).toBe(200);
    await asks('mina', 'اقساطی میشه خرید؟');
    expect(await asked('اقساطی')).toBeUndefined();
    expect(await asked('قسطی', '?state=dismissed')).toMatchObject({ count: 2 });
    expect((await post(id, 'restore')).body).toEqual({ id, state: 'open' });
    expect(await asked('قسطی')).toMatchObject({ count: 2 });
    const logs = await api.db.auditLog.findMany({ where: { resource: 'unanswered-questions' } });
    expect(logs.map(({ action, subject }) => [action, subject])).toEqual([
      ['dismiss', ''],
      ['dismiss', ''],
      ['restore', ''],
    ]);
    expect(JSON.stringify(logs.map(({ after }) => after))).not.toContain('قسط');
  });

  it('of one burst are dismissed each by itself', async () => {
    await asks('two', 'پارکینگ دارید؟', 'فاکتور رسمی می‌دید؟');
    const { id } = (await asked('پارکینگ')) as Question;
    const invoice = await asked('فاکتور');
    expect(invoice).toBeDefined();
    await post(id, 'dismiss');
    expect([await asked('پارکینگ'), await asked('فاکتور')]).toEqual([undefined, invoice]);
  });

  it('of other shops are neither shown nor changed, and an answered turn is no question', async () => {
    const other = await api.db.business.create({ data: { slug: 'other', name: 'Other' } });
    const theirs = await createCustomers(api.db, other.id)('sara', 'ارسال چند روزه؟');
    expect((await asked('ارسال'))?.count).toBe(2);
    expect((await post(theirs.decisionId, 'dismiss')).status).toBe(404);
    expect((await post(turns.hasti?.decisionId ?? '', 'dismiss')).status).toBe(404);
    expect(await api.db.dismissedQuestion.count({ where: { businessId: other.id } })).toBe(0);
  });

  it('are for those who may read messages; changing the list needs the right to write answers', async () => {
    for (const [username, role] of [
      ['viewer-1', 'viewer'],
      ['operator-1', 'operator'],
    ] as const)
      await api.request('POST', '/api/users', { token, body: { username, password: 'long-enough-1', role } });
    const operator = await api.login('operator-1', 'long-enough-1');
    const { id } = (await asked('ارسال')) as Question;
    const read = await api.request('GET', '/api/unanswered-questions', { token: operator });
    expect(read.status).toBe(200);
    const wrong = await api.request('GET', '/api/unanswered-questions?days=0', { token });
    expect([wrong.status, Object.keys(wrong.body.errors as object)]).toEqual([400, ['days']]);
    expect((await api.request('GET', '/api/unanswered-questions?state=lost', { token })).status).toBe(400);
    const viewer = await api.login('viewer-1', 'long-enough-1');
    expect(
      (await api.request('POST', `/api/unanswered-questions/${id}/dismiss`, { token: viewer, body: {} })).status,
    ).toBe(403);
  });

  it('forget a customer who is erased, and keep what others asked', async () => {
    const { sara } = turns;
    if (!sara) throw new Error('Sara asked nothing.');
    const { id } = (await asked('ارسال')) as Question;
    await post(id, 'dismiss');
    const contact = {
      businessId: api.businessId,
      contactId: sara.contactId,
      conversationIds: [sara.conversationId],
      externalId: 'sara',
    };
    await erase(api.db, ERASURE, contact, { dryRun: false });
    const left = await asked('delivery', '?state=dismissed');
    expect(left).toMatchObject({ count: 1, question: 'how long does delivery take?', language: 'en' });
    expect(left?.askings.map(({ contactName }) => contactName)).toEqual(['omid']);
    expect(await api.db.dismissedQuestion.count({ where: { decisionId: sara.decisionId } })).toBe(0);
  });
});
