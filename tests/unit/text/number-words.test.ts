import { describe, expect, it } from 'vitest';
import { numbersInDigits } from '../../../src/text/number-words.ts';

describe('numbersInDigits', () => {
  it.each([
    ['سایز چهل و شش', 'سایز 46'],
    ['سی و هشت دارید', '38 دارید'],
    ['سایز چهل دارین', 'سایز 40 دارین'],
    ['رومیزی چهل تیکه', 'رومیزی چهل تیکه'],
    ['کیف و کفش', 'کیف و کفش'],
    ['', ''],
  ])('reads %j', (form, expected) => expect(numbersInDigits(form)).toBe(expected));
});
