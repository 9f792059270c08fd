/** Keys of the inbox, in the order of the help. Those of a button are found by its `aria-keyshortcuts`. */
export const SHORTCUTS = [
  { key: 'j', words: 'next' },
  { key: 'k', words: 'previous' },
  { key: 'Enter', words: 'open' },
  { key: '/', words: 'search' },
  { key: 'r', words: 'reply' },
  { key: 'n', words: 'note' },
  { key: 't', words: 'take_over' },
  { key: 'e', words: 'release' },
  { key: 's', words: 'snooze' },
  { key: '?', words: 'help' },
] as const;

interface KeyPress {
  key: string;
  /** The place of the key on the keyboard, whatever is printed on it. */
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

const LETTERS: ReadonlySet<string> = new Set(['j', 'k', 'r', 'n', 't', 'e', 's']);

/**
 * The shortcut that a key press means, or null. Letters are taken by their place, since on a Persian keyboard the same
 * key writes another letter.
 */
export function toShortcut(press: KeyPress): string | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.key === '?' || press.key === '؟') return '?';
  if (press.key === '/') return '/';
  if (press.key === 'ArrowDown') return 'j';
  if (press.key === 'ArrowUp') return 'k';
  if (press.shiftKey) return null;
  const isLatin = /^[a-z]$/i.test(press.key);
  const letter = isLatin ? press.key.toLowerCase() : /^Key([A-Z])$/.exec(press.code)?.[1]?.toLowerCase();
  return letter !== undefined && LETTERS.has(letter) ? letter : null;
}
