import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLinks, removeUnknownLinks } from '../../../../src/replies/checks/links.ts';

describe('findLinks', () => {
  it.each([
    ['see https://shop.test/a?b=c.', ['https://shop.test/a?b=c']],
    ['(www.shop.ir)', ['www.shop.ir']],
    ['shop.ir/x و t.me/yas', ['shop.ir/x', 't.me/yas']],
    ['بنویسید به info@shop.ir لطفا', ['info@shop.ir']],
    ['javascript:alert(1)', ['javascript:alert(1)']],
    ['https://fa.wikipedia.org/wiki/A_(b)', ['https://fa.wikipedia.org/wiki/A_(b)']],
  ])('finds them in %j', (text, links) => {
    expect(findLinks(text)).toEqual(links);
  });

  it.each(['v1.2 is 3.5kg, e.g. this', 'سلام.خوبید؟', 'Hello.World', '12:30', '@yas_shop'])(
    'finds none in %j',
    (text) => {
      expect(findLinks(text)).toEqual([]);
    },
  );

  it('stays quick on hostile text', () => {
    for (const text of [
      'a'.repeat(20_000),
      'a.'.repeat(10_000),
      'a@'.repeat(10_000),
      '[a]('.repeat(5_000),
      'http://'.repeat(3_000),
    ]) {
      const started = performance.now();
      removeUnknownLinks(text, []);
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });
});

describe('removeUnknownLinks', () => {
  const sources = ['Linen shirt: https://www.shop.test/linen/'];

  it('keeps an address of the shop in any of its spellings', () => {
    const text = 'Here: shop.test/linen or http://SHOP.test/linen.';
    expect(removeUnknownLinks(text, sources)).toEqual({ text, removed: [], senseless: false });
  });

  it('drops the sentence that an invented address stands in and keeps the others', () => {
    const { text, removed } = removeUnknownLinks(
      'Yes, we have it. Buy at https://evil.test/linen now! Anything else?',
      sources,
    );
    expect(text).toBe('Yes, we have it. Anything else?');
    expect(removed).toEqual(['https://evil.test/linen']);
  });

  it('says when nothing sensible is left', () => {
    expect(removeUnknownLinks('اینجا ببینید: https://evil.test/x', sources)).toMatchObject({
      text: '',
      senseless: true,
    });
  });

  it("keeps a Markdown link's words without its address", () => {
    expect(removeUnknownLinks('Look at [our page](https://evil.test) today', sources).text).toBe(
      'Look at our page today',
    );
  });

  it("refuses an address that only begins like the shop's", () => {
    expect(removeUnknownLinks('A good one. See https://shop.test.evil.test/linen now.', sources).removed).toHaveLength(
      1,
    );
  });

  it('leaves no address that was not given, whatever surrounds it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.webUrl(),
        fc.string({ maxLength: 30 }),
        (before, url, after) => {
          const { text } = removeUnknownLinks(`${before} ${url} ${after}`, sources);
          expect(text).not.toContain(url);
        },
      ),
    );
  });
});
