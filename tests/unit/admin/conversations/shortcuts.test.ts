import { describe, expect, it } from 'vitest';
import { SHORTCUTS, toShortcut } from '../../../../admin/src/conversations/shortcuts.ts';

const NO_MODIFIERS = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const press = (key: string, code: string, over = {}) => toShortcut({ key, code, ...NO_MODIFIERS, ...over });

describe('toShortcut', () => {
  it('knows every key of the help', () => {
    for (const { key } of SHORTCUTS) {
      // Enter needs no help: the list is made of links.
      if (key !== 'Enter') expect(press(key, `Key${key.toUpperCase()}`)).toBe(key);
    }
  });

  it('takes a letter by its place on a Persian keyboard', () => {
    expect(press('ق', 'KeyR')).toBe('r');
    expect(press('ت', 'KeyJ')).toBe('j');
    expect(press('؟', 'Slash', { shiftKey: true })).toBe('?');
  });

  it('takes a letter by what is printed on it on another Latin keyboard', () => {
    expect(press('t', 'KeyK')).toBe('t');
    expect(press('q', 'KeyT')).toBeNull();
  });

  it('moves with the arrows, too', () => {
    expect(press('ArrowDown', 'ArrowDown')).toBe('j');
    expect(press('ArrowUp', 'ArrowUp')).toBe('k');
  });

  it('leaves combinations to the browser, and other keys alone', () => {
    expect(press('r', 'KeyR', { ctrlKey: true })).toBeNull();
    expect(press('t', 'KeyT', { metaKey: true })).toBeNull();
    expect(press('R', 'KeyR', { shiftKey: true })).toBeNull();
    expect(press('x', 'KeyX')).toBeNull();
    expect(press('Escape', 'Escape')).toBeNull();
  });
});
