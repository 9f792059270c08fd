import type { z } from 'zod';
import type { behaviourAnswer } from '../../../src/analytics/analytics.actions.ts';

type CountedIntent = Behaviour['intents'][number];

/** What `GET /admin/analytics/behaviour` answers, as far as this page shows it. */
export type Behaviour = z.output<typeof behaviourAnswer>;

/** What a customer showed, how often, and how sure that is. */
export interface Pattern {
  intent: string;
  count: number;
  share: number;
  /** From 0 to 1: the lower end of what the share may really be, beside the share itself. */
  confidence: number;
  /** The hour of the shop's day at which it comes most, from 0. */
  busiestHour: number;
}

/** The lower end of the 95 % interval of a share (Wilson): one of one says little, ninety of a hundred says much. */
function lowerBound(count: number, total: number): number {
  if (total === 0) return 0;
  const z = 1.96;
  const share = count / total;
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * total)) / total);
  return Math.max(0, (share + (z * z) / (2 * total) - spread) / (1 + (z * z) / total));
}

/** Shares of the intents, most frequent first. */
export function toPatterns(intents: readonly CountedIntent[]): Pattern[] {
  const total = intents.reduce((sum, { count }) => sum + count, 0);
  return intents
    .filter(({ intent, count }) => intent !== '' && count > 0)
    .map(({ intent, count, byHour }) => {
      const share = count / total;
      const busiestHour = byHour.indexOf(Math.max(...byHour));
      return { intent, count, share, confidence: lowerBound(count, total) / share, busiestHour };
    })
    .sort((a, b) => b.count - a.count);
}
