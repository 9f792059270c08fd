/**
 * Normalised form of a text by which the channel's echo of our own message is recognised: providers trim, fold white
 * space and change Unicode form. Pure; the same text always gives the same fingerprint. At most 400 characters.
 */
export function fingerprintOf(text: string): string {
  return (
    text
      .normalize('NFC')
      .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 400)
      // The cut may have gone through a surrogate pair; PostgreSQL refuses half a one.
      .replace(/[\ud800-\udbff]$/, '')
  );
}

/** A short, stable mark of a text (FNV-1a, 8 hex digits): enough to see repetition, too little to read the text back. */
export function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of fingerprintOf(text)) {
    hash ^= character.codePointAt(0) as number;
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
