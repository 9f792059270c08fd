import type { Complaint } from './found-product.ts';

export const SYNC_STATES = ['queued', 'running', 'done', 'partial', 'failed', 'cancelled'] as const;
export type SyncState = (typeof SYNC_STATES)[number];

/** What a run did, by number of products (done and total: of lines and pages). */
export interface SyncCounts {
  done: number;
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  missing: number;
  removed: number;
  rejected: number;
}

/** Why something was not taken, how often, and a few examples. */
export interface Reason {
  code: string;
  count: number;
  samples: { at: string; detail: string }[];
}

const MAX_SAMPLES = 20;
const MAX_REASONS = 50;

/** The reasons with further complaints counted in. Bounded, however much is wrong. Pure. */
export function addComplaints(reasons: readonly Reason[], complaints: readonly Complaint[]): Reason[] {
  const byCode = new Map(reasons.map((reason) => [reason.code, { ...reason, samples: [...reason.samples] }]));
  for (const { code, at, detail, times = 1 } of complaints) {
    const known = byCode.get(code);
    if (!known && byCode.size >= MAX_REASONS) continue;
    const reason = known ?? { code, count: 0, samples: [] };
    reason.count += times;
    if (reason.samples.length < MAX_SAMPLES)
      reason.samples.push({ at: at.slice(0, 300), detail: detail.slice(0, 300) });
    byCode.set(code, reason);
  }
  return [...byCode.values()];
}

/** Complaints that mean that a source was not read as it should have been. */
const SERIOUS = /^(?:source_|vanish_guard$|host_gave_up$|sitemap_|feed_|list_torn$|without_price$)/;

/** How a run ended: `failed` when no source could be listed, `partial` when something is missing in what was read. */
export function outcomeOf(reasons: readonly Reason[], sources: { listed: number; failed: number }): SyncState {
  if (sources.failed > 0 && sources.listed === 0) return 'failed';
  return sources.failed > 0 || reasons.some(({ code }) => SERIOUS.test(code)) ? 'partial' : 'done';
}
