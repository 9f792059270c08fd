import { setImmediate as settled, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RequestResult } from '../../../src/outbox/account-breaker.ts';
import { createAccountLanes, type LaneLimits } from '../../../src/outbox/account-lanes.ts';
import { AccountBusyError } from '../../../src/platform/errors.ts';

const never = new AbortController().signal;

/** Lanes on a clock of their own, and requests that end when they are told to. */
function openLanes(changes: Partial<LaneLimits> = {}) {
  const clock = { nowMs: 1_000_000 };
  const lanes = createAccountLanes({ requestsAtOnce: 2, waitingAtMost: 2, ...changes }, () => clock.nowMs);
  const begun: string[] = [];
  const waited: string[] = [];
  const begin = (account: string, name = account, how: { signal?: AbortSignal; mustBeShort?: boolean } = {}) => {
    let finish: (result: RequestResult | null) => void = () => undefined;
    const result = new Promise<RequestResult | null>((resolve) => {
      finish = resolve;
    });
    const done = lanes.run(account, { sendId: name, signal: never, ...how }, async (lane) => {
      begun.push(name);
      if (lane.hasWaited) waited.push(name);
      const noted = await result;
      if (noted) lane.note(noted);
      return name;
    });
    done.catch(() => undefined);
    return { done, finish };
  };
  return { clock, begun, waited, begin };
}
const sent: RequestResult = { kind: 'sent' };
const busyOf = (done: Promise<unknown>) =>
  done.then(
    () => null,
    (error: unknown) => (error instanceof AccountBusyError ? error : Promise.reject(error)),
  );

