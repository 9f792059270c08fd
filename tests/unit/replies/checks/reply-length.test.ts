import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToBytes } from '../../../../src/replies/checks/reply-length.ts';

describe('cutToBytes', () => {
  it('leaves a text that fits as it is', () => {
    expect(cutToBytes('سلام', 8)).toBe('سلام');
  });

  it('ends with a sentence when that keeps half of it', () => {
    expect(cutToBytes('One sentence here. Another one that is long.', 30)).toBe('One sentence here.');
    expect(cutToBytes('این یک جمله است؟ این هم جمله‌ای بلند و دراز', 40)).toBe('این یک جمله است؟');
  });

  it('else ends with a word and an ellipsis', () => {
    expect(cutToBytes('several words without any end of a sentence', 20)).toBe('several words…');
  });

  it('never cuts through an emoji', () => {
    expect(cutToBytes('👨‍👩‍👧👨‍👩‍👧', 30)).toBe('👨‍👩‍👧…');
  });

  it('fits, stays well formed and is a beginning of the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 8, max: 300 }), (text, max) => {
        const cut = cutToBytes(text, max);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(true);
        expect(text.trim().startsWith(cut.replace(/…$/, '').trim()) || text === cut).toBe(true);
      }),
    );
  });
});
