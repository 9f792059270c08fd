import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSaid } from '../support/customer-traffic.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { openOperator, say, sendsTo } from '../support/operator.ts';
import { type OtlpCollector, startOtlpCollector } from '../support/otlp-collector.ts';
import { type ProcessWorld, SECRET, SHOP, startProcessWorld } from '../support/process-world.ts';

/** One message leaves one trace, through both processes and the database between them. */
const WORDS = 'Do you ship to Shiraz? Call me: 09123456789';
const MODEL_KEY = 'tests-only-key-of-the-model';

let collector: OtlpCollector;
let model: FakeOpenAi;
let world: ProcessWorld;
const TRACED = () => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20abc',
});
beforeAll(async () => {
  collector = await startOtlpCollector();
  model = await startFakeOpenAi();
  const ai = { AI_PROVIDER: 'openai', OPENAI_API_KEY: MODEL_KEY, OPENAI_BASE_URL: model.url };
  world = await startProcessWorld({ env: { ...ai, ...TRACED() } });
});
afterAll(async () => {
  await world?.close();
  await model?.close();
  await collector?.close();
});

const STEPS = ['webhook', 'store delivery', 'relay deliver', 'activity decideReply', 'model call', 'provider send'];

describe('tracing', () => {
  it('follows a message from its webhook to the request that answers it', async () => {
    await say(world, buildSaid('traced customer', 1, WORDS));
    await openOperator(world).untilShown('traced customer', 'sent');
    const named = (name: string) => collector.spans.filter((span) => span.name === name);
    await expect.poll(() => STEPS.filter((name) => named(name).length === 0), { timeout: 20_000 }).toEqual([]);
    expect(STEPS.map((name) => named(name).length)).toEqual(STEPS.map(() => 1));
    const traceId = named('webhook')[0]?.traceId;
    expect(collector.spans.map((span) => [span.name, span.traceId])).toEqual(
      collector.spans.map((span) => [span.name, traceId]),
    );
    const parentOf = (name: string) => {
      const { parentSpanId } = named(name)[0] ?? {};
      return collector.spans.find(({ spanId }) => spanId === parentSpanId)?.name ?? '';
    };
    expect(Object.fromEntries(STEPS.map((name) => [name, parentOf(name)]))).toEqual({
      webhook: '',
      'store delivery': 'webhook',
      'relay deliver': 'webhook',
      'activity decideReply': 'webhook',
      'model call': 'activity decideReply',
      'provider send': 'activity decideReply',
    });
    expect(new Set(collector.spans.map(({ service }) => service))).toEqual(new Set(['peyk-api', 'peyk-worker']));
    expect(named('provider send')[0]?.attributes).toMatchObject({ 'peyk.channel': 'directam' });
    expect(collector.headers[0]).toMatchObject({ authorization: 'Basic abc' });
  });

  it('tells nothing of what was said, of whom, and of no secret', () => {
    const told = collector.bodies.join('\n');
    expect(told).toContain('provider send');
    const secrets = ['Shiraz', '09123456789', '9123456789', 'traced customer', SECRET, MODEL_KEY, 'tests-only-key'];
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    // Times are numbers, too.
    expect(JSON.stringify(collector.spans.map(({ attributes }) => attributes))).not.toContain(SHOP);
  });

  it('names a step that failed by its code, without the words of the failure', async () => {
    model.always({ kind: 'status', status: 500, headers: {} });
    await say(world, buildSaid('failing', 1, WORDS));
    const failed = () => collector.spans.filter(({ attributes }) => attributes['error.type'] !== undefined);
    await expect.poll(() => failed().map(({ name }) => name), { timeout: 30_000 }).toContain('model call');
    expect(failed()[0]?.attributes['error.type']).toBe('model_unavailable');
    model.always(null);
    expect(collector.bodies.join('\n')).not.toContain('Shiraz');
  });

  it('is off without its variable: nothing is sent, and no trace is kept', async () => {
    const untraced = { OTEL_EXPORTER_OTLP_ENDPOINT: '' };
    for (const part of [world.api, world.worker]) {
      await part.stop();
      await part.start(untraced);
    }
    const before = collector.bodies.length;
    await say(world, buildSaid('untraced', 1, WORDS));
    await openOperator(world).untilShown('untraced', 'sent', 30_000);
    expect(sendsTo(world, 'untraced')).toHaveLength(1);
    // Longer than a step waits until it is told.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    expect(collector.bodies.length).toBe(before);
    const [kept] = await world.query<{ traced: number; all: number }>(
      'SELECT count(trace_context)::int AS traced, count(*)::int AS all FROM inbound_deliveries',
    );
    expect(kept).toMatchObject({ traced: 2, all: 3 });
  });
});
