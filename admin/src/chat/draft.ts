import { v7 as uuidv7 } from 'uuid';

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

const KEY_PREFIX = 'peyk.key.';
/** Where storage is refused, keys live as long as the page. */
const keys = new Map<string, string>();

/**
 * The key of a text that is being sent: the same for every try of that text, also after a reload, and another for another
 * text.
 */
export function keyOf(name: string, text: string): string {
  const [key, tried] = split(read(name));
  if (key && tried === text) return key;
  const made = uuidv7();
  write(name, `${made} ${text}`);
  return made;
}

/** The text was taken: what is written next is another message, also when it says the same. */
export function forgetKey(name: string): void {
  write(name, '');
}

function split(kept: string): [key: string, text: string] {
  const at = kept.indexOf(' ');
  return at < 0 ? ['', ''] : [kept.slice(0, at), kept.slice(at + 1)];
}

function read(name: string): string {
  try {
    return sessionStorage.getItem(KEY_PREFIX + name) ?? '';
  } catch {
    return keys.get(name) ?? '';
  }
}

function write(name: string, kept: string): void {
  keys.set(name, kept);
  try {
    if (kept) sessionStorage.setItem(KEY_PREFIX + name, kept);
    else sessionStorage.removeItem(KEY_PREFIX + name);
  } catch {
    // It stays in memory; only a reload would lose it.
  }
}
