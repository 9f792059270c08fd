import { describe, expect, it } from 'vitest';
import { persianPattern, readLatin } from '../../../src/text/latin-persian.ts';

const means = (latin: string, persian: string) => new RegExp(persianPattern(latin) ?? '(?!)', 'u').test(persian);

describe('persianPattern', () => {
  it.each([
    ['kif', 'کیف'],
    ['zanane', 'زنانه'],
    ['zananeh', 'زنانه'],
    ['mardane', 'مردانه'],
    ['kafsh', 'کفش'],
    ['kafshe', 'کفش'],
    ['kifhatoon', 'کیف'],
    ['charmi', 'چرمی'],
    ['shalvar', 'شلوار'],
    ['rusari', 'روسری'],
    ['roosari', 'روسری'],
    ['meshki', 'مشکی'],
    ['ghermez', 'قرمز'],
    ['qermez', 'قرمز'],
    ['sefid', 'سفید'],
    ['abi', 'ابی'],
    ['saat', 'ساعت'],
    ['eynak', 'عینک'],
    ['tala', 'طلا'],
    ['angoshtar', 'انگشتر'],
    ['gooshvare', 'گوشواره'],
    ['goshi', 'گوشی'],
    ['siyah', 'سیاه'],
    ['xaki', 'خاکی'],
    ['bachegane', 'بچگانه'],
    ['tappe', 'تپه'],
  ])('reads “%s” as «%s»', (latin, persian) => {
    expect(means(latin, persian)).toBe(true);
  });

  it.each([
    ['kif', 'کف'],
    ['kif', 'کیفی'],
    ['kafsh', 'کشف'],
    ['zanane', 'زن'],
    ['sefid', 'سفیر'],
    ['mardane', 'مرد'],
    ['goshi', 'گوش'],
  ])('does not read “%s” as «%s»', (latin, persian) => {
    expect(means(latin, persian)).toBe(false);
  });

  it.each(['', 'ab', 'a55', 'کیف', 'wh-1000', 'a'.repeat(21)])('makes nothing of “%s”', (word) => {
    expect(persianPattern(word)).toBeNull();
  });
});

describe('readLatin', () => {
  it.each([
    [['salam', 'kif', 'darid'], 'persian'],
    [['kifha'], 'persian'],
    [['کیف', 'charmi'], 'persian'],
    [['do', 'you', 'sell', 'cards'], 'english'],
    [['send', 'now'], 'english'],
    [['kif', 'charmi'], 'unknown'],
    [['band'], 'unknown'],
  ])('takes %j for %s', (words, language) => {
    expect(readLatin(words)).toBe(language);
  });
});
