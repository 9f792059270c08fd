import { describe, expect, it } from 'vitest';
import { createBatcher } from '../../../src/inbox/batcher.ts';
import { UnavailableError } from '../../../src/platform/errors.ts';

/** A store that can be held up, and notes its batches. */
function createStore() {
  const batches: number[][] = [];
  let release = () => {};
  let held = new Promise<void>((resolve) => (release = resolve));
  return {
    batches,
    release: () => release(),
    letGo: () => {
      release();
      held = Promise.resolve();
    },
    store: async (items: number[]): Promise<string[]> => {
      batches.push([...items]);
      await held;
      if (items.includes(13)) throw new Error('poison');
      return items.map((item) => `stored ${item}`);
    },
  };
}
const LIMITS = { maxItems: 4, maxWaiting: 8 };

describe('createBatcher', () => {
  it('stores the first at once, and what came meanwhile together, each with its own result', async () => {
    const { store, batches, letGo } = createStore();
    const add = createBatcher(store, LIMITS);
    const results = [1, 2, 3].map(add);
    expect(batches).toEqual([[1]]);
    letGo();
    expect(await Promise.all(results)).toEqual(['stored 1', 'stored 2', 'stored 3']);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('splits what is too much for one batch', async () => {
    const { store, batches, letGo } = createStore();
    const add = createBatcher(store, LIMITS);
    const results = [1, 2, 3, 4, 5, 6].map(add);
    letGo();
    await Promise.all(results);
    expect(batches).toEqual([[1], [2, 3, 4, 5], [6]]);
  });

  it('lets a poisonous item fail alone', async () => {
    const { store, letGo } = createStore();
    const add = createBatcher(store, LIMITS);
    const results = [1, 2, 13, 3].map(add);
    letGo();
    const outcomes = await Promise.allSettled(results);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await add(4)).toBe('stored 4');
  });

  it('refuses what it could not store in time, and takes again when there is room', async () => {
    const { store, letGo } = createStore();
    const add = createBatcher(store, LIMITS);
    const results = Array.from({ length: 9 }, (_, index) => add(index + 20));
    await expect(add(99)).rejects.toThrow(UnavailableError);
    letGo();
    await Promise.all(results);
    expect(await add(100)).toBe('stored 100');
  });
});
