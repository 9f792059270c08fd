/** Longest text that is kept of one message, in UTF-16 units; longer ones are cut, not refused. */
const MAX_INBOUND_TEXT = 20_000;

/** Removes NUL, which PostgreSQL cannot store, and replaces lone surrogates, which UTF-8 cannot carry. */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** Cuts a text to `maxUnits` UTF-16 units, never inside a surrogate pair. */
export function capText(text: string, maxUnits: number = MAX_INBOUND_TEXT): string {
  if (text.length <= maxUnits) return text;
  const last = text.charCodeAt(maxUnits - 1);
  const isHighSurrogate = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHighSurrogate ? maxUnits - 1 : maxUnits);
}
