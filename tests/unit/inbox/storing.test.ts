import { describe, expect, it } from 'vitest';
import { createStoringWatch } from '../../../src/inbox/storing.ts';

describe('createStoringWatch', () => {
  it('is content until a webhook is refused, and again once one is stored', async () => {
    const watch = createStoringWatch(() => 0);
    await watch.check();
    watch.refused();
    await expect(watch.check()).rejects.toThrow('503');
    watch.stored();
    await watch.check();
  });

  it('forgets a refusal after a minute in which nothing came', async () => {
    let nowMs = 0;
    const watch = createStoringWatch(() => nowMs);
    watch.refused();
    nowMs = 59_999;
    await expect(watch.check()).rejects.toThrow();
    nowMs = 60_000;
    await watch.check();
  });
});
