import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readInboxQuery, toInboxFilter } from '../../../admin/src/conversations/inbox-query.ts';
import { WAITING } from '../../../admin/src/places/places.ts';
import { learnFromTurn } from '../../../src/behaviour/store.ts';
import { DEFAULT_LOOP_POLICY } from '../../../src/conversations/core/policy.ts';
import { openDatabase } from '../../../src/platform/database/client.ts';
import { createBuiltinModel } from '../../../src/replies/models/builtin-model.ts';
import { createPromptStore } from '../../../src/replies/prompts/prompts.ts';
import { createRehearsal } from '../../../src/replies/rehearsal/rehearsal.ts';
import { ANSWER, startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows, type Rows } from '../../support/http-rows.ts';

const HOUR_MS = 3_600_000;
let api: TestApi;
let token: string;
let rows: Rows;
let count = 0;
let rehearsalDb: ReturnType<typeof openDatabase> | null = null;
const policy = {
  windowMs: 24 * HOUR_MS,
  takeoverMs: 2 * HOUR_MS,
  loop: DEFAULT_LOOP_POLICY,
  decideLocally: true,
  maxHistoryEvents: null,
};

beforeAll(async () => {
  api = await startTestApi(
    { TEMPORAL_UI_URL: 'http://temporal.local:8233' },
    {
      simulateReply: async () => ({ context: { products: [{ price: { amount: 1_850_000n } }] }, reply: ANSWER }),
      rehearse: (question) => {
        rehearsalDb ??= openDatabase(api.databaseUrl, 2);
        const followUp = { enabled: true, delayMs: 12 * HOUR_MS, message: null, quietHours: null };
        const builtin = createBuiltinModel(createPromptStore());
        return createRehearsal({ db: rehearsalDb, builtin, policy, followUp, stages: [] })(question);
      },
    },
  );
  token = await api.login();
});
afterAll(async () => {
  await rehearsalDb?.$disconnect();
  await api.stop();
});
beforeEach(async () => {
  rows = await buildRows(api.db, `insight${count++}`, api.businessId);
});

const get = <T = Record<string, never>>(path: string) => api.request<T>('GET', path, { token });

describe('GET /api/decisions/:id/why', () => {
  it('joins messages, prompt, facts and proof of sending', async () => {
    const prompt = await api.db.promptFile.create({
      data: {
        businessId: api.businessId,
        name: 'reply',
        version: `v${count}`,
        language: 'en',
        kind: 'prompt',
        body: 'x',
        checksum: 'c',
      },
    });
    await api.db.decision.update({
      where: { id: rows.decisionId },
      data: {
        messageIds: [rows.messageId],
        promptName: 'reply',
        promptVersion: `v${count}`,
        facts: { faqsUsed: ['Opening hours?'] },
      },
    });
    const { status, body } = await get<Record<string, unknown>>(`/api/decisions/${rows.decisionId}/why`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      decision: { id: rows.decisionId },
      facts: { faqsUsed: ['Opening hours?'] },
      conversation: { id: rows.conversationId },
      messages: [{ id: rows.messageId }],
      prompts: [{ resource: 'prompts', id: prompt.id, language: 'en' }],
      sends: [{ id: rows.outboundId, state: 'unknown' }],
    });
    const [message] = body.messages as { receivedAt: string | null; dispatchedAt: string | null }[];
    expect(message?.receivedAt && message.dispatchedAt).toBeTruthy();
    expect((body.conversation as { workflowUrl: string }).workflowUrl).toMatch(/^http:\/\/temporal\.local:8233\//);
  });

  it('names the texts that the catalog spoke with, and the version of the shop’s own', async () => {
    const { businessId, decisionId } = rows;
    const version = `v${count}.9`;
    const texts = { businessId, version, name: 'builtin', language: 'fa', kind: 'texts', body: '{}', checksum: 'c' };
    const file = await api.db.promptFile.create({ data: texts });
    const own = { businessId, version, name: 'reply', fa: 'x', en: 'x', createdBy: 'test' };
    const made = await api.db.promptVersion.create({ data: own });
    const promptsOf = async (promptName: string) => {
      await api.db.decision.update({ where: { id: decisionId }, data: { promptName, promptVersion: version } });
      return (await get<{ prompts: unknown }>(`/api/decisions/${decisionId}/why`)).body.prompts;
    };
    expect(await promptsOf('catalog')).toEqual([{ resource: 'prompts', id: file.id, language: 'fa', kind: 'texts' }]);
    expect(await promptsOf('reply')).toMatchObject([{ resource: 'prompt-versions', id: made.id, kind: 'prompt' }]);
    expect(await promptsOf('fixed')).toEqual([]);
  });

  it('knows nothing of another business’s decision', async () => {
    const strange = await buildRows(api.db, `stranger${count}`);
    expect((await get(`/api/decisions/${strange.decisionId}/why`)).status).toBe(404);
  });
});

