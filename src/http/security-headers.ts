import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * The panel's own files only; styles may be inline because its component library writes them at run time. Pictures and
 * films of customers come from providers, over https.
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
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
        mediaSrc: ["'self'", 'blob:', 'https:'],
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
