/**
 * A shop for tests and for trying things by hand: a real HTTP server on loopback with a feed, a sitemap, pages and pictures.
 *
 *   node tests/support/fake-shop.ts --port 4030 [--products 200]
 *
 * prints its addresses and one line for each request. Use it with SSRF_ALLOW_CIDRS=127.0.0.1/32.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { crc32, deflateSync, gzipSync } from 'node:zlib';

export interface ShopProduct {
  id: number;
  slug: string;
  title: string;
  brand: string;
  category: string;
  /** In tomans. */
  price: number;
  oldPrice: number | null;
  available: boolean;
  /** How its page tells of it. */
  page: 'json-ld' | 'open-graph' | 'broken-json-ld' | 'none';
}

/** How a part of the shop behaves. `html`: a login page with status 200. */
export type ShopMood =
  | 'ok'
  | 'html'
  | 'server-error'
  | 'forbidden'
  | 'not-found'
  | 'overloaded'
  | 'broken'
  | 'hang'
  | 'drop';

/** A `location` leads elsewhere. */
export interface ShopFile {
  body?: string | Buffer;
  type?: string;
  status?: number;
  location?: string;
}

export interface FakeShop {
  url: string;
  /** Change it as a shop would. */
  products: ShopProduct[];
  feedUrl(form?: 'get' | 'v1' | 'v2' | 'v3'): string;
  sitemapUrl: string;
  /** What it answers at a path (with its query, where one is named) before anything else. */
  files: Map<string, ShopFile>;
  requests: { method: string; path: string; userAgent: string; at: number }[];
  /** Requests whose path begins so. */
  countOf(prefix: string): number;
  behave(part: 'feed' | 'sitemap' | 'pages' | 'robots', mood: ShopMood): void;
  /** What robots.txt says; null: there is none. */
  setRobots(text: string | null): void;
  /** Each page takes so long. */
  setPageDelay(ms: number): void;
  /** The most pages that were asked for at the same time. */
  mostPagesAtOnce(): number;
  close(): Promise<void>;
}

const KINDS = ['کفش', 'کیف', 'پیراهن', 'ساعت', 'عینک', 'کمربند', 'کلاه', 'شال', 'جوراب', 'دستکش'];
const TRAITS = ['چرمی', 'مردانه', 'زنانه', 'ورزشی', 'تابستانی', 'زمستانی', 'مجلسی', 'بچه‌گانه'];
const BRANDS = ['Nova', 'آریا', 'Blue', 'سپهر', 'Mira'];

/** The same products for the same number, whenever it is asked. */
export function makeProducts(count: number): ShopProduct[] {
  return Array.from({ length: count }, (_, index) => {
    const id = index + 1;
    const kind = KINDS[index % KINDS.length] as string;
    const trait = TRAITS[Math.floor(index / KINDS.length) % TRAITS.length] as string;
    return {
      id,
      slug: `item-${id}`,
      title: `${kind} ${trait} مدل ${id}`,
      brand: BRANDS[index % BRANDS.length] as string,
      category: kind,
      price: 100_000 + id * 1_000,
      oldPrice: index % 4 === 0 ? 150_000 + id * 1_000 : null,
      available: index % 7 !== 6,
      page: index % 5 === 4 ? 'open-graph' : 'json-ld',
    };
  });
}

interface Answer {
  status?: number;
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});
const html = (body: string, status = 200): Answer => ({ status, type: 'text/html; charset=utf-8', body });

const ofFile = ({ body = '', type = 'text/html', status = 200, location }: ShopFile): Answer => ({
  status: location === undefined ? status : 301,
  type,
  body,
  ...(location === undefined ? {} : { headers: { location } }),
});

class Shop {
  readonly files: FakeShop['files'] = new Map();
  readonly requests: FakeShop['requests'] = [];
  readonly moods = { feed: 'ok', sitemap: 'ok', pages: 'ok', robots: 'ok' } as Record<string, ShopMood>;
  robots: string | null = null;
  pageDelayMs = 0;
  pagesNow = 0;
  pagesMost = 0;
  url = '';
  readonly products: ShopProduct[];

  constructor(products: ShopProduct[]) {
    this.products = products;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const path = url.pathname;
    const userAgent = request.headers['user-agent'] ?? '';
    this.requests.push({ method: request.method ?? '', path: path + url.search, userAgent, at: Date.now() });
    const body = await readBody(request);
    const part = partOf(path);
    const mood = part === null ? 'ok' : (this.moods[part] ?? 'ok');
    if (mood === 'hang') return;
    if (mood === 'drop') return void response.destroy();
    const answer = mood === 'ok' ? await this.answer(request, url, body) : moody(mood);
    send(request, response, answer);
  }

