import { setTimeout as sleep } from 'node:timers/promises';
import type { Exit } from './processes.ts';
import { reasonOf } from './start-error.ts';

/** A process that runs: how it ends, and how to end it. */
export interface RunningService {
  pid: number;
  exited: Promise<Exit>;
  stop(): Promise<void>;
}

export interface Service {
  name: string;
  /** Starts it and returns once it is of use to others. */
  start(): Promise<RunningService>;
}

export interface SupervisorOptions {
  say(line: string): void;
  /** Called once, when a service crashed too often: everything must then be stopped. */
  giveUp(reason: string): void;
  crashLimit?: number;
  crashWindowMs?: number;
  /** The first pause before a restart; it doubles with each crash within the window. */
  backoffMs?: number;
  backoffMaxMs?: number;
}

export interface Supervised {
  name: string;
  /** No more restarts; returns once the process is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the service and starts it again whenever it ends unasked, after a growing pause. After `crashLimit` crashes
 * within `crashWindowMs` it gives up. Rejects when the very first start fails.
 */
export async function supervise(service: Service, options: SupervisorOptions): Promise<Supervised> {
  const { say, giveUp, crashLimit = 5, crashWindowMs = 60_000, backoffMs = 250, backoffMaxMs = 5000 } = options;
  let stopping = false;
  let current = await service.start();
  let crashes: number[] = [];

  /** True when the service may be started again. */
  async function pauseAfterCrash(how: string): Promise<boolean> {
    const now = Date.now();
    crashes = [...crashes.filter((at) => now - at < crashWindowMs), now];
    if (crashes.length >= crashLimit) {
      giveUp(`${service.name} crashed ${crashes.length} times within ${crashWindowMs / 1000} s (last: ${how}).`);
      return false;
    }
    const pauseMs = Math.min(backoffMs * 2 ** (crashes.length - 1), backoffMaxMs);
    say(`${service.name} ended unexpectedly (${how}); starting it again in ${pauseMs} ms`);
    await sleep(pauseMs);
    return !stopping;
  }

  async function restart(how: string): Promise<boolean> {
    if (!(await pauseAfterCrash(how))) return false;
    try {
      current = await service.start();
    } catch (error) {
      return restart(reasonOf(error));
    }
    // Someone asked to stop while it was starting: they could not have known this process.
    if (stopping) await current.stop();
    else say(`${service.name} is back (process ${current.pid})`);
    return !stopping;
  }

  async function watch(): Promise<void> {
    for (let goOn = true; goOn; ) {
      const { code, signal } = await current.exited;
      goOn = !stopping && (await restart(signal ? `signal ${signal}` : `code ${code}`));
    }
  }

  const watching = watch();
  return {
    name: service.name,
    async stop() {
      stopping = true;
      await current.stop();
      await watching;
    },
  };
}
