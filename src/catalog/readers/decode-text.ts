const XML_ENCODING = /^<\?xml[^>]*\bencoding\s*=\s*["']([\w-]+)["']/i;
const META_CHARSET = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i;

/**
 * Bytes as text: by the byte order mark, else by what the header says, else by what the document says of itself, else UTF-8.
 * An encoding of which nobody knows is read as UTF-8; what cannot be read becomes U+FFFD.
 */
export function decodeText(body: Uint8Array, charset: string | null): string {
  const marked = markedEncoding(body);
  const head = Buffer.from(body.subarray(0, 2048)).toString('latin1');
  const stated = XML_ENCODING.exec(head.trimStart())?.[1] ?? META_CHARSET.exec(head)?.[1] ?? null;
  for (const name of [marked, charset, stated, 'utf-8']) {
    if (!name) continue;
    try {
      return new TextDecoder(name).decode(body);
    } catch {
      // The next opinion counts.
    }
  }
  return '';
}

/** What a byte order mark says; null without one. */
export function markedEncoding(body: Uint8Array): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  return null;
}
