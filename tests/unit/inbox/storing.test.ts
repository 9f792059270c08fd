import { describe, expect, it } from 'vitest';
import { createStoringWatch } from '../../../src/inbox/storing.ts';
import { Prisma } from '../../../src/platform/database/generated/client.ts';

describe('createStoringWatch', () => {
  it('is content until a webhook is refused, and again once one is stored', async () => {
    const watch = createStoringWatch(() => 0);
    await watch.check();
    watch.refused();
    await expect(watch.check()).rejects.toThrow('could not be stored');
    watch.stored();
    await watch.check();
  });

  it('says that the disk is full only where the database said so', async () => {
    const watch = createStoringWatch(() => 0);
    watch.refused(new Error('no answer'));
    await expect(watch.check()).rejects.toMatchObject({ code: 'storing_down' });
    expect(watch.isDiskFull()).toBe(false);
    watch.refused(
      new Prisma.PrismaClientKnownRequestError('', {
        code: 'P2010',
        clientVersion: '',
        meta: { driverAdapterError: { cause: { originalCode: '53100' } } },
      }),
    );
    await expect(watch.check()).rejects.toMatchObject({ code: 'storing_full' });
    expect(watch.isDiskFull()).toBe(true);
    watch.stored();
    expect(watch.isDiskFull()).toBe(false);
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
