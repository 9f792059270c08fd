import type { Language } from '../text/message.ts';
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
  const tell = (time: string) => {
    const [hour = '0', minute = '0'] = time.split(':');
    const digits = new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : 'en-US');
    const padded = new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : 'en-US', { minimumIntegerDigits: 2 });
    return Number(minute) === 0
      ? digits.format(Number(hour))
      : `${digits.format(Number(hour))}:${padded.format(Number(minute))}`;
  };
  const days = ORDER[language].map((weekday) => {
    const name = WEEKDAYS[language][weekday];
    const times = hours
      .filter((time) => time.weekday === weekday)
      .map(({ from, to }) => (language === 'fa' ? `از ${tell(from)} تا ${tell(to)}` : `${tell(from)} to ${tell(to)}`));
    if (times.length === 0) return language === 'fa' ? `${name} تعطیل` : `${name} closed`;
    return `${name} ${times.join(language === 'fa' ? ' و ' : ' and ')}`;
  });
  return [language === 'fa' ? `ساعت کاری: ${days.join('، ')}` : `Opening hours: ${days.join(', ')}`];
}
