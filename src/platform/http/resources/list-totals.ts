/** A total that took longer than this to count is told again for a while instead of being counted for every page. */
const SLOW_MS = 10;
/** A busy machine makes small lists slow too; their totals are seen to be wrong at once. */
const MIN_COUNT = 10_000;
const KEPT_MS = 30_000;
const MAX_KEPT = 500;

interface Total {
  count: number;
  endsAtMs: number;
}

/** By database, because tests and tools open several. */
const totalsOf = new WeakMap<object, Map<string, Total>>();

/**
 * The number of all rows of a list. Counting a hundred thousand rows takes far longer than reading a page of them, and
 * nobody sees whether such a number is half a minute old; small ones are counted anew each time, and are exact.
 */
export async function rememberTotal(db: object, list: string, count: () => Promise<number>): Promise<number> {
  const totals = totalsOf.get(db) ?? new Map<string, Total>();
  totalsOf.set(db, totals);
  const startedAtMs = performance.now();
  const known = totals.get(list);
  if (known && known.endsAtMs > startedAtMs) return known.count;
  const counted = await count();
  const nowMs = performance.now();
  totals.delete(list);
  if (nowMs - startedAtMs > SLOW_MS && counted > MIN_COUNT) {
    totals.set(list, { count: counted, endsAtMs: nowMs + KEPT_MS });
    const oldest = totals.keys().next().value;
    if (totals.size > MAX_KEPT && oldest !== undefined) totals.delete(oldest);
  }
  return counted;
}
