import { describe, expect, it } from 'vitest';
import { type Comparison, readComparison } from '../../../../src/replies/reading/comparisons.ts';

describe('readComparison', () => {
  it.each<[string, Comparison]>([
    ['سبک‌تره کدومه؟', { scale: 'weight', which: 'least' }],
    ['کوچیکه رو می‌خوام', { scale: 'size', which: 'least' }],
    ['بزرگ‌ترینش چنده؟', { scale: 'size', which: 'most' }],
    ['which one is lighter?', { scale: 'weight', which: 'least' }],
    ['the biggest one please', { scale: 'size', which: 'most' }],
    ['which lasts longer?', { scale: 'keeping', which: 'most' }],
    ['کدوم بیشتر می‌مونه؟', { scale: 'keeping', which: 'most' }],
  ])('reads by what %j tells one from the others', (line, comparison) => {
    expect(readComparison(line)?.comparison).toEqual(comparison);
  });

  it.each(['سایز بزرگ دارید؟', 'خیلی سبکه؟ ', 'do you have a large bag?', 'light blue', ''])(
    'sees that %j compares nothing',
    (line) => expect(readComparison(line)).toBeNull(),
  );
});
