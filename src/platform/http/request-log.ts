import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** The address of a picture is signed: whoever has it may look. */
const SIGNED = /^\/media\/.*/;

const QUIET = new Set(['/healthz', '/readyz', '/api/health', '/health-check', '/running', '/metrics']);

/**
 * One line for each request: method, path and answer. Never headers (they hold tokens) and never the query string
 * (it holds what operators search for). A caller's own request id is kept when it is harmless.
 */
export function createRequestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId(request, response) {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    autoLogging: { ignore: (request) => QUIET.has((request.url ?? '').split('?')[0] ?? '') },
    customLogLevel: (_request, response, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return response.statusCode >= 400 ? 'info' : 'debug';
    },
    serializers: {
      req: (request: { id: unknown; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0]?.replace(SIGNED, '/media/[hidden]'),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      // The error handler logs the error itself, once.
      err: () => undefined,
    },
  }) as unknown as RequestHandler;
}
