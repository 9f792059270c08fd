import { createServer, type Server } from 'node:http';
import { type Request, type RequestHandler, Router } from 'express';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { type Authenticate, demand } from '../auth/authenticate.ts';
import { refuseMethod } from './problem.ts';

export interface Metrics {
  registry: Registry;
  countWebhook(channel: string, status: number, seconds: number): void;
  observeRequests: RequestHandler;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Figures of this process. Labels are route patterns and statuses, never addresses, so their number is bounded. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const webhooks = new Counter({
    name: 'peyk_webhooks_total',
    help: 'Webhook requests by channel and answer.',
    labelNames: ['channel', 'status'],
    registers,
  });
  const webhookSeconds = new Histogram({
    name: 'peyk_webhook_seconds',
    help: 'Time from a webhook request to its answer.',
    buckets: BUCKETS,
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'peyk_http_request_seconds',
    help: 'Time from an API request to its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  });
  return {
    registry,
    countWebhook(channel, status, seconds) {
      webhooks.inc({ channel, status });
      webhookSeconds.observe(seconds);
    },
    observeRequests(request, response, next) {
      const stop = requestSeconds.startTimer();
      response.once('finish', () => {
        const route = (request.route as { path?: unknown } | undefined)?.path;
        const pattern = typeof route === 'string' ? `${request.baseUrl}${route}` : 'other';
        stop({ method: request.method, route: pattern, status: response.statusCode });
      });
      next();
    },
  };
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
/** What proxies write; a program that asks for itself writes none of it. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/** A program of this machine that asks by itself, and not through a proxy for somebody elsewhere. */
function isLocal({ socket, headers }: Request): boolean {
  return LOOPBACK.has(socket.remoteAddress ?? '') && PROXY_HEADERS.every((name) => headers[name] === undefined);
}

/**
 * `/metrics` on the public port: for whoever may see the logs. While nobody but this machine can reach us, its programs need
 * no token.
 */
export function createMetricsRouter(
  { registry }: Metrics,
  authenticate: Authenticate,
  { isReachable }: { isReachable: boolean },
): Router {
  const router = Router();
  router.get('/metrics', async (request, response) => {
    if (isReachable || !isLocal(request)) demand(await authenticate(request), 'view-logs');
    response.type(registry.contentType).send(await registry.metrics());
  });
  router.all('/metrics', refuseMethod(['GET', 'HEAD']));
  return router;
}

/** A server with nothing but the figures, for a port that only the monitoring can reach. The caller lets it listen. */
export function createMetricsServer({ registry }: Metrics): Server {
  return createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
}
