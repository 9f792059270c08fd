import { AccountBusyError } from '../platform/errors.ts';
import { AccountBreaker, type BreakerLimits, type RequestResult, type Trouble } from './account-breaker.ts';

/**
 * Each account of a shop has a lane of its own to its provider: so many requests at once, a short queue before them, and a
 * breaker. What finds no room is given back to the engine with the time at which to try again, so that a slow or broken
 * provider holds nobody else's sends. The lanes of a process know nothing of those of another.
 */
export interface AccountLanes {
  /**
   * Runs `work` once the account has room for a request. Throws AccountBusyError, and runs nothing, when there is no room and
   * none to wait in, or when its provider is left in peace.
   */
  run<Result>(accountId: string, how: LaneRequest, work: (lane: LaneTurn) => Promise<Result>): Promise<Result>;
}

export interface LaneRequest {
  /** What is to be sent, the same in every try. */
  sendId: string;
  /** Ends the waiting. */
  signal: AbortSignal;
  /** It holds something that others need: it runs only where requests are short and few, and never waits. */
  mustBeShort?: boolean;
}

/** One request's time in its lane. */
export interface LaneTurn {
  /** What was read before may be out of date. */
  hasWaited: boolean;
  /**
   * To be called with what the request came to; not at all when nothing was asked of the provider. Returns whether the account
   * works again.
   */
  note(result: RequestResult): boolean;
  /** What somebody should know of the account by now. */
  trouble(): Trouble | null;
}

export interface LaneLimits extends BreakerLimits {
  /** Requests of one account that are under way at once. */
  requestsAtOnce: number;
  /** Of them, those that must be short; and how many such there are in all lanes together. */
  shortAtOnce: number;
  shortInAll: number;
  /** Requests that take longer than this are not short. */
  shortMs: number;
  /** Sends of one account that wait in this process, and how long each waits at most. */
  waitingAtMost: number;
  waitAtMostMs: number;
  /** What is given back is tried again after this long at the latest: less than what counts as forgotten. */
  giveBackAtMostMs: number;
}

export const LANE_LIMITS: LaneLimits = {
  requestsAtOnce: 32,
  shortAtOnce: 16,
  shortInAll: 40,
  shortMs: 1000,
  waitingAtMost: 32,
  waitAtMostMs: 40_000,
  giveBackAtMostMs: 45_000,
  failuresToOpen: 8,
  openMs: 5000,
  openAtMostMs: 30_000,
  pauseAtMostMs: 15 * 60_000,
  troubleAfter: 3,
  troubleMs: 10_000,
};

/** Long requests begin one after another, at most so far apart: what begins together ends together, and is a burst for all. */
const PACE_MS = 1000;
/** What was given back comes again one after another, at least so far apart. */
const SPACING_MS = 25;
/** A request that is given back takes part of a second to come again, whatever it waits for. */
const LEAST_ESTIMATE_MS = 1000;
/** The latest requests count most for how long one takes. */
const LATEST_WEIGHT = 0.2;

export function createAccountLanes(changes: Partial<LaneLimits> = {}, clock: () => number = Date.now): AccountLanes {
  const limits = { ...LANE_LIMITS, ...changes };
  const lanes = new Map<string, Lane>();
  let shortInAll = 0;
  return {
    async run(accountId, how, work) {
      const lane = lanes.get(accountId) ?? new Lane(limits, clock);
      lanes.set(accountId, lane);
      const isShort = how.mustBeShort ?? false;
      if (isShort && (shortInAll >= limits.shortInAll || !lane.isShort)) throw new AccountBusyError('account_busy', 0);
      if (isShort) shortInAll += 1;
      try {
        return await lane.run(how, work);
      } finally {
        if (isShort) shortInAll -= 1;
        if (lane.isIdle) lanes.delete(accountId);
      }
    },
  };
}

/** One request's place in its lane, from its admission to its end. */
interface Slot {
  isProbe: boolean;
  isShort: boolean;
  hasWaited: boolean;
  sinceMs: number;
}

interface Waiter {
  how: LaneRequest;
  enter(slot: Slot): void;
  giveBack(error: Error): void;
}

class Lane {
  private readonly limits: LaneLimits;
  private readonly clock: () => number;
  private readonly breaker: AccountBreaker;
  private readonly waiters: Waiter[] = [];
  /** The oldest first. */
  private readonly running = new Set<Slot>();
  /** How long a request takes, by the latest. */
  private requestMs = 0;
  private lastBegunAtMs = 0;
  private pacing: NodeJS.Timeout | null = null;
  /** Until when what was given back has been told to come again. */
  private readonly bookedUntilMs = { account_busy: 0, provider_unavailable: 0 };

  constructor(limits: LaneLimits, clock: () => number) {
    this.limits = limits;
    this.clock = clock;
    this.breaker = new AccountBreaker(limits);
  }

  get isIdle(): boolean {
    const isKnownAsLong = this.requestMs > this.limits.shortMs;
    return this.running.size === 0 && this.waiters.length === 0 && this.breaker.isPristine && !isKnownAsLong;
  }

