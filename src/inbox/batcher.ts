import { UnavailableError } from '../platform/errors.ts';

interface Entry<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit: what arrives while a batch is being stored becomes the next batch, so one statement serves many callers
 * and an idle system waits for nothing. Each caller gets its own result, after the commit of its batch.
 *
 * A batch that fails is tried again one by one, so that a poisonous item fails alone. More than `maxWaiting` items waiting
 * is refused with UnavailableError instead of growing without end.
 */
export function createBatcher<Item, Result>(
  store: (items: Item[]) => Promise<Result[]>,
  limits: { maxItems: number; maxWaiting: number },
): (item: Item) => Promise<Result> {
  const waiting: Entry<Item, Result>[] = [];
  let storing = false;

  const storeBatch = async (batch: Entry<Item, Result>[]): Promise<void> => {
    try {
      const results = await store(batch.map((entry) => entry.item));
      answer(() => {
        for (const [index, entry] of batch.entries()) entry.resolve(results[index] as Result);
      });
    } catch (error) {
      if (batch.length === 1) return batch[0]?.reject(error);
      for (const entry of batch) await storeBatch([entry]);
    }
  };
  /** The next batch goes out first: the database works on it while we write this one's answers. */
  const answer = (resolveAll: () => void): void => {
    if (waiting.length > 0) setImmediate(resolveAll);
    else resolveAll();
  };
  const drain = async (): Promise<void> => {
    storing = true;
    while (waiting.length > 0) await storeBatch(waiting.splice(0, limits.maxItems));
    storing = false;
  };

  return (item) => {
    if (waiting.length >= limits.maxWaiting)
      return Promise.reject(new UnavailableError('Too many events are waiting to be stored.'));
    return new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!storing) void drain();
    });
  };
}
