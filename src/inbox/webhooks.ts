import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NextFunction } from 'express';
import type { Logger } from 'pino';
import type { ChannelName, Connector, WebhookRequest } from '../channels/connector.ts';
import { InvalidInputError, SignatureError } from '../platform/errors.ts';
import type { Metrics } from '../platform/http/metrics.ts';
import { problemBody } from '../platform/http/problem.ts';
import { BODY_TOO_LARGE, readRawBody } from '../platform/http/raw-body.ts';
import type { Inbox } from './inbox.ts';

const MAX_BODY_BYTES = 1_048_576;

type Headers = WebhookRequest['headers'];

/** Which channel a POST to an address is for. The one shared address tells by the signature that the sender uses. */
const CHANNEL_BY_PATH: Readonly<Record<string, (headers: Headers) => ChannelName>> = {
  '/webhook': (headers) => (headers['x-hub-signature-256'] === undefined ? 'directam' : 'instagram'),
  '/webhooks/directam': () => 'directam',
};

/** The addresses that channels post to. */
export const WEBHOOK_PATHS: readonly string[] = Object.keys(CHANNEL_BY_PATH);

export interface WebhookDeps {
  connectors: ReadonlyMap<ChannelName, Connector>;
  inbox: Pick<Inbox, 'accept'>;
  logger: Logger;
  metrics: Metrics;
  clock: () => number;
}

export type WebhookHandler = (request: IncomingMessage, response: ServerResponse, next: NextFunction) => void;

/**
 * The hot path: everything a provider posts. Mounted before all other middleware, and written on Node's own request
 * and response, because each acknowledgement pays for what stands in front of it. 200 only after the commit; whatever
 * keeps an event from being stored is a 503, so that the provider tries again.
 */
export function createWebhookHandler({ connectors, inbox, logger, metrics, clock }: WebhookDeps): WebhookHandler {
  async function take(connector: Connector, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const receivedAtMs = clock();
    const rawBody = await readRawBody(request, MAX_BODY_BYTES);
    if (rawBody === BODY_TOO_LARGE) {
      // The rest of the body is still coming; there is no use in reading it.
      response.setHeader('Connection', 'close');
      refuse(response, 413, 'The body is too large.');
      return;
    }
    await inbox.accept(connector, { rawBody, headers: request.headers, receivedAtMs });
    response.writeHead(200, ACKNOWLEDGED_HEADERS).end(ACKNOWLEDGED);
  }

  function fail(error: unknown, channel: ChannelName, response: ServerResponse): void {
    if (response.destroyed || response.headersSent) return;
    if (error instanceof SignatureError) {
      refuse(response, 401, 'The signature is missing or wrong.');
    } else if (error instanceof InvalidInputError) {
      refuse(response, 400, 'The body cannot be read.');
    } else {
      logger.error({ err: error, channel }, 'webhook not stored');
      response.setHeader('Retry-After', '5');
      refuse(response, 503, 'The event could not be stored. Send it again.');
    }
  }

  return (request, response, next) => {
    const path = pathOf(request.url ?? '');
    const choose = Object.hasOwn(CHANNEL_BY_PATH, path) ? CHANNEL_BY_PATH[path] : undefined;
    if (!choose) return next();
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      return refuse(response, 405, 'Webhooks are posted.');
    }
    const connector = connectors.get(choose(request.headers)) ?? connectors.get('directam');
    if (!connector) return next();
    const channel = connector.name;
    const begunAt = performance.now();
    void take(connector, request, response)
      .catch((error: unknown) => fail(error, channel, response))
      .finally(() => metrics.countWebhook(channel, response.statusCode, (performance.now() - begunAt) / 1000));
  };
}

const ACKNOWLEDGED = '{"ok":true}';
const ACKNOWLEDGED_HEADERS = { 'Content-Type': 'application/json', 'Content-Length': ACKNOWLEDGED.length };

function pathOf(url: string): string {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function refuse(response: ServerResponse, status: number, detail: string): void {
  response.writeHead(status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify(problemBody(status, detail)));
}
