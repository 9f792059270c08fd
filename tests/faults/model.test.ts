import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildSaid } from '../support/customer-traffic.ts';
import { type FakeBehaviour, type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { openOperator, say, sendsTo } from '../support/operator.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';

/**
 * A model that fails in every way it can. A customer gets an answer from a repetition, from the next provider, or, when
 * nobody answers, a safe text and a person's attention; never silence, never two answers, never raw output.
 */
const TIMEOUT_MS = 1000;
const SAFE = /^We have your message. A colleague will answer/;

let model: FakeOpenAi;
let world: ProcessWorld;
let operator: ReturnType<typeof openOperator>;

beforeAll(async () => {
  model = await startFakeOpenAi();
  world = await startProcessWorld({
    env: {
      AI_PROVIDER: 'openai',
      OPENAI_API_KEY: 'tests-only-key',
      OPENAI_BASE_URL: model.url,
      LLM_TIMEOUT_MS: String(TIMEOUT_MS),
      LLM_BUDGET_MS: '25000',
    },
  });
  operator = openOperator(world);
});
afterEach(() => {
  model.always(null);
});
afterAll(async () => {
  await world?.close();
  await model?.close();
});

interface ShownDecision {
  id: string;
  outcome: string;
  state: string;
  model: string;
  reason: string;
  messageIds: string[];
}

/** Decisions on the customer's messages that were not taken back, oldest first. */
async function decisionsOn(customer: string): Promise<ShownDecision[]> {
  const [conversation] = await operator.list<{ id: string }>('conversations', { contactExternalId: customer });
  const all = await operator.list<ShownDecision>('decisions', { conversationId: conversation?.id });
  return all.filter((decision) => decision.state === 'decided');
}

async function ticketsOf(customer: string): Promise<string[]> {
  const [conversation] = await operator.list<{ id: string }>('conversations', { contactExternalId: customer });
  const tickets = await operator.list<{ reason: string }>('tickets', { conversationId: conversation?.id });
  return tickets.map((ticket) => ticket.reason);
}

const QUESTION = 'Do you ship to Shiraz?';
const status = (code: number, headers: Record<string, string> = {}): FakeBehaviour => ({
  kind: 'status',
  status: code,
  headers,
});
const PASSING: [string, FakeBehaviour][] = [
  ['500', status(500)],
  ['hang', { kind: 'hang' }],
  ['blank lines for ever', { kind: 'keep_alive' }],
  ['reset', { kind: 'reset' }],
  ['break-off', { kind: 'break_off' }],
  ['garbage', { kind: 'raw', body: '<html>busy</html>', contentType: 'text/html' }],
  ['an error in 200', { kind: 'error_in_200', code: 502 }],
];

describe('a model that fails once', () => {
  it.each(PASSING)('with %s answers at a repetition', async (name, behaviour) => {
    const customer = `once ${name}`;
    const before = model.requests.length;
    model.script(behaviour);
    await say(world, buildSaid(customer, 0, QUESTION));
    const row = await operator.untilShown(customer, 'sent');
    expect(row.text).toContain(QUESTION);
    expect(sendsTo(world, customer)).toHaveLength(1);
    expect(model.requests.length - before).toBe(2);
    expect(await decisionsOn(customer)).toMatchObject([{ outcome: 'reply' }]);
  });

  it('with 429 is asked again at the time it named, and not before', async () => {
    const before = model.requests.length;
    model.script(status(429, { 'retry-after': '3' }));
    await say(world, buildSaid('told-to-wait', 0, QUESTION));
    await operator.untilShown('told-to-wait', 'sent');
    const [first, second, ...rest] = model.requests.slice(before).map((request) => request.atMs);
    expect((second as number) - (first as number)).toBeGreaterThanOrEqual(2990);
    expect(rest).toEqual([]);
    expect(sendsTo(world, 'told-to-wait')).toHaveLength(1);
  });
});

describe('a model that keeps failing', () => {
  const always: [string, FakeBehaviour, string][] = [
    ['garbage', { kind: 'raw', body: 'no json' }, 'model_output'],
    ['a refusal', { kind: 'refusal' }, 'model_output'],
    ['a wrong request', status(400), 'model_rejected'],
  ];
  it.each(always)('with %s gives way to a safe text and a ticket', async (name, behaviour, reason) => {
    const customer = `always ${name}`;
    model.always(behaviour);
    await say(world, buildSaid(customer, 0, QUESTION));
    expect((await operator.untilShown(customer, 'sent', 30_000)).text).toMatch(SAFE);
    expect(await decisionsOn(customer)).toMatchObject([{ outcome: 'fallback', reason }]);
    expect(await ticketsOf(customer)).toEqual(['model_failed']);
    expect(sendsTo(world, customer)).toHaveLength(1);
  });

  it('with all that may pass is asked four times in all, then gives way as well', async () => {
    const before = model.requests.length;
    model.script(status(500), { kind: 'reset' }, { kind: 'keep_alive' }, { kind: 'hang' });
    await say(world, buildSaid('four-times', 0, QUESTION));
    expect((await operator.untilShown('four-times', 'sent', 30_000)).text).toMatch(SAFE);
    expect(await decisionsOn('four-times')).toMatchObject([{ outcome: 'fallback', reason: 'model_unavailable' }]);
    expect(await ticketsOf('four-times')).toEqual(['model_failed']);
    expect(model.requests.length - before).toBe(4);
  });

  it('does not hold up the customer who writes again: both messages get one answer, and the order is kept', async () => {
    model.script({ kind: 'hang' }, { kind: 'hang' });
    const customer = 'impatient';
    await say(world, buildSaid(customer, 0, 'Is the blue coat available?'));
    await expect.poll(() => model.requests.some((request) => request.abandoned)).toBe(true);
    await say(world, buildSaid(customer, 1, QUESTION));
    await operator.untilShown(customer, 'sent', 20_000);
    await say(world, buildSaid(customer, 2, 'How can I pay?'));
    await expect.poll(() => sendsTo(world, customer).length).toBe(2);
    const ids = await world.query<{ id: string }>(
      'SELECT id FROM messages WHERE external_id = ANY($1) ORDER BY sent_at',
      [[0, 1, 2].map((part) => `${customer}.${part}`)],
    );
    const [first, second, third] = ids.map((row) => row.id);
    expect((await decisionsOn(customer)).map((decision) => decision.messageIds)).toEqual([[first, second], [third]]);
    expect(sendsTo(world, customer).map((send) => send.text)).toEqual([
      expect.stringContaining(QUESTION),
      expect.stringContaining('How can I pay?'),
    ]);
  });
});

describe('a model that is being asked while its worker is killed', () => {
  it('is asked again by the next worker, and the customer gets one answer', async () => {
    model.script({ kind: 'hang' });
    const before = model.requests.length;
    await say(world, buildSaid('thinking', 0, QUESTION));
    await expect.poll(() => model.requests.length - before, { interval: 5 }).toBe(1);
    await world.worker.kill();
    await world.worker.start();
    expect((await operator.untilShown('thinking', 'sent', 40_000)).text).toContain(QUESTION);
    expect(await decisionsOn('thinking')).toHaveLength(1);
    expect(sendsTo(world, 'thinking')).toHaveLength(1);
  });
});

describe('a slow model', () => {
  const LIMIT_MS = 3000;
  const customers = Array.from({ length: 40 }, (_, index) => `slow-${index}`);
  const restart = async (env: Record<string, string>): Promise<void> => {
    await world.worker.stop();
    await world.worker.start(env);
  };
  const few = { WORKER_TURNS_AT_ONCE: '4', LLM_TIMEOUT_MS: String(LIMIT_MS), LLM_BUDGET_MS: String(LIMIT_MS) };

  it('is waited for under load: its time begins with the first attempt, not with the wait for a worker', async () => {
    await restart(few);
    model.always({ kind: 'delay', ms: 1000 });
    await Promise.all(customers.map((customer) => say(world, buildSaid(customer, 0, QUESTION))));
    await expect
      .poll(() => customers.filter((customer) => sendsTo(world, customer).length > 0).length, { timeout: 90_000 })
      .toBe(customers.length);
    for (const customer of customers) {
      expect(sendsTo(world, customer)).toMatchObject([{ text: expect.stringContaining(QUESTION) }]);
      expect(await decisionsOn(customer)).toMatchObject([{ outcome: 'reply' }]);
    }
  });

  it('is given up in time all the same when it does not answer at all', async () => {
    await restart(few);
    model.always({ kind: 'hang' });
    await say(world, buildSaid('dead-model', 0, QUESTION));
    expect((await operator.untilShown('dead-model', 'sent', 30_000)).text).toMatch(SAFE);
    const { atMs } = model.requests.at(-1) as { atMs: number };
    const [sent] = sendsTo(world, 'dead-model');
    expect((sent?.receivedAtMs as number) - atMs).toBeGreaterThan(LIMIT_MS - 500);
    expect((sent?.receivedAtMs as number) - atMs).toBeLessThan(LIMIT_MS * 2);
  });

  it('is not given its whole time again by the worker after one that was killed', async () => {
    const env = { LLM_TIMEOUT_MS: '8000', LLM_BUDGET_MS: '8000' };
    await restart(env);
    const before = model.requests.length;
    model.always({ kind: 'hang' });
    await say(world, buildSaid('begun-before', 0, QUESTION));
    await expect.poll(() => model.requests.length - before, { interval: 5 }).toBe(1);
    await world.worker.kill();
    await world.worker.start(env);
    expect((await operator.untilShown('begun-before', 'sent', 60_000)).text).toMatch(SAFE);
    const [first, second, ...rest] = model.requests.slice(before);
    expect(rest).toEqual([]);
    expect((second?.atMs as number) - (first?.atMs as number)).toBeGreaterThan(8000);
    const [sent] = sendsTo(world, 'begun-before');
    expect((sent?.receivedAtMs as number) - (second?.atMs as number), 'its least share, not the whole').toBeLessThan(
      6000,
    );
  });
});

describe('a second provider', () => {
  it('answers at once when the first fails, and is left alone when it does not', async () => {
    const second = await startFakeOpenAi();
    await world.worker.stop();
    await world.worker.start({ DEEPSEEK_API_KEY: 'tests-only-key', DEEPSEEK_BASE_URL: second.url });
    try {
      model.script(status(503));
      await say(world, buildSaid('fall-over', 0, QUESTION));
      expect((await operator.untilShown('fall-over', 'sent')).text).toContain(QUESTION);
      expect(second.requests).toHaveLength(1);
      await say(world, buildSaid('no-fall-over', 0, QUESTION));
      await operator.untilShown('no-fall-over', 'sent');
      expect(second.requests).toHaveLength(1);
    } finally {
      await second.close();
    }
  });
});
