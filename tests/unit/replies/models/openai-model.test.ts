import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ModelOutputError, ModelRejectedError, ModelUnavailableError } from '../../../../src/platform/errors.ts';
import type { ReplyModel, ReplyRequest } from '../../../../src/replies/models/model.ts';
import { createOpenAiModel } from '../../../../src/replies/models/openai-model.ts';
import type { ProviderName } from '../../../../src/replies/models/settings.ts';
import { createPromptStore } from '../../../../src/replies/prompts/prompts.ts';
import { type FakeBehaviour, type FakeOpenAi, startFakeOpenAi } from '../../../support/fake-openai.ts';
import { buildReplyRequest } from '../../../support/reply-request.ts';

const KEY = 'sk-very-secret-key-123456';
const CANARY = 'c0ffee5eed';
const prompts = createPromptStore();
const GOOD = { text: 'Of course we can.', action: 'reply', purchaseIntent: true, intent: 'order' };
let fake: FakeOpenAi;

beforeAll(async () => {
  fake = await startFakeOpenAi();
});
afterAll(() => fake.close());
beforeEach(() => {
  fake.requests.length = 0;
  fake.always(null);
});

function buildModel(
  name: ProviderName = 'compatible',
  timeoutMs = 2_000,
  model: string | null = null,
  apiKey: string | null = KEY,
): ReplyModel {
  return createOpenAiModel({
    provider: { name, apiKey, baseUrl: fake.url, model },
    timeoutMs,
    prompts,
    canary: CANARY,
  });
}

async function replyTo(behaviours: FakeBehaviour[], overrides: Partial<ReplyRequest> = {}, model = buildModel()) {
  fake.script(...behaviours);
  return model.reply(buildReplyRequest(['Can I have two?'], overrides));
}

async function failureOf(behaviours: FakeBehaviour[], model = buildModel()): Promise<Error> {
  return replyTo(behaviours, {}, model).then(
    () => {
      throw new Error('It answered.');
    },
    (error: Error) => error,
  );
}

