import { describe, expect, it } from 'vitest';
import { forEachOf } from '../../../src/platform/for-each-of.ts';

describe('forEachOf', () => {
  it('works on each item once, and on no more of them together than it is told', async () => {
    const done: number[] = [];
    let underWay = 0;
    let most = 0;
    await forEachOf([1, 2, 3, 4, 5], 2, async (item) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      done.push(item);
    });
    expect([done, most]).toEqual([[1, 2, 3, 4, 5], 2]);
  });

  it('does nothing without items', async () => {
    await expect(forEachOf([], 4, () => Promise.reject(new Error('never')))).resolves.toBeUndefined();
  });

  it('begins no more once one has failed, and tells the failure', async () => {
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      await new Promise(setImmediate);
      if (item === 2) throw new Error('no');
    };
    await expect(forEachOf([1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow('no');
    expect(begun.length).toBeLessThan(5);
  });
});
