import { setTimeout as sleep } from 'node:timers/promises';
import * as robots from 'robots-parser';
import { FetchFailedError, FetchRefusedError } from '../../platform/errors.ts';
import type { SafeFetch } from '../../platform/safe-fetch/safe-fetch.ts';
import { decodeText } from './decode-text.ts';

/** What a host asks of visitors, and what we keep to on our own. */
export interface CrawlPoliteness {
  mayRead(url: string): Promise<boolean>;
  /** Runs a request when it is its host's turn: few at a time, with a pause between. */
  inTurn<Result>(url: string, signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result>;
  /** The host asks for quiet. */
  rest(url: string, ms: number): void;
}

export interface PolitenessOptions {
  fetchSafely: SafeFetch;
  /** The name that robots.txt files call us by. */
  robotName: string;
  /** Requests to one host at a time. */
  concurrency?: number;
  /** Between the starts of two requests to one host. */
  pauseMs?: number;
  clock?: () => number;
}

const ROBOTS_BYTES = 512 * 1024;
const ROBOTS_TIMEOUT_MS = 10_000;
const ROBOTS_KEPT_MS = 3_600_000;
/** A shop that asks for more would take days; its pages are then read one at a time this far apart. */
const MAX_CRAWL_DELAY_MS = 10_000;
const MAX_REST_MS = 60_000;
const MAX_HOSTS = 1000;

interface Rules {
  isAllowed(url: string, robot: string): boolean | undefined;
  getCrawlDelay(robot: string): number | undefined;
}
/** The library is one function, which its types show as a module's default. */
const parseRules = robots.default as unknown as (url: string, text: string) => Rules;

interface Host {
  robots: Promise<Rules | null> | null;
  robotsAtMs: number;
  running: number;
  nextAtMs: number;
  delayMs: number;
}

/** Remembers hosts for as long as the process lives, so that two shops' runs on one host share its retryBudget. */
export function createCrawlPoliteness(options: PolitenessOptions): CrawlPoliteness {
  const { fetchSafely, robotName, concurrency = 4, pauseMs = 0, clock = Date.now } = options;
  const hosts = new Map<string, Host>();
  const hostOf = (url: string): Host => {
    const origin = new URL(url).origin;
    const known = hosts.get(origin);
    if (known) return known;
    if (hosts.size >= MAX_HOSTS) hosts.delete(hosts.keys().next().value as string);
    const host: Host = { robots: null, robotsAtMs: 0, running: 0, nextAtMs: 0, delayMs: pauseMs };
    hosts.set(origin, host);
    return host;
  };
  const robotsOf = async (url: string): Promise<Rules | null> => {
    const host = hostOf(url);
    if (!host.robots || clock() - host.robotsAtMs > ROBOTS_KEPT_MS) {
      host.robotsAtMs = clock();
      host.robots = readRobots(fetchSafely, new URL('/robots.txt', url).href).catch((error: unknown) => {
        host.robots = null;
        throw error;
      });
    }
    const rules = await host.robots;
    const asked = (rules?.getCrawlDelay(robotName) ?? 0) * 1000;
    host.delayMs = Math.max(pauseMs, Math.min(asked, MAX_CRAWL_DELAY_MS));
    return rules;
  };
  const waitForTurn = async (host: Host, signal: AbortSignal | undefined): Promise<void> => {
    for (;;) {
      signal?.throwIfAborted();
      const limit = host.delayMs > pauseMs ? 1 : concurrency;
      const waitMs = host.nextAtMs - clock();
      if (host.running < limit && waitMs <= 0) return;
      await sleep(Math.max(5, Math.min(waitMs, 250)), undefined, { ...(signal ? { signal } : {}) });
    }
  };
  return {
    mayRead: async (url) => (await robotsOf(url))?.isAllowed(url, robotName) ?? true,
    inTurn: async (url, signal, work) => {
      const host = hostOf(url);
      await waitForTurn(host, signal);
      host.running++;
      host.nextAtMs = Math.max(host.nextAtMs, clock() + host.delayMs);
      try {
        return await work();
      } finally {
        host.running--;
      }
    },
    rest: (url, ms) => {
      const host = hostOf(url);
      host.nextAtMs = Math.max(host.nextAtMs, clock() + Math.min(ms, MAX_REST_MS));
    },
  };
}

/** Null: the host has no rules. Throws when its server is in trouble, because then it may have some. */
async function readRobots(fetchSafely: SafeFetch, url: string): Promise<Rules | null> {
  const types = ['text/plain', 'text/*', 'application/*'];
  try {
    const answer = await fetchSafely({ url, types, maxBytes: ROBOTS_BYTES, timeoutMs: ROBOTS_TIMEOUT_MS });
    if (answer.status >= 500 || answer.status === 429)
      throw new FetchFailedError(`robots.txt answered ${answer.status}.`, 'robots');
    if (answer.status >= 300 || /html/.test(answer.type)) return null;
    return parseRules(url, decodeText(answer.body, answer.charset));
  } catch (error) {
    if (error instanceof FetchRefusedError && error.reason !== 'address') return null;
    throw error;
  }
}
