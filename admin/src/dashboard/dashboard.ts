import type { ChartBar } from '../pages/chart-bar.ts';

/** What `GET /api/dashboard` answers. */
export interface Dashboard {
  at: string;
  timeZone: string;
  aiEnabled: boolean;
  live: {
    open: number;
    waitingForHuman: number;
    oldestUnansweredAt: string | null;
    unknownSends: number;
    openTickets: number;
    followUpsPending: number;
    followUpsDueSoon: number;
    accountsToReconnect: number;
  };
  today: { repliesToday: number; replyP50Ms: number | null; replyP95Ms: number | null; costMicrosToday: number };
  byDay: Slot[];
  byHour: Slot[];
  needs: Need[];
}

export interface Slot {
  at: string;
  incoming: number;
  outgoing: number;
}

export interface Need {
  kind: 'unknown_send' | 'ticket' | 'waiting' | 'reconnect';
  id: string;
  conversationId: string | null;
  name: string;
  channel: string;
  note: string;
  since: string;
}

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
  if (need.kind === 'reconnect') return `/accounts/${need.id}`;
  if (need.kind === 'unknown_send') {
    return `/outbound-messages?filter=${encodeURIComponent(JSON.stringify({ waitsForPerson: true }))}`;
  }
  return `/conversations/${need.conversationId}/show`;
}
