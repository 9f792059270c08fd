import { formatNumber } from '../fields/moment.ts';

/** What the server counts at most. */
const MOST_COUNTED = 100;

/** A number as the reader writes it; the highest that is counted stands for more. */
export function formatCount(count: number, locale: string): string {
  return count < MOST_COUNTED ? formatNumber(count, locale) : `${formatNumber(MOST_COUNTED - 1, locale)}+`;
}
