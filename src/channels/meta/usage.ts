import { z } from 'zod';
import type { ProviderAnswer } from '../provider-client.ts';

/** Percent of what Meta allows within its hour, and how long until it allows more where it says so. */
export interface Usage {
  percent: number;
  regainMs: number | null;
}

const MINUTE_MS = 60_000;
/** From here on each request waits a little; at 100 none is made. */
const BUSY_PERCENT = 80;
const FULL_PERCENT = 100;
const LONGEST_WAIT_MS = 2000;
/** Where Meta names no time, this long nothing is asked after it was full. */
const REST_MS = 5 * MINUTE_MS;
/** What was told longer ago says nothing any more. */
const STALE_MS = 10 * MINUTE_MS;

const percent = z.number().nonnegative().catch(0);
const figures = z.object({
  call_count: percent,
  total_time: percent,
  total_cputime: percent,
  estimated_time_to_regain_access: z.number().nonnegative().catch(0),
});

/** The highest figure of both headers; null where neither can be read: then nothing slows us down. */
export function readUsage({ headers }: Pick<ProviderAnswer, 'headers'>): Usage | null {
  const found = ['x-app-usage', 'x-business-use-case-usage'].flatMap((name) => figuresOf(headers[name]));
  if (found.length === 0) return null;
  const percents = found.map((one) => Math.max(one.call_count, one.total_time, one.total_cputime));
  const minutes = Math.max(...found.map((one) => one.estimated_time_to_regain_access));
  return { percent: Math.max(...percents), regainMs: minutes > 0 ? minutes * MINUTE_MS : null };
}

function figuresOf(header: string | string[] | undefined): z.infer<typeof figures>[] {
  const [text] = Array.isArray(header) ? header : [header];
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return [];
    // The one of business use cases holds a list for each id.
    const lists = Object.values(value).filter(Array.isArray);
    const all: unknown[] = lists.length > 0 ? lists.flat() : [value];
    return all.flatMap((one) => figures.safeParse(one).data ?? []);
  } catch {
    return [];
  }
}

export interface UsageWatch {
  /** How long a request of the account should wait; `mustNotAsk`: it should not be made before that. */
  waitOf(account: string, nowMs: number): { ms: number; mustNotAsk: boolean };
  /** Notes what an answer told. Returns how long to leave Meta in peace, or null. */
  note(account: string, usage: Usage | null, nowMs: number): number | null;
}

/** Remembers what Meta told of each account, so that we slow down before it makes us. */
export function createUsageWatch(): UsageWatch {
  const told = new Map<string, { usage: Usage; atMs: number }>();
  const restOf = ({ regainMs }: Usage) => regainMs ?? REST_MS;
  return {
    waitOf(account, nowMs) {
      const last = told.get(account);
      if (!last) return { ms: 0, mustNotAsk: false };
      const { usage, atMs } = last;
      if (usage.percent >= FULL_PERCENT) {
        const leftMs = atMs + restOf(usage) - nowMs;
        if (leftMs > 0) return { ms: leftMs, mustNotAsk: true };
      }
      if (usage.percent < BUSY_PERCENT || nowMs - atMs > STALE_MS) return { ms: 0, mustNotAsk: false };
      const share = Math.min(1, (usage.percent - BUSY_PERCENT) / (FULL_PERCENT - BUSY_PERCENT));
      return { ms: Math.round(share * LONGEST_WAIT_MS), mustNotAsk: false };
    },
    note(account, usage, nowMs) {
      if (usage === null || usage.percent < BUSY_PERCENT) told.delete(account);
      else told.set(account, { usage, atMs: nowMs });
      return usage !== null && usage.percent >= FULL_PERCENT ? restOf(usage) : null;
    },
  };
}
