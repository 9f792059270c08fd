/** Where a text that is being written survives a reload or a new sign-in. Storage that is full or refused is no reason to fail. */
const PREFIX = 'peyk.draft.';

export function readDraft(name: string): string {
  try {
    return sessionStorage.getItem(PREFIX + name) ?? '';
  } catch {
    return '';
  }
}

export function keepDraft(name: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(PREFIX + name, text);
    else sessionStorage.removeItem(PREFIX + name);
  } catch {
    // The text stays in the field; only a reload would lose it.
  }
}
