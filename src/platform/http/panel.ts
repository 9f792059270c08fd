import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Request, type Response, Router } from 'express';
import { styleNonceOf } from './security-headers.ts';

/** Where the panel's build is, when the composition root names no other place. */
export const PANEL_FOLDER = join(import.meta.dirname, '../../../admin/dist');

const NOT_BUILT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Peyk</title></head>
<body><h1>The panel is not built</h1>
<p>Run <code>npm start</code>, which builds it, or <code>npm run build</code>, then load this page again.</p>
<p>The API is running: <a href="/docs">/docs</a>, <a href="/readyz">/readyz</a>.</p></body></html>`;

/** The built panel; every address below it that is no file is the panel's own page. */
export function createPanelRouter(folder: string): Router {
  const router = Router();
  const assets = express.static(join(folder, 'assets'), {
    immutable: true,
    maxAge: '1y',
    index: false,
    redirect: false,
  });
  router.use('/assets', assets);
  router.use(express.static(folder, { index: false, redirect: false, maxAge: 0 }));
  router.get('/{*path}', async (request: Request, response: Response, next) => {
    // A missing script must not come back as a page.
    if (/\.\w{1,8}$/.test(request.path)) return next();
    const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null);
    // The nonce is good for this one answer, so no copy of the page may be kept.
    response.set('Cache-Control', 'no-store').type('html');
    if (page === null) response.status(503).send(NOT_BUILT);
    else response.send(page.replace('<head>', `<head><meta property="csp-nonce" nonce="${styleNonceOf(response)}">`));
  });
  return router;
}
