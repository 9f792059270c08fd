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
  /** Lines of the pages before. */
  given: number;
  /** Why this page is asked for: the shop names it, the page before was full, or the count is not reached. */
  because: 'named' | 'full' | 'count';
  [key: string]: unknown;
}

const JSON_TYPES = [
  'application/json',
  'text/json',
  'text/plain',
  'application/ld+json',
  'text/javascript',
  // Some servers say so of everything; what it is, is seen.
  'text/html',
];
const FULL_PAGE = 100;
const MAX_PAGES = 1000;
/** By which shops say how many pages there are. */
const PAGE_COUNTS = ['max_pages', 'total_pages', 'last_page', 'page_count', 'pages_count', 'pages'] as const;
/** By which they say how many products. */
const TOTALS = ['total', 'count', 'total_count', 'total_items'] as const;
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
  const ask = async (place: Place): Promise<SafeAnswer> => {
    const answer = await fetchSafely({ ...requestOf(source.url, place), ...(signal ? { signal } : {}) });
    if (answer.status < 300 && answer.type === 'text/html' && linesOf(parse(answer)) === null)
      throw new FetchRefusedError('The answer is a page, not a list.', 'type');
    return answer;
  };
  if (cursor) return goOn(ask, cursor as Place, source);
  const tried: string[] = [];
  for (const form of ['get', 'v3', 'v2'] as const) {
    const place: Place = { form, page: 1, first: '', given: 0, because: 'named' };
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

const END: ListPart = { items: [], complaints: [], next: null, total: null, unread: 0, isTorn: false };

/** Answers by which a shop says that there is no such page. */
const NO_SUCH_PAGE = new Set([400, 404, 410, 422]);

/** What was read of a list stays when its next page is refused, but the list is torn. */
async function goOn(
  ask: (place: Place) => Promise<SafeAnswer>,
  place: Place,
  source: SourceSettings,
): Promise<ListPart> {
  try {
    return readNext(await ask(place), place, source);
  } catch (error) {
    if (!(error instanceof FetchRefusedError)) throw error;
    if (place.because === 'count') return END;
    const complaint = { code: 'feed_page_lost', at: `page ${place.page}`, detail: error.message };
    return { ...END, complaints: [complaint], isTorn: true };
  }
}

/** A page that nobody promised may be missing: the list then ends before it. Whether it is whole, its count says. */
function readNext(answer: SafeAnswer, place: Place, source: SourceSettings): ListPart {
  const isMissing =
    place.because === 'count'
      ? answer.status >= 300 || linesOf(parse(answer)) === null
      : place.because === 'full' && NO_SUCH_PAGE.has(answer.status);
  return isMissing ? END : readList(answer, place, source);
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
  if (isRepeated) return END;
  const facts = Array.isArray(list) ? {} : (list as Record<string, unknown>);
  const total = wholeNumber(facts, TOTALS);
  const given = place.given + lines.length;
  const next = nextPlace({ place, first, count: lines.length, given, total, facts, isArray: Array.isArray(list) });
  const isTorn = next !== null && next.page > MAX_PAGES;
  if (isTorn) complaints.push({ code: 'feed_too_long', at: source.url, detail: `Only ${MAX_PAGES} pages are read.` });
  return { items, complaints, next: isTorn ? null : next, total, unread: lines.length - items.length, isTorn };
}

/** The first of the fields that is a whole number, in whichever notation. */
function wholeNumber(facts: Record<string, unknown>, names: readonly string[]): number | null {
  const found = names.map((name) => facts[name]).find((value) => /^\d{1,9}$/.test(String(value)));
  return found === undefined ? null : Number(found);
}

interface Read {
  place: Place;
  first: string;
  count: number;
  given: number;
  total: number | null;
  facts: Record<string, unknown>;
  isArray: boolean;
}

function nextPlace({ place, first, count, given, total, facts, isArray }: Read): Place | null {
  const { form, page } = place;
  if (count === 0) return null;
  const cursor = facts.next_cursor;
  const pages = wholeNumber(facts, PAGE_COUNTS);
  const inPages = { ...place, form: form === 'get' ? ('v1' as const) : form, page: page + 1, first, given };
  if (form === 'v3' && typeof cursor === 'string' && cursor !== '') return { ...inPages, cursor, because: 'named' };
  if (pages !== null && page < pages) return { ...inPages, because: 'named' };
  // A plain list comes whole; one in pages is an array whose pages are full but for the last.
  const mayGoOn = (form === 'v2' || form === 'v3' || isArray) && pages === null && count >= FULL_PAGE;
  if (mayGoOn) return { ...inPages, because: 'full' };
  return total !== null && given < total ? { ...inPages, because: 'count' } : null;
}
