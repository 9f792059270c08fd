import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../platform/database/client.ts';
import {
  type Admission,
  capDueTimes,
  claimDue,
  type DispatchedBurst,
  type DueConversation,
  markDispatched,
  postponeDispatch,
} from './store.ts';

export interface RelayDeps {
  db: Database;
  /** Hands a burst to its workflow; resolves once Temporal has it. */
  deliver: (conversation: DueConversation) => Promise<void>;
  onError: (message: string, error: unknown) => void;
}

export interface Relay {
  /** Something may be due: look now. Cheap, and may be called for every event. */
  wake(): void;
  /** All that is admitted is under way, and more is due: what comes in now waits in any case. */
  isFull(): boolean;
  /** Finishes what is under way and stops. */
  stop(): Promise<void>;
}

/** A relay that died holds its conversations this long. Longer than a signal may take, shorter than a customer's retryBudget. */
const LEASE_MS = 20_000;
/** Signals under way at once. */
const CONCURRENCY = 48;
/**
 * Turns handed over that are not through yet: those of a model until they begin to wait for it, all others until their answer is
 * stored. Enough to keep two cores at work; few enough that an overload waits in PostgreSQL, where the oldest comes first, bursts go
 * on growing together and each business has its turn, instead of in Temporal and in the worker.
 */
const ADMISSION: Admission = { turns: 12, turnsOfOne: 8 };
/** How often it is looked whether more may be handed over, while all that is admitted is under way. */
const FULL_MS = 25;
/** Even unwoken (another process stored the event and died), the relay looks this often. */
const SWEEP_MS = 1000;
const MAX_BACKOFF_MS = 15_000;
/** How often it is looked whether the clock was set back. */
const CLOCK_MS = 5000;

/**
 * Step 3: takes conversations whose events are due and hands each burst over as one signal. Stateless: leases in PostgreSQL
 * make any number of relays safe, and whatever one leaves behind another picks up. While Temporal is away the events wait.
 */
export function startRelay(deps: RelayDeps): Relay {
  let stopped = false;
  let woken: () => void = () => {};
  let isWoken = false;
  let backoffMs = 0;
  let isFull = false;
  let clockLookedAtMs = Number.NEGATIVE_INFINITY;
  const underWay = new Set<Promise<void>>();

  const wake = (): void => {
    isWoken = true;
    woken();
  };
  const pause = async (ms: number): Promise<void> => {
    if (isWoken) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      woken = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  };

  const dispatched = createSettler(deps);
  const deliver = async (conversation: DueConversation): Promise<void> => {
    const { conversationId, claimedSeq, events, expectsTurn } = conversation;
    try {
      if (events.length > 0) await deps.deliver(conversation);
      backoffMs = 0;
      await dispatched({ conversationId, upToSeq: events.at(-1)?.seq ?? 0, claimedSeq, expectsTurn });
    } catch (error) {
      backoffMs = Math.min(MAX_BACKOFF_MS, Math.max(250, backoffMs * 2));
      deps.onError('the relay could not hand a burst over; it will try again', error);
      await postponeDispatch(deps.db, [conversationId], backoffMs).catch(() => {});
    }
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      isWoken = false;
      try {
        if (performance.now() - clockLookedAtMs >= CLOCK_MS) {
          await capDueTimes(deps.db, LEASE_MS);
          clockLookedAtMs = performance.now();
        }
        const free = CONCURRENCY - underWay.size;
        if (free === 0) {
          await pause(SWEEP_MS);
          continue;
        }
        const { conversations, msUntilNext } = await claimDue(deps.db, free, LEASE_MS, ADMISSION);
        for (const conversation of conversations) {
          const task: Promise<void> = deliver(conversation).finally(() => {
            underWay.delete(task);
            wake();
          });
          underWay.add(task);
        }
        // What is due and was not leased is not admitted yet; new events change nothing about that.
        isFull = msUntilNext !== null && msUntilNext <= 0;
        if (isFull) await sleep(FULL_MS);
        else await pause(Math.min(SWEEP_MS, Math.max(1, Math.ceil(msUntilNext ?? SWEEP_MS))));
      } catch (error) {
        deps.onError('the relay cannot reach the database; it will try again', error);
        isWoken = false;
        await pause(SWEEP_MS);
      }
    }
    await Promise.allSettled(underWay);
  };
  const running = run();

  return {
    wake,
    isFull: () => isFull,
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}

/** Marks dispatched conversations together: one statement for all that finished while the last one ran. */
function createSettler(deps: RelayDeps): (done: DispatchedBurst) => Promise<void> {
  let waiting: DispatchedBurst[] = [];
  let flushing: Promise<void> | null = null;
  const flush = async (): Promise<void> => {
    await Promise.resolve();
    const done = waiting;
    waiting = [];
    flushing = null;
    await markDispatched(deps.db, done);
  };
  return (done) => {
    waiting.push(done);
    flushing ??= flush();
    return flushing;
  };
}