describe('GET /api/waiting', () => {
  const countNow = async () => (await get<{ kind: string; count: number }[]>('/api/waiting')).body;
  /** How many the list holds that the panel opens for a kind. */
  const listed = async (to: string) => {
    const [path, search] = to.split('?') as [string, string];
    const resource = path.slice(1);
    const given = JSON.parse(new URLSearchParams(search).get('filter') ?? '{}');
    const filter = resource === 'conversations' ? toInboxFilter(readInboxQuery(given), undefined) : given;
    const { headers } = await get(`/api/${resource}?range=[0,0]&filter=${encodeURIComponent(JSON.stringify(filter))}`);
    return Number(headers.get('x-total-count'));
  };

  it('counts what the lists behind the numbers show, and no other business', async () => {
    await buildRows(api.db, `waits-elsewhere${Date.now()}`);
    const of = { businessId: api.businessId };
    await api.db.conversation.update({
      where: { id: rows.conversationId },
      data: { needsHuman: true, status: 'window_closed' },
    });
    await api.db.product.create({ data: { ...of, source: 'manual', sourceKey: 'priceless', title: 'x' } });
    await api.db.order.update({ where: { id: rows.orderId }, data: { state: 'confirmed' } });
    const found = await countNow();
    expect(found).toEqual(
      expect.arrayContaining(
        ['conversations', 'tickets', 'unknown_sends', 'orders_to_ship', 'products_without_price'].map((kind) => ({
          kind,
          count: expect.any(Number),
        })),
      ),
    );
    for (const { kind, to } of WAITING.filter(({ to }) => to.includes('?'))) {
      const counted = found.find((one) => one.kind === kind)?.count ?? 0;
      expect([kind, counted]).toEqual([kind, await listed(to)]);
    }
  });

  it('tells of an account with trouble and of a failed sync until they are well again', async () => {
    const of = async (kind: string) => (await countNow()).find((one) => one.kind === kind)?.count ?? 0;
    const before = await of('ill_accounts');
    const setStatus = (status: string) => api.db.account.update({ where: { id: rows.accountId }, data: { status } });
    await setStatus('failing');
    expect(await of('ill_accounts')).toBe(before + 1);
    await setStatus('active');
    expect(await of('ill_accounts')).toBe(before);
    const sync = (state: string) =>
      api.db.syncRun.create({ data: { businessId: api.businessId, startedBy: 'test', state, createdAt: new Date() } });
    await sync('failed');
    expect(await of('failed_sync')).toBe(1);
    await sync('done');
    expect(await of('failed_sync')).toBe(0);
  });
});

describe('GET /api/dashboard', () => {
  it('counts what waits and lists it, and only of the own business', async () => {
    const before = (await get<{ live: Record<string, number> }>('/api/dashboard')).body;
    const strange = await buildRows(api.db, `away${count}`);
    const mine = await buildRows(api.db, `mine${count}`, api.businessId);
    const now = new Date();
    await api.db.conversation.update({
      where: { id: mine.conversationId },
      data: { mode: 'human', lastUserMessageAt: now, lastMessageAt: now, waitingSince: now },
    });
    const { body } = await get<{
      live: Record<string, number | string>;
      needs: { id: string }[];
      byDay: { incoming: number }[];
      byHour: unknown[];
    }>('/api/dashboard');
    expect(body.live.unknownSends).toBe((before.live.unknownSends ?? 0) + 1);
    expect(body.live.openTickets).toBe((before.live.openTickets ?? 0) + 1);
    expect(body.live.waitingForHuman).toBe((before.live.waitingForHuman ?? 0) + 1);
    expect(body.live.oldestUnansweredAt).toBe(now.toISOString());
    expect([body.byDay.length, body.byHour.length]).toEqual([14, 24]);
    expect(body.byDay.at(-1)?.incoming).toBeGreaterThan(0);
    // From the first message that nobody answered; what somebody put off on purpose is left out.
    const earlier = new Date(now.getTime() - 60_000);
    const oldest = async (data: object) => {
      await api.db.conversation.update({ where: { id: mine.conversationId }, data });
      return (await get<{ live: Record<string, string> }>('/api/dashboard')).body.live.oldestUnansweredAt;
    };
    expect(await oldest({ waitingSince: earlier })).toBe(earlier.toISOString());
    expect(await oldest({ snoozedUntil: now })).not.toBe(earlier.toISOString());
    // An open ticket of somebody who was answered is no wait.
    expect(await oldest({ snoozedUntil: null, hasOpenTicket: true, waitingSince: null })).not.toBe(
      earlier.toISOString(),
    );
    await oldest({ hasOpenTicket: false, waitingSince: now });
    expect(body.needs.map(({ id }) => id)).toContain(mine.conversationId);
    expect(body.needs.map(({ id }) => id)).not.toContain(strange.outboundId);
  });

  it('measures replies from the message being stored to the answer being sent', async () => {
    const at = new Date();
    await api.db.message.update({ where: { id: rows.messageId }, data: { createdAt: at } });
    await api.db.decision.update({ where: { id: rows.decisionId }, data: { messageIds: [rows.messageId] } });
    await api.db.outboundMessage.update({
      where: { id: rows.outboundId },
      data: { state: 'sent', sentAt: new Date(at.getTime() + 700) },
    });
    const { body } = await get<{ today: Record<string, number> }>('/api/dashboard');
    expect(body.today).toMatchObject({ repliesToday: 1, replyP50Ms: 700, replyP95Ms: 700 });
  });
});

