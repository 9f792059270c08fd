import { describe, expect, it } from 'vitest';
import { formatOrderNumber } from '../../../../admin/src/orders/order-parts.ts';

describe('formatOrderNumber', () => {
  it('writes the number in the reader’s digits, and groups nothing', () => {
    expect(formatOrderNumber({ number: 12345 }, 'en')).toBe('12345');
    expect(formatOrderNumber({ number: 12345 }, 'fa')).toBe('۱۲۳۴۵');
  });
});
