import { describe, expect, it } from 'vitest';
import { maskPhones } from '../../../src/text/mask-phones.ts';

describe('maskPhones', () => {
  it.each([
    ['+98 912 123 4567', '+98 ***67'],
    ['۰۹۱۲۱۲۳۴۵۶۷', '۰۹۱۲***۶۷'],
    ['0049 30 1234567', '0049***67'],
  ])('hides %s', (given, wanted) => {
    expect(maskPhones(`tel ${given}!`)).toBe(`tel ${wanted}!`);
  });

  it.each(['2026-11-21', 'order 123456789', '1735651200000', 'abc0912123456789', '+1 2'])('leaves %s', (text) => {
    expect(maskPhones(text)).toBe(text);
  });
});
