import { SaxesParser } from 'saxes';
import { FetchRefusedError } from '../../platform/errors.ts';
import { type SafeFetch, unpack } from '../../platform/safe-fetch/safe-fetch.ts';
import type { Complaint } from '../found-product.ts';
import { productKey } from '../product-key.ts';
import { decodeText } from './decode-text.ts';
import { readUrl } from './found-parts.ts';
import { isProductAddress, kindOfSitemap } from './product-address.ts';
import type { ListCursor, ListedItem, ListPart, SourceSettings } from './source.ts';

const XML_TYPES = [
  'application/xml',
  'text/xml',
  'application/gzip',
  'application/x-gzip',
  'application/octet-stream',
  'text/plain',
  // Some servers say so of everything; what it is, is seen.
  'text/html',
  'application/xhtml+xml',
];
const MAX_BYTES = 50 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
export const MAX_URLS = 50_000;
const MAX_DEPTH = 2;
const MAX_SITEMAPS = 500;

interface Place {
  waiting: { url: string; depth: number }[];
  visited: string[];
  [key: string]: unknown;
}

/** Reads the next sitemap of a site: its pages, and the further sitemaps that an index names. One host only. */
export async function listSitemap(
  fetchSafely: SafeFetch,
  source: SourceSettings,
  cursor: ListCursor,
  signal?: AbortSignal,
): Promise<ListPart> {
  const place = (cursor as Place | null) ?? { waiting: [{ url: source.url, depth: 0 }], visited: [] };
  const [now, ...later] = place.waiting;
  if (!now) return { items: [], complaints: [], next: null, total: null, unread: 0, isTorn: false };
  const complaints: Complaint[] = [];
  const visited = [...place.visited, now.url];
  const read = await readOne(fetchSafely, now.url, complaints, signal, visited.length === 1);
  const host = hostOf(source.url);
  const found = read.sitemaps
    .map((address) => readUrl(address, now.url))
    .filter((url): url is string => url !== null && hostOf(url) === host && !visited.includes(url));
  const isTooDeep = found.length > 0 && now.depth >= MAX_DEPTH;
  if (isTooDeep) complaints.push({ code: 'sitemap_too_deep', at: now.url, detail: '' });
  const waiting = isTooDeep ? later : mergeWaiting(later, found, now.depth + 1, visited);
  const isTooMany = waiting.length > 0 && visited.length >= MAX_SITEMAPS;
  if (isTooMany)
    complaints.push({ code: 'sitemap_too_many', at: source.url, detail: `Only ${MAX_SITEMAPS} are read.` });
  const next: Place | null = waiting.length > 0 && !isTooMany ? { waiting, visited } : null;
  const isTorn = read.isTorn || isTooDeep || isTooMany;
  return { items: toItems(read.pages, now.url, host, complaints), complaints, next, total: null, unread: 0, isTorn };
}

const hostOf = (url: string): string => new URL(url).host.replace(/^www\./, '');

function mergeWaiting(later: Place['waiting'], found: string[], depth: number, visited: string[]): Place['waiting'] {
  const known = new Set([...visited, ...later.map(({ url }) => url)]);
  return [...later, ...[...new Set(found)].filter((url) => !known.has(url)).map((url) => ({ url, depth }))];
}

function toItems(pages: SitemapPage[], sitemapUrl: string, host: string, complaints: Complaint[]): ListedItem[] {
  const items = new Map<string, ListedItem>();
  const kind = kindOfSitemap(sitemapUrl);
  let foreign = 0;
  for (const { address, changedAt } of pages) {
    const url = readUrl(address, sitemapUrl);
    const key = url && productKey(url);
    if (!url || !key || hostOf(url) !== host) foreign++;
    else {
      const isProductPage = kind === 'products' || (kind === 'anything' && isProductAddress(key));
      items.set(key, { key, url, product: null, changedAt, isProductPage });
    }
  }
  if (foreign > 0) complaints.push({ code: 'page_of_another_site', at: host, detail: String(foreign), times: foreign });
  return [...items.values()];
}

