import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** A list may name 500 ids in its address, which is 23 kB; Node's own limit is 16. */
const MAX_HEADER_BYTES = 65_536;

/** Connections at the same time: far more than senders need, and few enough that all of them fit into memory. */
const MAX_CONNECTIONS = 8000;

/** How bytes that Node cannot take for a request are answered; all others with 400. */
const REFUSALS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
/** A body is there within this time or the request is over: slow senders hold a connection, not more. */
const BODY_MS = 30_000;
/** Files come from phones in a poor network, too. Whoever sends one has logged in by then, or was refused. */
const FILE_BODY_MS = 300_000;
const TAKES_FILES = /^\/api\/(?:uploads|products\/import)(?:\?|$)/;
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

/** Node knows one time for all requests; this is the shorter one of those that send no file. */
function limitBodyTime(bodyMs: number, request: IncomingMessage, response: ServerResponse): void {
  const { headers, url = '', socket } = request;
  const hasBody = 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody || TAKES_FILES.test(url)) return;
  const timer = setTimeout(() => {
    if (request.complete) return;
    if (response.headersSent) socket.destroy();
    else
      refuse(Object.assign(new Error('The body did not come in time.'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
  }, bodyMs);
  request.once('close', () => clearTimeout(timer));
}

/** The HTTP server around the app, with the limits that its contract needs. The caller lets it listen. */
export function createHttpServer(app: RequestListener, { bodyMs = BODY_MS } = {}): Server {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, app);
  server.requestTimeout = FILE_BODY_MS;
  server.prependListener('request', (request, response) => limitBodyTime(bodyMs, request, response));
  server.headersTimeout = 15_000;
  // Longer than the idle time of usual proxies, so that it is never us who close a connection they are about to use.
  server.keepAliveTimeout = 75_000;
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', refuse);
  return server;
}
