import { createGraphServer, type GraphServer } from '../channels/meta/mock/graph-server.ts';
import { localUrl } from '../platform/http/local-url.ts';
import { MOCK_GRAPH_PATH } from '../platform/http/mock-graph-path.ts';
import { isLoopback } from '../platform/loopback.ts';
import type { WebhookHandler } from './webhooks.ts';

const DAY_MS = 24 * 3_600_000;

/** Stands in for Meta in the process of the API: delivers to our own webhooks, with Meta's window. */
export function createMockGraph(listen: { host: string; port: number }, secret: string): GraphServer {
  const graph = createGraphServer({ windowMs: DAY_MS });
  graph.deliverTo({ url: `${localUrl(listen.host, listen.port)}/webhooks/meta`, secret });
  return graph;
}

/** Serves it before everything else, to programs of this machine only: it takes any token. */
export function serveMockGraph(graph: GraphServer | null, otherwise: WebhookHandler): WebhookHandler {
  if (!graph) return otherwise;
  return (request, response, next) => {
    const isOurs = request.url?.startsWith(`${MOCK_GRAPH_PATH}/`);
    if (!isOurs) return otherwise(request, response, next);
    const address = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
    if (isLoopback(address)) graph.handle(request, response);
    else response.writeHead(403).end();
  };
}
