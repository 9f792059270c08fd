import type { IncomingMessage } from 'node:http';
import type { BodyShare } from './body-budget.ts';

export const BODY_TOO_LARGE = Symbol('body too large');
export const NO_ROOM = Symbol('no room for the body');

/**
 * Reads a request's body as the bytes that came, up to `limit` of them, as long as `share` has room for them. Resolves to
 * BODY_TOO_LARGE or NO_ROOM as soon as that is clear, without reading on; rejects when the sender breaks off. The caller
 * releases the share when the body is no longer needed.
 */
export function readRawBody(
  request: IncomingMessage,
  limit: number,
  share: BodyShare,
): Promise<Buffer | typeof BODY_TOO_LARGE | typeof NO_ROOM> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve(BODY_TOO_LARGE);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const giveUp = (why: typeof BODY_TOO_LARGE | typeof NO_ROOM): void => {
      request.pause();
      request.removeAllListeners('data');
      chunks.length = 0;
      resolve(why);
    };
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) return giveUp(BODY_TOO_LARGE);
      if (!share.grow(length)) return giveUp(NO_ROOM);
      chunks.push(chunk);
    });
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length)));
    request.once('error', reject);
    request.once('aborted', () => reject(new Error('The sender broke off.')));
  });
}