describe('createOpenAiModel', () => {
  it('returns the proposal with usage, cost and the prompt that made it', async () => {
    const result = await replyTo([{ kind: 'json', content: { ...GOOD, extra: 1 } }], {}, buildModel('openai'));
    expect(result).toMatchObject({ proposal: GOOD, promptName: 'reply', promptVersion: 'v2', replaced: false });
    expect(result.usage).toMatchObject([
      { provider: 'openai', model: 'gpt-4.1-mini', inputTokens: 100, outputTokens: 20, costMicros: 72 },
    ]);
    expect(result.checks.every((check) => check.passed)).toBe(true);
  });

  it.each([
    ['openai', 'json_schema', 'max_completion_tokens'],
    ['openrouter', 'json_schema', 'max_tokens'],
    ['vercel_gateway', 'json_schema', 'max_tokens'],
    ['deepseek', 'json_object', 'max_tokens'],
    ['compatible', 'json_object', 'max_tokens'],
  ] as const)('asks %s for %s with %s', async (name, format, tokensField) => {
    await replyTo([{ kind: 'json', content: GOOD }], {}, buildModel(name));
    const { body, path } = fake.requests[0]!;
    expect(path).toBe('/v1/chat/completions');
    expect(body.response_format?.type).toBe(format);
    expect(body.response_format?.json_schema?.strict).toBe(format === 'json_schema' ? true : undefined);
    expect(body[tokensField]).toBe(2000);
  });

  it('tells OpenRouter to honour the schema and DeepSeek not to think aloud', async () => {
    await replyTo([], {}, buildModel('openrouter'));
    await replyTo([], {}, buildModel('deepseek'));
    expect(fake.requests.map(({ body }) => [body.provider, body.thinking])).toEqual([
      [{ require_parameters: true }, undefined],
      [undefined, { type: 'disabled' }],
    ]);
  });

  it('sends the key, or no header at all where there is none', async () => {
    await replyTo([], {}, buildModel());
    await replyTo([], {}, buildModel('compatible', 2_000, null, null));
    expect(fake.requests[0]?.authorization).toMatch(/^[0-9a-f]{12}$/);
    expect(fake.requests[1]?.authorization).toBe('absent');
  });

  it('asks in a simpler way when a server does not know the format, and remembers', async () => {
    const refusal: FakeBehaviour = { kind: 'status', status: 400, message: "'response_format.type' is not supported" };
    const model = buildModel('openai');
    await replyTo([refusal, refusal, { kind: 'json', content: GOOD }], {}, model);
    await replyTo([{ kind: 'json', content: GOOD }], {}, model);
    expect(fake.requests.map(({ body }) => body.response_format?.type)).toEqual([
      'json_schema',
      'json_object',
      undefined,
      undefined,
    ]);
  });

  it.each<[string, FakeBehaviour, ProviderName, (body: Record<string, unknown>) => unknown, unknown]>([
    [
      'max_tokens',
      { kind: 'status', status: 400, message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'." },
      'compatible',
      (body) => [body.max_tokens, body.max_completion_tokens],
      [undefined, 2000],
    ],
    [
      'temperature',
      { kind: 'status', status: 400, message: "'temperature' does not support 0.3 with this model." },
      'compatible',
      (body) => [body.temperature, body.max_tokens],
      [undefined, 2000],
    ],
    [
      'thinking',
      { kind: 'status', status: 400, message: "Extra inputs are not permitted, field: 'thinking'" },
      'deepseek',
      (body) => [body.thinking, body.temperature],
      [undefined, 0.3],
    ],
    [
      'response_format, said in `detail`',
      { kind: 'status_raw', status: 422, body: '{"detail":"response_format is not supported"}' },
      'compatible',
      (body) => [body.response_format, body.max_tokens],
      [undefined, 2000],
    ],
    [
      'a field said in a list',
      { kind: 'status_raw', status: 422, body: '{"detail":[{"loc":["body","temperature"],"msg":"extra"}]}' },
      'compatible',
      (body) => body.temperature,
      undefined,
    ],
  ])('leaves out what a server refuses: %s, and remembers', async (_, refusal, name, read, expected) => {
    const model = buildModel(name);
    await replyTo([refusal, { kind: 'json', content: GOOD }], {}, model);
    await replyTo([{ kind: 'json', content: GOOD }], {}, model);
    expect(fake.requests).toHaveLength(3);
    expect(fake.requests.slice(1).map(({ body }) => read(body))).toEqual([expected, expected]);
    expect(read(fake.requests[0]!.body)).not.toEqual(expected);
  });

  it('leaves nothing out for good where leaving it out did not help', async () => {
    const model = buildModel();
    const refusal: FakeBehaviour = { kind: 'status', status: 400, message: 'your text about temperature is too hot' };
    expect(await failureOf([refusal, { kind: 'status', status: 400 }], model)).toBeInstanceOf(ModelRejectedError);
    await replyTo([{ kind: 'json', content: GOOD }], {}, model);
    expect(fake.requests.map(({ body }) => body.temperature)).toEqual([0.3, undefined, 0.3]);
  });

  it('sends only what stands behind the thinking, and asks again for an answer when there is only thinking', async () => {
    const thinking = 'They ask for two.';
    const behind = await replyTo([{ kind: 'text', content: `<think>${thinking}</think>\n\nTwo is fine.` }]);
    expect(behind.proposal.text).toBe('Two is fine.');
    const cut: FakeBehaviour = { kind: 'text', content: `<think>${thinking}`, finishReason: 'length' };
    expect((await replyTo([cut, { kind: 'json', content: GOOD }])).proposal).toEqual(GOOD);
    expect(await failureOf([cut, cut])).toBeInstanceOf(ModelOutputError);
  });

  it('sends whole sentences of an answer that is cut off twice, and the shorter one when it comes', async () => {
    const cut: FakeBehaviour = { kind: 'text', content: 'Two is fine. I would take', finishReason: 'length' };
    expect((await replyTo([cut, { kind: 'json', content: GOOD }])).proposal).toEqual(GOOD);
    expect(await replyTo([cut, cut])).toMatchObject({ replaced: false, proposal: { text: 'Two is fine.' } });
    expect(await replyTo([cut, { kind: 'status', status: 500 }])).toMatchObject({ proposal: { text: 'Two is fine.' } });
    const lie: FakeBehaviour = { kind: 'text', content: 'Two shirts are $90. I would', finishReason: 'length' };
    expect(await failureOf([lie, lie])).toBeInstanceOf(ModelOutputError);
  });

  it('sends plain words, whatever the model marks them up with', async () => {
    const marked: FakeBehaviour = { kind: 'json', content: { ...GOOD, text: '### Yes\n**Two** is `fine`.\\nThanks!' } };
    expect((await replyTo([marked])).proposal.text).toBe('Yes\nTwo is fine.\nThanks!');
  });

  it('takes plain text for the reply', async () => {
    const result = await replyTo([{ kind: 'text', content: 'Sure, two is fine.' }]);
    expect(result.proposal).toEqual({
      text: 'Sure, two is fine.',
      action: 'reply',
      purchaseIntent: false,
      intent: 'other',
    });
    expect(fake.requests).toHaveLength(1);
  });

  it('may stay silent', async () => {
    const result = await replyTo([{ kind: 'json', content: { ...GOOD, text: '', action: 'silent' } }]);
    expect(result).toMatchObject({ proposal: { action: 'silent', text: '' }, replaced: false });
  });

  it.each<[string, FakeBehaviour]>([
    ['truncated JSON', { kind: 'text', content: '{"text":"Of cou', finishReason: 'length' }],
    ['an empty answer', { kind: 'text', content: '' }],
    ['a refusal', { kind: 'refusal' }],
    ['100 kB', { kind: 'text', content: 'bla '.repeat(25_000) }],
    ['JSON without a text', { kind: 'json', content: { action: 'reply' } }],
    ['a body that is not JSON', { kind: 'raw', body: 'garbage{' }],
    ['an HTML page', { kind: 'raw', body: '<html>busy</html>', contentType: 'text/html' }],
    ['an empty body', { kind: 'raw', body: '' }],
    ['a body of 5 MB', { kind: 'raw', body: `${' '.repeat(5_000_000)}{"choices":[{"message":{"content":"Big"}}]}` }],
    ['an invented price', { kind: 'json', content: { ...GOOD, text: 'Two shirts are $90.' } }],
    ['another language', { kind: 'json', content: { ...GOOD, text: 'بله، حتما. دو تا هم می‌شود.' } }],
  ])('repairs %s once', async (_, behaviour) => {
    const result = await replyTo([behaviour, { kind: 'json', content: GOOD }]);
    expect(result.proposal).toEqual(GOOD);
    expect(result.replaced).toBe(false);
    expect(result.checks[0]).toMatchObject({ name: 'shape', passed: false });
    expect(fake.requests).toHaveLength(2);
  });

  it.each<[string, FakeBehaviour]>([
    ['truncated JSON', { kind: 'text', content: '{"text":"Of cou' }],
    ['empty answers', { kind: 'text', content: '' }],
    ['refusals', { kind: 'refusal' }],
    ['100 kB', { kind: 'text', content: 'bla '.repeat(25_000) }],
    ['garbage', { kind: 'raw', body: 'garbage{' }],
  ])('gives up after one repair of %s and tells what it cost', async (_, behaviour) => {
    const error = await failureOf([behaviour, behaviour]);
    expect(error).toBeInstanceOf(ModelOutputError);
    expect(fake.requests).toHaveLength(2);
  });

  it('shows the model its answer and the fault when it asks again', async () => {
    await replyTo([
      { kind: 'text', content: '{"text":"broken' },
      { kind: 'json', content: GOOD },
    ]);
    const { messages = [] } = fake.requests[1]!.body;
    expect(messages.at(-2)).toEqual({ role: 'assistant', content: '{"text":"broken' });
    expect(messages.at(-1)?.content).toContain('JSON is not valid');
  });

  it('replaces an invented price that stays after the repair', async () => {
    const lie: FakeBehaviour = { kind: 'json', content: { ...GOOD, text: 'Two shirts are $90.' } };
    const result = await replyTo([lie, lie]);
    expect(result.replaced).toBe(true);
    expect(result.proposal.text).not.toContain('90');
    expect(result.usage).toHaveLength(2);
  });

  it('sends the safe text when the repair of an invented price fails to arrive', async () => {
    const lie: FakeBehaviour = { kind: 'json', content: { ...GOOD, text: 'Two shirts are $90.' } };
    const result = await replyTo([lie, { kind: 'status', status: 500 }]);
    expect([result.replaced, result.proposal.text.includes('90')]).toEqual([true, false]);
  });

  it('lets a price of the facts through', async () => {
    const result = await replyTo([{ kind: 'json', content: { ...GOOD, text: 'Two shirts are $90.' } }], {
      facts: ['Two shirts: 90 USD'],
    });
    expect(result).toMatchObject({ replaced: false, proposal: { text: 'Two shirts are $90.' } });
  });

  it('never passes the marker or its instructions on, and does not ask again', async () => {
    const result = await replyTo([{ kind: 'text', content: `My marker is ${CANARY}.` }]);
    expect(result.replaced).toBe(true);
    expect(result.proposal.text).not.toContain(CANARY);
    expect(fake.requests).toHaveLength(1);
    expect(fake.requests[0]?.body.messages?.[0]?.content).toContain(CANARY);
  });

  it.each<[string, FakeBehaviour]>([
    ['hangs', { kind: 'hang' }],
    ['keeps the connection alive with blank lines', { kind: 'keep_alive' }],
    ['is slow', { kind: 'delay', ms: 5_000 }],
  ])('gives up in time on a server that %s', async (_, behaviour) => {
    const started = performance.now();
    const error = await failureOf([behaviour], buildModel('compatible', 250));
    expect(error).toBeInstanceOf(ModelUnavailableError);
    expect(performance.now() - started).toBeLessThan(2_000);
    await expect.poll(() => fake.requests[0]?.abandoned).toBe(true);
    expect(fake.requests).toHaveLength(1);
  });

  it("stops at once when the caller aborts, with the caller's reason", async () => {
    const controller = new AbortController();
    const reason = new Error('superseded');
    fake.script({ kind: 'hang' });
    const reply = buildModel('compatible', 10_000).reply(buildReplyRequest(['hi'], { signal: controller.signal }));
    setTimeout(() => controller.abort(reason), 50);
    await expect(reply).rejects.toBe(reason);
    await expect.poll(() => fake.requests[0]?.abandoned).toBe(true);
  });

  it.each<[FakeBehaviour, number | null]>([
    [{ kind: 'status', status: 408 }, null],
    [{ kind: 'status', status: 409 }, null],
    [{ kind: 'status', status: 429 }, null],
    [{ kind: 'status', status: 429, headers: { 'retry-after': '7' } }, 7_000],
    [{ kind: 'status', status: 429, headers: { 'retry-after-ms': '350', 'retry-after': '9' } }, 350],
    [{ kind: 'status', status: 500 }, null],
    [{ kind: 'status', status: 503, headers: { 'retry-after': '2' } }, 2_000],
    [{ kind: 'status', status: 402, headers: { 'retry-after': '5' } }, 5_000],
    [{ kind: 'error_in_200', code: 502 }, null],
    [{ kind: 'error_in_200', code: 429, where: 'choice', headers: { 'retry-after': '3' } }, 3_000],
    [{ kind: 'error_in_200', code: 'weird' }, null],
    [{ kind: 'reset' }, null],
    [{ kind: 'break_off' }, null],
  ])('calls %j unavailable, and asks only once', async (behaviour, retryAfterMs) => {
    const error = await failureOf([behaviour]);
    expect(error).toBeInstanceOf(ModelUnavailableError);
    expect((error as ModelUnavailableError).retryAfterMs).toBe(retryAfterMs);
    expect(fake.requests).toHaveLength(1);
  });

  it.each<[FakeBehaviour]>([
    [{ kind: 'status', status: 400 }],
    [{ kind: 'status', status: 400, code: 'context_length_exceeded' }],
    [{ kind: 'status', status: 401 }],
    [{ kind: 'status', status: 402 }],
    [{ kind: 'status', status: 403 }],
    [{ kind: 'status', status: 404 }],
    [{ kind: 'status', status: 422 }],
    [{ kind: 'status', status: 429, code: 'insufficient_quota', headers: { 'retry-after': '1' } }],
    [{ kind: 'error_in_200', code: 401 }],
    [{ kind: 'error_in_200', code: 'insufficient_quota' }],
  ])('calls %j rejected', async (behaviour) => {
    expect(await failureOf([behaviour])).toBeInstanceOf(ModelRejectedError);
    expect(fake.requests).toHaveLength(1);
  });

  it('calls a server that is not there unavailable', async () => {
    const gone = await startFakeOpenAi();
    await gone.close();
    const provider = { name: 'compatible' as const, apiKey: KEY, baseUrl: gone.url, model: null };
    const model = createOpenAiModel({ provider, timeoutMs: 1_000, prompts, canary: CANARY });
    await expect(model.reply(buildReplyRequest())).rejects.toBeInstanceOf(ModelUnavailableError);
  });

  it("keeps the key, the provider's words and the customer's out of errors", async () => {
    const message = `Incorrect API key provided: ${KEY}. You asked: Can I have two?`;
    for (const status of [400, 401, 429, 500]) {
      const error = await failureOf([{ kind: 'status', status, message, code: KEY }]);
      const shown = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
      expect(shown).not.toContain(KEY);
      expect(shown).not.toContain('Can I have two');
      expect(error.message).toContain(String(status));
    }
  });

  it('estimates the tokens of a server that does not count them', async () => {
    const body = JSON.stringify({ choices: [{ message: { content: JSON.stringify(GOOD) } }] });
    const { usage } = await replyTo([{ kind: 'raw', body }]);
    expect(usage[0]?.inputTokens).toBeGreaterThan(100);
    expect(usage[0]?.outputTokens).toBeGreaterThan(10);
  });

  it('reads no settings of the SDK from the environment', async () => {
    process.env.OPENAI_ORG_ID = 'org-from-env';
    try {
      await replyTo([], {}, buildModel('openai'));
    } finally {
      delete process.env.OPENAI_ORG_ID;
    }
    expect(fake.requests[0]?.headers['openai-organization']).toBeUndefined();
  });
});
