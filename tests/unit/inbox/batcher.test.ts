import { setTimeout } from 'node:timers/promises';
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
const LIMITS = { maxItems: 4, maxWaiting: 8, patienceMs: 60_000, maxUnderWay: 3, mayBlameItem: () => true };
const never = new Promise<never>(() => {});

describe('createBatcher', () => {
  it('stores the first at once, and what came meanwhile together, each with its own result', async () => {
    const { store, batches, letGo } = createStore();
    const add = createBatcher(store, LIMITS);
    const results = [1, 2, 3].map((item) => add(item));
    expect(batches).toEqual([[1]]);
    letGo();
    expect(await Promise.all(results)).toEqual(['stored 1', 'stored 2', 'stored 3']);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('splits what is too much for one batch', async () => {
    const { store, batches, letGo } = createStore();
    const add = createBatcher(store, LIMITS);
    const results = [1, 2, 3, 4, 5, 6].map((item) => add(item));
    letGo();
    await Promise.all(results);
    expect(batches).toEqual([[1], [2, 3, 4, 5], [6]]);
  });

  it('lets a poisonous item fail alone', async () => {
    const { store, letGo } = createStore();
    const add = createBatcher(store, LIMITS);
    const results = [1, 2, 13, 3].map((item) => add(item));
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

  it('fails a whole batch at once when no item can be to blame', async () => {
    const { store, batches, letGo } = createStore();
    const add = createBatcher(store, { ...LIMITS, mayBlameItem: () => false });
    const results = [1, 2, 13, 3].map((item) => add(item));
    letGo();
    const outcomes = await Promise.allSettled(results);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(batches).toEqual([[1], [2, 13, 3]]);
  });

  it('goes past batches that hang, and no further than so many of them', async () => {
    const batches: number[][] = [];
    const store = (items: number[]): Promise<string[]> => {
      batches.push(items);
      return items[0] === 4 ? Promise.resolve(items.map(String)) : never;
    };
    const add = createBatcher(store, { ...LIMITS, patienceMs: 20 });
    void add(1);
    void add(2);
    void add(3);
    await expect.poll(() => batches).toEqual([[1], [2, 3]]);
    expect(await add(4)).toBe('4');
    void add(5);
    await expect.poll(() => batches.length).toBe(4);
    void add(6);
    await setTimeout(100);
    expect(batches).toEqual([[1], [2, 3], [4], [5]]);
  });

  it('waits for a batch that is only on its way, however many come meanwhile', async () => {
    const { store, batches, letGo } = createStore();
    const add = createBatcher(store, LIMITS);
    const results = [1, 2, 3].map((item) => add(item));
    await setTimeout(50);
    expect(batches).toEqual([[1]]);
    letGo();
    await Promise.all(results);
  });

  it('does not store what its caller has given up meanwhile, and stores what is still wanted', async () => {
    const { store, batches, letGo } = createStore();
    const add = createBatcher(store, LIMITS);
    let isWanted = true;
    const results = [add(1), add(2, () => isWanted), add(3)];
    isWanted = false;
    letGo();
    const outcomes = await Promise.allSettled(results);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(batches).toEqual([[1], [3]]);
  });
});
