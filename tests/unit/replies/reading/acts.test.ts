import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Act, readActs } from '../../../../src/replies/reading/acts.ts';

describe('readActs', () => {
  it.each<[string, Act[]]>([
    ['ارزون‌تر نداری؟', ['cheaper']],
    ['از این ارزان‌تر چی دارید', ['cheaper']],
    ['arzoontar darid?', ['cheaper']],
    ['anything cheaper?', ['cheaper']],
    ['ارزون‌تر از ۷۰۰ هزار', []],
    ['cheaper than 50', []],
    ['یه چیز دیگه نشونم بده', ['another']],
    ['what else do you have', ['another']],
    ['other models?', ['another']],
    ['رنگ دیگه‌ش هست؟', []],
    ['other colors?', []],
    ['فرق این دو چیه؟', ['compare']],
    ['which is better, the red bag or the black one?', ['compare']],
    ['این کیف رو دارید یا نه؟', []],
    ['چی دارید؟', ['overview']],
    ['What do you sell?', ['overview']],
    ['کیف چی دارید؟', []],
    ['what do you have in black', []],
    ['لیست قیمت لطفا', ['price_list']],
    ['برای کادو چی دارید', ['gift']],
    ['a gift for my mother', ['gift']],
    ['واسه تولد مامانم یه عطر ملایم', ['gift']],
    ['یه چیزی برای خواهرم می‌خوام', ['gift']],
    ['something under 50 for my girlfriend?', ['gift']],
    ['کیک تولد دارید؟', []],
    ['برای مامانم چنده', []],
    ['do you have something for dry skin', []],
    ['بسته‌بندی کادویی دارید؟', []],
    ['do you gift wrap?', []],
    ['یه تخفیف بده دیگه', ['haggle']],
    ['ارزون‌تر حساب کن', ['haggle']],
    ["what's your best price?", ['haggle']],
    ['تخفیف دارید؟', []],
    ['عمده هم می‌فروشید؟', ['bulk']],
    ['۵۰ تا می‌خوام', ['bulk']],
    ['۲ تا می‌خوام', []],
    ['سایز ۴۰ تا ۴۴ دارید', []],
    ['تا فردا می‌رسه؟', ['deadline']],
    ['ta farda mirese?', ['deadline']],
    ['Will it arrive by Friday?', ['deadline']],
    ['چند روزه می‌رسه؟', []],
    ['اگه امروز سفارش بدم کی می‌رسه؟', []],
    ['جمعه باز هستید؟', []],
    ['سلام', []],
    ['', []],
  ])('tells what %j does', (line, acts) => {
    expect(readActs(line)).toEqual(acts);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => Array.isArray(readActs(text))),
      { numRuns: 50 },
    );
  });
});
