import { describe, expect, it } from 'vitest';
import { isValue } from '../../../../src/catalog/attributes/attribute-values.ts';
import { measureOf, measuresIn } from '../../../../src/catalog/attributes/measures.ts';

describe('measuresIn', () => {
  it.each([
    ['ساواج صد میل چنده؟', 'volume', 100],
    ['۲۰۰ میلش چی', 'volume', 200],
    ['کیک دو کیلویی', 'weight', 2000],
    ['1.5 kilo', 'weight', 1500],
    ['نیم کیلو هم میدین', 'weight', 500],
    ['A56 256gb price', 'capacity', 256],
    ['بچه پنج ساله', 'age', 5],
  ])('reads “%s”', (text, kind, amount) => {
    expect(measuresIn(text)).toMatchObject([{ kind, amount }]);
  });

  it.each(['سایز ۴۲', 'میلاد', 'دو تا کیف', 'گرما', 'A56'])('reads no amount in “%s”', (text) => {
    expect(measuresIn(text)).toEqual([]);
  });

  it('tells an amount from a text that holds one', () => {
    expect(measureOf('128 GB')).toMatchObject({ amount: 128 });
    expect(measureOf('عطر ۱۰۰ میل')).toBeNull();
  });
});

describe('isValue of amounts', () => {
  it.each([
    ['capacity', '256 GB', '256gb', true],
    ['weight', '1 کیلو', '1000 گرم', true],
    ['volume', '60 میل', '100 میل', false],
    ['volume', '100 میل', '10 میل', false],
  ])('%s: “%s” as “%s” is %s', (name, stated, asked, is) => {
    expect(isValue(name, stated, asked)).toBe(is);
  });
});
