import { describe, expect, it } from 'vitest';
import {
  type Reference,
  readReference,
  resolveReference,
  toLists,
} from '../../../../src/replies/reading/references.ts';

const product = (id: string, amount: number | null, currency = 'IRT') => ({
  id,
  price: amount === null ? null : { amount: BigInt(amount), currency },
});
const [bag, mug, lamp] = [product('bag', 900), product('mug', 300), product('lamp', 500)];

describe('readReference', () => {
  it.each<[string, Reference, string]>([
    ['دومی چنده؟', { kind: 'ordinal', place: 2 }, 'چنده'],
    ['dovomi chande', { kind: 'ordinal', place: 2 }, 'chande'],
    ['the second one please', { kind: 'ordinal', place: 2 }, 'please'],
    ['اولی', { kind: 'ordinal', place: 1 }, ''],
    ['آخریش رو می‌خوام', { kind: 'ordinal', place: -1 }, 'رو میخوام'],
    ['ارزون‌تره گارانتی داره؟', { kind: 'price', which: 'cheapest' }, 'گارانتی داره'],
    ['how much is the cheaper one', { kind: 'price', which: 'cheapest' }, 'how much is'],
    ['the most expensive one', { kind: 'price', which: 'dearest' }, ''],
    ['اون یکی چی؟', { kind: 'other' }, 'چی'],
    ['the other one', { kind: 'other' }, ''],
    ['هر دو رو می‌خوام', { kind: 'both' }, 'رو میخوام'],
    ['how heavy is the smaller one?', { kind: 'measured', scale: 'size', which: 'least' }, 'how heavy is'],
    ['what about the white one', { kind: 'described', words: ['white'] }, 'what about'],
    ['اونی که شارژ سریع داره چنده', { kind: 'described', words: ['شارژ', 'سریع'] }, 'چنده'],
  ])('reads where %j points to', (line, reference, rest) => {
    expect(readReference(line)).toEqual({ reference, rest });
  });

  it.each(['ارزون‌تر نداری؟', 'چقدر گرونه!', 'first of all, do you ship?', 'سایز دوم', 'کیف چنده؟', ''])(
    'sees that %j points to nothing',
    (line) => expect(readReference(line)).toBeNull(),
  );
});

describe('resolveReference', () => {
  const ordinal = (place: number): Reference => ({ kind: 'ordinal', place });
  const cheapest: Reference = { kind: 'price', which: 'cheapest' };

  it('counts in the last answer that showed several', () => {
    expect(resolveReference(ordinal(2), [[bag, mug, lamp]])).toBe(mug);
    expect(resolveReference(ordinal(-1), [[bag, mug, lamp]])).toBe(lamp);
    expect(resolveReference(ordinal(1), [[mug], [bag, mug]])).toBe(bag);
    expect(resolveReference(ordinal(4), [[bag, mug, lamp]])).toBeNull();
    expect(resolveReference(ordinal(1), [[mug]])).toBeNull();
    expect(resolveReference(ordinal(1), [])).toBeNull();
  });

  it('knows the cheapest only where every price is known and comparable', () => {
    expect(resolveReference(cheapest, [[bag, mug, lamp]])).toBe(mug);
    expect(resolveReference({ kind: 'price', which: 'dearest' }, [[bag, mug]])).toBe(bag);
    expect(resolveReference(cheapest, [[bag, product('x', null)]])).toBeNull();
    expect(resolveReference(cheapest, [[bag, product('x', 1, 'USD')]])).toBeNull();
  });

  it('takes the other one for that of two which was not spoken of last', () => {
    expect(resolveReference({ kind: 'other' }, [[mug], [bag, mug]])).toBe(bag);
    expect(resolveReference({ kind: 'other' }, [[mug], [bag, mug, lamp]])).toBeNull();
    expect(resolveReference({ kind: 'other' }, [[bag, mug]])).toBeNull();
  });

  it('is resolved among what is still there', () => {
    expect(toLists([['gone'], ['bag', 'gone', 'mug']], [mug, bag])).toEqual([[bag, mug]]);
  });
});
