/** Does `work` for each item, so many at a time. Begins no more once one has failed, and rejects with the first failure. */
export async function forEachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  let hasFailed = false;
  const takeOnes = async (): Promise<void> => {
    for (const item of left) {
      if (hasFailed) return;
      try {
        await work(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const lines = Array.from({ length: Math.min(atOnce, items.length) }, takeOnes);
  const failure = (await Promise.allSettled(lines)).find((end) => end.status === 'rejected');
  if (failure) throw failure.reason;
}
