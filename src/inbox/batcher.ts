import { UnavailableError } from '../platform/errors.ts';

interface Entry<Item, Result> {
  item: Item;
  isWanted: () => boolean;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

export interface BatchLimits {
  maxItems: number;
  /** More waiting items are refused. */
  maxWaiting: number;
  /** A batch that takes longer does not hold back those behind it any more. */
  patienceMs: number;
  /** Batches under way, slow ones included. */
  maxUnderWay: number;
  /** Whether a batch's failure may be the fault of one item, which then fails alone. */
  mayBlameItem: (error: unknown) => boolean;
}

/**
 * Group commit: what arrives while a batch is being stored becomes the next batch, so one statement serves many callers
 * and an idle system waits for nothing. Each caller gets its own result, after the commit of its batch.
 *
 * Batches go one after the other, except past one that hangs. One that fails through an item is tried again item by item.
 * What its caller does not want any more when its turn comes is not stored. Throws UnavailableError for what is refused.
 */
export function createBatcher<Item, Result>(
  store: (items: Item[]) => Promise<Result[]>,
  limits: BatchLimits,
): (item: Item, isWanted?: () => boolean) => Promise<Result> {
  const waiting: Entry<Item, Result>[] = [];
  let underWay = 0;
  let slow = 0;

  const storeBatch = async (batch: Entry<Item, Result>[]): Promise<void> => {
    try {
      const results = await store(batch.map((entry) => entry.item));
      answer(() => {
        for (const [index, entry] of batch.entries()) entry.resolve(results[index] as Result);
      });
    } catch (error) {
      if (batch.length === 1 || !limits.mayBlameItem(error)) {
        for (const entry of batch) entry.reject(error);
        return;
      }
      for (const entry of batch) await storeBatch([entry]);
    }
  };
  /** The next batch goes out first: the database works on it while we write this one's answers. */
  const answer = (resolveAll: () => void): void => {
    if (waiting.length > 0) setImmediate(resolveAll);
    else resolveAll();
  };
  const takeBatch = (): Entry<Item, Result>[] => {
    return waiting.splice(0, limits.maxItems).filter((entry) => {
      const isWanted = entry.isWanted();
      if (!isWanted) entry.reject(new UnavailableError('Nobody waits for it any more.'));
      return isWanted;
    });
  };
  const storeNext = (): void => {
    while (waiting.length > 0 && underWay === slow && underWay < limits.maxUnderWay) {
      const batch = takeBatch();
      if (batch.length > 0) begin(batch);
    }
  };
  const begin = (batch: Entry<Item, Result>[]): void => {
    let isSlow = false;
    underWay += 1;
    const timer = setTimeout(() => {
      isSlow = true;
      slow += 1;
      storeNext();
    }, limits.patienceMs);
    void storeBatch(batch).finally(() => {
      clearTimeout(timer);
      underWay -= 1;
      if (isSlow) slow -= 1;
      storeNext();
    });
  };

  return (item, isWanted = () => true) => {
    if (waiting.length >= limits.maxWaiting)
      return Promise.reject(new UnavailableError('Too many events are waiting to be stored.'));
    return new Promise((resolve, reject) => {
      waiting.push({ item, isWanted, resolve, reject });
      storeNext();
    });
  };
}
