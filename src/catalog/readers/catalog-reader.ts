import { FetchFailedError, FetchRefusedError } from '../../platform/errors.ts';
import type { SafeAnswer, SafeFetch } from '../../platform/safe-fetch/safe-fetch.ts';
import type { CrawlPoliteness } from './crawl-politeness.ts';
import { decodeText } from './decode-text.ts';
import { readProductPage } from './product-page.ts';
import { listSitemap } from './sitemap.ts';
import type { ListCursor, ListPart, PageOutcome, SourceSettings } from './source.ts';
import { listTorob } from './torob-feed.ts';

/** The port to shops: every source behind the same two questions. */
export interface CatalogReader {
  /** The next part of the source's list. Throws FetchRefusedError and FetchFailedError. */
  list(source: SourceSettings, cursor: ListCursor, signal?: AbortSignal): Promise<ListPart>;
  /** Reads a page, politely. Throws FetchFailedError when its server is away or wants to be left alone. */
  readPage(page: PageToRead, signal?: AbortSignal): Promise<PageOutcome>;
}

export interface PageToRead {
  url: string;
  source: SourceSettings;
  /** What it was tagged with the last time. */
  etag: string;
  lastModified: string;
}

const PAGE_TYPES = ['text/html', 'application/xhtml+xml'];
const PAGE_BYTES = 4 * 1024 * 1024;
const PAGE_TIMEOUT_MS = 20_000;
const DEFAULT_REST_MS = 10_000;

const LISTS = { torob: listTorob, sitemap: listSitemap } as const;

export function createCatalogReader({
  fetchSafely,
  politeness,
}: {
  fetchSafely: SafeFetch;
  politeness: CrawlPoliteness;
}): CatalogReader {
  return {
    list: (source, cursor, signal) =>
      politeness.inTurn(source.url, signal, () => LISTS[source.kind](fetchSafely, source, cursor, signal)),
    readPage: async ({ url, source, etag, lastModified }, signal) => {
      if (!(await politeness.mayRead(url))) return { state: 'forbidden' };
      const answer = await politeness.inTurn(url, signal, () =>
        fetchSafely({
          url,
          types: PAGE_TYPES,
          maxBytes: PAGE_BYTES,
          timeoutMs: PAGE_TIMEOUT_MS,
          etag,
          lastModified,
          ...(signal ? { signal } : {}),
        }),
      );
      return toOutcome(answer, source, politeness);
    },
  };
}

function toOutcome(answer: SafeAnswer, source: SourceSettings, politeness: CrawlPoliteness): PageOutcome {
  const { status, url, etag, lastModified } = answer;
  if (status === 304) return { state: 'unchanged' };
  if (status === 404 || status === 410) return { state: 'gone' };
  if (status === 429 || status >= 500) {
    politeness.rest(url, restMs(answer));
    throw new FetchFailedError(`The page answered ${status}.`, status === 429 ? 'too_many_requests' : 'server_error');
  }
  if (status >= 300) throw new FetchRefusedError(`The page answered ${status}.`, `status_${status}`);
  const { product, complaints } = readProductPage(decodeText(answer.body, answer.charset), {
    url,
    currency: source.currency,
  });
  return product
    ? { state: 'product', product, url, complaints, etag, lastModified }
    : { state: 'no_product', complaints, etag, lastModified };
}

function restMs({ retryAfter }: SafeAnswer): number {
  const seconds = Number(retryAfter);
  return retryAfter !== null && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : DEFAULT_REST_MS;
}
