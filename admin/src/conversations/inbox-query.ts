export const INBOX_TABS = ['all', 'mine', 'unassigned', 'waiting', 'snoozed'] as const;
export type InboxTab = (typeof INBOX_TABS)[number];

/** What the list is narrowed to. Empty texts narrow nothing. */
export interface InboxQuery {
  tab: InboxTab;
  q: string;
  channel: string;
  mode: string;
  status: string;
  label: string;
}

/** The parts that are chosen from fixed words, in the order in which they are shown. */
export const INBOX_CHOICES = ['channel', 'mode', 'status', 'label'] as const;

export const WHOLE_INBOX: InboxQuery = { tab: 'all', q: '', channel: '', mode: '', status: '', label: '' };

/** Closed ones are done with, and snoozed ones come back by themselves: both are out of the way of work. */
const AT_WORK = { status_neq: 'closed', snoozedUntil: null };

function tabFilter(tab: InboxTab, userId: string | undefined): Record<string, unknown> {
  switch (tab) {
    case 'all':
      return {};
    case 'mine':
      // Before we know who sits here, nothing is theirs.
      return { ...AT_WORK, assigneeId: userId ?? [] };
    case 'unassigned':
      return { ...AT_WORK, assigneeId: null };
    case 'waiting':
      return { ...AT_WORK, needsHuman: true };
    case 'snoozed':
      return { snoozedUntil_neq: null };
  }
}

/** The filter of the API for what the person chose. */
export function toInboxFilter(query: InboxQuery, userId: string | undefined): Record<string, unknown> {
  const { channel, mode, status, label } = query;
  const chosen = Object.entries({ channel, mode, status, labels: label }).filter(([, value]) => value !== '');
  const q = query.q.trim();
  return { ...tabFilter(query.tab, userId), ...Object.fromEntries(chosen), ...(q ? { q } : {}) };
}

/** What was saved, in this browser or as a saved filter, by any version of the panel. Unknown parts are left out. */
export function readInboxQuery(saved: unknown): InboxQuery {
  const given = (typeof saved === 'object' && saved !== null ? saved : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '');
  return {
    tab: INBOX_TABS.find((tab) => tab === given.tab) ?? 'all',
    q: text('q'),
    channel: text('channel'),
    mode: text('mode'),
    status: text('status'),
    label: text('label'),
  };
}

/** What a link from another screen narrows the list to (`?filter=` and the parts as JSON), or null. */
export function readInboxLink(search: string): InboxQuery | null {
  const filter = new URLSearchParams(search).get('filter');
  if (filter === null) return null;
  try {
    return readInboxQuery(JSON.parse(filter));
  } catch {
    return null;
  }
}

export function countChoices(query: InboxQuery): number {
  return INBOX_CHOICES.filter((name) => query[name] !== '').length;
}