  /** One more request that must be short can begin at once, and will likely be. */
  get isShort(): boolean {
    const { requestsAtOnce, shortAtOnce, shortMs } = this.limits;
    if (this.running.size >= requestsAtOnce || this.requestMs > shortMs) return false;
    return this.oldestMs <= shortMs && [...this.running].filter(({ isShort }) => isShort).length < shortAtOnce;
  }

  /** How long the oldest request is under way. */
  private get oldestMs(): number {
    const [oldest] = this.running;
    return oldest ? this.clock() - oldest.sinceMs : 0;
  }

  async run<Result>(how: LaneRequest, work: (lane: LaneTurn) => Promise<Result>): Promise<Result> {
    const slot = await this.enter(how);
    let isNoted = false;
    try {
      return await work({
        hasWaited: slot.hasWaited,
        note: (result) => {
          isNoted = true;
          return this.note(result, slot);
        },
        trouble: () => this.breaker.troubleAt(this.clock()),
      });
    } finally {
      if (slot.isProbe && !isNoted) this.breaker.dropProbe();
      this.running.delete(slot);
      this.letIn();
    }
  }

  private async enter(how: LaneRequest): Promise<Slot> {
    if (this.waiters.length === 0 && this.roomInMs() === 0) return this.admit(how, false);
    if (this.waiters.length >= this.limits.waitingAtMost) throw this.busy();
    const slot = this.wait(how);
    this.letIn();
    return slot;
  }

  /** After how long the next request may begin; null while all room is taken. */
  private roomInMs(): number | null {
    const { requestsAtOnce, shortMs } = this.limits;
    if (this.running.size >= requestsAtOnce) return null;
    const paceMs = this.requestMs > shortMs ? Math.min(PACE_MS, this.requestMs / requestsAtOnce) : 0;
    return Math.max(0, this.lastBegunAtMs + paceMs - this.clock());
  }

  /** Throws AccountBusyError while the provider is left in peace. */
  private admit(how: LaneRequest, hasWaited: boolean): Slot {
    const nowMs = this.clock();
    const admission = this.breaker.admit(how.sendId, nowMs);
    if (!admission.isOpen) throw this.giveBack('provider_unavailable', admission.retryAtMs);
    const slot = { isProbe: admission.isProbe, isShort: how.mustBeShort ?? false, hasWaited, sinceMs: nowMs };
    this.running.add(slot);
    this.lastBegunAtMs = nowMs;
    return slot;
  }

  private wait(how: LaneRequest): Promise<Slot> {
    const { signal } = how;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        const at = this.waiters.indexOf(waiter);
        if (at >= 0) this.waiters.splice(at, 1);
      };
      const waiter: Waiter = {
        how,
        enter: (slot) => {
          leave();
          resolve(slot);
        },
        giveBack: (error) => {
          leave();
          reject(error);
        },
      };
      const giveUp = (): void => waiter.giveBack(this.busy());
      const timer = setTimeout(giveUp, this.limits.waitAtMostMs);
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiters.push(waiter);
      if (signal.aborted) giveUp();
    });
  }

  /** Lets those who wait in, in their order; all go back while the provider is left in peace. */
  private letIn(): void {
    if (this.pacing) clearTimeout(this.pacing);
    this.pacing = null;
    for (let next = this.waiters[0]; next; next = this.waiters[0]) {
      const roomInMs = this.roomInMs();
      if (roomInMs === null) return;
      if (roomInMs > 0) {
        this.pacing = setTimeout(() => this.letIn(), roomInMs);
        return;
      }
      try {
        next.enter(this.admit(next.how, true));
      } catch (error) {
        next.giveBack(error as Error);
      }
    }
  }

  private note(result: RequestResult, { isProbe, sinceMs }: Slot): boolean {
    const nowMs = this.clock();
    const tookMs = nowMs - sinceMs;
    this.requestMs = this.requestMs === 0 ? tookMs : this.requestMs + (tookMs - this.requestMs) * LATEST_WEIGHT;
    return this.breaker.note(result, isProbe, nowMs);
  }

  /** Those who are before it must be through first. */
  private busy(): AccountBusyError {
    const before = this.running.size + this.waiters.length;
    // Nobody knows yet how long the first ones take, but that it is longer than until now.
    const requestMs = Math.max(this.requestMs, this.oldestMs, LEAST_ESTIMATE_MS);
    const everyMs = requestMs / this.limits.requestsAtOnce;
    return this.giveBack('account_busy', this.clock() + before * everyMs, everyMs);
  }

  /** Everyone is given a time of their own, so that they do not all come back at once. */
  private giveBack(reason: AccountBusyError['reason'], earliestMs: number, everyMs = 0): AccountBusyError {
    const nowMs = this.clock();
    const atMs = Math.max(earliestMs, this.bookedUntilMs[reason]) + Math.max(SPACING_MS, everyMs);
    const latestMs = this.limits.giveBackAtMostMs;
    if (atMs - nowMs > latestMs) return new AccountBusyError(reason, latestMs * (2 / 3 + Math.random() / 3));
    this.bookedUntilMs[reason] = atMs;
    return new AccountBusyError(reason, atMs - nowMs);
  }
}
