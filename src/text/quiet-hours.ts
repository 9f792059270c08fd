import { DateTime } from 'luxon';

/** Local times `HH:MM`; the end is exclusive and may lie past midnight. */
export interface QuietHours {
  start: string;
  end: string;
}

const MINUTE_MS = 60_000;

/** Tells whether `atMs` lies in the quiet hours of an IANA zone. */
export function isQuiet(quietHours: QuietHours | null, timeZone: string, atMs: number): boolean {
  if (!quietHours || quietHours.start === quietHours.end) return false;
  const local = DateTime.fromMillis(atMs, { zone: timeZone }).toFormat('HH:mm');
  return quietHours.start < quietHours.end
    ? local >= quietHours.start && local < quietHours.end
    : local >= quietHours.start || local < quietHours.end;
}

/** The first moment at or after `atMs` that is not quiet. */
export function afterQuietHours(quietHours: QuietHours | null, timeZone: string, atMs: number): number {
  if (!quietHours || !isQuiet(quietHours, timeZone, atMs)) return atMs;
  const at = DateTime.fromMillis(atMs, { zone: timeZone });
  const [hour, minute] = quietHours.end.split(':').map(Number);
  const end = at.set({ hour: hour ?? 0, minute: minute ?? 0, second: 0, millisecond: 0 });
  let endMs = (end > at ? end : end.plus({ days: 1 })).toMillis();
  // On the day when clocks change the end may be left out, or come twice.
  while (isQuiet(quietHours, timeZone, endMs)) endMs += MINUTE_MS;
  while (endMs - MINUTE_MS > atMs && !isQuiet(quietHours, timeZone, endMs - MINUTE_MS)) endMs -= MINUTE_MS;
  return endMs;
}
