import { describe, expect, it } from 'vitest';
import { diffTexts } from '../../../../admin/src/diff/diff-texts.ts';

describe('diffTexts', () => {
  it('marks whole words, also Persian ones, and keeps what stayed', () => {
    expect(diffTexts('دو روز کاری', 'سه روز کاری')).toEqual([
      { kind: 'removed', value: 'دو' },
      { kind: 'added', value: 'سه' },
      { kind: 'same', value: ' روز کاری' },
    ]);
    expect(diffTexts('at ten, daily', 'at nine, daily').map(({ kind }) => kind)).toEqual([
      'same',
      'removed',
      'added',
      'same',
    ]);
  });

  it('loses nothing of either text', () => {
    const [before, after] = ['Hello {{name}}!\n«بله»', 'Hi {{name}}…\n  «نه»'];
    const parts = diffTexts(before, after);
    const without = (kind: string) =>
      parts
        .filter((part) => part.kind !== kind)
        .map(({ value }) => value)
        .join('');
    expect(without('added')).toBe(before);
    expect(without('removed')).toBe(after);
  });

  it('finds nothing in equal texts', () => {
    expect(diffTexts('same', 'same')).toEqual([{ kind: 'same', value: 'same' }]);
    expect(diffTexts('', '')).toEqual([]);
  });
});