  private async answer(request: IncomingMessage, url: URL, body: string): Promise<Answer> {
    const path = decodeURI(url.pathname);
    const file = this.files.get(path + url.search) ?? this.files.get(path);
    if (file) return ofFile(file);
    if (path === '/robots.txt') {
      return this.robots === null ? html('no', 404) : { type: 'text/plain', body: this.robots };
    }
    if (path === '/api/torob/products')
      return json({ products: this.products.map((product) => this.plainLine(product)) });
    if (path === '/api/torob/v1') return this.v1(url);
    if (path === '/api/torob/v2/products') return request.method === 'POST' ? this.v2(body) : html('no', 405);
    if (path === '/api/torob/v3/products') return request.method === 'POST' ? this.v3(request, body) : html('no', 405);
    if (path === '/sitemap.xml') return { type: 'application/xml', body: this.sitemapIndex() };
    if (path === '/sitemap-products.xml.gz') return { type: 'application/gzip', body: gzipSync(this.sitemap()) };
    if (path === '/sitemap-pages.xml') return { type: 'text/xml', body: this.pagesSitemap() };
    if (path.startsWith('/images/'))
      return { type: 'image/png', body: tinyPicture(Number(path.slice(8).replace(/\D/g, ''))) };
    if (path.startsWith('/product/')) return this.page(path.slice(9));
    if (path === '/about') return html('<h1>About</h1>');
    return html('<h1>404</h1>', 404);
  }

  private pageUrl({ slug }: ShopProduct): string {
    return `${this.url}/product/${slug}`;
  }

  private plainLine(product: ShopProduct) {
    const { id, price, oldPrice, available } = product;
    const availability = available ? 'instock' : 'outofstock';
    return { product_id: id, page_url: this.pageUrl(product), price, old_price: oldPrice ?? '', availability };
  }

  private v1(url: URL): Answer {
    const page = Number(url.searchParams.get('page') ?? 1);
    return json(this.products.slice((page - 1) * 100, page * 100).map((product) => this.plainLine(product)));
  }

  private richLine(product: ShopProduct) {
    return {
      title: product.title,
      page_unique: String(product.id),
      current_price: product.price,
      old_price: product.oldPrice ?? undefined,
      availability: product.available ? 'instock' : 'outofstock',
      category_name: product.category,
      image_link: `${this.url}/images/${product.id}.png`,
      page_url: this.pageUrl(product),
    };
  }

  private v2(body: string): Answer {
    const page = Number(new URLSearchParams(body).get('page') ?? 1);
    const products = this.products.slice((page - 1) * 100, page * 100).map((product) => this.richLine(product));
    return json({ count: this.products.length, max_pages: Math.ceil(this.products.length / 100), products });
  }

  /** Strict: only Torob's own signature opens it. */
  private v3(request: IncomingMessage, body: string): Answer {
    if (request.headers['content-type'] !== 'application/json') return json({ error: 'JSON is expected.' }, 400);
    JSON.parse(body);
    return json({ error: 'The token is missing or invalid.' }, 401);
  }

  private sitemapIndex(): string {
    const maps = ['/sitemap-products.xml.gz', '/sitemap-pages.xml'].map(
      (path) => `<sitemap><loc>${this.url}${path}</loc></sitemap>`,
    );
    return `<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${maps.join('')}</sitemapindex>`;
  }

  private sitemap(): string {
    const urls = this.products.map((product) => `<url><loc>${this.pageUrl(product)}?a=1&amp;utm_source=x</loc></url>`);
    return `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`;
  }

  private pagesSitemap(): string {
    return `<urlset><url><loc>${this.url}/about</loc><lastmod>2026-01-01</lastmod></url></urlset>`;
  }

  private async page(slug: string): Promise<Answer> {
    const product = this.products.find((one) => one.slug === slug);
    if (!product) return html('<h1>404</h1>', 404);
    this.pagesNow++;
    this.pagesMost = Math.max(this.pagesMost, this.pagesNow);
    await sleep(this.pageDelayMs);
    this.pagesNow--;
    const body = renderPage(product, `${this.url}/images/${product.id}.png`);
    return { ...html(body), headers: { etag: `"${createHash('sha1').update(body).digest('hex')}"` } };
  }
}

