import { FetchRefusedError } from '../../platform/errors.ts';
import type { SafeAnswer, SafeFetch, SafeRequest } from '../../platform/safe-fetch/safe-fetch.ts';
import type { Complaint } from '../found-product.ts';
import { decodeText } from './decode-text.ts';
import type { ListCursor, ListedItem, ListPart, SourceSettings } from './source.ts';
import { readTorobItem } from './torob-item.ts';

/**
 * How the shop wants to be asked: `get` one list; `v1` GET with pages; `v2` a posted form; `v3` posted JSON. v3 is signed by
 * Torob, so a strict shop answers 401 to everybody else.
 */
type Form = 'get' | 'v1' | 'v2' | 'v3';

interface Place {
  form: Form;
  page: number;
  /** The first id of the page before: a shop that knows no pages gives the same one again. */
  first: string;
  [key: string]: unknown;
}

const JSON_TYPES = ['application/json', 'text/json', 'text/plain', 'application/ld+json'];
const FULL_PAGE = 100;
const MAX_PAGES = 1000;
const LIST_BYTES = 50 * 1024 * 1024;
const LIST_TIMEOUT_MS = 60_000;
/** Answers to a GET by which a shop says that it wants to be asked otherwise. */
const ASK_OTHERWISE = new Set([400, 404, 405, 411, 415, 422]);

/** Reads the next part of a Torob feed, finding out at the first how the shop wants to be asked. */
export async function listTorob(
  fetchSafely: SafeFetch,
  source: SourceSettings,
  cursor: ListCursor,
  signal?: AbortSignal,
): Promise<ListPart> {
  const ask = (place: Place) => fetchSafely({ ...requestOf(source.url, place), ...(signal ? { signal } : {}) });
  if (cursor) {
    const place = cursor as Place;
    return readList(await ask(place), place, source);
  }
  const tried: string[] = [];
  for (const form of ['get', 'v3', 'v2'] as const) {
    const place: Place = { form, page: 1, first: '' };
    const answer = await ask(place);
    if (answer.status === 401 || answer.status === 403) throw explainRefusal(form, answer.status);
    if (answer.status < 300 && (form === 'get' || isListOf(form, answer))) return readList(answer, place, source);
    tried.push(`${form}: ${answer.status}`);
    if (!ASK_OTHERWISE.has(answer.status) && answer.status >= 300) break;
  }
  throw new FetchRefusedError(`The feed answers in no form that we know (${tried.join(', ')}).`, 'feed_status');
}

function explainRefusal(form: Form, status: number): FetchRefusedError {
  return form === 'v3' && status === 401
    ? new FetchRefusedError(
        "The feed answers only requests that Torob itself signed (API v3). Ask the shop's site for a plain or v1 feed, or use its sitemap.",
        'torob_token',
      )
    : new FetchRefusedError(`The feed refuses us (${status}).`, 'feed_forbidden');
}

function requestOf(address: string, { form, page, cursor }: Place): SafeRequest {
  const shared = { url: address, types: JSON_TYPES, maxBytes: LIST_BYTES, timeoutMs: LIST_TIMEOUT_MS };
  switch (form) {
    case 'get':
      return shared;
    case 'v1': {
      const url = new URL(address);
      url.searchParams.set('page', String(page));
      return { ...shared, url: url.href };
    }
    case 'v2':
      return { ...shared, post: { type: 'application/x-www-form-urlencoded', text: `page=${page}` } };
    case 'v3': {
      const body = cursor ? { sort: 'product_id_desc', cursor } : { page, sort: 'date_added_desc' };
      return { ...shared, post: { type: 'application/json', text: JSON.stringify(body) } };
    }
  }
}

function parse(answer: SafeAnswer): unknown {
  try {
    return JSON.parse(decodeText(answer.body, answer.charset));
  } catch {
    return undefined;
  }
}

/** A shop of the second form may answer posted JSON too, but with its first page for ever: the third says what it is. */
function isListOf(form: 'v2' | 'v3', answer: SafeAnswer): boolean {
  const list = parse(answer);
  const version = (list as { api_version?: unknown } | null | undefined)?.api_version;
  return linesOf(list) !== null && (form === 'v2' || /v3/.test(String(version)));
}

function linesOf(list: unknown): unknown[] | null {
  if (Array.isArray(list)) return list;
  if (typeof list !== 'object' || list === null) return null;
  const { products, items, data } = list as Record<string, unknown>;
  return [products, items, data].find(Array.isArray) ?? null;
}

function readList(answer: SafeAnswer, place: Place, source: SourceSettings): ListPart {
  if (answer.status >= 300)
    throw new FetchRefusedError(`The feed answered ${answer.status} on page ${place.page}.`, 'feed_status');
  const list = parse(answer);
  const lines = linesOf(list);
  if (!lines) throw new FetchRefusedError('The feed gave something that is no list of products.', 'feed_unreadable');
  const complaints: Complaint[] = [];
  const items = lines
    .map((line) => readTorobItem(line, source.currency, source.url, complaints))
    .filter((item): item is ListedItem => item !== null);
  if (items.length === 0 && lines.length > 0)
    throw new FetchRefusedError(`No line of the feed names a product: ${complaints[0]?.code}.`, 'feed_unreadable');
  const first = items[0]?.key ?? '';
  const isRepeated = place.page > 1 && first !== '' && first === place.first;
  if (isRepeated) return { items: [], complaints: [], next: null, total: null };
  const facts = Array.isArray(list) ? {} : (list as Record<string, unknown>);
  const total = Number.isSafeInteger(facts.total ?? facts.count) ? Number(facts.total ?? facts.count) : null;
  return {
    items,
    complaints,
    next: nextPlace({ place, first, count: lines.length, facts, isArray: Array.isArray(list) }),
    total,
  };
}

interface Read {
  place: Place;
  first: string;
  count: number;
  facts: Record<string, unknown>;
  isArray: boolean;
}

function nextPlace({ place, first, count, facts, isArray }: Read): Place | null {
  const { form, page } = place;
  if (page >= MAX_PAGES || count === 0) return null;
  const { next_cursor: cursor, max_pages: maxPages } = facts;
  const following = { ...place, page: page + 1, first };
  if (form === 'v3' && typeof cursor === 'string' && cursor !== '') return { ...following, cursor };
  if (typeof maxPages === 'number')
    return page < maxPages ? { ...following, form: form === 'get' ? 'v1' : form } : null;
  if (form === 'v2' || form === 'v3') return count >= FULL_PAGE ? following : null;
  // A plain list comes whole; one in pages is an array whose pages are full but for the last.
  return isArray && count >= FULL_PAGE ? { ...following, form: 'v1' } : null;
}
