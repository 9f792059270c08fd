import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSitemap } from '../../../src/catalog/readers/sitemap.ts';
import type { ListCursor } from '../../../src/catalog/readers/source.ts';
import { createSafeFetch } from '../../../src/platform/safe-fetch/safe-fetch.ts';

let server: Server;
let origin: string;
/** What the shop answers, by path. */
let files: Record<string, { body: string | Buffer; type?: string }> = {};
let fetchSafely: ReturnType<typeof createSafeFetch>;
beforeAll(async () => {
  server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'application/xml' }).end(file?.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fetchSafely = createSafeFetch({ allowCidrs: ['127.0.0.1/32'], userAgent: 'test' });
});
afterAll(async () => {
  await fetchSafely.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const urlset = (...urls: string[]) => `<urlset>${urls.map((url) => `<url><loc>${url}</loc></url>`).join('')}</urlset>`;
const indexOf = (...paths: string[]) =>
  `<sitemapindex>${paths.map((path) => `<sitemap><loc>${path.startsWith('/') ? origin : ''}${path}</loc></sitemap>`).join('')}</sitemapindex>`;

/** Lists to the end; never more parts than `most`. */
async function listAll(path: string, most = 20) {
  const settings = { kind: 'sitemap' as const, url: origin + path, currency: 'IRT' as const };
  const found = { keys: [] as string[], codes: [] as string[], parts: 0 };
  let cursor: ListCursor = null;
  do {
    const part: Awaited<ReturnType<typeof listSitemap>> = await listSitemap(fetchSafely, settings, cursor);
    found.keys.push(...part.items.map(({ url }) => new URL(url ?? '').pathname));
    found.codes.push(...part.complaints.map(({ code }) => code));
    cursor = part.next;
    if (++found.parts > most) throw new Error('It goes on for ever.');
  } while (cursor !== null);
  return found;
}

describe('listSitemap', () => {
  it('takes pages of the shop alone, whatever else a sitemap names', async () => {
    files = {
      '/map.xml': {
        body: urlset(
          `${origin}/product/1`,
          'file:///etc/passwd',
          'gopher://127.0.0.1/',
          'http://169.254.169.254/latest/meta-data/',
          'http://127.0.0.1:22/',
          'http://2130706433/x',
          `${origin.replace('//', '//user:pw@')}/secret`,
          `${origin}/product/2`,
        ),
      },
    };
    expect(await listAll('/map.xml')).toMatchObject({
      keys: ['/product/1', '/product/2'],
      codes: ['page_of_another_site'],
    });
  });

  it('asks each sitemap once, though they name themselves and each other', async () => {
    files = {
      '/a.xml': { body: indexOf('/a.xml', '/b.xml', '/c.xml', 'http://169.254.169.254/d.xml') },
      '/b.xml': { body: indexOf('/a.xml', '/c.xml') },
      '/c.xml': { body: urlset(`${origin}/product/1`) },
    };
    expect(await listAll('/a.xml')).toEqual({ keys: ['/product/1'], codes: [], parts: 3 });
  });

  it('goes no deeper than two, and keeps what it has', async () => {
    files = {
      '/0.xml': { body: indexOf('/1.xml', '/good.xml') },
      '/1.xml': { body: indexOf('/2.xml') },
      '/2.xml': { body: indexOf('/3.xml') },
      '/3.xml': { body: urlset(`${origin}/too-deep`) },
      '/good.xml': { body: urlset(`${origin}/product/1`) },
    };
    expect(await listAll('/0.xml')).toMatchObject({ keys: ['/product/1'], codes: ['sitemap_too_deep'] });
  });

  it('survives a bomb, a part that is gone and a login page, and reads the parts beside them', async () => {
    const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024));
    files = {
      '/index.xml': { body: indexOf('/bomb.xml.gz', '/gone.xml', '/login.xml', '/good.xml.gz') },
      '/bomb.xml.gz': { body: bomb, type: 'application/gzip' },
      '/login.xml': { body: '<html>log in</html>', type: 'text/html' },
      '/good.xml.gz': { body: gzipSync(urlset(`${origin}/product/1`)), type: 'application/gzip' },
    };
    const { keys, codes } = await listAll('/index.xml');
    expect(keys).toEqual(['/product/1']);
    expect(codes).toEqual(['sitemap_too_large', 'sitemap_status', 'sitemap_type']);
  });

  it('fails as a whole where the first one is nothing, for then nothing is known', async () => {
    files = { '/html.xml': { body: '<html>log in</html>', type: 'text/html' }, '/empty.xml': { body: urlset() } };
    await expect(listAll('/html.xml')).rejects.toMatchObject({ reason: 'type' });
    await expect(listAll('/empty.xml')).rejects.toMatchObject({ reason: 'sitemap_empty' });
    await expect(listAll('/none.xml')).rejects.toMatchObject({ reason: 'sitemap_status' });
  });
});