async function readOne(
  fetchSafely: SafeFetch,
  url: string,
  complaints: Complaint[],
  signal: AbortSignal | undefined,
  isFirst: boolean,
) {
  try {
    const answer = await fetchSafely({
      url,
      types: XML_TYPES,
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
      ...(signal ? { signal } : {}),
    });
    if (answer.status >= 300) throw new FetchRefusedError(`The sitemap answered ${answer.status}.`, 'sitemap_status');
    const isPacked = answer.body[0] === 0x1f && answer.body[1] === 0x8b;
    const body = isPacked ? await unpack(answer.body, 'gzip', MAX_BYTES) : answer.body;
    const text = decodeText(body, answer.charset);
    if (/html/.test(answer.type) && !ROOT.test(text))
      throw new FetchRefusedError(`The answer is ${answer.type}, not a sitemap.`, 'type');
    const read = parseSitemap(text);
    if (read.fault) complaints.push({ code: read.fault, at: url, detail: '' });
    if (isFirst && read.pages.length === 0 && read.sitemaps.length === 0)
      throw new FetchRefusedError('The sitemap names no page.', 'sitemap_empty');
    return { ...read, isTorn: read.fault !== null };
  } catch (error) {
    // One part that is refused does not cost the others; the first is all there is.
    if (isFirst || !(error instanceof FetchRefusedError)) throw error;
    complaints.push({
      code: `sitemap_${error.reason}`.replace('sitemap_sitemap', 'sitemap'),
      at: url,
      detail: error.message,
    });
    return { pages: [], sitemaps: [], isTorn: true };
  }
}

export interface SitemapPage {
  address: string;
  changedAt: Date | null;
}

export interface Sitemap {
  pages: SitemapPage[];
  sitemaps: string[];
  /** Why it was not read to its end. */
  fault: 'sitemap_broken' | 'sitemap_too_long' | null;
}

class EnoughError extends Error {}

/** Where a sitemap begins. */
const ROOT = /<(?:[\w-]+:)?(?:urlset|sitemapindex)[\s>]/i;
/** A sign that is no entity of XML: shops write addresses and titles as they are. */
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/gi;

/**
 * Reads a sitemap, an index of sitemaps, or a plain list of addresses, a line each. What a shop's software prints before it and
 * signs that it did not escape are forgiven. What stands before a fault is kept. Entities of the document's own are never
 * expanded, so it cannot grow while it is read.
 */
export function parseSitemap(text: string): Sitemap {
  const trimmed = text.replace(/^\ufeff/, '').trimStart();
  if (/^https?:\/\/\S+\s*$/im.test(trimmed.slice(0, 3000).split('\n', 1)[0] ?? '')) return parseLines(trimmed);
  const strict = parseXml(trimmed);
  if (strict.fault !== 'sitemap_broken' || /<!ENTITY/i.test(trimmed)) return strict;
  const start = trimmed.search(ROOT);
  return start < 0 ? strict : parseXml(trimmed.slice(start).replace(BARE_AMPERSAND, '&amp;'));
}

function parseLines(text: string): Sitemap {
  const lines = text.split(/\r?\n|\r/).map((line) => line.trim());
  const addresses = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const pages = addresses.slice(0, MAX_URLS).map((address) => ({ address, changedAt: null }));
  return { pages, sitemaps: [], fault: addresses.length > MAX_URLS ? 'sitemap_too_long' : null };
}

function parseXml(xml: string): Sitemap {
  const found: Sitemap = { pages: [], sitemaps: [], fault: null };
  const parser = new SaxesParser({ fragment: false });
  let entry: { kind: string; loc: string; lastmod: string } | null = null;
  let field = '';
  let depth = 0;
  let prefix = '';
  /** The sitemap's own elements; pictures and videos within an entry have a loc of their own. */
  const ownName = (name: string): string => (name.startsWith(prefix) ? name.slice(prefix.length).toLowerCase() : '');
  parser.on('opentag', ({ name }) => {
    if (depth === 0) prefix = /^.*:/.exec(name)?.[0] ?? '';
    field = ownName(name);
    if (depth++ === 0 && field !== 'urlset' && field !== 'sitemapindex') parser.fail('This is no sitemap.');
    if (field === 'url' || field === 'sitemap') entry = { kind: field, loc: '', lastmod: '' };
  });
  const take = (text: string) => {
    if (entry && (field === 'loc' || field === 'lastmod') && entry[field].length < 3000) entry[field] += text;
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('closetag', ({ name }) => {
    field = '';
    // What a shop's software prints behind the end does not matter.
    if (--depth === 0) throw new EnoughError();
    if (!entry || ownName(name) !== entry.kind) return;
    const { kind, loc, lastmod } = entry;
    entry = null;
    if (loc.trim() === '') return;
    if (kind === 'sitemap') found.sitemaps.push(loc.trim());
    else found.pages.push({ address: loc.trim(), changedAt: readDate(lastmod.trim()) });
    if (found.pages.length + found.sitemaps.length < MAX_URLS) return;
    found.fault = 'sitemap_too_long';
    throw new EnoughError();
  });
  parser.on('error', () => {
    found.fault = 'sitemap_broken';
    throw new EnoughError();
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    if (!(error instanceof EnoughError)) found.fault = 'sitemap_broken';
  }
  return found;
}

function readDate(text: string): Date | null {
  const date = /^\d{4}(-\d\d(-\d\d(T[\d:.+Z-]+)?)?)?$/.test(text) ? new Date(text) : null;
  return date && !Number.isNaN(date.getTime()) ? date : null;
}
