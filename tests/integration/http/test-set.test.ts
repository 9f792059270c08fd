import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERASURE } from '../../../src/features.ts';
import { erase } from '../../../src/platform/erasure/erasure.ts';
import { createTestPlayer, type TestPlayer } from '../../../src/replies/test-set/play.ts';
import { createCustomers, decideDepsOf } from '../../support/deciding.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';

// Goal: a shop's test set is written, imported, run and exported, and says what an answer that is not published yet makes
// worse. Method: the real decision as a rehearsal over a real database; the API over HTTP; a model that counts what it is asked.

const FILE = `products:
  - { id: ava, title: مانتو لینن آوا, called: [آوا] }
conversations:
  - name: ارسال
    language: fa
    turns:
      - { say: ارسال چند روز طول می‌کشه؟, must: [[سه, 3]], mustNot: [هفته] }
  - turns:
      - { say: [سلام, مانتو لینن آوا چنده؟], products: ava, prices: ava }
      - { say: می‌خوام با یه نفر صحبت کنم, action: person }
`;

interface Run {
  name: string;
  turns: { isSkipped: boolean; isWorse: boolean; before: Judged; after: Judged | null }[];
}
interface Judged {
  text: string;
  faults: { rule: string; detail: string }[];
}

let api: TestApi;
let token: string;
let asked = 0;
beforeAll(async () => {
  let player: TestPlayer | null = null;
  const testPlayer: TestPlayer = {
    play: (play) => {
      if (!player) throw new Error('Asked before the shop stands.');
      return player.play(play);
    },
  };
  api = await startTestApi({}, { testPlayer });
  const { stages, builtin } = decideDepsOf(api.db);
  const model = {
    name: 'costly',
    reply: async (request: Parameters<typeof builtin.reply>[0]) => {
      asked += 1;
      const answer = await builtin.reply(request);
      const text = request.prompt ? `${request.prompt.template} ${answer.proposal.text}` : answer.proposal.text;
      return { ...answer, proposal: { ...answer.proposal, text } };
    },
  };
  player = createTestPlayer({ db: api.db, model, builtin, stages });
  token = await api.login();
  await api.request('POST', '/api/products', { token, body: { title: 'مانتو لینن آوا', price: 900_000 } });
  await publish('زمان ارسال؟', 'سه روز کاری.');
});
afterAll(() => api.stop());

const publish = (question: string, answer: string) =>
  api.request('POST', '/api/faqs', { token, body: { language: 'fa', question, answer } });
const importFile = (yaml: string, query = '', as = token) =>
  api.request('POST', `/api/test-set/import${query}`, {
    token: as,
    body: yaml,
    headers: { 'content-type': 'application/octet-stream' },
  });
const list = async () =>
  (await api.request<{ id: string; name: string; language: string }[]>('GET', '/api/test-conversations', { token }))
    .body;
const run = async (at: number, body: object = {}) => {
  const { id } = (await list())[at] as { id: string };
  return api.request<Run & { errors?: object }>('POST', `/api/test-conversations/${id}/run`, { token, body });
};
const rulesOf = (judged: Judged | null | undefined) => judged?.faults.map(({ rule }) => rule);

