import { describe, expect, it } from 'vitest';
import { formatCost, formatShare, formatSpan } from '../../../../admin/src/fields/amounts.ts';

describe('formatSpan', () => {
  it.each([
    [350, '350 ms'],
    [1240, '1.2 sec'],
    [180_000, '3 min'],
    [43_200_000, '12 hr'],
  ])('writes %d ms as %s', (ms, words) => {
    expect(formatSpan(ms, 'en')).toBe(words);
  });

  it('uses the reader’s digits', () => {
    expect(formatSpan(350, 'fa')).toContain('۳۵۰');
  });
});

describe('formatCost', () => {
  it('keeps the digits of small sums', () => {
    expect(formatCost(0, 'en')).toBe('$0.00');
    expect(formatCost(123, 'en')).toBe('$0.000123');
    expect(formatCost(1_230_000, 'en')).toBe('$1.23');
  });
});

describe('formatShare', () => {
  it('knows that nothing of nothing is nothing', () => {
    expect(formatShare(0, 0, 'en')).toBe('0%');
    expect(formatShare(1, 4, 'en')).toBe('25%');
  });
});
