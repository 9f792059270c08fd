import { describe, expect, it } from 'vitest';
import { tellHours } from '../../../src/replies/business-hours.ts';

const HOURS = [
  { weekday: 6, from: '10:00', to: '18:00' },
  { weekday: 0, from: '10:00', to: '13:30' },
  { weekday: 0, from: '16:00', to: '20:00' },
];

describe('tellHours', () => {
  it('names each day with its times, and the days without', () => {
    expect(tellHours(HOURS, 'fa')).toEqual([
      'ساعت کاری: شنبه از ۱۰ تا ۱۸، یکشنبه از ۱۰ تا ۱۳:۳۰ و از ۱۶ تا ۲۰، دوشنبه تعطیل، سه‌شنبه تعطیل، چهارشنبه تعطیل، پنجشنبه تعطیل، جمعه تعطیل',
    ]);
    expect(tellHours(HOURS, 'en')[0]).toMatch(
      /^Opening hours: Monday closed, .*Saturday 10 to 18, Sunday 10 to 13:30 and 16 to 20$/,
    );
  });

  it('tells nothing where the shop set nothing', () => {
    expect(tellHours(null, 'fa')).toEqual([]);
    expect(tellHours([], 'en')).toEqual([]);
  });
});
