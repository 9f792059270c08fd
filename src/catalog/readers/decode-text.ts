import { isUtf8 } from 'node:buffer';

const XML_ENCODING = /^<\?xml[^>]*\bencoding\s*=\s*["']([\w-]+)["']/i;
const META_CHARSET = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i;

/**
 * Bytes as text: by the byte order mark, else as UTF-8 where they can be nothing else, else by what the header says, else by
 * what the document says of itself, else by what its bytes look like. What cannot be read becomes U+FFFD.
 */
export function decodeText(body: Uint8Array, charset: string | null): string {
  const marked = markedEncoding(body);
  if (marked) return new TextDecoder(marked).decode(body);
  const head = Buffer.from(body.subarray(0, 2048)).toString('latin1');
  const stated = XML_ENCODING.exec(head.trimStart())?.[1] ?? META_CHARSET.exec(head)?.[1] ?? null;
  // Servers and templates state encodings that nobody writes any more; text of another one is hardly ever valid UTF-8.
  const opinions = isUtf8(body) && !/^utf-?16/i.test(charset ?? '') ? [] : [charset, stated];
  for (const name of opinions) {
    if (!name || /^utf-?8$/i.test(name)) continue;
    try {
      return new TextDecoder(name).decode(body);
    } catch {
      // The next opinion counts.
    }
  }
  return new TextDecoder(likelyEncoding(body)).decode(body);
}

const LOOKED_AT_ONCE = 64 * 1024;

/**
 * The encoding of bytes of which nobody says it: a byte order mark, else UTF-8, else windows-1256, which old Persian software
 * writes. A few broken bytes do not make UTF-8 another encoding: what counts is how many letters can be read in it.
 */
export function likelyEncoding(body: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1256' {
  const marked = markedEncoding(body);
  if (marked || isUtf8(body)) return marked ?? 'utf-8';
  const decoder = new TextDecoder();
  let letters = 0;
  let broken = 0;
  for (let at = 0; at < body.length; at += LOOKED_AT_ONCE) {
    const text = decoder.decode(body.subarray(at, at + LOOKED_AT_ONCE), { stream: true });
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === 0xfffd) broken++;
      else if (code > 0x7f) letters++;
    }
  }
  return letters > broken ? 'utf-8' : 'windows-1256';
}

/** What a byte order mark says; null without one. */
export function markedEncoding(body: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  return null;
}
