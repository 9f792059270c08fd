import { describe, expect, it } from 'vitest';
import {
  countChoices,
  INBOX_TABS,
  readInboxLink,
  readInboxQuery,
  toInboxFilter,
  WHOLE_INBOX,
} from '../../../../admin/src/conversations/inbox-query.ts';

describe('toInboxFilter', () => {
  it('asks for everything when nothing is chosen', () => {
    expect(toInboxFilter(WHOLE_INBOX, 'me')).toEqual({});
  });

  it.each([
    ['mine', { assigneeId: 'me', status_neq: 'closed', snoozedUntil: null }],
    ['unassigned', { assigneeId: null, status_neq: 'closed', snoozedUntil: null }],
    ['waiting', { needsHuman: true, status_neq: 'closed', snoozedUntil: null }],
    ['snoozed', { snoozedUntil_neq: null }],
  ] as const)('narrows to %s', (tab, filter) => {
    expect(toInboxFilter({ ...WHOLE_INBOX, tab }, 'me')).toEqual(filter);
  });

  it('finds nothing of mine before it is known who I am', () => {
    expect(toInboxFilter({ ...WHOLE_INBOX, tab: 'mine' }, undefined)).toMatchObject({ assigneeId: [] });
  });

  it('adds what else was chosen, and no empty search', () => {
    const query = { ...WHOLE_INBOX, q: '  ', channel: 'sms', label: 'VIP' };
    expect(toInboxFilter(query, 'me')).toEqual({ channel: 'sms', labels: 'VIP' });
    expect(toInboxFilter({ ...query, q: ' کفش ' }, 'me')).toMatchObject({ q: 'کفش' });
  });
});

describe('readInboxQuery', () => {
  it('gives back what was saved', () => {
    for (const tab of INBOX_TABS) {
      const query = { ...WHOLE_INBOX, tab, q: 'x', mode: 'human' };
      expect(readInboxQuery(JSON.parse(JSON.stringify(query)))).toEqual(query);
    }
  });

  it.each([null, 'text', 7, { tab: 'gone', q: 7, more: 'x' }])('makes a whole inbox of %j', (saved) => {
    expect(readInboxQuery(saved)).toEqual(WHOLE_INBOX);
  });
});

describe('countChoices', () => {
  it('counts the narrower choices, not the tab and the search', () => {
    expect(countChoices({ ...WHOLE_INBOX, tab: 'mine', q: 'x' })).toBe(0);
    expect(countChoices({ ...WHOLE_INBOX, mode: 'bot', label: 'VIP' })).toBe(2);
  });
});

describe('readInboxLink', () => {
  it('takes what a link of another screen asks for, and nothing from one that asks for nothing', () => {
    const link = `?filter=${encodeURIComponent(JSON.stringify({ tab: 'waiting', status: 'open' }))}`;
    expect(readInboxLink(link)).toEqual({ ...WHOLE_INBOX, tab: 'waiting', status: 'open' });
    expect(readInboxLink('')).toBeNull();
    expect(readInboxLink('?filter={broken')).toBeNull();
  });
});
