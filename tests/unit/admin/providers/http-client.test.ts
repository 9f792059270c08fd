import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttpClient } from '../../../../admin/src/providers/http-client.ts';
import type { RefreshOutcome, Session } from '../../../../admin/src/providers/session.ts';

function buildSession(outcome: RefreshOutcome): Session {
  let token = 'old';
  const refresh = vi.fn(async () => {
    if (outcome === 'ok') token = 'new';
    return outcome;
  });
  return { refresh, authorization: () => ({ Authorization: `Bearer ${token}` }) } as unknown as Session;
}

/** Answers the requests of the page, one after another, and notes the tokens that came. */
function answerWith(...answers: (Response | Error)[]) {
  const tokens: (string | null)[] = [];
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    tokens.push(new Headers(init.headers).get('authorization'));
    const answer = answers.shift();
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('one request too many');
    return answer;
  });
  return tokens;
}

const problem = (status: number, message: string) => Response.json({ status, message }, { status });
const ADDRESS = 'http://127.0.0.1/api/messages';

afterEach(() => vi.unstubAllGlobals());

describe('createHttpClient', () => {
  it('repeats a request once with a renewed token', async () => {
    const tokens = answerWith(problem(401, 'Log in.'), Response.json({ id: 1 }));
    const { json } = await createHttpClient(buildSession('ok'))(ADDRESS);
    expect(json).toEqual({ id: 1 });
    expect(tokens).toEqual(['Bearer old', 'Bearer new']);
  });

  it('gives a 401 on when the token cannot be renewed', async () => {
    const tokens = answerWith(problem(401, 'Log in.'));
    await expect(createHttpClient(buildSession('signed-out'))(ADDRESS)).rejects.toMatchObject({ status: 401 });
    expect(tokens).toHaveLength(1);
  });

  it('never repeats a request that may have been carried out', async () => {
    const tokens = answerWith(new TypeError('Failed to fetch'));
    const send = createHttpClient(buildSession('ok'))(ADDRESS, { method: 'POST', body: '{}' });
    await expect(send).rejects.toMatchObject({ status: 0, message: 'peyk.errors.network' });
    expect(tokens).toHaveLength(1);
  });

  it('tells that the server does not answer when it hangs', async () => {
    const giveUp = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(giveUp.signal);
    vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => {
      return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    });
    const hung = createHttpClient(buildSession('ok'))(ADDRESS, { method: 'POST', body: '{}' });
    giveUp.abort(new DOMException('too long', 'TimeoutError'));
    await expect(hung).rejects.toMatchObject({ status: 0, message: 'peyk.errors.network' });
    vi.restoreAllMocks();
  });

  it("keeps the server's sentence where it says what is wrong, and gives ours where it cannot", async () => {
    const failWith = (answer: Response) => {
      answerWith(answer);
      return createHttpClient(buildSession('ok'))(ADDRESS);
    };
    await expect(failWith(problem(409, 'It was settled.'))).rejects.toMatchObject({ message: 'It was settled.' });
    await expect(failWith(problem(503, 'x'))).rejects.toMatchObject({ message: 'peyk.errors.unavailable' });
    await expect(failWith(problem(429, 'x'))).rejects.toMatchObject({ message: 'peyk.errors.too_many' });
  });
});
