import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS } from '../../../src/channels/index.ts';
import { ACTIONS, RESOURCES } from '../../../src/features.ts';
import { openDatabase } from '../../../src/platform/database/client.ts';
import { LIMITS } from '../../../src/platform/database/limits.ts';
import { ADMIN_API_KEY, startTestApi, type TestApi } from '../../support/http-api.ts';
import { listRoutes } from '../../support/http-routes.ts';
import { createEmptyDatabase, createTestDatabase } from '../../support/postgres.ts';

let api: TestApi;
let panelFolder: string;
let temporalWorks = true;
beforeAll(async () => {
  panelFolder = mkdtempSync(join(tmpdir(), 'peyk-panel-'));
  mkdirSync(join(panelFolder, 'assets'));
  writeFileSync(join(panelFolder, 'index.html'), '<!doctype html><head><title>Panel</title></head>');
  writeFileSync(join(panelFolder, 'assets', 'main-abc.js'), 'export {};');
  const temporal = async () => {
    if (!temporalWorks) throw new Error('down');
  };
  const env = { ADMIN_UI_ORIGINS: 'http://localhost:5173' };
  api = await startTestApi(env, { panelFolder, healthChecks: { temporal } });
});
afterAll(async () => {
  await api.stop();
  rmSync(panelFolder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => api.request('GET', path, { headers });

/** One address may be several channels'. */
const WEBHOOKS = new Set(
  CHANNELS.flatMap(({ descriptor }) =>
    descriptor.webhooks.flatMap(({ path, methods }) => methods.map((method) => `${method.toLowerCase()} ${path}`)),
  ),
);

describe('health', () => {
  it('is green at all of its addresses, and yellow without Temporal', async () => {
    expect((await get('/healthz')).body).toEqual({ status: 'ok' });
    for (const path of ['/readyz', '/api/health', '/health-check', '/running']) {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        status: 'green',
        db: 'ok',
        migrations: 'ok',
        temporal: 'ok',
        inbox: 'ok',
        relay: 'ok',
        'oldest-event': 'ok',
        sends: 'ok',
        model: 'ok',
        channels: 'ok',
        sending: 'ok',
        runs: expect.any(String),
      });
    }
    temporalWorks = false;
    api.passTime(2000);
    const answer = await get('/readyz');
    expect([answer.status, answer.body.status, answer.body.temporal]).toEqual([200, 'yellow', 'down']);
  });
});

describe('a database without its tables, or with a migration that was interrupted', () => {
  it('answers, and readyz is red because of its migrations', async () => {
    const empty = await createEmptyDatabase();
    const db = openDatabase(empty.url, 2);
    const broken = await startTestApi({}, { db });
    const ready = await broken.request('GET', '/readyz');
    expect([ready.status, ready.body.db, ready.body.migrations]).toEqual([503, 'ok', 'down']);
    await db.$disconnect();
    await broken.stop();
    await empty.drop();
  });
});

describe('a database that has no connection left', () => {
  it('makes readyz red, and blames no migration', async () => {
    const full = await createTestDatabase();
    const owner = openDatabase(full.url, 1);
    const role = `crowded_${randomBytes(4).toString('hex')}`;
    await owner.$executeRawUnsafe(`CREATE ROLE ${role} LOGIN PASSWORD 'tests-only' CONNECTION LIMIT 0`);
    const url = new URL(full.url);
    url.username = role;
    const db = openDatabase(url.href, 2);
    const crowded = await startTestApi({}, { db });
    const ready = await crowded.request('GET', '/readyz');
    expect([ready.status, ready.body.status, ready.body.db]).toEqual([503, 'red', 'down']);
    expect(ready.body).not.toHaveProperty('migrations');
    expect(ready.body.todo).toEqual([
      { part: 'db', code: 'db_connections', action: expect.stringContaining('max_connections') },
    ]);
    await db.$disconnect();
    await crowded.stop();
    await owner.$executeRawUnsafe(`DROP ROLE ${role}`);
    await owner.$disconnect();
    await full.drop();
  });
});

describe('a database that cannot be reached', () => {
  it('makes readyz red, healthz stay green, and the API answer 503 with Retry-After and no details', async () => {
    const db = openDatabase('postgresql://postgres:secret-pw@127.0.0.1:1/none', 2, {
      ...LIMITS.panel,
      checkoutMs: 500,
    });
    const broken = await startTestApi({}, { db });
    expect((await broken.request('GET', '/healthz')).status).toBe(200);
    const ready = await broken.request('GET', '/readyz');
    expect([ready.status, ready.body.status, ready.body.db]).toEqual([503, 'red', 'down']);
    // Nobody can tell what is in a database that does not answer.
    expect(ready.body).not.toHaveProperty('migrations');
    expect(ready.text).not.toContain('migrations');
    const body = { username: 'admin', password: 'x' };
    const answers = [
      await broken.request('POST', '/auth/login', { body }),
      await broken.request('GET', '/api/conversations', { apiKey: ADMIN_API_KEY }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.text).not.toMatch(/127\.0\.0\.1|prisma|secret-pw|invocation/i);
    }
    await db.$disconnect();
    await broken.stop();
  });
});

describe('problems', () => {
  it('have the RFC 9457 form with what react-admin reads, and no stack', async () => {
    const answer = await get('/no/such/page');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ type: 'about:blank', title: 'Not found', status: 404 });
    expect(answer.body.message).toBe(answer.body.detail);
    expect(answer.text).not.toContain('node_modules');
  });

  it('hide what an unexpected error says, and log it with the request id', async () => {
    const simulateReply = () => Promise.reject(new Error('very internal detail'));
    const failing = await startTestApi({}, { simulateReply });
    const headers = { 'x-request-id': 'request-12345' };
    const options = { apiKey: ADMIN_API_KEY, body: { text: 'hello' }, headers };
    const answer = await failing.request('POST', '/admin/ai/simulate_reply', options);
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('internal detail');
    expect(answer.headers.get('x-request-id')).toBe('request-12345');
    const log = failing.logs.join('');
    expect(log).toContain('very internal detail');
    expect(log).toContain('request-12345');
    expect(log).not.toContain(ADMIN_API_KEY);
    await failing.stop();
  });
});

