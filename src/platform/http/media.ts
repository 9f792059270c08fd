import { createHmac, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { type Request, type Response, Router } from 'express';
import { FetchFailedError, FetchRefusedError, NotFoundError } from '../errors.ts';
import type { SafeFetch } from '../safe-fetch/safe-fetch.ts';
import { answerRange } from './byte-range.ts';
import { createConcurrencyLimit } from './concurrency-limit.ts';
import { HttpProblem } from './problem.ts';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 7;
const MAX_BYTES = 15 * 1024 * 1024;
const TIMEOUT_MS = 15_000;
/** Fetched at the same time, altogether and from one site: a site that is slow must not keep all others from being shown. */
const LIMITS = { maxAtOnce: 24, maxOfKey: 4, maxWaitingOfKey: 60, maxWaitMs: 8000, blameMs: 60_000 };
/** Svg is a document that can run; everything else of these is only shown. */
const TYPES = ['image/*', 'audio/*', 'video/*'];

export interface MediaProxy {
  /** Our own address for a picture, sound or film elsewhere; good for a week, and only for that one. */
  addressOf(url: string): string;
  router: Router;
}

/**
 * Shows media of other hosts through our own, so that the panel's readers tell nobody who they are. The address is signed,
 * because an img element sends no token; nothing but what we named can be fetched through it, and only by the guarded fetch.
 */
export function createMediaProxy({
  fetchSafely,
  secret,
  clock,
}: {
  fetchSafely: SafeFetch | undefined;
  secret: string;
  clock: () => number;
}): MediaProxy {
  const key = createHmac('sha256', secret).update('media proxy').digest();
  const sign = (day: number, url: string) =>
    createHmac('sha256', key).update(`${day}\n${url}`).digest('base64url').slice(0, 32);
  const router = Router();
  const limit = createConcurrencyLimit(LIMITS);
  router.get('/media/:day/:signature/:address', async (request: Request, response: Response) => {
    const { day, signature, address } = request.params as Record<string, string>;
    const url = Buffer.from(address ?? '', 'base64url').toString('utf8');
    const isGood = /^\d{1,6}$/.test(day ?? '') && isEqual(signature ?? '', sign(Number(day), url));
    if (!isGood || Number(day) * DAY_MS < clock() || !fetchSafely)
      throw new NotFoundError('There is nothing of that name here.');
    const site = siteOf(url);
    const slot = await limit.enter(site);
    if (!slot) throw new HttpProblem(503, 'Too many pictures are being fetched.', { headers: { 'Retry-After': '1' } });
    try {
      await show(fetchSafely, url, request, response);
    } catch (error) {
      if (error instanceof FetchFailedError && error.reason === 'timeout') limit.blame(site);
      throw isUnshowable(error) ? new NotFoundError('It cannot be shown.') : error;
    } finally {
      slot.release();
    }
  });
  return {
    // The day is rounded, so that an address stays the same and browsers keep what they have.
    addressOf: (url) => {
      const day = Math.floor(clock() / DAY_MS / KEPT_DAYS) * KEPT_DAYS + 2 * KEPT_DAYS;
      return `/media/${day}/${sign(day, url)}/${Buffer.from(url, 'utf8').toString('base64url')}`;
    },
    router,
  };
}

/** The last two names of a host: whoever has them has every name in front of them. An address stays whole. */
function siteOf(url: string): string {
  const { hostname, host } = URL.canParse(url) ? new URL(url) : { hostname: '', host: '' };
  return isIP(hostname.replace(/^\[|\]$/g, '')) > 0 ? host : hostname.split('.').slice(-2).join('.');
}

function isUnshowable(error: unknown): boolean {
  return error instanceof FetchRefusedError || error instanceof FetchFailedError;
}

function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function show(fetchSafely: SafeFetch, url: string, request: Request, response: Response): Promise<void> {
  const { status, type, body } = await fetchSafely({ url, types: TYPES, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS });
  if (status !== 200 || /svg|xml/.test(type)) throw new NotFoundError('It cannot be shown.');
  response.set({
    'Content-Type': type,
    'Cache-Control': 'private, max-age=86400',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  const range = answerRange(request, response, body.length);
  if (range) response.end(body.subarray(range.start, range.end + 1));
}
