import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelOutputError, ModelRejectedError, ModelUnavailableError } from '../../../../src/platform/errors.ts';
import { createReplyModel } from '../../../../src/replies/models/router.ts';
import type { AiSettings, ProviderName } from '../../../../src/replies/models/settings.ts';
import { type FakeBehaviour, type FakeOpenAi, startFakeOpenAi } from '../../../support/fake-openai.ts';
import { buildReplyRequest } from '../../../support/reply-request.ts';

let first: FakeOpenAi;
let second: FakeOpenAi;
let clockMs: number;

beforeEach(async () => {
  [first, second] = await Promise.all([startFakeOpenAi(), startFakeOpenAi()]);
  clockMs = 1_000_000;
});
afterEach(async () => {
  await Promise.all([first.close(), second.close()]);
});

const provider = (name: ProviderName, baseUrl: string) => ({ name, apiKey: 'k', baseUrl, model: null });

function buildRouter(settings: Partial<AiSettings> = {}) {
  return createReplyModel(
    {
      provider: 'deepseek',
      timeoutMs: 2_000,
      providers: [provider('openai', second.url), provider('deepseek', first.url)],
      ...settings,
    },
    { now: () => clockMs },
  );
}
const ask = (model: ReturnType<typeof buildRouter>) => model.reply(buildReplyRequest());
const failure = (model: ReturnType<typeof buildRouter>) =>
  ask(model).then(
    () => {
      throw new Error('It answered.');
    },
    (error: Error) => error,
  );
const counts = () => [first.requests.length, second.requests.length];

describe('createReplyModel', () => {
  it('is the builtin responder alone when that is chosen, whatever keys are set', async () => {
    const result = await ask(buildRouter({ provider: 'builtin' }));
    expect(result.promptName).toBe('builtin');
    expect(counts()).toEqual([0, 0]);
  });

  it('refuses a provider that is chosen but not configured', () => {
    expect(() => buildRouter({ providers: [] })).toThrow(/not configured/);
  });

  it('asks the chosen provider and leaves the others alone', async () => {
    expect((await ask(buildRouter())).usage[0]?.provider).toBe('deepseek');
    expect(counts()).toEqual([1, 0]);
  });

  it.each<[string, FakeBehaviour[]]>([
    ['is down', [{ kind: 'status', status: 500 }]],
    ['limits us', [{ kind: 'status', status: 429 }]],
    ['refuses the key', [{ kind: 'status', status: 401 }]],
    ['refuses the request', [{ kind: 'status', status: 400 }]],
    ['hangs', [{ kind: 'hang' }]],
    ['breaks the connection', [{ kind: 'reset' }]],
    [
      'answers nonsense',
      [
        { kind: 'text', content: '{"te' },
        { kind: 'text', content: '{"te' },
      ],
    ],
  ])('falls over to the next provider when the first %s', async (_, behaviours) => {
    first.script(...behaviours);
    const result = await ask(buildRouter());
    expect(result.usage.at(-1)?.provider).toBe('openai');
    expect(counts()[1]).toBe(1);
  });

  it('counts what an unusable answer cost', async () => {
    first.script({ kind: 'text', content: '{"te' }, { kind: 'text', content: '{"te' });
    expect((await ask(buildRouter())).usage.map((usage) => usage.provider)).toEqual(['deepseek', 'deepseek', 'openai']);
  });

  it('says that it may pass when any provider may, with the longest wait asked for', async () => {
    first.script({ kind: 'status', status: 429, headers: { 'retry-after': '5' } });
    second.script({ kind: 'status', status: 503, headers: { 'retry-after': '9' } });
    expect(await failure(buildRouter())).toMatchObject({ code: 'model_unavailable', retryAfterMs: 9_000 });
    first.script({ kind: 'status', status: 401 });
    second.script({ kind: 'status', status: 500 });
    expect(await failure(buildRouter())).toBeInstanceOf(ModelUnavailableError);
  });

  it('says that it will not pass when every provider refuses', async () => {
    first.script({ kind: 'status', status: 401 });
    second.script({ kind: 'status', status: 400 });
    expect(await failure(buildRouter())).toBeInstanceOf(ModelRejectedError);
  });

  it('says that the answers were unusable when that is all there was', async () => {
    first.always({ kind: 'text', content: '{"te' });
    second.always({ kind: 'text', content: '' });
    expect(await failure(buildRouter())).toBeInstanceOf(ModelOutputError);
  });

  it('leaves a provider that refused the key alone for a minute', async () => {
    const model = buildRouter();
    first.script({ kind: 'status', status: 401 });
    await ask(model);
    await ask(model);
    expect(counts()).toEqual([1, 2]);
    clockMs += 60_001;
    await ask(model);
    expect(counts()).toEqual([2, 2]);
  });

  it('does not rest after a refusal that concerned one request only', async () => {
    const model = buildRouter();
    first.script({ kind: 'status', status: 400 });
    await ask(model);
    await ask(model);
    expect(counts()).toEqual([2, 1]);
  });

  it('obeys the time that a provider asked to wait, and tells what is left of it', async () => {
    const model = buildRouter({ providers: [provider('deepseek', first.url)] });
    first.script({ kind: 'status', status: 429, headers: { 'retry-after': '20' } });
    expect(await failure(model)).toMatchObject({ retryAfterMs: 20_000 });
    clockMs += 15_000;
    expect(await failure(model)).toMatchObject({ code: 'model_unavailable', retryAfterMs: 5_000 });
    expect(first.requests).toHaveLength(1);
    clockMs += 5_000;
    await ask(model);
    expect(first.requests).toHaveLength(2);
  });

  it('asks nobody else after the caller aborted', async () => {
    const controller = new AbortController();
    first.script({ kind: 'hang' });
    const reply = buildRouter({ timeoutMs: 5_000 }).reply(buildReplyRequest(['hi'], { signal: controller.signal }));
    setTimeout(() => controller.abort(new Error('superseded')), 50);
    await expect(reply).rejects.toThrow('superseded');
    expect(counts()).toEqual([1, 0]);
  });

  it('gives every process a marker of its own', async () => {
    await ask(buildRouter());
    await ask(buildRouter());
    const [one, two] = first.requests.map(({ body }) => body.messages?.[0]?.content);
    expect(one).not.toBe(two);
  });
});
