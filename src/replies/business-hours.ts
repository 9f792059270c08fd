import type { Language } from '../text/message.ts';
import { wordsOf } from '../text/persian.ts';
import type { OpeningHours } from './reply-context.ts';

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  fa: ['یکشنبه', 'دوشنبه', 'سه‌شنبه', 'چهارشنبه', 'پنجشنبه', 'جمعه', 'شنبه'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};
/** The week begins on Saturday in Persian, on Monday in English. */
const ORDER: Readonly<Record<Language, readonly number[]>> = { fa: [6, 0, 1, 2, 3, 4, 5], en: [1, 2, 3, 4, 5, 6, 0] };

/** The shop's opening hours as a fact for answers, each day by its name; nothing where the settings say none. Pure. */
export function tellHours(hours: readonly OpeningHours[] | null, language: Language): string[] {
  if (hours === null || hours.length === 0) return [];
  const days = ORDER[language].map((weekday) => {
    const name = WEEKDAYS[language][weekday];
    const times = timesOf(hours, weekday, language);
    if (times.length === 0) return language === 'fa' ? `${name} تعطیل` : `${name} closed`;
    return `${name} ${times.join(language === 'fa' ? ' و ' : ' and ')}`;
  });
  return [language === 'fa' ? `ساعت کاری: ${days.join('، ')}` : `Opening hours: ${days.join(', ')}`];
}

function timesOf(hours: readonly OpeningHours[], weekday: number, language: Language): string[] {
  const digits = new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : 'en-US');
  const padded = new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : 'en-US', { minimumIntegerDigits: 2 });
  const tell = (time: string) => {
    const [hour = '0', minute = '0'] = time.split(':');
    const whole = digits.format(Number(hour));
    return Number(minute) === 0 ? whole : `${whole}:${padded.format(Number(minute))}`;
  };
  return hours
    .filter((time) => time.weekday === weekday)
    .map(({ from, to }) => (language === 'fa' ? `از ${tell(from)} تا ${tell(to)}` : `${tell(from)} to ${tell(to)}`));
}

/** When the shop is open on one day of the week (0 is Sunday), as a sentence. Pure. */
export function tellDay(hours: readonly OpeningHours[], weekday: number, language: Language): string {
  const name = WEEKDAYS[language][weekday];
  const times = timesOf(hours, weekday, language);
  if (times.length === 0) return language === 'fa' ? `${name} تعطیل هستیم.` : `We are closed on ${name}.`;
  return language === 'fa'
    ? `${name} ${times.join(' و ')} باز هستیم.`
    : `On ${name} we are open from ${times.join(' and from ')}.`;
}

const dayForm = (names: string, before = '') =>
  new RegExp(`(?<!\\p{L})${before}(?:${names})(?:s|ها|ا|ی)?(?!\\p{L})`, 'u');
/** «شنبه» stands at the end of five other days. */
const DAYS: readonly (readonly [weekday: number, said: RegExp])[] = [
  [0, dayForm('یک ?شنبه|yek ?shanbe|sunday|sun')],
  [1, dayForm('دو ?شنبه|do ?shanbe|monday|mon')],
  [2, dayForm('سه ?شنبه|se ?shanbe|tuesday|tue')],
  [3, dayForm('چهار ?شنبه|chahar ?shanbe|wednesday|wed')],
  [4, dayForm('پنج ?شنبه|پنشنبه|panj ?shanbe|thursday|thu')],
  [5, dayForm('جمعه|jome|friday|fri')],
  [6, dayForm('شنبه|shanbe|saturday|sat', '(?<!(?:یک|دو|سه|چهار|پنج|yek|do|se|chahar|panj) )')],
];
const TODAY = /(?<!\p{L})(?:امروز|امشب|الان|emrooz|emroz|emshab|alan|today|tonight|now)(?!\p{L})/u;
const TOMORROW = /(?<!\p{L})(?<!پس ?)(?:فردا|farda|tomorrow)(?!\p{L})/u;

/** The days of the week that a text names, in their order; `today` is the shop's own. Pure. */
export function readWeekdays(text: string, today: number | null): number[] {
  const words = wordsOf(text).join(' ');
  const named = DAYS.filter(([, said]) => said.test(words)).map(([weekday]) => weekday);
  if (named.length > 0 || today === null) return named;
  if (TODAY.test(words)) return [today];
  return TOMORROW.test(words) ? [(today + 1) % 7] : [];
}

/** The day of the week at a moment in a time zone, 0 for Sunday; null where the zone is not known. Pure. */
export function weekdayIn(timeZone: string, at: Date): number | null {
  try {
    const name = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone }).format(at);
    const weekday = WEEKDAYS.en.indexOf(name);
    return weekday >= 0 ? weekday : null;
  } catch {
    return null;
  }
}
