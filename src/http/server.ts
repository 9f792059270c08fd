import { createServer, type RequestListener, type Server } from 'node:http';

/** A list may name 500 ids in its address, which is 23 kB; Node's own limit is 16. */
const MAX_HEADER_BYTES = 65_536;

/** The HTTP server around the app, with the limits that its contract needs. The caller lets it listen. */
export function createHttpServer(app: RequestListener): Server {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, app);
  // Slow senders hold a connection, not more: a body is there within half a minute or the request is over.
  server.requestTimeout = 30_000;
  server.headersTimeout = 15_000;
  // Longer than the idle time of usual proxies, so that it is never us who close a connection they are about to use.
  server.keepAliveTimeout = 75_000;
  return server;
}
