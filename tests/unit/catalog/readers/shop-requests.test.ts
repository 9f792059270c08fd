import { describe, expect, it } from 'vitest';
import { limitShopRequests, limitsFor } from '../../../../src/catalog/readers/shop-requests.ts';
import type { SafeAnswer, SafeRequest } from '../../../../src/platform/safe-fetch/safe-fetch.ts';

const ANSWER = { status: 200, body: Buffer.alloc(0) } as SafeAnswer;
const page = (url: string, more: Partial<SafeRequest> = {}): SafeRequest => ({
  url,
  types: ['text/html'],
  maxBytes: 4 * 1024 * 1024,
  timeoutMs: 1000,
  ...more,
});

/** Shops that answer when they are told to. */
function playShops() {
  const asked: string[] = [];
  const answers = new Map<string, () => void>();
  const fetchSafely = (input: SafeRequest) => {
    asked.push(input.url);
    return new Promise<SafeAnswer>((resolve) => answers.set(input.url, () => resolve(ANSWER)));
  };
  return { asked, fetchSafely, answer: (url: string) => answers.get(url)?.() };
}
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('limitShopRequests', () => {
  it('gives the next place to whoever waits longest, after each request', async () => {
    const { asked, fetchSafely, answer } = playShops();
    const ask = limitShopRequests(fetchSafely, { atOnce: 2, largeAtOnce: 1 });
    const answers = ['slow 1', 'slow 2', 'quick', 'slow 3'].map((url) => ask(page(url)));
    await soon();
    expect(asked).toEqual(['slow 1', 'slow 2']);
    answer('slow 2');
    await soon();
    expect(asked).toEqual(['slow 1', 'slow 2', 'quick']);
    answer('quick');
    await soon();
    answer('slow 1');
    answer('slow 3');
    await expect(Promise.all(answers)).resolves.toHaveLength(4);
  });

  it('keeps whole feeds apart, so that a page never waits for one', async () => {
    const { asked, fetchSafely } = playShops();
    const ask = limitShopRequests(fetchSafely, { atOnce: 4, largeAtOnce: 1 });
    for (const url of ['feed 1', 'feed 2']) void ask(page(url, { maxBytes: 50 * 1024 * 1024 }));
    void ask(page('page'));
    await soon();
    expect(asked.toSorted()).toEqual(['feed 1', 'page']);
  });

  it('gives the place of one that failed to the next, and skips one that was called off', async () => {
    const asked: string[] = [];
    const ask = limitShopRequests(
      async (input) => {
        asked.push(input.url);
        await soon();
        if (input.url === 'broken') throw new Error('broken');
        return ANSWER;
      },
      { atOnce: 1, largeAtOnce: 1 },
    );
    const controller = new AbortController();
    const broken = ask(page('broken'));
    const calledOff = ask(page('called off', { signal: controller.signal }));
    const ends = Promise.allSettled([broken, calledOff, ask(page('last'))]);
    controller.abort(new Error('called off'));
    expect(await ends).toMatchObject([
      { status: 'rejected', reason: { message: 'broken' } },
      { status: 'rejected', reason: { message: 'called off' } },
      { status: 'fulfilled', value: ANSWER },
    ]);
    expect(asked).toEqual(['broken', 'last']);
    await expect(ask(page('late', { signal: controller.signal }))).rejects.toThrow('called off');
  });
});

describe('limitsFor', () => {
  it('lets each shop ask for four pages at once, and few for whole feeds', () => {
    expect(limitsFor(1)).toEqual({ atOnce: 4, largeAtOnce: 4 });
    expect(limitsFor(16)).toEqual({ atOnce: 64, largeAtOnce: 12 });
  });
});
