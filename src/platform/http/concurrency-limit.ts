export interface ConcurrencyLimits {
  /** Altogether, and of one key. */
  maxAtOnce: number;
  maxOfKey: number;
  /** Of one key; whoever comes beyond is turned away at once. */
  maxWaitingOfKey: number;
  maxWaitMs: number;
  /** A key that was blamed gets one place only for so long. */
  blameMs: number;
}

export interface Slot {
  /** Gives the place to the next. Call it once. */
  release(): void;
}

export interface ConcurrencyLimit {
  /** Resolves with a place, or with null when it would take too long. */
  enter(key: string): Promise<Slot | null>;
  /** It held its place for nothing: those of the other keys go first for a while. */
  blame(key: string): void;
}

interface Waiting {
  key: string;
  start(): void;
}

/** Blames that are remembered at a time. */
const MAX_BLAMED = 1000;

/** Lets so many work at once that none of many keys can hold all places. Of this process only. */
export function createConcurrencyLimit(
  limits: ConcurrencyLimits,
  clock: () => number = () => performance.now(),
): ConcurrencyLimit {
  const inside = new Map<string, number>();
  const blamedUntil = new Map<string, number>();
  const waiting: Waiting[] = [];
  let total = 0;

  const placesOf = (key: string) => ((blamedUntil.get(key) ?? 0) > clock() ? 1 : limits.maxOfKey);
  const isFree = (key: string) => total < limits.maxAtOnce && (inside.get(key) ?? 0) < placesOf(key);

  function take(key: string): Slot {
    total++;
    inside.set(key, (inside.get(key) ?? 0) + 1);
    return {
      release() {
        total--;
        const left = (inside.get(key) ?? 1) - 1;
        if (left === 0) inside.delete(key);
        else inside.set(key, left);
        const next = waiting.findIndex((one) => isFree(one.key));
        if (next >= 0) waiting.splice(next, 1)[0]?.start();
      },
    };
  }

  return {
    async enter(key) {
      if (isFree(key)) return take(key);
      if (waiting.filter((one) => one.key === key).length >= limits.maxWaitingOfKey) return null;
      return new Promise((resolve) => {
        const one: Waiting = {
          key,
          start() {
            clearTimeout(timer);
            resolve(take(key));
          },
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(one), 1);
          resolve(null);
        }, limits.maxWaitMs);
        waiting.push(one);
      });
    },
    blame(key) {
      blamedUntil.delete(key);
      blamedUntil.set(key, clock() + limits.blameMs);
      const [oldest] = blamedUntil.keys();
      if (blamedUntil.size > MAX_BLAMED && oldest !== undefined) blamedUntil.delete(oldest);
    },
  };
}
