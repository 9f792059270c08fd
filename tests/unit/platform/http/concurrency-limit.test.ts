import { describe, expect, it } from 'vitest';
import { createConcurrencyLimit, type Slot } from '../../../../src/platform/http/concurrency-limit.ts';

const LIMITS = { maxAtOnce: 3, maxOfKey: 2, maxWaitingOfKey: 2, maxWaitMs: 10_000, blameMs: 1000 };

describe('createConcurrencyLimit', () => {
  it('leaves places to others, however many come with one key, and turns away who would wait too long', async () => {
    const limit = createConcurrencyLimit(LIMITS);
    const first = (await limit.enter('slow')) as Slot;
    expect(await limit.enter('slow')).not.toBeNull();
    const third = limit.enter('slow');
    const fourth = limit.enter('slow');
    expect(await limit.enter('slow')).toBeNull();
    expect(await limit.enter('other')).not.toBeNull();
    first.release();
    const passed = await Promise.race([third, fourth]);
    expect(passed).not.toBeNull();
    passed?.release();
    expect(await fourth).not.toBeNull();
  });

  it('gives a free place to whoever may have it, not to the first who may not', async () => {
    const limit = createConcurrencyLimit(LIMITS);
    const slow = [await limit.enter('slow'), await limit.enter('slow')];
    const other = (await limit.enter('other')) as Slot;
    let isLate = true;
    void limit.enter('slow').then(() => {
      isLate = false;
    });
    const another = limit.enter('another');
    other.release();
    expect(await another).not.toBeNull();
    expect(isLate).toBe(true);
    expect(slow).not.toContain(null);
  });

  it('gives one place only to whom it blames, for a while', async () => {
    let nowMs = 0;
    const limit = createConcurrencyLimit({ ...LIMITS, maxWaitingOfKey: 0 }, () => nowMs);
    limit.blame('slow');
    expect(await limit.enter('slow')).not.toBeNull();
    expect(await limit.enter('slow')).toBeNull();
    nowMs = 1001;
    expect(await limit.enter('slow')).not.toBeNull();
  });

  it('lets nobody wait for ever', async () => {
    const limit = createConcurrencyLimit({ ...LIMITS, maxOfKey: 1, maxWaitMs: 20 });
    const pass = (await limit.enter('slow')) as Slot;
    expect(await limit.enter('slow')).toBeNull();
    pass.release();
    expect(await limit.enter('slow')).not.toBeNull();
  });
});
