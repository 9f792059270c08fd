import { diffArrays } from 'diff';

export interface DiffPart {
  kind: 'same' | 'added' | 'removed';
  value: string;
}

/** Between words: spaces, and signs that stand for themselves. Letters of every script stay together in their word. */
const BETWEEN_WORDS = /(\s+|[.,;:!?"'()[\]{}«»،؛؟…|])/u;

/** What became of a text, in whole words: parts that stayed, that came and that went, in order. */
export function diffTexts(before: string, after: string): DiffPart[] {
  return diffArrays(wordsOf(before), wordsOf(after)).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    value: value.join(''),
  }));
}

const wordsOf = (text: string): string[] => text.split(BETWEEN_WORDS).filter((word) => word !== '');
