import { describe, expect, it } from 'vitest';
import { isQuestion, segmentsOf } from '../../../../src/replies/reading/segments.ts';

describe('segmentsOf', () => {
  it.each([
    ['جنسش چیه؟ چروک میشه؟', ['جنسش چیه؟', 'چروک میشه؟']],
    ['polo XL navy? price pls', ['polo XL navy?', 'price pls']],
    ['۱,۲۵۰ تومن، 1.5 kilo', ['۱,۲۵۰ تومن', '1.5 kilo']],
  ])('reads the sentences of “%s”', (line, segments) => {
    expect(segmentsOf(line)).toEqual(segments);
  });

  it('has none for signs', () => {
    expect(segmentsOf('؟؟ !')).toEqual([]);
  });
});

describe('isQuestion', () => {
  it.each(['چروک میشه', 'allowed on planes?', 'does it fit'])('is true of “%s”', (text) => {
    expect(isQuestion(text)).toBe(true);
  });

  it.each(['شنبه عروسی دعوتم', 'thanks a lot'])('is false of “%s”', (text) => {
    expect(isQuestion(text)).toBe(false);
  });
});