describe('what a model would be given', () => {
  it('leaves with its products, whose prices are larger than JSON’s numbers may be', async () => {
    const products = [{ price: { amount: '1850000' } }];
    const asked = await api.request('POST', '/admin/ai/simulate_reply', { token, body: { text: 'how much?' } });
    expect(asked).toMatchObject({ status: 200, body: { context: { products }, reply: ANSWER } });
    const read = await get(`/admin/ai/context?conversation_id=${rows.conversationId}`);
    expect(read).toMatchObject({ status: 200, body: { context: { products } } });
  });
});

describe('GET /api/contacts/:id/behaviour', () => {
  it('tells what a customer is interested in, the surest first, and nothing of who never asked', async () => {
    const { contactId, conversationId, businessId } = rows;
    const path = `/api/contacts/${contactId}/behaviour`;
    expect((await get<object>(path)).body).toEqual({ turns: 0, traits: [] });
    const lesson = { intents: ['price', 'greeting'], products: [] };
    for (let n = 0; n < 6; n++) await learnFromTurn(api.db, { businessId, conversationId }, lesson);
    await api.db.behaviourProfile.update({ where: { contactId }, data: { brands: { Nik: 2 } } });
    const { body } = await get<{ turns: number; traits: { kind: string; confidence: number }[] }>(path);
    expect(body.turns).toBe(6);
    expect(body.traits).toMatchObject([
      { kind: 'intent', value: 'price', count: 6, confidence: 0.67 },
      { kind: 'brand', count: 2, confidence: 0.22 },
    ]);
  });
});

describe('POST /api/simulator/rehearsal', () => {
  const post = (body: object) => api.request('POST', '/api/simulator/rehearsal', { token, body });

  it('lets a day pass and stores nothing', async () => {
    const before = await api.db.message.count();
    const { status, body } = await post({ channel: 'sms', steps: [{ say: 'I want to buy it' }, { waitHours: 25 }] });
    expect(status).toBe(200);
    const entries = body.entries as { kind: string; author: string | null; segments: number | null }[];
    expect(entries.find(({ author }) => author === 'follow-up')).toMatchObject({ kind: 'sent', segments: 1 });
    expect(body.end).toMatchObject({ status: 'window_closed' });
    expect(await api.db.message.count()).toBe(before);
  });

  it.each([
    [{ steps: [] }],
    [{ steps: [{ say: '' }] }],
    [{ steps: [{ waitHours: -1 }] }],
    [{ steps: [{ fly: true }] }],
    [{ channel: 'fax', steps: [{ say: 'hi' }] }],
    [{ steps: Array.from({ length: 61 }, () => ({ say: 'x' })) }],
  ])('refuses %j', async (body) => {
    expect((await post(body)).status).toBe(400);
  });

  it('is for those who may simulate', async () => {
    const key = await api.db.apiKey.findFirst();
    expect(key).not.toBeNull();
    expect(
      (await api.request('POST', '/api/simulator/rehearsal', { body: { steps: [{ say: uuidv7() }] } })).status,
    ).toBe(401);
  });
});
