import { describe, expect, it } from 'vitest';
import { extremeOf, scaleFact } from '../../../../src/catalog/attributes/scales.ts';

const product = (title: string, attributes: Record<string, string>) => ({
  title,
  available: true,
  price: null,
  attributes: Object.entries(attributes).map(([name, value]) => ({ name, values: [value] })),
});
const small = product('Pot', { weight: '۲۲۰ گرم', Height: '60 cm', 'تعداد صفحات': '۲۴' });
const large = product('Big pot', { weight: '1.2 kg', Height: '35 cm', 'تعداد صفحات': '۳۱۲' });

describe('scales', () => {
  it('tells the lightest and the tallest by what the shop states, whatever the unit', () => {
    expect(extremeOf([small, large], 'weight', 'least')?.product).toBe(small);
    expect(extremeOf([small, large], 'weight', 'most')?.product).toBe(large);
    expect(extremeOf([small, large], 'length', 'most')?.product).toBe(small);
  });

  it('tells nothing where one of them states nothing, where both state the same, and of one alone', () => {
    expect(extremeOf([small, product('Mug', {})], 'weight', 'least')).toBeNull();
    expect(extremeOf([small, small], 'weight', 'least')).toBeNull();
    expect(extremeOf([small], 'weight', 'least')).toBeNull();
  });

  it('reads times of one kind alike', () => {
    const hours = scaleFact(product('Cut', { Duration: '1 hour' }), 'duration');
    expect(hours).toMatchObject({ amount: 60, unit: 'time' });
    expect(scaleFact(product('Colour', { Duration: '45 minutes' }), 'duration')).toMatchObject({ amount: 45 });
  });
});
