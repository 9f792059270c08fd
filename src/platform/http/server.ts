import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** A list may name 500 ids in its address, which is 23 kB; Node's own limit is 16. */
const MAX_HEADER_BYTES = 65_536;

/** How bytes that Node cannot take for a request are answered; all others with 400. */
const REFUSALS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
/** So long a sender may go on with what nobody reads. */
const LINGER_MS = 2000;

/**
 * Answers and hangs up. Node would close at once, and a connection that is closed with bytes unread is reset: its sender
 * would often see no answer at all.
 */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (socket.writableEnded) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(`HTTP/1.1 ${REFUSALS[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`);
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

/** The HTTP server around the app, with the limits that its contract needs. The caller lets it listen. */
export function createHttpServer(app: RequestListener): Server {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, app);
  // Slow senders hold a connection, not more: a body is there within half a minute or the request is over.
  server.requestTimeout = 30_000;
  server.headersTimeout = 15_000;
  // Longer than the idle time of usual proxies, so that it is never us who close a connection they are about to use.
  server.keepAliveTimeout = 75_000;
  server.on('clientError', refuse);
  return server;
}
