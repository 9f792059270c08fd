import { setTimeout as delay } from 'node:timers/promises';
import type { Connector, WebhookRequest } from '../channels/connector.ts';
import { findSorted, type SortResult } from '../db/delivery-store.ts';
import { type Accept, createAccept } from './accept.ts';
import { createSort, type SortDeps } from './sort.ts';

export interface InboxDeps extends SortDeps {
  /** The business that accounts without one belong to. */
  defaultBusinessId: string;
}

export interface Inbox {
  /** For providers: durable, and sorted soon after. */
  accept: Accept;
  /** For our own callers (simulator, demo): durable and sorted. */
  ingest(connector: Connector, request: WebhookRequest): Promise<SortResult>;
  /** Finishes what is under way. What was accepted and not sorted waits for the next start. */
  stop(): Promise<void>;
}

/** What another process accepted before it died is found this soon. */
const SWEEP_MS = 1000;
/** Another process may be sorting the delivery that a caller waits for. */
const LOOK_AGAIN_MS = 20;

/** Makes the inbox: step 2 of the way of a message. See the README, "One message through the house". */
export function createInbox(deps: InboxDeps): Inbox {
  const sort = createSort(deps);
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let stopped = false;

  const sortAll = async (): Promise<void> => {
    while (!stopped && (await sort()) > 0);
  };
  /** Sorts all that was committed before the call: one pass at a time, and one more for whoever came during it. */
  const sortNow = (): Promise<void> => {
    if (!running) {
      running = sortAll().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return sortNow();
      });
    return next;
  };
  const sortSoon = (): void => {
    sortNow().catch((error: unknown) => deps.onError('deliveries wait to be sorted; it will be tried again', error));
  };

  const sweep = setInterval(sortSoon, SWEEP_MS);
  sweep.unref();
  const accept = createAccept({ ...deps, onReceived: sortSoon });

  return {
    accept,
    ingest: async (connector, request) => {
      const id = await accept(connector, request);
      for (;;) {
        await sortNow();
        const result = await findSorted(deps.db, id);
        if (result) return result;
        await delay(LOOK_AGAIN_MS);
      }
    },
    stop: async () => {
      stopped = true;
      clearInterval(sweep);
      await Promise.allSettled([running, next]);
    },
  };
}
