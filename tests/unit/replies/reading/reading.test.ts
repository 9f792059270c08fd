import { describe, expect, it } from 'vitest';
import { readBurst } from '../../../../src/replies/reading/reading.ts';

describe('readBurst', () => {
  it('reads each part by itself and the burst as a whole', () => {
    const { parts, acts, reference, isAngry } = readBurst([
      'سلام',
      'دومی سایز ۴۰ داره؟',
      'ارزون‌تر هم هست؟ تا ۲ میلیون',
    ]);
    expect(parts.map(({ intents }) => intents.includes('greeting'))).toEqual([true, false, false]);
    expect(parts[1]).toMatchObject({ pointing: { reference: { place: 2 } }, wish: { traits: [{ value: '40' }] } });
    expect(parts[2]?.budget.max?.value).toBe(2_000_000);
    expect([...acts]).toEqual(['cheaper']);
    expect(reference).toEqual({ kind: 'ordinal', place: 2 });
    expect(isAngry).toBe(false);
  });

  it('takes a comparison that points for no wish to see something else', () => {
    expect(readBurst(['how much is the cheaper one?']).acts.size).toBe(0);
    expect([...readBurst(['do you have a cheaper one?']).acts]).toEqual(['cheaper']);
  });

  it.each([
    ['قیمت چنده', 'persian'],
    ['gheymat chande', 'latin_persian'],
    ['How much is it?', 'english'],
    ['قیمت Galaxy چنده', 'mixed'],
    ['12 👍', null],
  ])('tells how %j is written', (line, writing) => expect(readBurst([line]).writing).toBe(writing));

  it('reads anger from words and signs', () => {
    expect(readBurst(['😡']).isAngry).toBe(true);
    expect(readBurst(['😍']).isAngry).toBe(false);
  });
});
