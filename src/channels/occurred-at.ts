const DAY_MS = 86_400_000;

/**
 * Providers give up repeating a delivery after 36 hours, so a time a week old is no late message but a wrong clock or a
 * sample. Times up to then stand: they decide whether the reply window is still open.
 */
const OLDEST_MS = 7 * DAY_MS;
/** How far a provider's clock may run ahead of ours. */
const AHEAD_MS = 5 * 60_000;

export interface OccurredAt {
  occurredAtMs: number;
  /** True when the provider's time was missing or absurd and the receive time stands in. */
  timeFlagged: boolean;
}

/**
 * Takes a provider's time (seconds, milliseconds, microseconds, digits in a string, or ISO) or else the receive time.
 */
export function readOccurredAt(raw: unknown, receivedAtMs: number): OccurredAt {
  const occurredAtMs = toMilliseconds(raw);
  const isPlausible =
    occurredAtMs !== null && occurredAtMs >= receivedAtMs - OLDEST_MS && occurredAtMs <= receivedAtMs + AHEAD_MS;
  return isPlausible ? { occurredAtMs, timeFlagged: false } : { occurredAtMs: receivedAtMs, timeFlagged: true };
}

function toMilliseconds(raw: unknown): number | null {
  if (typeof raw === 'number') return fromEpoch(raw);
  if (typeof raw !== 'string') return null;
  const text = raw.trim();
  if (/^-?\d+(\.\d+)?$/.test(text)) return fromEpoch(Number(text));
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return null;
  // A time without a zone would be read in the server's own; providers that omit it mean UTC.
  const hasZone = /(z|[+-]\d{2}:?\d{2})$/i.test(text) || text.length === 10;
  const parsed = Date.parse(hasZone ? text : `${text}Z`);
  return Number.isNaN(parsed) ? null : parsed;
}

/** The unit follows from the size: seconds have 10 digits nowadays, milliseconds 13, microseconds 16. */
function fromEpoch(value: number): number | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  if (value < 1e11) return Math.round(value * 1000);
  if (value < 1e14) return Math.round(value);
  if (value < 1e17) return Math.round(value / 1000);
  return null;
}
