/** What a list of measured times says, in milliseconds. */
export interface Latency {
  count: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** Nearest-rank percentile of an ascending list; NaN for an empty one. */
export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
}

/** Sums a list of times up. */
export function latencyOf(timesMs: readonly number[]): Latency {
  const ascending = [...timesMs].sort((a, b) => a - b);
  return {
    count: ascending.length,
    p50Ms: round(percentile(ascending, 0.5)),
    p95Ms: round(percentile(ascending, 0.95)),
    p99Ms: round(percentile(ascending, 0.99)),
    maxMs: round(ascending.at(-1) ?? Number.NaN),
  };
}

/** The middle one: rounds that another program disturbed do not move it. */
export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.length >> 1;
  const upper = ascending[middle] ?? Number.NaN;
  return ascending.length % 2 === 1 ? upper : ((ascending[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Two digits after the point are all that these measurements can tell. */
export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** Milliseconds since the epoch with fractions, comparable between processes of one machine. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
