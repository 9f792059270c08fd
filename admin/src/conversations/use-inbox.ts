import { useEffect, useMemo, useState } from 'react';
import { useGetIdentity, useGetList, useLocation, useStore } from 'react-admin';
import { usePollMs } from '../live/live-state.ts';
import type { Conversation } from '../records.ts';
import { type InboxQuery, readInboxLink, readInboxQuery, toInboxFilter, WHOLE_INBOX } from './inbox-query.ts';

const PAGE_SIZE = 40;
/** The server gives at most a thousand rows at once; who looks further back searches. */
const MAX_PAGES = 25;

/** What the list is narrowed to: remembered in this browser, since people come back to the same work. A link may say it too. */
export function useInboxQuery(): [InboxQuery, (query: InboxQuery) => void] {
  const [saved, save] = useStore<unknown>('inbox.query', WHOLE_INBOX);
  const query = useMemo(() => readInboxQuery(saved), [saved]);
  const { search } = useLocation();
  useEffect(() => {
    const linked = readInboxLink(search);
    if (linked) save(linked);
  }, [search, save]);
  return [query, save];
}

/** The conversations for a query, newest first. All that are shown are asked for at once, so that none moves between pages. */
export function useInboxRows(query: InboxQuery) {
  const { identity } = useGetIdentity();
  const [shown, setShown] = useState({ query, pages: 1 });
  const pages = shown.query === query ? shown.pages : 1;
  const { data, total, isPending, isPlaceholderData, error, refetch } = useGetList<Conversation>(
    'conversations',
    {
      filter: toInboxFilter(query, identity?.id as string | undefined),
      pagination: { page: 1, perPage: pages * PAGE_SIZE },
      sort: { field: 'lastMessageAt', order: 'DESC' },
    },
    { refetchInterval: usePollMs(), placeholderData: (previous) => previous },
  );
  const hasMore = total !== undefined && total > pages * PAGE_SIZE && pages < MAX_PAGES;
  return {
    rows: data ?? [],
    total,
    isPending,
    isRefreshing: isPlaceholderData,
    error,
    refetch,
    showMore: hasMore ? () => setShown({ query, pages: pages + 1 }) : null,
  };
}
