/** When work begins. */
const MORNING_HOUR = 9;
const HOUR_MS = 3_600_000;

export interface SnoozeChoice {
  words: string;
  atMs: number;
}

/** The usual times to be reminded at, in this machine's zone. The week begins on Saturday in Persian, else on Monday. */
export function snoozeChoices(nowMs: number, locale: string): SnoozeChoice[] {
  const firstWeekday = locale === 'fa' ? 6 : 1;
  const morningIn = (days: number) => {
    const at = new Date(nowMs);
    at.setDate(at.getDate() + days);
    at.setHours(MORNING_HOUR, 0, 0, 0);
    return at.getTime();
  };
  const daysToWeek = (firstWeekday - new Date(nowMs).getDay() + 7) % 7 || 7;
  return [
    { words: 'hour', atMs: nowMs + HOUR_MS },
    { words: 'three_hours', atMs: nowMs + 3 * HOUR_MS },
    { words: 'tomorrow', atMs: morningIn(1) },
    { words: 'next_week', atMs: morningIn(daysToWeek) },
  ];
}
