import type { IncomingMessage } from 'node:http';

export const BODY_TOO_LARGE = Symbol('body too large');

/**
 * Reads a request's body as the bytes that came, up to `limit` of them. Resolves to BODY_TOO_LARGE as soon as that is
 * clear, without reading on; rejects when the sender breaks off.
 */
export function readRawBody(request: IncomingMessage, limit: number): Promise<Buffer | typeof BODY_TOO_LARGE> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve(BODY_TOO_LARGE);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        request.pause();
        request.removeAllListeners('data');
        resolve(BODY_TOO_LARGE);
        return;
      }
      chunks.push(chunk);
    });
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length)));
    request.once('error', reject);
    request.once('aborted', () => reject(new Error('The sender broke off.')));
  });
}
