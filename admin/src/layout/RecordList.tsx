import type { ReactElement } from 'react';
import { List, type ListProps } from 'react-admin';
import { usePollMs } from '../live/live-state.ts';
import { EmptyState } from './EmptyState.tsx';
import { ListPagination } from './ListPagination.tsx';

interface RecordListProps extends Omit<ListProps, 'empty' | 'exporter' | 'queryOptions'> {
  /** Which texts below `peyk.empty` an empty list shows. */
  emptyWords: string;
  filters: ReactElement[];
}

/** What all lists of the panel have in common. */
export function RecordList({ emptyWords, ...props }: RecordListProps) {
  const pollMs = usePollMs();
  return (
    <List
      {...props}
      perPage={25}
      exporter={false}
      pagination={<ListPagination />}
      empty={<EmptyState words={emptyWords} />}
      queryOptions={{ refetchInterval: pollMs }}
      sx={{ '& .RaList-main': { minWidth: 0 }, '& .RaList-content': { overflowX: 'auto' } }}
    />
  );
}
