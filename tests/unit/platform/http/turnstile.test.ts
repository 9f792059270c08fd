import { describe, expect, it } from 'vitest';
import { createTurnstile, type Pass } from '../../../../src/platform/http/turnstile.ts';

const LIMITS = { maxAtOnce: 3, maxOfKey: 2, maxWaitingOfKey: 2, maxWaitMs: 10_000, blameMs: 1000 };

describe('createTurnstile', () => {
  it('leaves places to others, however many come with one key, and turns away who would wait too long', async () => {
    const turnstile = createTurnstile(LIMITS);
    const first = (await turnstile.enter('slow')) as Pass;
    expect(await turnstile.enter('slow')).not.toBeNull();
    const third = turnstile.enter('slow');
    const fourth = turnstile.enter('slow');
    expect(await turnstile.enter('slow')).toBeNull();
    expect(await turnstile.enter('other')).not.toBeNull();
    first.release();
    const passed = await Promise.race([third, fourth]);
    expect(passed).not.toBeNull();
    passed?.release();
    expect(await fourth).not.toBeNull();
  });

  it('gives a free place to whoever may have it, not to the first who may not', async () => {
    const turnstile = createTurnstile(LIMITS);
    const slow = [await turnstile.enter('slow'), await turnstile.enter('slow')];
    const other = (await turnstile.enter('other')) as Pass;
    let isLate = true;
    void turnstile.enter('slow').then(() => {
      isLate = false;
    });
    const another = turnstile.enter('another');
    other.release();
    expect(await another).not.toBeNull();
    expect(isLate).toBe(true);
    expect(slow).not.toContain(null);
  });

  it('gives one place only to whom it blames, for a while', async () => {
    let nowMs = 0;
    const turnstile = createTurnstile({ ...LIMITS, maxWaitingOfKey: 0 }, () => nowMs);
    turnstile.blame('slow');
    expect(await turnstile.enter('slow')).not.toBeNull();
    expect(await turnstile.enter('slow')).toBeNull();
    nowMs = 1001;
    expect(await turnstile.enter('slow')).not.toBeNull();
  });

  it('lets nobody wait for ever', async () => {
    const turnstile = createTurnstile({ ...LIMITS, maxOfKey: 1, maxWaitMs: 20 });
    const pass = (await turnstile.enter('slow')) as Pass;
    expect(await turnstile.enter('slow')).toBeNull();
    pass.release();
    expect(await turnstile.enter('slow')).not.toBeNull();
  });
});