describe('the test set of a shop', () => {
  it('is imported from a file that an owner wrote, and exported as it can be imported again', async () => {
    expect((await importFile(FILE)).body).toEqual({ conversations: 2, turns: 3 });
    expect((await list()).map(({ name, language }) => [name, language])).toEqual([
      ['ارسال', 'fa'],
      ['سلام', 'fa'],
    ]);
    const { yaml } = (await api.request<{ yaml: string }>('GET', '/api/test-set/export', { token })).body;
    expect(yaml).toContain('must:');
    expect(yaml).not.toContain('oneOf');
    expect((await importFile(yaml, '?replace=true')).body).toEqual({ conversations: 2, turns: 3 });
    expect((await api.request<{ yaml: string }>('GET', '/api/test-set/export', { token })).body.yaml).toBe(yaml);
  });

  it('is judged by the real decision, as a rehearsal that stores nothing and asks no model', async () => {
    const before = [await api.db.decision.count(), await api.db.outboundMessage.count(), await api.db.ticket.count()];
    const [shipping, price] = [await run(0), await run(1)];
    expect(shipping.status, shipping.text).toBe(200);
    expect(shipping.body.turns.map((turn) => [turn.before.text, rulesOf(turn.before), turn.after])).toEqual([
      ['سه روز کاری.', [], null],
    ]);
    expect(price.body.turns.map((turn) => rulesOf(turn.before))).toEqual([[], []]);
    expect([await api.db.decision.count(), await api.db.outboundMessage.count(), await api.db.ticket.count()]).toEqual(
      before,
    );
    expect(asked).toBe(0);
  });

  it('says what an answer that is not published yet would make worse', async () => {
    const harmless = await run(0, { faq: { question: 'پارکینگ دارید؟', answer: 'بله.' } });
    expect(harmless.body.turns.map(({ isWorse, after }) => [isWorse, rulesOf(after)])).toEqual([[false, []]]);
    const harmful = await run(0, { faq: { question: 'ارسال چند روز طول می‌کشه؟', answer: 'سه هفته.' } });
    expect(harmful.body.turns.map(({ isWorse, before, after }) => [isWorse, rulesOf(before), rulesOf(after)])).toEqual([
      [true, [], ['must_not']],
    ]);
    // What is wrong today is not made worse by staying wrong.
    expect((await importFile('conversations:\n  - turns: [{ say: پارکینگ دارید؟, must: [رایگان] }]\n')).status).toBe(
      200,
    );
    const still = await run(2, { faq: { question: 'پارکینگ دارید؟', answer: 'نداریم.' } });
    expect(still.body.turns.map(({ isWorse }) => isWorse)).toEqual([false]);
    const mended = await run(2, { faq: { question: 'پارکینگ دارید؟', answer: 'بله، رایگان.' } });
    expect(mended.body.turns.map(({ before, after }) => [before.faults.length > 0, rulesOf(after)])).toEqual([
      [true, []],
    ]);
    expect(asked).toBe(0);
  });

  it('asks a model only when told to, and tries a prompt with it', async () => {
    const version = await api.db.promptVersion.create({
      data: { businessId: api.businessId, name: 'reply', version: 'v2.9', fa: 'هفته', en: 'week', createdBy: 'test' },
    });
    const refused = await run(0, { promptVersionId: version.id });
    expect([refused.status, Object.keys(refused.body.errors ?? {})]).toEqual([400, ['withModel']]);
    expect(asked).toBe(0);
    const tried = await run(0, { promptVersionId: version.id, withModel: true });
    expect(asked).toBe(2);
    expect(tried.body.turns.map(({ isWorse, after }) => [isWorse, rulesOf(after)])).toEqual([[true, ['must_not']]]);
    const other = await api.db.business.create({ data: { slug: 'other', name: 'Other' } });
    const data = { businessId: other.id, name: 'reply', version: 'v2.1', fa: 'x', en: 'x', createdBy: 'test' };
    const theirs = await api.db.promptVersion.create({ data });
    expect((await run(0, { promptVersionId: theirs.id, withModel: true })).status).toBe(404);
  });

  it('leaves out what a rehearsal cannot see, and says so', async () => {
    const body = { name: 'سفارش', turns: [{ say: ['آوا رو می‌خوام بخرم'], action: ['order'] }] };
    expect((await api.request('POST', '/api/test-conversations', { token, body })).status).toBe(201);
    const rows = await list();
    const at = rows.findIndex(({ name }) => name === 'سفارش');
    expect((await run(at)).body.turns.map(({ isSkipped }) => isSkipped)).toEqual([true]);
  });

  it('refuses a file that cannot be understood with the line of each fault, and keeps the set as it was', async () => {
    const before = await list();
    const bad = await importFile(
      'conversations:\n  - turns:\n      - { say: سلام, kind: hello }\n      - { say: چنده؟, products: lost }\n',
      '?replace=true',
    );
    expect(bad.status).toBe(400);
    expect(Object.keys(bad.body.errors as object)).toEqual(['line 3']);
    const lost = await importFile('conversations:\n  - turns:\n      - { say: چنده؟, products: lost }\n');
    expect(lost.body.message).toBe(
      'Line 3: conversations[0].turns[0].products: There is no product "lost" among the products of this file.',
    );
    expect((await importFile('conversations: [')).status).toBe(400);
    expect((await importFile('')).status).toBe(400);
    expect((await importFile('a: &a [x, x]\nb: &b [*a, *a]\nconversations: *b\n')).status).toBe(400);
    expect(await list()).toEqual(before);
  });

  it('has a limit that is told: 10,000 turns are refused, and so is one more than fits', async () => {
    const turn = '      - { say: سلام, must: [سلام] }\n';
    const many = (conversations: number, turns: number) =>
      `conversations:\n${`  - turns:\n${turn.repeat(turns)}`.repeat(conversations)}`;
    const huge = await importFile(many(500, 20));
    expect([huge.status, huge.body.message]).toEqual([
      400,
      'Line 2: conversations: A test set has at most 500 turns; this one has 10000.',
    ]);
    const more = await importFile(many(25, 20));
    expect([more.status, more.body.message]).toEqual([
      400,
      expect.stringMatching(/at most 500 turns; this would be 50\d/),
    ]);
    expect((await importFile('x'.repeat(2_200_000))).status).toBe(413);
  });

  it('is changed by those who may write answers, and shown to no other shop', async () => {
    await api.request('POST', '/api/users', {
      token,
      body: { username: 'viewer-2', password: 'long-enough-1', role: 'viewer' },
    });
    const viewer = await api.login('viewer-2', 'long-enough-1');
    expect((await importFile(FILE, '', viewer)).status).toBe(403);
    const invalid = { name: 'x', turns: [{ say: [] }] };
    expect((await api.request('POST', '/api/test-conversations', { token, body: invalid })).status).toBe(400);
    const [first] = await list();
    const renamed = await api.request('PUT', `/api/test-conversations/${first?.id}`, {
      token,
      body: { name: 'ارسال و زمان' },
    });
    expect([renamed.status, renamed.body.name]).toEqual([200, 'ارسال و زمان']);
  });

  it('forgets words of a customer with the customer', async () => {
    const said = await createCustomers(api.db, api.businessId)('sara', 'پلاک ۱۲ کوچه گلستان می‌فرستید؟');
    const body = {
      name: 'sara',
      turns: [{ say: ['پلاک ۱۲ کوچه گلستان می‌فرستید؟'] }],
      conversationId: said.conversationId,
    };
    const made = await api.request('POST', '/api/test-conversations', { token, body });
    expect(made.status, made.text).toBe(201);
    const foreign = { ...body, conversationId: '01900000-0000-7000-8000-000000000000' };
    expect((await api.request('POST', '/api/test-conversations', { token, body: foreign })).status).toBe(400);
    const before = (await list()).length;
    const contact = {
      businessId: api.businessId,
      contactId: said.contactId,
      conversationIds: [said.conversationId],
      externalId: 'sara',
    };
    await erase(api.db, ERASURE, contact, { dryRun: false });
    expect((await list()).length).toBe(before - 1);
    const logs = await api.db.auditLog.findMany({
      where: { resource: 'test-conversations', resourceId: String(made.body.id) },
    });
    expect(JSON.stringify(logs)).not.toContain('گلستان');
  });
});
