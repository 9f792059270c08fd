import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStoringWatch } from '../../../src/inbox/storing.ts';
import { sendWebhook } from '../../support/fake-directam.ts';
import { startTestApi, type TestApi, WEBHOOK_SECRET } from '../../support/http-api.ts';
import { buildRows, type Rows } from '../../support/http-rows.ts';
import { customerMessage } from '../../support/world.ts';

let api: TestApi;
let rows: Rows;
const storing = createStoringWatch();
beforeAll(async () => {
  api = await startTestApi({}, { storing: storing.check });
  rows = await buildRows(api.db, 'one', api.businessId);
});
afterAll(() => api.stop());

const readFigures = async () => (await api.request('GET', '/metrics')).text;
const figureOf = (text: string, name: string) => {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? null : Number(line.split(' ')[1]);
};

describe('the figures of features', () => {
  it('tell what waits and since when, what became of sends and decisions, and name no person', async () => {
    const { businessId, conversationId } = rows;
    const of = { businessId, conversationId };
    const old = new Date(Date.now() - 90_000);
    await api.db.outboundMessage.create({
      data: { ...of, author: 'bot', content: {}, text: 'secret words', createdAt: old },
    });
    await api.db.outboundMessage.create({ data: { ...of, author: 'bot', content: {}, state: 'rejected' } });
    await api.db.inboundDelivery.create({
      data: { channel: 'directam', state: 'received', body: 'x', receivedAt: new Date(Date.now() - 45_000) },
    });
    await api.db.decision.create({
      data: {
        ...of,
        turnId: 'figures',
        state: 'decided',
        outcome: 'fallback',
        latencyMs: 1500,
        inputTokens: 7,
        outputTokens: 3,
      },
    });
    const text = await readFigures();
    expect(figureOf(text, 'peyk_webhooks_waiting')).toBeGreaterThanOrEqual(1);
    expect(figureOf(text, 'peyk_webhooks_oldest_seconds')).toBeGreaterThanOrEqual(40);
    expect(figureOf(text, 'peyk_sends_waiting')).toBeGreaterThanOrEqual(1);
    expect(figureOf(text, 'peyk_sends_oldest_seconds')).toBeGreaterThanOrEqual(85);
    expect(text).toMatch(/peyk_sends_recent\{channel="simulator",state="rejected"\} [1-9]/);
    expect(text).toMatch(/peyk_decisions_recent\{outcome="fallback"\} 1/);
    expect(text).toMatch(/peyk_decision_seconds_recent\{outcome="fallback",of="p95"\} 1\.5/);
    expect(text).toMatch(/peyk_model_tokens_recent\{direction="in"\} [1-9]/);
    expect(text).not.toMatch(/secret words/);
  });

  it('are read by index, whatever the size of the tables', async () => {
    const plan = await api.db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRaw<{ 'QUERY PLAN': string }[]>`
        EXPLAIN SELECT count(*) FROM decisions WHERE id > (SELECT uuidv7(make_interval(mins => -15)))`;
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('decisions_pkey');
  });
});

describe('/readyz', () => {
  it('is red while webhooks are refused, and well again once one is stored', async () => {
    storing.refused();
    const red = await api.request('GET', '/readyz');
    expect(red.status).toBe(503);
    expect(red.body).toMatchObject({ status: 'red', db: 'ok', storing: 'down' });
    storing.stored();
    await expect.poll(async () => (await api.request('GET', '/readyz')).body.storing, { timeout: 5000 }).toBe('ok');
    expect(await sendWebhook(`${api.url}/webhook`, customerMessage('1', 'x'), WEBHOOK_SECRET)).toMatchObject({
      status: 200,
    });
  });
});
