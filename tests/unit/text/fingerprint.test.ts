import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, markOf } from '../../../src/text/fingerprint.ts';

describe('fingerprintOf', () => {
  it('is the same for what a provider gives back changed in form only', () => {
    const sent = 'سلام،\n  کفش مشکی  موجوده؟ cafe\u0301';
    expect(fingerprintOf('  \u200fسلام، کفش مشکی موجوده؟ caf\u00e9\n')).toBe(fingerprintOf(sent));
  });

  it('keeps apart what says something else, joiners of Persian words included', () => {
    expect(fingerprintOf('می\u200cخواهم')).not.toBe(fingerprintOf('میخواهم'));
    expect(fingerprintOf('size 42')).not.toBe(fingerprintOf('size 43'));
  });

  it('never ends in half of an emoji, which the database would refuse', () => {
    const text = `${'a'.repeat(399)}🌷 and more`;
    expect(fingerprintOf(text)).toBe('a'.repeat(399));
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (any) => fingerprintOf(any).isWellFormed()));
  });

  it('does not change when taken twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 380 }), (text) => {
        expect(fingerprintOf(fingerprintOf(text))).toBe(fingerprintOf(text));
      }),
    );
  });
});

describe('markOf', () => {
  it('is a short word that is equal for equal words and tells others apart', () => {
    expect(markOf('قیمت؟')).toMatch(/^[0-9a-f]{8}$/);
    expect(markOf(' قیمت؟ ')).toBe(markOf('قیمت؟'));
    expect(markOf('قیمت؟')).not.toBe(markOf('موجودی؟'));
  });
});
