import { describe, expect, it } from 'vitest';
import { createSpacing } from '../../../../src/platform/auth/spacing.ts';

describe('createSpacing', () => {
  it('lets those of one key pass one after another, and refuses whom it would keep waiting too long', async () => {
    const spacing = createSpacing({ gapMs: 100, maxWaitMs: 250 });
    const beganAt = performance.now();
    const ends: number[] = [];
    const turns = [1, 2, 3, 4, 5].map(async () => {
      const passed = await spacing.takeTurn('a');
      if (passed) ends.push(performance.now() - beganAt);
      return passed;
    });
    expect(await Promise.all(turns)).toEqual([true, true, true, false, false]);
    expect(ends[0]).toBeLessThan(ends[1] as number);
    expect(ends[2]).toBeGreaterThan(180);
    expect(await spacing.takeTurn('b')).toBe(true);
  });

  it('has no queue once its turns are over', async () => {
    const spacing = createSpacing({ gapMs: 20, maxWaitMs: 100 });
    await spacing.takeTurn('a');
    expect(spacing.waitOf('a')).toBeGreaterThan(0);
    await expect.poll(() => spacing.waitOf('a')).toBe(0);
  });
});
