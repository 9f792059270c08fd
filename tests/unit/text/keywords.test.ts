import { describe, expect, it } from 'vitest';
import { keywordsOf, percentileOf, questionKey, stepOf } from '../../../src/text/keywords.ts';

describe('keywordsOf', () => {
  it('keeps the words that tell something, each once, in one spelling', () => {
    expect(keywordsOf('سلام، قيمت كيف چرمي و کیف پارچه‌ای چنده لطفاً؟')).toEqual(['قیمت', 'کیف', 'چرمی', 'پارچه']);
    expect(keywordsOf('Hi, how much is the leather bag? The LEATHER one')).toEqual(['leather', 'bag']);
  });

  it('keeps nothing that may name a person or an order', () => {
    expect(keywordsOf('۰۹۱۲۳۴۵۶۷۸۹ PX-4471 و من')).toEqual([]);
  });
});

describe('questionKey', () => {
  it('is the same for equal questions in other spellings', () => {
    expect(questionKey('ساعت كاري شما چيه؟؟')).toBe(questionKey('ساعت کاری شما چیه'));
    expect(questionKey('How much?')).not.toBe(questionKey('How many?'));
  });

  it.each(['؟', '09123456789 مال منه', 'me@shop.test', 'https://shop.test/x', 'x'.repeat(200)])(
    'is nothing for %s',
    (text) => expect(questionKey(text)).toBeNull(),
  );
});

describe('percentileOf', () => {
  it('is right within five percent', () => {
    const times = Array.from({ length: 1000 }, (_, index) => 100 + index * 17);
    const steps = new Map<string, number>();
    for (const ms of times) steps.set(stepOf(ms), (steps.get(stepOf(ms)) ?? 0) + 1);
    for (const share of [0.5, 0.95]) {
      const exact = times[Math.ceil(times.length * share) - 1] as number;
      expect(Math.abs((percentileOf(steps, share) as number) - exact) / exact).toBeLessThan(0.05);
    }
  });

  it('is unknown for nothing', () => {
    expect(percentileOf(new Map(), 0.5)).toBeNull();
  });
});
