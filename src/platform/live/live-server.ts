import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { findHolders, type Holder } from '../auth/auth-store.ts';
import { hashToken } from '../auth/tokens.ts';
import type { Database } from '../database/client.ts';
import { ENDED, LiveConnection } from './live-connection.ts';
import { LiveFeed } from './live-feed.ts';
import { isOriginAllowed } from './live-origin.ts';
import { type LiveReader, redeemTicket } from './live-store.ts';

const PATH = '/ws';
const HEARTBEAT_MS = 25_000;
/** What a reader may send: nothing that we read. */
const MAX_PAYLOAD_BYTES = 1024;
const MAX_CONNECTIONS = 2000;
/** Far more windows than a person opens, and too few to leave none for the others. */
const MAX_CONNECTIONS_OF_ONE = 50;

export interface LiveServerDeps {
  db: Database;
  databaseUrl: string;
  publicBaseUrl: string;
  /** Other origins whose pages may listen; `*` for all. */
  uiOrigins: readonly string[];
  logger: Logger;
  clock?: () => number;
  heartbeatMs?: number;
}

export interface LiveServer {
  /** Serves `/ws` on an HTTP server. */
  attach(server: Server): void;
  stop(): Promise<void>;
}

interface Ask extends LiveReader {
  /** The last number that the reader saw; null for one that begins. */
  after: bigint | null;
}

/** The live feed over WebSockets: whoever has a one-time ticket hears of every change in their business. */
export function createLiveServer(deps: LiveServerDeps): LiveServer {
  const { db, logger, clock = Date.now } = deps;
  const onError = (error: unknown) => logger.warn({ err: error }, 'the live feed could not be read');
  const feed = new LiveFeed({ db, databaseUrl: deps.databaseUrl, onAccess: () => void endLost(), onError });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES, clientTracking: false });
  /** Each connection with who holds it. */
  const connections = new Map<LiveConnection, Holder>();
  const heartbeat = setInterval(() => {
    for (const connection of connections.keys()) connection.beat();
    // What the database said may have been said to nobody.
    if (connections.size > 0) void endLost();
  }, deps.heartbeatMs ?? HEARTBEAT_MS).unref();

  const countOf = (holder: string): number => {
    let count = 0;
    for (const { actor } of connections.values()) if (actor === holder) count += 1;
    return count;
  };

  /** Closes the connections of those who may listen no more: logged out, switched off, revoked. */
  const closeLost = async (): Promise<void> => {
    const open = [...connections];
    const holders = open.map(([, holder]) => holder);
    const able = await findHolders(db, holders, 'view-conversations', new Date(clock()));
    for (const [connection, holder] of open) if (!able.has(holder)) connection.close(ENDED, 'the login has ended');
  };
  let isLooking = false;
  let isAskedAgain = false;
  /** One look at a time; what is lost while it lasts is seen by the next. */
  const endLost = async (): Promise<void> => {
    isAskedAgain = true;
    if (isLooking) return;
    isLooking = true;
    while (isAskedAgain) {
      isAskedAgain = false;
      await closeLost().catch(onError);
    }
    isLooking = false;
  };

  /** Who asks and from where on, or the status to refuse with. */
  const admit = async (request: IncomingMessage, url: URL): Promise<Ask | number> => {
    if (!isOriginAllowed(request, deps)) return 403;
    const given = url.searchParams.get('after') ?? '';
    if (!/^\d{0,18}$/.test(given)) return 400;
    if (connections.size >= MAX_CONNECTIONS) return 503;
    const reader = await redeemTicket(db, hashToken(url.searchParams.get('ticket') ?? ''), new Date(clock()));
    if (reader === null) return 401;
    return { ...reader, after: given === '' ? null : BigInt(given) };
  };

  const open = (socket: WebSocket, ask: Ask): void => {
    const { businessId, holder, familyId, after } = ask;
    const connection = new LiveConnection({ socket, feed, db, businessId, after });
    connections.set(connection, { actor: holder, familyId });
    socket.on('close', () => {
      connection.stop();
      connections.delete(connection);
    });
    connection.start().catch((error: unknown) => {
      onError(error);
      socket.close(1011, 'the feed cannot be read now');
    });
  };

  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== PATH) return refuse(stream, 404);
    const ask = await admit(request, url);
    if (typeof ask === 'number') return refuse(stream, ask);
    // In the same breath as the connection is opened, so that many at once are counted one after the other.
    if (countOf(ask.holder) >= MAX_CONNECTIONS_OF_ONE) return refuse(stream, 429);
    sockets.handleUpgrade(request, stream, head, (socket) => open(socket, ask));
  };

  return {
    attach(server) {
      server.on('upgrade', (request, stream: Duplex, head) => {
        stream.on('error', () => stream.destroy());
        upgrade(request, stream, head).catch((error: unknown) => {
          onError(error);
          refuse(stream, 503);
        });
      });
    },
    async stop() {
      clearInterval(heartbeat);
      for (const connection of connections.keys()) connection.close(1012, 'the server restarts');
      await feed.stop();
    },
  };
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

function refuse(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
