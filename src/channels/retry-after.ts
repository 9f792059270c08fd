/** A provider that asks for more than a day is taken to mean a day. */
const LONGEST_MS = 86_400_000;

/**
 * Reads a Retry-After header (seconds or an HTTP date) as milliseconds from `nowMs`; null when absent or unreadable.
 */
export function readRetryAfterMs(header: string | string[] | undefined, nowMs: number): number | null {
  const value = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!value) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Math.ceil(Number(value) * 1000), LONGEST_MS);
  // Date.parse takes almost anything with a number in it; an HTTP date always names its day first.
  if (!/^[A-Za-z]{3,9},? /.test(value)) return null;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? null : Math.min(Math.max(0, atMs - nowMs), LONGEST_MS);
}
