import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lookup } from '../../../src/platform/safe-fetch/guarded-agent.ts';
import { createSafeFetch, type SafeRequest } from '../../../src/platform/safe-fetch/safe-fetch.ts';

let server: Server;
let origin: string;
let listener: RequestListener;
let seen: { url: string; headers: Record<string, unknown> }[];
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  seen = [];
  listener = (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('hello');
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function make(allowCidrs: string[] = ['127.0.0.1/32'], lookup?: Lookup) {
  const fetchSafely = createSafeFetch({ allowCidrs, userAgent: 'test', ...(lookup ? { lookup } : {}) });
  open.push(fetchSafely);
  return (url: string, more: Partial<SafeRequest> = {}) =>
    fetchSafely({ url, types: ['text/plain'], maxBytes: 10_000, timeoutMs: 3000, ...more });
}

const answerWith = (headers: Record<string, string>, body: string | Buffer = '', status = 200) => {
  listener = (_, response) => response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(body);
};

describe('createSafeFetch', () => {
  it('fetches what it may', async () => {
    const answer = await make()(`${origin}/x`);
    expect([answer.status, answer.body.toString(), answer.type]).toEqual([200, 'hello', 'text/plain']);
  });

  it.each([
    ['file:///etc/passwd', 'scheme'],
    ['gopher://127.0.0.1/', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['http://user:pw@example.com/', 'credentials'],
    ['not an address', 'not_an_address'],
  ])('refuses %s by its form', async (url, reason) => {
    await expect(make()(url)).rejects.toMatchObject({ code: 'fetch_refused', reason });
  });

  it.each([
    '127.0.0.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '127.1',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[fe80::1]',
    '[fc00::1]',
    '169.254.169.254',
    '10.0.0.1',
    '192.168.1.1',
    '172.16.0.1',
    '100.64.0.1',
    'localhost',
    '①②⑦.0.0.1',
    '%31%32%37.0.0.1',
    '[::]',
    '[2002:7f00:1::]',
    '[::127.0.0.1]',
    '240.0.0.1',
    '255.255.255.255',
    '224.0.0.1',
  ])('refuses the private address %s', async (host) => {
    await expect(make([])(`http://${host}/`)).rejects.toMatchObject({ reason: 'address' });
    const port = new URL(origin).port;
    await expect(make([])(`http://${host}:${port}/`)).rejects.toMatchObject({ reason: 'address' });
    expect(seen).toEqual([]);
  });

  it('refuses an address of endless length', async () => {
    await expect(make()(`${origin}/${'x'.repeat(3000)}`)).rejects.toMatchObject({ reason: 'not_an_address' });
  });

  it.each([22, 25, 6379, 3306])('refuses port %d of a public address', async (port) => {
    await expect(make([])(`http://93.184.216.34:${port}/`)).rejects.toMatchObject({ reason: 'address' });
  });

  it('refuses a name that leads to a private address, also among public ones', async () => {
    const lookup: Lookup = (_name, _options, done) =>
      done(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    await expect(make([], lookup)('http://rebind.example/')).rejects.toMatchObject({ reason: 'address' });
  });

  it('is not taken in by a name that answers differently the second time', async () => {
    let asked = 0;
    const lookup: Lookup = (_name, _options, done) => {
      asked++;
      done(null, [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]);
    };
    answerWith({ connection: 'close' }, 'x');
    const fetchSafely = make(['127.0.0.1/32'], lookup);
    const address = `http://rebind.example:${new URL(origin).port}/`;
    await expect(fetchSafely(address)).resolves.toMatchObject({ status: 200 });
    await expect(fetchSafely(address)).rejects.toMatchObject({ reason: 'address' });
    expect(seen).toHaveLength(1);
  });

  it('reaches a name whose addresses are all allowed, and follows it only to such another', async () => {
    const lookup: Lookup = (name, _options, done) =>
      done(null, [{ address: name === 'good.example' ? '127.0.0.1' : '10.0.0.1', family: 4 }]);
    const port = new URL(origin).port;
    const fetchSafely = make(['127.0.0.1/32'], lookup);
    await expect(fetchSafely(`http://good.example:${port}/`)).resolves.toMatchObject({ status: 200 });
    answerWith({ location: `http://evil.example:${port}/` }, '', 302);
    await expect(fetchSafely(`http://good.example:${port}/`)).rejects.toMatchObject({ reason: 'address' });
    expect(seen).toHaveLength(2);
  });

  it('judges each hop of a redirect anew', async () => {
    const targets = ['http://169.254.169.254/latest/meta-data/', 'file:///etc/passwd', 'http://a:b@example.com/'];
    const reasons: unknown[] = [];
    for (const target of targets) {
      answerWith({ location: target }, '', 302);
      reasons.push(await make()(`${origin}/`).catch((error: { reason: string }) => error.reason));
    }
    expect(reasons).toEqual(['address', 'scheme', 'credentials']);
  });

  it('follows a few redirects and no more', async () => {
    listener = (request, response) => {
      const hop = Number(request.url?.slice(1));
      response.writeHead(302, { location: `/${hop + 1}`, 'content-type': 'text/plain' }).end();
    };
    await expect(make()(`${origin}/0`)).rejects.toMatchObject({ reason: 'redirects' });
    expect(seen).toHaveLength(6);
    listener = (request, response) =>
      request.url === '/end'
        ? response.writeHead(200, { 'content-type': 'text/plain' }).end('there')
        : response.writeHead(301, { location: '/end' }).end();
    await expect(make()(`${origin}/0`)).resolves.toMatchObject({ status: 200, url: `${origin}/end` });
  });

  it('does not post to where it is sent on', async () => {
    answerWith({ location: '/other' }, '', 307);
    const post = { type: 'application/json', text: '{}' };
    await expect(make()(`${origin}/`, { post })).rejects.toMatchObject({ reason: 'redirects' });
  });

  it('stops at its size, packed or not', async () => {
    answerWith({}, Buffer.alloc(20_000));
    await expect(make()(`${origin}/`)).rejects.toMatchObject({ reason: 'too_large' });
    answerWith({ 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(5_000_000)));
    await expect(make()(`${origin}/`)).rejects.toMatchObject({ reason: 'too_large' });
    answerWith({ 'content-encoding': 'gzip' }, gzipSync('small'));
    expect((await make()(`${origin}/`)).body.toString()).toBe('small');
  });

  it('refuses a body that cannot be unpacked', async () => {
    answerWith({ 'content-encoding': 'gzip' }, 'no gzip at all');
    await expect(make()(`${origin}/`)).rejects.toMatchObject({ reason: 'encoding' });
    answerWith({ 'content-encoding': 'zstd-of-tomorrow' }, 'x');
    await expect(make()(`${origin}/`)).rejects.toMatchObject({ reason: 'encoding' });
  });

  it('stops at its time, also when a body drips', async () => {
    listener = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const drip = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(drip));
    };
    await expect(make()(`${origin}/`, { timeoutMs: 400 })).rejects.toMatchObject({
      code: 'fetch_failed',
      reason: 'timeout',
    });
  });

  it('takes only the types it was asked for', async () => {
    answerWith({ 'content-type': 'text/html; charset=utf-8' }, '<form>');
    await expect(make()(`${origin}/`)).rejects.toMatchObject({ reason: 'type' });
    answerWith({ 'content-type': 'IMAGE/PNG' }, 'x');
    await expect(make()(`${origin}/`, { types: ['image/*'] })).resolves.toMatchObject({ type: 'image/png' });
  });

  it('sends no cookie that it was given, and says who it is', async () => {
    answerWith({ 'set-cookie': 'session=1' });
    const fetchSafely = make();
    await fetchSafely(`${origin}/`);
    await fetchSafely(`${origin}/`);
    expect(seen[1]?.headers).toMatchObject({ 'user-agent': 'test' });
    expect(seen[1]?.headers.cookie).toBeUndefined();
  });

  it('says that a server is away, or its name unknown', async () => {
    await expect(make()('http://127.0.0.1:9/')).rejects.toMatchObject({ code: 'fetch_failed' });
    const lookup: Lookup = (_name, _options, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);
    await expect(make([], lookup)('http://nowhere.example/')).rejects.toMatchObject({ reason: 'dns' });
  });
});
