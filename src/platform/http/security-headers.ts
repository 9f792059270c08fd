import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** The word by which one answer's own styles are known. The same for the header and for the page. */
export function styleNonceOf(response: ServerResponse): string {
  const { locals } = response as ServerResponse & { locals: { styleNonce?: string } };
  locals.styleNonce ??= randomBytes(16).toString('base64');
  return locals.styleNonce;
}

/**
 * The panel's own files only. Its component library writes styles at run time; they bear the nonce that the page was
 * given, so no other inline style counts. Pictures and films of customers and shops come through our own proxy.
 */
export function createHelmet(publicBaseUrl: string): RequestHandler {
  const isHttps = publicBaseUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", (_request, response) => `'nonce-${styleNonceOf(response)}'`],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // On plain http the browser ignores it, and on a developer's machine it would outlive the program.
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}

/** Other origins that may use the API from a browser. None are needed for the panel that we serve ourselves. */
export function createCors(origins: readonly string[]): RequestHandler {
  const anyone = origins.includes('*');
  return cors({
    origin: anyone ? '*' : [...origins],
    // Browsers refuse "everyone, with cookies"; so do we.
    credentials: !anyone,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Range', 'X-API-Key', 'If-Match', 'X-Request-Id'],
    exposedHeaders: ['Content-Range', 'X-Total-Count', 'Retry-After', 'X-Request-Id', 'ETag'],
    maxAge: 600,
  });
}
