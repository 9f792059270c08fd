import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';

const SWAGGER_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Peyk API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script></body></html>`;

const SWAGGER_SCRIPT = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', validatorUrl: null });`;

const REDOC_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Peyk API</title>
<style>body { margin: 0 }</style></head>
<body><div id="redoc"></div>
<script src="/redoc/assets/redoc.standalone.js"></script>
<script src="/redoc/start.js"></script></body></html>`;

// Its search would need a worker made of a text, which the policy below refuses.
const REDOC_SCRIPT = `Redoc.init('/openapi.json', { disableSearch: true }, document.getElementById('redoc'));`;

/** Nothing from another host, pictures included: these pages have no customers' media to show. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const holdToOurselves: RequestHandler = (_request, response, next) => {
  response.set('Content-Security-Policy', POLICY);
  next();
};

/** `/openapi.json`, `/docs` (Swagger UI) and `/redoc`, from our own files: no other host is asked for anything. */
export function createDocsRouter(document: () => object): Router {
  const { resolve } = createRequire(import.meta.url);
  const files = (folder: string) => express.static(folder, { index: false, maxAge: '1d' });
  let made: object | null = null;
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    made ??= document();
    response.json(made);
  });
  const page = (path: string, html: string, script: string) => {
    router.use(path, holdToOurselves);
    router.get(path, (_request, response) => response.type('html').send(html));
    router.get(`${path}/start.js`, (_request, response) => response.type('js').send(script));
  };
  page('/docs', SWAGGER_PAGE, SWAGGER_SCRIPT);
  page('/redoc', REDOC_PAGE, REDOC_SCRIPT);
  router.use('/docs/assets', files(dirname(resolve('swagger-ui-dist/package.json'))));
  router.use('/redoc/assets', files(join(dirname(resolve('redoc/package.json')), 'bundles')));
  return router;
}
