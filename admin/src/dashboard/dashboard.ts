import type { z } from 'zod';
import type { dashboardAnswer } from '../../../src/analytics/dashboard.action.ts';
import type { ChartBar } from '../pages/chart-bar.ts';

/** What `GET /api/dashboard` answers. */
export type Dashboard = z.output<typeof dashboardAnswer>;

export type Slot = Dashboard['byDay'][number];

export type Need = Dashboard['needs'][number];

/** Slots with words of the reader's calendar, on the shop's clock. */
export function toBars(slots: readonly Slot[], unit: 'day' | 'hour', locale: string, timeZone: string): ChartBar[] {
  const form: Intl.DateTimeFormatOptions =
    unit === 'day' ? { month: 'numeric', day: 'numeric' } : { hour: '2-digit', hourCycle: 'h23' };
  const tag = locale === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB';
  const words = new Intl.DateTimeFormat(tag, { ...form, timeZone });
  return slots.map(({ at, incoming, outgoing }) => ({ label: words.format(new Date(at)), incoming, outgoing }));
}

/** Where a person goes to see to it. */
export function pathOfNeed(need: Need): string {
  if (need.kind === 'reconnect' || need.kind === 'failing_account') return `/accounts/${need.id}`;
  if (need.kind === 'unknown_send') {
    return `/outbound-messages?filter=${encodeURIComponent(JSON.stringify({ waitsForPerson: true }))}`;
  }
  return `/conversations/${need.conversationId}/show`;
}
