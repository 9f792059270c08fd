import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Exit } from '../../../src/start/processes.ts';
import { type RunningService, type Service, supervise } from '../../../src/start/supervisor.ts';

/** A service whose processes end when the test says so. */
function buildService(failAt: readonly number[] = []) {
  const running: { crash(exit: Partial<Exit>): void; stopped: boolean }[] = [];
  let starts = 0;
  const service: Service = {
    name: 'clock',
    async start(): Promise<RunningService> {
      starts += 1;
      if (failAt.includes(starts)) throw new Error(`start ${starts} failed`);
      const { promise, resolve } = Promise.withResolvers<Exit>();
      const entry = { stopped: false, crash: (exit: Partial<Exit>) => resolve({ code: null, signal: null, ...exit }) };
      running.push(entry);
      const stop = async () => {
        entry.stopped = true;
        entry.crash({ signal: 'SIGTERM' });
      };
      return { pid: starts, exited: promise, stop };
    },
  };
  return { service, running, starts: () => starts };
}

function buildOptions() {
  return { say: vi.fn(), giveUp: vi.fn(), crashLimit: 3, crashWindowMs: 60_000, backoffMs: 1, backoffMaxMs: 4 };
}

describe('supervise', () => {
  it('starts a crashed service again and tells how it ended', async () => {
    const { service, running, starts } = buildService();
    const options = buildOptions();
    const supervised = await supervise(service, options);
    running[0]?.crash({ signal: 'SIGKILL' });
    await expect.poll(starts).toBe(2);
    expect(options.say).toHaveBeenCalledWith(expect.stringMatching(/clock ended unexpectedly \(signal SIGKILL\)/));
    await supervised.stop();
  });

  it('starts it again also when it ends without an error', async () => {
    const { service, running, starts } = buildService();
    const supervised = await supervise(service, buildOptions());
    running[0]?.crash({ code: 0 });
    await expect.poll(starts).toBe(2);
    await supervised.stop();
  });

  it('gives up once, after the limit of crashes within the window', async () => {
    const { service, running, starts } = buildService();
    const options = buildOptions();
    const supervised = await supervise(service, options);
    for (let crash = 0; crash < 3; crash += 1) {
      await expect.poll(() => running.length).toBe(crash + 1);
      running[crash]?.crash({ code: 7 });
    }
    await expect.poll(() => options.giveUp.mock.calls.length).toBe(1);
    expect(options.giveUp).toHaveBeenCalledWith(
      expect.stringMatching(/clock crashed 3 times within 60 s \(last: code 7\)/),
    );
    await sleep(20);
    expect(starts()).toBe(3);
    await supervised.stop();
  });

  it('forgets crashes that are older than the window', async () => {
    const { service, running } = buildService();
    const options = { ...buildOptions(), crashWindowMs: 20 };
    const supervised = await supervise(service, options);
    for (let crash = 0; crash < 5; crash += 1) {
      await expect.poll(() => running.length).toBe(crash + 1);
      running[crash]?.crash({ code: 7 });
      await sleep(30);
    }
    expect(options.giveUp).not.toHaveBeenCalled();
    await supervised.stop();
  });

  it('counts a restart that fails as a crash and tries again', async () => {
    const { service, running, starts } = buildService([2]);
    const supervised = await supervise(service, buildOptions());
    running[0]?.crash({ code: 1 });
    await expect.poll(starts).toBe(3);
    await supervised.stop();
  });

  it('rejects when the first start fails', async () => {
    const { service } = buildService([1]);
    await expect(supervise(service, buildOptions())).rejects.toThrow('start 1 failed');
  });

  it('stops the process and does not start it again', async () => {
    const { service, running, starts } = buildService();
    const supervised = await supervise(service, buildOptions());
    await supervised.stop();
    await sleep(20);
    expect(running[0]?.stopped).toBe(true);
    expect(starts()).toBe(1);
  });
});
