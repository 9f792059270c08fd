import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureText, shortenText, splitText } from '../../../src/channels/split-text.ts';

const BYTES = [{ max: 1000, unit: 'bytes' as const }];

function graphemesOf(text: string): string[] {
  return Array.from(new Intl.Segmenter('fa', { granularity: 'grapheme' }).segment(text), (entry) => entry.segment);
}

describe('splitText', () => {
  it('leaves a text of exactly the limit whole and splits one byte more', () => {
    expect(splitText('ن'.repeat(500), BYTES)).toHaveLength(1);
    expect(splitText(`${'ن'.repeat(500)}a`, BYTES)).toHaveLength(2);
  });

  it('ends a part at the end of a sentence, Persian ones included', () => {
    const sentence = `${'کلمه '.repeat(40).trim()}؟`;
    const parts = splitText(Array.from({ length: 5 }, () => sentence).join(' '), BYTES);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part.endsWith('؟')).toBe(true);
  });

  it('ends a part between words when no sentence ends', () => {
    const parts = splitText('word '.repeat(400), BYTES);
    expect(parts.flatMap((part) => part.split(' ')).every((word) => word === 'word')).toBe(true);
  });

  it('does not cut a link, although a question mark in it looks like an end', () => {
    const link = `https://shop.example/search?q=${'a'.repeat(300)}`;
    const parts = splitText(`${'word '.repeat(150)}${link} ${'word '.repeat(100)}`, BYTES);
    expect(parts.some((part) => part.includes(link))).toBe(true);
  });

  it('keeps a family, a flag and a letter with its marks in one piece', () => {
    const text = `${'👨‍👩‍👧‍👦'.repeat(100)}${'🇮🇷'.repeat(100)}${'é'.normalize('NFD').repeat(500)}`;
    expect(splitText(text, BYTES).flatMap(graphemesOf)).toEqual(graphemesOf(text));
  });

  it('cuts inside one grapheme only when it alone exceeds the limit', () => {
    const piled = `a${'\u0301'.repeat(2000)}`;
    const parts = splitText(piled, BYTES);
    expect(parts.join('')).toBe(piled);
    for (const part of parts) expect(measureText(part, 'bytes')).toBeLessThanOrEqual(1000);
  });

  it('holds several limits at once', () => {
    const limits = [...BYTES, { max: 640, unit: 'characters' as const }];
    expect(splitText('a'.repeat(900), limits).map((part) => part.length)).toEqual([640, 260]);
    expect(splitText('ن'.repeat(600), limits).map((part) => part.length)).toEqual([500, 100]);
  });

  it('gives no part for a blank text', () => {
    expect(splitText(' \n\t ', BYTES)).toEqual([]);
  });

  it('keeps every character but white space, within the limit, for any text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 300 }).map((text) => text.toWellFormed()),
      fc
        .array(fc.constantFrom('سلام', 'خوبی؟', 'Hello.', '\n', ' ', '👨‍👩‍👧', 'می\u200cخواهم'), { maxLength: 200 })
        .map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 4, max: 200 }), (text, max) => {
        const parts = splitText(text, [{ max, unit: 'bytes' }]);
        for (const part of parts) {
          expect(measureText(part, 'bytes')).toBeLessThanOrEqual(max);
          expect(part.trim()).not.toBe('');
        }
        expect(parts.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
      }),
      { numRuns: 300 },
    );
  });
});

describe('shortenText', () => {
  it('leaves a short one alone and marks what it cut', () => {
    expect(shortenText(' Prices ', 20)).toBe('Prices');
    expect(shortenText('a'.repeat(21), 20)).toBe(`${'a'.repeat(19)}…`);
  });

  it('counts what a reader sees', () => {
    expect(shortenText('👨‍👩‍👧‍👦'.repeat(20), 20)).toBe('👨‍👩‍👧‍👦'.repeat(20));
    expect(graphemesOf(shortenText('👨‍👩‍👧‍👦'.repeat(21), 20))).toHaveLength(20);
  });
});
