import type { IncomingMessage, ServerResponse } from 'node:http';

/** How much of a body that nobody wants is read all the same, and thrown away, so that its sender hears the answer. */
export interface Lingering {
  bytes: number;
  ms: number;
}

const LINGERING: Lingering = { bytes: 16 * 1024 * 1024, ms: 10_000 };

/**
 * Answers a request whose body was not read to its end, and hangs up afterwards. The answer leaves at once. To close then, with bytes
 * unread, would reset the connection, and a sender who is still writing would see that in place of the answer: so what it sends is
 * read a while longer and thrown away.
 */
export function refuseUnread(
  request: IncomingMessage,
  response: ServerResponse,
  { status, type, body }: { status: number; type: string; body: string },
  { bytes, ms }: Lingering = LINGERING,
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  });
  // All of the answer, but not its end: with that, Node closes the connection.
  response.write(body);
  let left = bytes;
  const hangUp = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(hangUp, ms).unref();
  if (request.destroyed) {
    hangUp();
    return;
  }
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) hangUp();
  });
  request.once('end', hangUp);
  request.once('close', hangUp);
  request.resume();
}
