import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, WebhookRequest } from '../channels/channel.ts';
import { type Accept, type AcceptDeps, createAccept } from './accept.ts';
import { findSorted, type SortResult } from './delivery-store.ts';
import { createSort, type SortDeps } from './sort.ts';

export interface InboxDeps extends SortDeps, Pick<AcceptDeps, 'credentials' | 'tracing'> {
  /** What is sorted now has to wait all the same. */
  isFull?: () => boolean;
}

export interface Inbox {
  /** For providers: durable, and sorted soon after. */
  accept: Accept;
  /** For our own callers (simulator, demo): durable and sorted. */
  ingest(channel: Channel, request: WebhookRequest): Promise<SortResult>;
  /** Finishes what is under way. What was accepted and not sorted waits for the next start. */
  stop(): Promise<void>;
}

/** What another process accepted before it died is found this soon. */
const SWEEP_MS = 1000;
/** While more comes in than is sorted, acknowledging goes first: sorting rests this many times as long as it works. */
const YIELD = 2;
/** While all that can be answered is under way, what came in is sorted this seldom, and so in larger batches: each costs as much. */
const FULL_REST_MS = 200;
/** Another process may be sorting the delivery that a caller waits for. */
const LOOK_AGAIN_MS = 20;

/** Makes the inbox: step 2 of the way of a message; see the README. */
export function createInbox(deps: InboxDeps): Inbox {
  const sort = shareCalls(createSort(deps));
  let wanted = false;
  let running: Promise<void> | null = null;
  let stopped = false;

  const run = async (): Promise<void> => {
    while (wanted && !stopped) {
      wanted = false;
      try {
        const begunAt = performance.now();
        const isMore = await sort();
        if (deps.isFull?.()) await delay(FULL_REST_MS);
        else if (isMore && wanted) await delay(YIELD * (performance.now() - begunAt));
        if (isMore) wanted = true;
      } catch (error) {
        deps.onError('deliveries wait to be sorted; it will be tried again', error);
      }
    }
    running = null;
  };
  const sortSoon = (): void => {
    wanted = true;
    running ??= run();
  };

  const sweep = setInterval(sortSoon, SWEEP_MS);
  sweep.unref();
  const accept = createAccept({ ...deps, onReceived: sortSoon });

  return {
    accept,
    ingest: async (channel, request) => {
      const id = await accept(channel, request);
      for (;;) {
        const failed = await sort().then(
          () => null,
          (error: unknown) => ({ error }),
        );
        const result = await findSorted(deps.db, id);
        if (result) return result;
        if (failed) throw failed.error;
        await delay(LOOK_AGAIN_MS);
      }
    },
    stop: async () => {
      stopped = true;
      clearInterval(sweep);
      await running;
    },
  };
}

/**
 * One call of `work` at a time. Whoever asks during one shares the next with all others who do: it begins after they asked,
 * so it sees what they committed before.
 */
function shareCalls<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | null = null;
  let next: Promise<Result> | null = null;
  const start = (): Promise<Result> => {
    running = work().finally(() => {
      running = null;
    });
    return running;
  };
  const startNext = (): Promise<Result> => {
    next = null;
    return start();
  };
  return () => {
    if (next) return next;
    if (!running) return start();
    next = running.then(startNext, startNext);
    return next;
  };
}
