import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitQuestions } from '../../../../src/replies/reading/parts.ts';

describe('splitQuestions', () => {
  it.each([
    ['سلام قیمت کیف مهتاب چنده و ارسال به شیراز چند روزه؟', ['سلام قیمت کیف مهتاب چنده', 'ارسال به شیراز چند روزه؟']],
    ['قیمت کیف مهتاب چنده؟ ساعت کاریتون چیه؟', ['قیمت کیف مهتاب چنده؟', 'ساعت کاریتون چیه؟']],
    ['کیف دارید؟ راستی قسطی هم می‌شه؟', ['کیف دارید؟', 'قسطی هم می‌شه؟']],
    ['how much is the lamp and do you ship to Tabriz?', ['how much is the lamp', 'do you ship to Tabriz?']],
    ['gheymate kif chande va ersal chand rooze?', ['gheymate kif chande', 'ersal chand rooze?']],
  ])('reads %j as several questions', (line, parts) => {
    expect(splitQuestions(line)).toEqual(parts);
  });

  it.each([
    'کیف و کفش دارید؟',
    'قیمت کیف مهتاب چنده و موجوده؟',
    'هزینه ارسال به شیراز چقدره؟',
    'سلام، خسته نباشید، کیف دارید؟',
    'علی رضایی، تهران، خیابان ولیعصر',
    'کیف مهتاب رو می‌خوام، آدرسم تهران خیابان آزادی',
    'مریم کریمی ۰۹۱۲۱۲۳۴۵۶۷ ارسال چند روزه و قیمت چنده؟',
    'سفارشم نرسیده و ارسالتون چند روزه؟',
    'a bag and a belt please',
    'black and white shoes, do you have them?',
    '',
  ])('leaves %j as it is', (line) => {
    expect(splitQuestions(line)).toEqual([line]);
  });

  it('loses no word, whatever the text', () => {
    const words = fc.constantFrom(
      'قیمت',
      'ارسال',
      'چند',
      'و',
      '،',
      '؟',
      'دارید',
      'کیف',
      'ساعت کاری',
      'price',
      'and',
      'ship',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), (list) => {
        const kept = (text: string) =>
          text.split(/[\s،]+/u).filter((word) => word !== '' && word !== 'و' && word !== 'and');
        const line = list.join(' ');
        expect(splitQuestions(line).flatMap(kept)).toEqual(kept(line));
      }),
    );
  });
});