/** Its structured data states rials, as many shops do: ten times the tomans. */
function renderPage(product: ShopProduct, image: string): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    sku: `SKU-${product.id}`,
    image: [image],
    description: `${product.title}، جنس عالی`,
    brand: { '@type': 'Brand', name: product.brand },
    category: product.category,
    offers: {
      '@type': 'Offer',
      price: String(product.price * 10),
      priceCurrency: 'IRR',
      availability: `https://schema.org/${product.available ? 'InStock' : 'OutOfStock'}`,
    },
  };
  const graph = `<meta property="og:type" content="product"><meta property="og:title" content="${product.title}">
<meta property="og:image" content="${image}"><meta property="product:price:amount" content="${product.price}">
<meta property="product:price:currency" content="IRT">
<meta property="product:availability" content="${product.available ? 'in stock' : 'out of stock'}">`;
  const blocks = {
    'json-ld': `<script type="application/ld+json">${JSON.stringify(data)}</script>`,
    'broken-json-ld': `<script type="application/ld+json">{"@type": "Product", </script>${graph}`,
    'open-graph': graph,
    none: '',
  };
  return `<!doctype html><html lang="fa"><head><title>${product.title}</title>${blocks[product.page]}</head><body><h1>${product.title}</h1></body></html>`;
}

function partOf(path: string): string | null {
  if (path.startsWith('/api/torob')) return 'feed';
  if (path.startsWith('/sitemap')) return 'sitemap';
  if (path.startsWith('/product/')) return 'pages';
  return path === '/robots.txt' ? 'robots' : null;
}

function moody(mood: ShopMood): Answer {
  switch (mood) {
    case 'server-error':
      return html('<h1>500</h1>', 500);
    case 'forbidden':
      return html('<h1>403</h1>', 403);
    case 'not-found':
      return html('<h1>404</h1>', 404);
    case 'overloaded':
      return { ...html('<h1>503</h1>', 503), headers: { 'retry-after': '2' } };
    case 'broken':
      return { type: 'application/json', body: '{"products": [' };
    default:
      return html('<form action="/login"><input name="password"></form>');
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status = 200, type, body, headers = {} }: Answer,
): void {
  if (status === 200 && headers.etag && request.headers['if-none-match'] === headers.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers }).end(body);
}

const PICTURE_SIDE = 64;

/** A plain square whose colour is its number's. */
export function tinyPicture(seed: number): Buffer {
  const row = Buffer.alloc(1 + PICTURE_SIDE * 3);
  for (let x = 0; x < PICTURE_SIDE; x++)
    row.set([(seed * 47) % 256, (seed * 91 + x) % 256, (seed * 13 + 90) % 256], 1 + x * 3);
  const pixels = Buffer.concat(Array.from({ length: PICTURE_SIDE }, () => row));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(PICTURE_SIDE, 0);
  header.writeUInt32BE(PICTURE_SIDE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (name: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Opens the shop on a free port (or the given one) of loopback. */
export async function startFakeShop(options: { port?: number; products?: ShopProduct[] } = {}): Promise<FakeShop> {
  const shop = new Shop(options.products ?? makeProducts(30));
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    shop.handle(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  shop.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const feeds = { get: 'products', v1: 'v1', v2: 'v2/products', v3: 'v3/products' };
  return {
    url: shop.url,
    products: shop.products,
    feedUrl: (form = 'get') => `${shop.url}/api/torob/${feeds[form]}`,
    sitemapUrl: `${shop.url}/sitemap.xml`,
    files: shop.files,
    requests: shop.requests,
    countOf: (prefix) => shop.requests.filter(({ path }) => path.startsWith(prefix)).length,
    behave: (part, mood) => {
      shop.moods[part] = mood;
    },
    setRobots: (text) => {
      shop.robots = text;
    },
    setPageDelay: (ms) => {
      shop.pageDelayMs = ms;
    },
    mostPagesAtOnce: () => shop.pagesMost,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string' }, products: { type: 'string' } } });
  const products = makeProducts(Number(values.products ?? 200));
  const shop = await startFakeShop({ port: Number(values.port ?? 0), products });
  process.stdout.write(`TOROB_PRODUCTS_URL=${shop.feedUrl()}\nSITEMAP_URL=${shop.sitemapUrl}\n`);
  shop.requests.push = (...requests) => {
    for (const { method, path } of requests) process.stdout.write(`${method} ${path}\n`);
    return requests.length;
  };
}
