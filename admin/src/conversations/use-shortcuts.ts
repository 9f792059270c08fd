import { useEffect, useRef } from 'react';
import { toShortcut } from './shortcuts.ts';

/** Where letters are text, not commands. */
const TYPING = 'input, textarea, select, [contenteditable], [role="combobox"], [role="textbox"]';
/** While one of these is open, keys belong to it. */
const ON_TOP = '[role="dialog"], [role="menu"], [role="listbox"]';

function isTakenElsewhere(target: EventTarget | null): boolean {
  if (target instanceof Element && target.closest(TYPING)) return true;
  // The panel's own side menu is no popup: it has the role but is always there. Others wait in the page unseen.
  return [...document.querySelectorAll(ON_TOP)].some(
    (element) => element.closest('.MuiModal-root') && element.checkVisibility({ visibilityProperty: true }),
  );
}

/**
 * Listens to the keys of the inbox. What `handle` does not take (returns false for) goes to the button that carries the
 * key as `aria-keyshortcuts`, so that a key does what the button does, and nothing where there is no button.
 */
export function useShortcuts(handle: (key: string, target: EventTarget | null) => boolean): void {
  const latest = useRef(handle);
  latest.current = handle;
  useEffect(() => {
    function pressKey(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || isTakenElsewhere(event.target)) return;
      const key = toShortcut(event);
      if (key === null) return;
      if (latest.current(key, event.target)) return event.preventDefault();
      const button = document.querySelector<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    }
    window.addEventListener('keydown', pressKey);
    return () => window.removeEventListener('keydown', pressKey);
  }, []);
}