describe('headers', () => {
  it('are strict, and fit for plain http', async () => {
    const { headers } = await get('/admin');
    const csp = headers.get('content-security-policy') ?? '';
    expect(csp).toContain("script-src 'self';");
    expect(csp).toMatch(/style-src 'self' 'nonce-[A-Za-z0-9+/=]{24}';/);
    expect(csp).not.toContain('unsafe-inline');
    expect(csp).toContain("frame-ancestors 'none'");
    expect(csp).not.toContain('upgrade-insecure-requests');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('open the API to the allowed origin only', async () => {
    const origin = 'http://localhost:5173';
    const allowed = await get('/api/conversations', { origin });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
    expect(allowed.headers.get('access-control-expose-headers')).toContain('Content-Range');
    const refused = await get('/api/conversations', { origin: 'http://evil.example' });
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await api.request('OPTIONS', '/api/conversations', {
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'range' },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Range');
  });
});

describe('the panel', () => {
  it('is served with its pages and files, and the root leads to it', async () => {
    expect((await get('/')).headers.get('location')).toBe('/admin');
    for (const path of ['/admin', '/admin/', '/admin/conversations/1/show']) {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('<title>Panel</title>');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    const script = await get('/admin/assets/main-abc.js');
    expect(script.headers.get('cache-control')).toContain('immutable');
  });

  it('gives each page a nonce of its own, the same as in its policy', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const { headers, text } = await get('/admin');
        const [, nonce = ''] = /nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '') ?? [];
        expect(text).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('answers 404 for a file that is missing, and says how to build when nothing is built', async () => {
    expect((await get('/admin/assets/gone.js')).status).toBe(404);
    const bare = await startTestApi({}, { panelFolder: join(panelFolder, 'nowhere') });
    const answer = await bare.request('GET', '/admin');
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('npm start');
    await bare.stop();
  });
});

describe('the document', () => {
  it('names every resource and every action', async () => {
    const { body } = await get('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const paths = body.paths as Record<string, Record<string, unknown>>;
    for (const { name, create, update, guardDelete } of RESOURCES) {
      const list = Object.keys(paths[`/api/${name}`] ?? {});
      // What is begun rather than written (a re-run) is an action at the address of its list.
      const begun = ACTIONS.some(({ method, path }) => method === 'post' && path === `/api/${name}`);
      const one = Object.keys(paths[`/api/${name}/{id}`] ?? {});
      expect(list).toEqual(['get', ...(create || begun ? ['post'] : [])]);
      expect(one).toEqual(['get', ...(update ? ['put', 'patch'] : []), ...(guardDelete ? ['delete'] : [])]);
    }
    for (const { method, path } of ACTIONS) expect(paths[path.replace(':id', '{id}')]).toHaveProperty(method);
  });

  it('and the routes are the same set', async () => {
    const { paths } = (await get('/openapi.json')).body as { paths: Record<string, Record<string, unknown>> };
    const documented = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(documented.length).toBeGreaterThan(50);
    // Pages and pictures for people.
    const pages = /^get \/(|openapi\.json|docs|docs\/start\.js|redoc|redoc\/start\.js|media\/.*|\{\*path\})$/;
    const routes = listRoutes(api.app).filter((route) => !pages.test(route));
    // Webhooks are answered before the router is asked.
    expect([...routes, ...WEBHOOKS].sort()).toEqual(documented.sort());
    for (const [method, path] of [...WEBHOOKS].map((webhook) => webhook.split(' ') as [string, string])) {
      // Neither a stranger's events nor a stranger's question.
      const stranger = method === 'get' ? await get(path) : await api.request('POST', path, { body: '{}' });
      expect(stranger.status, `${method} ${path}`).toBe(method === 'get' ? 403 : 401);
      const other = await api.request('PUT', path, { body: '{}' });
      expect(other.status, path).toBe(405);
      expect(other.headers.get('allow')?.split(', '), path).toContain(method.toUpperCase());
    }
    expect((await api.request('POST', '/webhooks/no-channel', { body: '{}' })).status).toBe(404);
  });

  it.each(['/docs', '/redoc'])('has a page at %s that loads nothing from elsewhere', async (page) => {
    const { text, headers } = await get(page);
    expect(text).not.toMatch(/https?:\/\//);
    expect(headers.get('content-security-policy')).not.toMatch(/https?:|unsafe-eval|\*/);
    const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] as string);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect((await get(file)).status, file).toBe(200);
  });
});

describe('/metrics', () => {
  it('counts webhooks and requests by route pattern', async () => {
    await api.request('GET', '/api/conversations/01900000-0000-7000-8000-000000000000', { apiKey: ADMIN_API_KEY });
    await api.request('POST', '/webhook', { body: '{}' });
    const { text } = await get('/metrics');
    expect(text).toMatch(/peyk_webhooks_total\{channel="directam",status="401"\} [1-9]/);
    expect(text).toMatch(
      /peyk_http_request_seconds_count\{method="GET",route="\/api\/conversations\/:id",status="404"\} 1/,
    );
    expect(text).not.toContain('01900000');
  });

  it('is closed to other machines, and gone when it has a port of its own', async () => {
    const foreign = await get('/metrics', { 'x-forwarded-for': '203.0.113.9' });
    expect(foreign.status).toBe(401);
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    expect((await api.request('GET', '/metrics', { apiKey: ADMIN_API_KEY, headers })).status).toBe(200);
    for (const name of ['forwarded', 'via', 'x-real-ip'])
      expect((await get('/metrics', { [name]: 'for=127.0.0.1' })).status, name).toBe(401);
    const moved = await startTestApi({ METRICS_PORT: '9999' });
    expect((await moved.request('GET', '/metrics')).status).toBe(404);
    expect((await moved.request('GET', '/openapi.json')).text).not.toContain('"/metrics"');
    await moved.stop();
  });

  it('wants a token even from this machine once others can reach us', async () => {
    const open = await startTestApi({ PUBLIC_BASE_URL: 'https://peyk.example' });
    expect((await open.request('GET', '/metrics')).status).toBe(401);
    expect((await open.request('GET', '/metrics', { apiKey: ADMIN_API_KEY })).status).toBe(200);
    await open.stop();
  });
});

describe('request log', () => {
  it('holds neither tokens nor what was searched for', async () => {
    await api.request('GET', '/api/contacts?filter={"q":"+989121234567"}', { apiKey: `${ADMIN_API_KEY}x` });
    await api.request('GET', '/api/contacts', { token: 'some.bearer.token', headers: { cookie: 'peyk_refresh=abc' } });
    const log = api.logs.join('');
    expect(log).toContain('/api/contacts');
    expect(log).not.toMatch(/989121234567|some\.bearer|peyk_refresh|test-admin-key/);
  });
});