describe('createAccountLanes', () => {
  it('runs so many requests of an account at once and the others in their order', async () => {
    const { begin, begun, waited } = openLanes();
    const requests = ['1', '2', '3', '4'].map((name) => begin('shop', name));
    await settled();
    expect(begun).toEqual(['1', '2']);
    requests[1]?.finish(sent);
    await requests[1]?.done;
    await expect.poll(() => begun).toEqual(['1', '2', '3']);
    for (const request of requests) request.finish(sent);
    expect(await Promise.all(requests.map(({ done }) => done))).toEqual(['1', '2', '3', '4']);
    expect(waited).toEqual(['3', '4']);
  });

  it('lets another account through while one is full', async () => {
    const { begin, begun } = openLanes();
    for (let count = 0; count < 4; count += 1) begin('slow', `slow ${count}`);
    const other = begin('quick');
    other.finish(sent);
    expect(await other.done).toBe('quick');
    expect(begun).toEqual(['slow 0', 'slow 1', 'quick']);
  });

  it('begins long requests one after another, and short ones at once', async () => {
    const begunAtMs = async (shortMs: number) => {
      const lanes = createAccountLanes({ requestsAtOnce: 2, waitingAtMost: 2, shortMs });
      const starts: number[] = [];
      const request = () =>
        lanes.run('shop', { sendId: 'x', signal: never }, async (lane) => {
          starts.push(performance.now());
          await sleep(200);
          lane.note(sent);
        });
      await Promise.all([request(), request(), request(), request()]);
      return starts as [number, number, number, number];
    };
    const long = await begunAtMs(50);
    expect(long[1] - long[0]).toBeLessThan(90);
    expect(long[3] - long[2]).toBeGreaterThan(90);
    const short = await begunAtMs(5000);
    expect(short[3] - short[2]).toBeLessThan(90);
  });

  it('gives back what finds no room to wait in, each for a later time, by how long requests take', async () => {
    const { begin, clock } = openLanes();
    const [first] = [begin('shop'), begin('shop')];
    await settled();
    clock.nowMs += 4000;
    first?.finish(sent);
    await first?.done;
    for (let count = 0; count < 3; count += 1) begin('shop');
    const given = await Promise.all([1, 2, 3].map(() => busyOf(begin('shop').done)));
    expect(given.map((error) => error?.reason)).toEqual(['account_busy', 'account_busy', 'account_busy']);
    // Four before it, two at once, 4 s each; then one every 2 s.
    expect(given.map((error) => error?.retryAfterMs)).toEqual([10_000, 12_000, 14_000]);
  });

  it('gives nothing back for longer than the limit', async () => {
    const { begin, clock } = openLanes({ giveBackAtMostMs: 9000 });
    const [first] = [begin('shop'), begin('shop')];
    await settled();
    clock.nowMs += 18_000;
    first?.finish(sent);
    await first?.done;
    for (let count = 0; count < 3; count += 1) begin('shop');
    for (let count = 0; count < 20; count += 1) {
      const retryAfterMs = (await busyOf(begin('shop').done))?.retryAfterMs;
      expect(retryAfterMs).toBeGreaterThanOrEqual(6000);
      expect(retryAfterMs).toBeLessThanOrEqual(9000);
    }
  });

  it('lets nobody wait for too long, nor whose waiting is ended', async () => {
    const { begin, begun } = openLanes({ waitAtMostMs: 30 });
    for (const name of ['1', '2']) begin('shop', name);
    const stop = new AbortController();
    const late = begin('shop', 'late');
    const stopped = begin('shop', 'stopped', { signal: stop.signal });
    stop.abort();
    for (const { done } of [stopped, late]) expect((await busyOf(done))?.reason).toBe('account_busy');
    expect((await busyOf(begin('shop', 'stopped before', { signal: stop.signal }).done))?.reason).toBe('account_busy');
    expect(begun).toEqual(['1', '2']);
  });

  describe('for requests that must be short', () => {
    const short = { mustBeShort: true };

    it('lets so many of an account begin, none wait, and the others be', async () => {
      const { begin, begun } = openLanes({ requestsAtOnce: 3, shortAtOnce: 1 });
      begin('shop', 'short', short);
      await settled();
      expect((await busyOf(begin('shop', 'too many', short).done))?.reason).toBe('account_busy');
      for (const name of ['1', '2', '3']) begin('shop', name);
      begin('other', 'short elsewhere', short);
      await settled();
      expect(begun).toEqual(['short', '1', '2', 'short elsewhere']);
    });

    it('lets so many begin in all lanes together', async () => {
      const { begin, begun } = openLanes({ shortInAll: 2 });
      const first = begin('a', 'a', short);
      begin('b', 'b', short);
      expect(await busyOf(begin('c', 'c', short).done)).not.toBeNull();
      begin('d', 'd');
      first.finish(sent);
      await first.done;
      begin('e', 'e', short);
      await settled();
      expect(begun).toEqual(['a', 'b', 'd', 'e']);
    });

    it('lets none begin where one under way is long already, or the latest were', async () => {
      const { begin, begun, clock } = openLanes({ requestsAtOnce: 9, shortMs: 1000 });
      const long = begin('shop', 'long', short);
      await settled();
      clock.nowMs += 1001;
      expect(await busyOf(begin('shop', 'behind it', short).done)).not.toBeNull();
      long.finish(sent);
      await long.done;
      expect(await busyOf(begin('shop', 'after it', short).done)).not.toBeNull();
      for (let count = 0; count < 10; count += 1) {
        const quick = begin('shop', 'quick');
        await settled();
        clock.nowMs += 10;
        quick.finish(sent);
        await quick.done;
      }
      begin('shop', 'short again', short);
      await settled();
      expect(begun).toEqual(['long', ...Array(10).fill('quick'), 'short again']);
    });

    it('lets none begin while the provider is left in peace', async () => {
      const { begin } = openLanes();
      const first = begin('shop', 'first', short);
      first.finish({ kind: 'put_off', forMs: 3000, sendId: 'first' });
      await first.done;
      expect((await busyOf(begin('shop', 'second', short).done))?.reason).toBe('provider_unavailable');
    });
  });

  it('asks nothing of a provider that does not answer, but for one request now and then', async () => {
    const { begin, begun, clock } = openLanes({ failuresToOpen: 2, openMs: 1000 });
    const failing = ['1', '2'].map((name) => begin('shop', name));
    const waiting = begin('shop', '3');
    for (const { finish } of failing) finish({ kind: 'no_answer' });
    expect((await busyOf(waiting.done))?.reason).toBe('provider_unavailable');
    const refused = await busyOf(begin('shop', '4').done);
    expect(refused?.reason).toBe('provider_unavailable');
    expect(refused?.retryAfterMs).toBeGreaterThan(1000);
    expect(refused?.retryAfterMs).toBeLessThan(1200);
    clock.nowMs += 1000;
    const probe = begin('shop', 'probe');
    expect(await busyOf(begin('shop', '5').done)).not.toBeNull();
    probe.finish(sent);
    await probe.done;
    const after = begin('shop', 'after');
    after.finish(sent);
    await after.done;
    expect(begun).toEqual(['1', '2', 'probe', 'after']);
  });

  it('passes the probe on when one was not asked after all', async () => {
    const { begin, begun, clock } = openLanes({ failuresToOpen: 1, openMs: 1000 });
    const failing = begin('shop', '1');
    failing.finish({ kind: 'no_answer' });
    await failing.done;
    clock.nowMs += 1000;
    const unasked = begin('shop', 'unasked');
    unasked.finish(null);
    await unasked.done;
    begin('shop', 'probe');
    await settled();
    expect(begun).toEqual(['1', 'unasked', 'probe']);
  });

  it('holds the whole account back for the time that its provider names, and no other', async () => {
    const { begin, begun, clock } = openLanes();
    const first = begin('shop', 'first');
    first.finish({ kind: 'put_off', forMs: 3000, sendId: 'first' });
    await first.done;
    expect((await busyOf(begin('shop', 'second').done))?.retryAfterMs).toBeGreaterThanOrEqual(3000);
    begin('other');
    clock.nowMs += 3000;
    begin('shop', 'third');
    await settled();
    expect(begun).toEqual(['first', 'other', 'third']);
  });

  it('gives the room back when the work fails', async () => {
    const lanes = createAccountLanes({ requestsAtOnce: 1, waitingAtMost: 0 });
    const broken = lanes.run('shop', { sendId: 'x', signal: never }, () => Promise.reject(new Error('broken')));
    await expect(broken).rejects.toThrow('broken');
    expect(await lanes.run('shop', { sendId: 'x', signal: never }, async () => 'fine')).toBe('fine');
  });
});
