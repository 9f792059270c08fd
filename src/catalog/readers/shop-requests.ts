import type { SafeFetch, SafeRequest } from '../../platform/safe-fetch/safe-fetch.ts';

export interface ShopRequestLimits {
  /** Requests to all shops at once. */
  atOnce: number;
  /** Of them such as may bring a whole feed into memory. */
  largeAtOnce: number;
}

/** A shop is asked for four pages at a time at most. */
const REQUESTS_OF_SHOP = 4;
const LARGE_AT_ONCE = 12;
const LARGE_BYTES = 8 * 1024 * 1024;

/** What `shops` shops need to be read side by side at full speed. */
export function limitsFor(shops: number): ShopRequestLimits {
  const atOnce = shops * REQUESTS_OF_SHOP;
  return { atOnce, largeAtOnce: Math.min(atOnce, LARGE_AT_ONCE) };
}

/**
 * Bounds the requests to shops. Who waits does so in turn, request by request: a slow shop holds its place for as long as one
 * request may take, and never for as long as it is read. The time of a request begins when it is its turn.
 */
export function limitShopRequests(fetchSafely: SafeFetch, { atOnce, largeAtOnce }: ShopRequestLimits): SafeFetch {
  const all = createTurns(atOnce);
  const large = createTurns(largeAtOnce);
  const isLarge = ({ maxBytes }: SafeRequest) => maxBytes > LARGE_BYTES;
  return (input) => {
    const ask = () => all(input.signal, () => fetchSafely(input));
    return isLarge(input) ? large(input.signal, ask) : ask();
  };
}

/** Runs `work` when it is its turn, first come first served. One that is called off while it waits gives its turn away. */
type Turns = <Result>(signal: AbortSignal | undefined, work: () => Promise<Result>) => Promise<Result>;

function createTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const take = (signal: AbortSignal | undefined): Promise<void> => {
    signal?.throwIfAborted();
    if (free > 0) {
      free--;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(begin);
    });
  };
  const giveBack = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return async (signal, work) => {
    await take(signal);
    try {
      return await work();
    } finally {
      giveBack();
    }
  };
}
