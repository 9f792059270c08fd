import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutMarkup } from '../../../../src/replies/checks/markup.ts';

describe('withoutMarkup', () => {
  it.each([
    ['### مراحل\n**اول** دستمال بکشید.\n`صابون`', 'مراحل\nاول دستمال بکشید.\nصابون'],
    ['اول دستمال بکشید.\\nبعد بشویید.', 'اول دستمال بکشید.\nبعد بشویید.'],
    ['First.\\n\\nThen.', 'First.\n\nThen.'],
    ['* one\n* two', '• one\n• two'],
    ['> It is *soft* and _light_.', 'It is soft and light.'],
    ['~~old~~ __new__', 'old new'],
    ['```\ncode\n```', '\ncode\n'],
    ['one\n---\ntwo', 'one\n\ntwo'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', ' a | b \n\n 1 | 2 '],
    ['**cut off', 'cut off'],
    ['3 \\* 4 and a\\_b', '3 * 4 and a_b'],
  ])('puts %j in plain words', (text, plain) => {
    expect(withoutMarkup(text)).toBe(plain);
  });

  it.each([
    '2 * 3 = 6',
    '40*50 و 60*70',
    '*780*1#',
    'https://shop.ir/_a_/b_c',
    '@yas_shop_ir',
    '#1 of our bags, #sale',
    '- one\n- two',
    'C:\\new',
    'A-B - C',
  ])('leaves %j, which is no markup, as it is', (text) => {
    expect(withoutMarkup(text)).toBe(text);
  });

  it('never throws and is quick with a hostile text', () => {
    for (const sign of ['*', '_', '`', '#', '|', '-', '~', '\\n', '* ', '_ '])
      expect(withoutMarkup(sign.repeat(5_000)).length).toBeLessThanOrEqual(15_000);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof withoutMarkup(text) === 'string'));
  });
});
