/** The calendar and digits of the reader: Jalali for Persian. */
function localeTag(locale: string): string {
  return locale === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB';
}

/** A point in time as the reader writes it. An unreadable one becomes an empty text. */
export function formatMoment(iso: string, locale: string, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  return new Intl.DateTimeFormat(localeTag(locale), { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);
}

/** Only the clock on the day of `nowMs`, else day and clock: what fits beside a message. */
export function formatShortMoment(iso: string, locale: string, nowMs: number, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const day = new Intl.DateTimeFormat(localeTag(locale), { dateStyle: 'short', timeZone });
  const isToday = day.format(at) === day.format(nowMs);
  const form: Intl.DateTimeFormatOptions = isToday
    ? { hour: '2-digit', minute: '2-digit' }
    : { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(localeTag(locale), { ...form, timeZone }).format(at);
}

/** The clock alone, for a line below the name of its day. */
export function formatClock(iso: string, locale: string, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  return new Intl.DateTimeFormat(localeTag(locale), { hour: '2-digit', minute: '2-digit', timeZone }).format(at);
}

/** A day by its name: weekday, day and month, and the year when it is another one. */
export function formatDay(iso: string, locale: string, nowMs: number, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const tag = localeTag(locale);
  const year = new Intl.DateTimeFormat(tag, { year: 'numeric', timeZone });
  const isThisYear = year.format(at) === year.format(nowMs);
  const form: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', timeZone };
  return new Intl.DateTimeFormat(tag, isThisYear ? form : { ...form, year: 'numeric' }).format(at);
}

type Unit = 'day' | 'hour' | 'minute' | 'second';

function formatUnit(value: number, unit: Unit, locale: string): string {
  return new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en', { style: 'unit', unit, unitDisplay: 'long' }).format(
    value,
  );
}

/** A time span in its two largest units; below a minute in seconds. Null when nothing is left. */
export function formatRemaining(leftMs: number, locale: string): string | null {
  if (leftMs <= 0) return null;
  const seconds = Math.ceil(leftMs / 1000);
  if (seconds < 60) return formatUnit(seconds, 'second', locale);
  const minutes = Math.floor(seconds / 60);
  const parts: [number, Unit][] = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ];
  const shown = parts.filter(([value]) => value > 0).slice(0, 2);
  const words = shown.map(([value, unit]) => formatUnit(value, unit, locale));
  return new Intl.ListFormat(locale === 'fa' ? 'fa' : 'en', { type: 'unit', style: 'long' }).format(words);
}

export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en').format(value);
}

/** An hour of the day, from 0, as a clock shows it. */
export function formatHour(hour: number, locale: string): string {
  const options = { hour: '2-digit', minute: '2-digit', timeZone: 'UTC', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(locale === 'fa' ? 'fa-IR' : 'en', options).format(hour * 3_600_000);
}

/** The value of a `datetime-local` input for a point in time, in this machine's zone. */
export function toLocalInput(atMs: number): string {
  const at = new Date(atMs);
  return new Date(atMs - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
